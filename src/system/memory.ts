/**
 * Memory in which strings go to the C library and results come back. It is used anew by every operation, so that none
 * makes garbage: what an operation leaves here is read before the next one.
 */
import { encodedLimit, encodeInto } from "./bytes.ts";

/** Results that are numbers. */
export const numbers: Float64Array<ArrayBuffer> = new Float64Array(new ArrayBuffer(512));

/** The same memory as ints. */
export const integers: Int32Array<ArrayBuffer> = new Int32Array(numbers.buffer);

/** Results that are strings, such as a path or a part of a directory. */
export const output: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);

/** What is passed: strings, a spawn plan. */
export let input: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);

/** The same memory as ints. */
export let inputIntegers: Int32Array<ArrayBuffer> = new Int32Array(input.buffer);

/** Makes {@link input} at least `size` long. What it held is gone if it has to grow. */
export function reserve(size: number): void {
  if (size <= input.length) return;
  input = new Uint8Array(2 ** Math.ceil(Math.log2(size)));
  inputIntegers = new Int32Array(input.buffer);
}

/** Puts `text` and a NUL into {@link input} at `at`, where there is room. Returns the position after it. */
export function append(text: string, at: number): number {
  const end = at + encodeInto(text, input, at);
  input[end] = 0;
  return end + 1;
}

/** {@link input}, with `text` and a NUL at its start. */
export function passed(text: string): Uint8Array<ArrayBuffer> {
  reserve(encodedLimit(text) + 1);
  append(text, 0);
  return input;
}
