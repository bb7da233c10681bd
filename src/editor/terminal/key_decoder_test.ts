import { deepEqual, equal } from "node:assert/strict";
import { encode } from "../../system/bytes.ts";
import { KeyDecoder } from "./key_decoder.ts";

/** The keys that `bytes` decode to, with what {@link KeyDecoder.flush} adds. */
function keys(bytes: string | number[]): string[] {
  const decoder = new KeyDecoder();
  const all = [...(typeof bytes === "string" ? encode(bytes) : bytes)].flatMap((byte) => decoder.feed(byte));
  return [...all, ...decoder.flush()].map(({ sequence, pasted }) => pasted === undefined ? sequence : `<${pasted}>`);
}

Deno.test("KeyDecoder: characters, also of several bytes", () => {
  deepEqual(keys("aé漢😀\x01\x7f"), ["a", "é", "漢", "😀", "\x01", "\x7f"]);
});

Deno.test("KeyDecoder: escape sequences are one key each", () => {
  const sequences = ["\x1b[A", "\x1bOA", "\x1b[1;5C", "\x1b[3~", "\x1b[[A", "\x1bO5C", "\x1bb", "\x1bé", "\x1b\x7f"];
  deepEqual(keys(sequences.join("")), sequences);
});

Deno.test("KeyDecoder: Alt with a key that sends an escape sequence", () => {
  deepEqual(keys("\x1b\x1b[Dx"), ["\x1b\x1b[D", "x"]);
});

Deno.test("KeyDecoder: an escape by itself is a key when nothing follows", () => {
  const decoder = new KeyDecoder();
  deepEqual(decoder.feed(0x1b), []);
  equal(decoder.pending, true);
  deepEqual(decoder.flush(), [{ sequence: "\x1b" }]);
  equal(decoder.pending, false);
  deepEqual(decoder.flush(), []);
});

Deno.test("KeyDecoder: a control character ends an escape sequence that it can't belong to", () => {
  deepEqual(keys("\x1b[1\rx"), ["\x1b[1", "\r", "x"]);
  deepEqual(keys("\x1bO\x03"), ["\x1bO", "\x03"]);
});

Deno.test("KeyDecoder: bytes that are not UTF-8 are keys by themselves", () => {
  deepEqual(keys([0xff, 0x61]), ["\udcff", "a"]);
  deepEqual(keys([0xe6, 0xbc, 0x61]), ["\udce6", "\udcbc", "a"]);
  deepEqual(keys([0xc3]), ["\udcc3"]);
});

Deno.test("KeyDecoder: a paste is one key, whatever is in it", () => {
  deepEqual(keys("\x1b[200~a\nb\x1b[A~\x1b[201~c"), ["<a\nb\x1b[A~>", "c"]);
  deepEqual(keys("\x1b[200~\x1b[201~"), ["<>"]);
});

Deno.test("KeyDecoder: a sequence without an end does not swallow everything", () => {
  const keysOfFlood = keys(`\x1b[${"1".repeat(100)}A`);
  equal(keysOfFlood.join("").length, 103);
  equal(keysOfFlood.at(-1), "A");
});
