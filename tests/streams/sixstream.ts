/** The program `tests/fixtures/sixstream.c`, compiled, and what it makes of its input. */
import * as path from "node:path";
import { cc, commonFlags } from "../../native/build/compile_c.ts";
import { dist, fingerprint, makeIfChanged, root } from "../../native/build/support.ts";

const source = path.join(root, "tests/fixtures/sixstream.c");

/** Where the program is; for PATH. */
export const directory = path.join(dist, "tests");

export async function compileSixstream(): Promise<void> {
  const program = path.join(directory, "sixstream");
  await makeIfChanged(program, fingerprint([source], commonFlags), () => cc([...commonFlags, "-o", program, source]));
}

function checksum(bytes: Uint8Array): string {
  let sum = 2166136261;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 16777619);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/** What it writes, by stream, to which it gets to write `text` on stream 0 and `data` on stream 4. */
export function sixstream(name: string, text: Uint8Array, data: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const encoder = new TextEncoder();
  return new Map([
    [1, text],
    [2, encoder.encode(`${name}: ${text.length} bytes of text, ${data.length} bytes of data\n`)],
    [3, encoder.encode(`${name}: text ${checksum(text)}, data ${checksum(data)}\n`)],
    [5, data],
  ]);
}
