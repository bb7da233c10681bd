/**
 * 64-bit signed integers that wrap around, as C's `intmax_t` does on every machine bash runs on.
 *
 * A value that is a safe integer is a JavaScript number, any other a BigInt; no value has both forms, so that `===`
 * compares them.
 */

import {
  addHalves,
  andHalves,
  lowestSixBits,
  multiplyHalves,
  orHalves,
  shiftHalvesLeft,
  shiftHalvesRight,
  subtractHalves,
  xorHalves,
} from "./halves.ts";

export type Integer = number | bigint;

/** Brings any whole number back into 64 bits and into its one form. */
export function wrap(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
}

/** Whether a whole number is one that needs no BigInt. */
function isSafe(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
}

function isSmall(a: Integer, b: Integer): boolean {
  return typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b;
}

export function add(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (isSafe(sum)) return sum;
  }
  return addHalves(a, b);
}

export function subtract(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (isSafe(difference)) return difference;
  }
  return subtractHalves(a, b);
}

export function multiply(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // A product of whole numbers is never the negative zero that a sign would make of it.
    if (isSafe(product)) return product + 0;
  }
  return multiplyHalves(a, b);
}

/** Rounds towards zero. The divisor is not 0. */
export function divide(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") return Math.trunc(a / b) + 0;
  return wrap(BigInt(a) / BigInt(b));
}

/** Has the sign of the dividend. The divisor is not 0. */
export function remainder(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") return a % b + 0;
  return wrap(BigInt(a) % BigInt(b));
}

/** The exponent is not negative. */
export function power(base: Integer, exponent: Integer): Integer {
  let result = 1n;
  let square = BigInt(base);
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return wrap(result);
}

export function negate(a: Integer): Integer {
  return typeof a === "number" ? 0 - a : wrap(-a);
}

export function complement(a: Integer): Integer {
  return typeof a === "number" ? -1 - a : wrap(~a);
}

/** The count is taken modulo 64, as the machine does. */
export function shiftLeft(a: Integer, count: Integer): Integer {
  const bits = lowestSixBits(count);
  if (typeof a === "number") {
    const shifted = a * 2 ** bits;
    if (isSafe(shifted)) return shifted;
  }
  return shiftHalvesLeft(a, bits);
}

/** Copies the sign. */
export function shiftRight(a: Integer, count: Integer): Integer {
  const bits = lowestSixBits(count);
  return typeof a === "number" ? Math.floor(a / 2 ** bits) : shiftHalvesRight(a, bits);
}

export function and(a: Integer, b: Integer): Integer {
  return isSmall(a, b) ? (a as number) & (b as number) : andHalves(a, b);
}

export function or(a: Integer, b: Integer): Integer {
  return isSmall(a, b) ? (a as number) | (b as number) : orHalves(a, b);
}

export function xor(a: Integer, b: Integer): Integer {
  return isSmall(a, b) ? (a as number) ^ (b as number) : xorHalves(a, b);
}

/**
 * The value of a plain decimal number of up to 15 digits without leading zero, maybe with a minus sign: a text that is the only one
 * for its value. `null` for any other.
 */
export function plainDecimal(text: string): number | null {
  const length = text.length;
  let i = 0;
  const negative = length > 0 && text.charCodeAt(0) === 45;
  if (negative) i = 1;
  if (i === length || length - i > 15) return null;
  let value = text.charCodeAt(i) - 48;
  if (value < 0 || value > 9 || (value === 0 && length > 1)) return null;
  for (i++; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

/** The value of a decimal number of 16 to 20 digits without leading zero, maybe with a minus sign; else `null`. */
export function longDecimal(text: string): Integer | null {
  return text.length >= 16 && text.length <= 21 && /^-?[1-9]\d{15,19}$/.test(text) ? wrap(BigInt(text)) : null;
}
