/** Reads how the process was started from the C library. */
import * as c from "./bindings.ts";
import { decode } from "./bytes.ts";
import { ERANGE } from "./errno.ts";
import type { ResourceLimit, StartState } from "./system.ts";

/** `hexsh_start_numbers` in `native/start.c`. */
const enum Field {
  DirectoryRemoved,
  IgnoredLow,
  IgnoredHigh,
  Limits,
}

function readNumbers(): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(new ArrayBuffer(256));
  return numbers.subarray(0, c.startNumbers(numbers));
}

function readDescriptors(): number[] {
  let descriptors = new Int32Array(new ArrayBuffer(1024));
  let count = c.startDescriptors(descriptors, descriptors.length);
  if (count > descriptors.length) {
    descriptors = new Int32Array(count);
    count = c.startDescriptors(descriptors, count);
  }
  return [...descriptors.subarray(0, count)];
}

function readStrings(which: number): string[] {
  let bytes = new Uint8Array(1 << 15);
  let size = c.startStrings(which, bytes, bytes.length);
  while (size === -ERANGE) {
    bytes = new Uint8Array(bytes.length * 4);
    size = c.startStrings(which, bytes, bytes.length);
  }
  // Decoding all at once is twenty times as fast as string by string, in code that runs only once.
  return size <= 0 ? [] : decode(bytes, 0, size - 1).split("\0");
}

/** The signals that were ignored at the start, as their numbers. */
export function readIgnoredSignals(): ReadonlySet<number> {
  const numbers = readNumbers();
  const signals = new Set<number>();
  for (const [field, first] of [[Field.IgnoredLow, 1], [Field.IgnoredHigh, 33]] as const) {
    for (let bit = 0; bit < 32; bit++) {
      if (numbers[field]! >>> bit & 1) signals.add(first + bit);
    }
  }
  return signals;
}

/** The start state, read anew. */
export function readStartState(): StartState {
  const numbers = readNumbers();
  const limits: ResourceLimit[] = [];
  for (let index: number = Field.Limits; index < numbers.length; index += 3) {
    limits.push({ resource: numbers[index]!, soft: numbers[index + 1]!, hard: numbers[index + 2]! });
  }
  return {
    arguments: readStrings(0),
    environment: readStrings(1),
    descriptors: readDescriptors(),
    directoryRemoved: numbers[Field.DirectoryRemoved] === 1,
    limits,
  };
}
