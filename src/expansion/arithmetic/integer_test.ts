import assert from "node:assert/strict";
import { add, and, type Integer, multiply, or, shiftLeft, shiftRight, subtract, wrap, xor } from "./integer.ts";

/** On both sides of what a number, a half or a quarter of an integer can hold. */
const values: Integer[] = [0n, 16n, 31n, 32n, 52n, 53n, 62n, 63n].flatMap((bits) => {
  const power = 2n ** bits;
  return [power - 1n, power, power + 1n, -power, 1n - power, -1n - power];
}).concat([0n, 0x1234_5678_9abc_def0n, -0x0fed_cba9_8765_4321n]).map(wrap);

function agrees(
  name: string,
  operation: (a: Integer, b: Integer) => Integer,
  defined: (a: bigint, b: bigint) => bigint,
) {
  Deno.test(`${name}() gives what 64 bits of the result are`, () => {
    for (const a of values) {
      for (const b of values) assert.equal(operation(a, b), wrap(defined(BigInt(a), BigInt(b))), `${a} ${name} ${b}`);
    }
  });
}

agrees("add", add, (a, b) => a + b);
agrees("subtract", subtract, (a, b) => a - b);
agrees("multiply", multiply, (a, b) => a * b);
agrees("and", and, (a, b) => a & b);
agrees("or", or, (a, b) => a | b);
agrees("xor", xor, (a, b) => a ^ b);

Deno.test("shiftLeft() and shiftRight() take the count modulo 64", () => {
  for (const value of values) {
    for (let count = -1; count <= 65; count++) {
      const bits = BigInt(count) & 63n;
      assert.equal(shiftLeft(value, count), wrap(BigInt(value) << bits), `${value} << ${count}`);
      assert.equal(shiftRight(value, count), wrap(BigInt(value) >> bits), `${value} >> ${count}`);
    }
    assert.equal(shiftRight(value, -(2n ** 63n) + 3n), wrap(BigInt(value) >> 3n));
  }
});

Deno.test("wrap() makes one form of each value", () => {
  assert.equal(wrap(2n ** 53n - 1n), 2 ** 53 - 1);
  assert.equal(wrap(2n ** 53n), 2n ** 53n);
  assert.equal(wrap(-(2n ** 53n)), -(2n ** 53n));
  assert.equal(wrap(2n ** 64n + 7n), 7);
});
