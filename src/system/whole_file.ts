/** Files as a whole: for those that are small. */

import { S_IFDIR, S_IFMT, SEEK_SET } from "./constants.ts";
import { EINTR, EISDIR } from "./errno.ts";
import type { Descriptors, Files } from "./system.ts";

const BLOCK = 65536;

export type ReadingSystem = Pick<Files, "open" | "fstat"> & Pick<Descriptors, "read" | "lseek" | "close">;

/** The bytes of a file from the byte `from` on, or `-errno`. Of what has no size, a device say, there are none. */
export function readWholeFile(system: ReadingSystem, path: string, from = 0): Uint8Array | number {
  const descriptor = system.open(path, 0, 0);
  if (descriptor < 0) return descriptor;
  const bytes = readFrom(system, descriptor, from);
  system.close(descriptor);
  return bytes;
}

function readFrom(system: ReadingSystem, descriptor: number, from: number): Uint8Array | number {
  const status = system.fstat(descriptor);
  if (typeof status === "number") return status;
  if ((status.mode & S_IFMT) === S_IFDIR) return -EISDIR;
  if (from > 0) system.lseek(descriptor, from, SEEK_SET);
  // One more than there should be, so that the end shows without another block. A file of /proc says that it has none.
  let bytes = new Uint8Array(Math.max(0, status.size - from) + 1);
  for (let length = 0;;) {
    if (length === bytes.length) {
      const longer = new Uint8Array(length + BLOCK);
      longer.set(bytes);
      bytes = longer;
    }
    const count = system.read(descriptor, bytes, length, bytes.length - length);
    if (count === -EINTR) continue;
    if (count < 0) return count;
    if (count === 0) return bytes.subarray(0, length);
    length += count;
  }
}

/** Writes all of `bytes`. Returns 0 or `-errno`. */
export function writeAll(system: Pick<Descriptors, "write">, descriptor: number, bytes: Uint8Array): number {
  for (let offset = 0; offset < bytes.length;) {
    const count = system.write(descriptor, bytes, offset, bytes.length - offset);
    if (count === -EINTR) continue;
    if (count < 0) return count;
    offset += count;
  }
  return 0;
}
