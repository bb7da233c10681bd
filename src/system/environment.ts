/** The environment of a program as the block that {@link SpawnPlan} takes. */
import { encodedLimit, encodeInto } from "./bytes.ts";
import type { EnvironmentBlock } from "./system.ts";

/** The block of `entries`, each `name=value`. */
export function environmentBlock(entries: readonly string[]): EnvironmentBlock {
  let limit = 0;
  for (const entry of entries) limit += encodedLimit(entry) + 1;
  const bytes = new Uint8Array(limit);
  let end = 0;
  for (const entry of entries) {
    end += encodeInto(entry, bytes, end);
    bytes[end++] = 0;
  }
  return { bytes: bytes.subarray(0, end), count: entries.length };
}
