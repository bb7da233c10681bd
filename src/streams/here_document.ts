/**
 * Here-documents and here-strings (XCU 2.7.4; bash manual 3.6.7): in memory as long as `read` alone takes lines from them, and in a
 * pipe or a file in memory from when a descriptor is needed. They never are files that others could find.
 */

import { encode } from "../system/bytes.ts";
import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, SEEK_SET } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";
import type { Descriptors } from "../system/system.ts";

type DocumentSystem = Pick<Descriptors, "close" | "pipe2" | "write" | "memfdCreate" | "lseek" | "setStatusFlags">;

/** A pipe of the usual capacity takes this much before anybody reads. */
const PIPE_CAPACITY = 65536;
/** The smallest one, of a user who has many, still takes this much. */
const PIPE_PAGE = 4096;

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
    const bytes = encode(this.text.slice(this.position));
    const pipe = pipeHolding(this.system, bytes);
    return pipe >= 0 ? pipe : memoryHolding(this.system, bytes);
  }
}

/** A pipe that gives `bytes` to whoever reads it; negative if they don't fit in, or there is none to be had. */
function pipeHolding(system: DocumentSystem, bytes: Uint8Array): number {
  if (bytes.length > PIPE_CAPACITY) return -1;
  const alwaysFits = bytes.length <= PIPE_PAGE;
  const pipe = system.pipe2(alwaysFits ? O_CLOEXEC : O_CLOEXEC | O_NONBLOCK);
  if (typeof pipe === "number") return pipe;
  const written = bytes.length === 0 ? 0 : system.write(pipe.write, bytes, 0, bytes.length);
  system.close(pipe.write);
  if (written !== bytes.length) {
    // It was smaller than usual, as it is for a user who has many.
    system.close(pipe.read);
    return -1;
  }
  if (!alwaysFits) system.setStatusFlags(pipe.read, O_RDONLY);
  return pipe.read;
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
