import assert from "node:assert/strict";
import { compareText, sortTexts } from "./collation.ts";
import { encode } from "../system/bytes.ts";

/** Compares by the bytes themselves. */
function compareBytes(left: string, right: string): number {
  const [one, other] = [encode(left), encode(right)];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    if (one[i] !== other[i]) return one[i]! - other[i]!;
  }
  return one.length - other.length;
}

Deno.test("compareText() has the order of the bytes", () => {
  const texts = ["", "a", "ab", "b", "é", "\uffff", "\u{1f600}", "a\u{1f600}", "aé"];
  for (const left of texts) {
    for (const right of texts) {
      assert.equal(Math.sign(compareText(left, right)), Math.sign(compareBytes(left, right)), `${left} ${right}`);
    }
  }
});

Deno.test("sortTexts() gives what sorting by compareText() gives", () => {
  // A small generator, so that a failure comes again.
  let state = 1;
  const random = (limit: number) => (state = state * 48271 % 2147483647) % limit;
  const alphabets = ["ab", "abcdefghij-.", "aé\u{1f600}z", "01"];
  for (const alphabet of alphabets) {
    const characters = [...alphabet];
    for (const count of [0, 1, 15, 16, 100, 5000]) {
      for (const beginning of ["", "file-", "a/b/"]) {
        const texts = Array.from({ length: count }, () => {
          let text = beginning;
          for (let rest = random(9); rest > 0; rest--) text += characters[random(characters.length)];
          return text;
        });
        assert.deepEqual(sortTexts(texts.slice()), texts.slice().sort(compareText));
      }
    }
  }
});
