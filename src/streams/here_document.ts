/**
 * Here-documents and here-strings (XCU 2.7.4; bash manual 3.6.7): in memory as long as `read` alone takes lines from them, and in a
 * pipe or a file in memory from when a descriptor is needed. They never are files that others could find.
 */

import { encode } from "../system/bytes.ts";
import { SEEK_SET } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";
import type { Descriptors } from "../system/system.ts";

type DocumentSystem = Pick<Descriptors, "close" | "pipeHolding" | "write" | "memfdCreate" | "lseek">;

export class HereDocument {
  private position = 0;

  /** @param text in its canonical form */
  constructor(private readonly system: DocumentSystem, private readonly text: string) {}

  /** Takes a line. @param delimiter an ASCII character, which ends it */
  line(delimiter: number): { text: string; found: boolean; error: number } {
    const { text, position } = this;
    const end = text.indexOf(String.fromCharCode(delimiter), position);
    this.position = end < 0 ? text.length : end + 1;
    return { text: text.slice(position, end < 0 ? text.length : end), found: end >= 0, error: 0 };
  }

  /** Takes all that is left. */
  rest(): string {
    const rest = this.text.slice(this.position);
    this.position = this.text.length;
    return rest;
  }

  /** Makes a descriptor that gives what is left, or gives `-errno`. */
  open(): number {
    const rest = this.text.slice(this.position);
    const pipe = this.system.pipeHolding(rest);
    return pipe >= 0 ? pipe : memoryHolding(this.system, encode(rest));
  }
}

/** A descriptor of a file in memory that holds `bytes`, or `-errno`. */
function memoryHolding(system: DocumentSystem, bytes: Uint8Array): number {
  const file = system.memfdCreate("here-document");
  if (file < 0) return file;
  for (let offset = 0; offset < bytes.length;) {
    const written = system.write(file, bytes, offset, bytes.length - offset);
    if (written < 0 && written !== -EINTR) {
      system.close(file);
      return written;
    }
    offset += Math.max(0, written);
  }
  system.lseek(file, 0, SEEK_SET);
  return file;
}
