/** What calls of the C library return. */

import { decode } from "./bytes.ts";
import { numbers, output } from "./memory.ts";
import type { DirectoryEntry, FileStatus, NameFilter } from "./system.ts";

/** `result`, or what `value` makes of it if it is no error. */
export function unlessError<T>(result: number, value: (result: number) => T): T | number {
  return result < 0 ? result : value(result);
}

/** The string of `length` bytes in the output memory. */
export const outputString = (length: number) => decode(output, 0, length);

/** What the C library has put into the shared numbers. */
export function fileStatus(): FileStatus {
  const high = numbers[1]!;
  const low = numbers[2]!;
  return {
    device: numbers[0]!,
    inode: high < 2 ** 21 ? high * 2 ** 32 + low : BigInt(high) << 32n | BigInt(low),
    mode: numbers[3]!,
    links: numbers[4]!,
    user: numbers[5]!,
    group: numbers[6]!,
    rawDevice: numbers[7]!,
    size: numbers[8]!,
    accessTime: numbers[9]!,
    modificationTime: numbers[10]!,
    changeTime: numbers[11]!,
  };
}

/** The entries between `start` and `end` of the output memory, a type and a name with NUL each, as far as they are accepted. */
export function appendEntries(
  entries: DirectoryEntry[],
  start: number,
  end: number,
  accepts: NameFilter["accepts"],
): void {
  const text = decode(output, start, end);
  // Where all of it is ASCII, names are parts of one text.
  if (text.length === end - start) {
    for (let at = 0; at < text.length;) {
      const nameEnd = text.indexOf("\0", at + 1);
      if (accepts === null || accepts(text, at + 1, nameEnd)) {
        entries.push({ type: text.charCodeAt(at), name: text.slice(at + 1, nameEnd) });
      }
      at = nameEnd + 1;
    }
    return;
  }
  while (start < end) {
    const nameEnd = output.indexOf(0, start + 1);
    const name = decode(output, start + 1, nameEnd);
    if (accepts === null || accepts(name, 0, name.length)) entries.push({ type: output[start]!, name });
    start = nameEnd + 1;
  }
}
