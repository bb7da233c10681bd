/**
 * Loads the C library and binds its two call symbols.
 *
 * In the finished program the library comes from a sealed file in memory that the pre-start stub has made and passed on
 * as the first argument (see `native/prestart/`): nothing is read from a directory that others can write to. A program
 * without the stub makes such a file itself. Under `deno run` and `deno test` it is the file that the build has left in
 * `dist/`.
 */
import { assetPath } from "./assets.ts";
import { withMemoryFile, WITHOUT_PRESTART } from "./memory_file.ts";

/** What a binding takes for a pointer: the memory that a view shows, from its start. */
export type Memory = Uint8Array | Int32Array | Float64Array;

const load = (path: string) =>
  Deno.dlopen(path, {
    hexsh_call: { parameters: ["i32", "f64", "f64", "f64", "f64"], result: "f64" },
    hexsh_call_memory: {
      parameters: ["i32", "f64", "f64", "f64", "f64", "buffer", "buffer"],
      result: "f64",
    },
  });

const [first, second] = Deno.args;

const hasStub = Deno.build.standalone && first !== WITHOUT_PRESTART;

/** Address of the record that the pre-start stub has made; 0 without one. */
export const startRecord: number = hasStub ? Number(second) : 0;

const library = hasStub
  ? load(`/proc/self/fd/${first}`)
  : Deno.build.standalone
  ? withMemoryFile(Deno.readFileSync(assetPath("libhexsh.so")), load)
  : load(`${import.meta.dirname}/../../dist/library/libhexsh.so`);

// V8 calls these without leaving compiled code if they are constants of a module.
const { hexsh_call, hexsh_call_memory } = library.symbols;

/** An operation without pointers. */
export const call: (operation: number, a: number, b: number, c: number, d: number) => number = hexsh_call;

type CallMemory = (
  operation: number,
  a: number,
  b: number,
  c: number,
  d: number,
  x: Memory | null,
  y: Memory | null,
) => number;

/** An operation with pointers. */
export const callMemory: CallMemory = hexsh_call_memory as CallMemory;

/** The memory of the library from `address` on, as ints. It never moves. */
export function ints(address: number, length: number): Int32Array<ArrayBuffer> {
  const pointer = Deno.UnsafePointer.create(BigInt(address));
  if (pointer === null) throw new Error("the C library gave no address");
  return new Int32Array(Deno.UnsafePointerView.getArrayBuffer(pointer, length * 4));
}
