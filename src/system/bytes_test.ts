import assert from "node:assert/strict";
import { canonical, decode, encode, encodedLimit, encodeInto } from "./bytes.ts";

/** Numbers that are the same in every run: a linear congruential generator. */
function* randomNumbers(seed: number): Generator<number> {
  for (let value = seed;;) yield value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
}

/** `length` random bytes, of which many are parts of UTF-8 sequences. */
function randomBytes(length: number, random: Iterator<number>): Uint8Array {
  const likely = [0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x92, 0x80, 0xed, 0xa0, 0xef, 0xbb, 0xbf];
  return Uint8Array.from({ length }, () => {
    const value = random.next().value >>> 8;
    return value % 3 === 0 ? value >>> 4 & 0xff : likely[value % likely.length]!;
  });
}

Deno.test("decode, encode: every sequence of bytes comes back", () => {
  const random = randomNumbers(1);
  for (let round = 0; round < 3000; round++) {
    const bytes = randomBytes(round % 120, random);
    assert.deepEqual(encode(decode(bytes)), bytes);
  }
});

Deno.test("decode: every sequence of bytes has one canonical string", () => {
  const random = randomNumbers(2);
  for (let round = 0; round < 3000; round++) {
    const bytes = randomBytes(round % 60, random);
    const text = decode(bytes);
    assert.equal(canonical(text), text);
    const cut = round % (bytes.length + 1);
    assert.equal(canonical(decode(bytes, 0, cut) + decode(bytes, cut)), text);
  }
});

Deno.test("decode: valid text is what TextDecoder makes of it", () => {
  for (const text of ["", "a", "é€💀", "\ufeffmark", "x".repeat(1000), "ü".repeat(1000), "\u{10ffff}\ud7ff\ue000"]) {
    assert.equal(decode(new TextEncoder().encode(text)), text);
    assert.deepEqual(encode(text), new TextEncoder().encode(text));
  }
});

Deno.test("decode: bytes that are not UTF-8 are escaped one by one", () => {
  const cases: [number[], string][] = [
    [[0xff], "\udcff"],
    [[0x80, 0x61], "\udc80a"],
    [[0xc3], "\udcc3"],
    [[0xe2, 0x82, 0x61], "\udce2\udc82a"],
    // Overlong forms, surrogates and what is beyond U+10FFFF.
    [[0xc0, 0x80], "\udcc0\udc80"],
    [[0xe0, 0x80, 0x80], "\udce0\udc80\udc80"],
    [[0xed, 0xa0, 0x80], "\udced\udca0\udc80"],
    [[0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
    [[0xc3, 0xa9, 0xc3], "é\udcc3"],
  ];
  for (const [bytes, text] of cases) {
    assert.equal(decode(Uint8Array.from(bytes)), text);
    assert.deepEqual([...encode(text)], bytes);
  }
});

Deno.test("encode: a pair of surrogates is a character, even if one half looks like an escape", () => {
  assert.deepEqual(encode("\udcff💀"), Uint8Array.of(0xff, 0xf0, 0x9f, 0x92, 0x80));
});

Deno.test("encode: a lone surrogate that is no escape becomes three bytes", () => {
  assert.deepEqual(encode("\ud800"), Uint8Array.of(0xed, 0xa0, 0x80));
});

Deno.test("canonical: escapes that were joined become a character", () => {
  assert.equal(canonical("a\udcc3" + "\udca9b"), "aéb");
  assert.equal(canonical("plain"), "plain");
});

Deno.test("encodeInto: writes at a place and says how much", () => {
  const target = new Uint8Array(20).fill(0x2e);
  assert.equal(encodeInto("aé\udcff", target, 3), 4);
  assert.deepEqual([...target.subarray(2, 8)], [0x2e, 0x61, 0xc3, 0xa9, 0xff, 0x2e]);
  assert.ok(encodedLimit("aé\udcff") >= 4);
});
