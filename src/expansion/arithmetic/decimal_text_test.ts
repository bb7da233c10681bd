import assert from "node:assert/strict";
import { decimalText } from "./decimal_text.ts";

Deno.test("decimalText() gives the text that the number has", () => {
  for (const power of [1, 10, 1000, 10_000, 999_999, 1_000_000, 123_456_789, 1_000_000_000, 2 ** 53 - 1]) {
    for (const value of [power - 1, power, power + 1, -power, 1 - power]) {
      // There is no negative zero among shell numbers.
      assert.equal(decimalText(value + 0), String(value + 0));
    }
  }
  assert.equal(decimalText(5_000_007), "5000007");
  assert.equal(decimalText(-(2n ** 63n)), "-9223372036854775808");
});
