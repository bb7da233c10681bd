/**
 * Operations on 64-bit integers as two halves of 32 bits. On BigInts, V8 does each of them by calls of its runtime, and so does it
 * convert them.
 */

import type { Integer } from "./integer.ts";

const HALF = 2 ** 32;
/** Of what the upper halves of safe integers are less. With its negative go both safe ones and -2**53. */
const SAFE_UPPER = 2 ** 21;
/** Products of halves would not be safe; those of quarters are. */
const QUARTER = 2 ** 16;
const QUARTER_MASK = QUARTER - 1;

/** A BigInt and its halves, of which the lower one comes first on every machine that Deno runs on. */
const halves = new Int32Array(2);
const whole = new BigInt64Array(halves.buffer);

/** The upper half. Of a BigInt, the lower one is in `halves` then. */
function upperHalf(value: Integer): number {
  if (typeof value === "number") return Math.floor(value / HALF) | 0;
  whole[0] = value;
  return halves[1]!;
}

/** The lower half of the value of which {@link upperHalf} has been asked for last. */
function lowerHalf(value: Integer): number {
  return typeof value === "number" ? value | 0 : halves[0]!;
}

/** The integer of two halves, of which each has the sign that its highest bit says. */
function joinHalves(upper: number, lower: number): Integer {
  if (upper >= -SAFE_UPPER && upper < SAFE_UPPER) {
    const value = upper * HALF + (lower >>> 0);
    if (value >= Number.MIN_SAFE_INTEGER) return value;
  }
  halves[0] = lower;
  halves[1] = upper;
  return whole[0]!;
}

export function andHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  return joinHalves(upperA & upperB, lowerA & lowerHalf(b));
}

export function orHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  return joinHalves(upperA | upperB, lowerA | lowerHalf(b));
}

export function xorHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  return joinHalves(upperA ^ upperB, lowerA ^ lowerHalf(b));
}

export function addHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  const lower = (lowerA >>> 0) + (lowerHalf(b) >>> 0);
  return joinHalves(upperA + upperB + (lower >= HALF ? 1 : 0) | 0, lower | 0);
}

export function subtractHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  const lower = (lowerA >>> 0) - (lowerHalf(b) >>> 0);
  return joinHalves(upperA - upperB - (lower < 0 ? 1 : 0) | 0, lower | 0);
}

export function multiplyHalves(a: Integer, b: Integer): Integer {
  const upperA = upperHalf(a);
  const lowerA = lowerHalf(a);
  const upperB = upperHalf(b);
  const lowerB = lowerHalf(b);
  const firstA = lowerA & QUARTER_MASK;
  const secondA = lowerA >>> 16;
  const firstB = lowerB & QUARTER_MASK;
  const secondB = lowerB >>> 16;
  const first = firstA * firstB;
  const middle = firstA * secondB + secondA * firstB + Math.floor(first / QUARTER);
  const carried = secondA * secondB + Math.floor(middle / QUARTER);
  const upper = carried + Math.imul(lowerA, upperB) + Math.imul(upperA, lowerB) | 0;
  return joinHalves(upper, middle << 16 | first & QUARTER_MASK);
}

/** @param bits less than 64 */
export function shiftHalvesLeft(value: Integer, bits: number): Integer {
  const upper = upperHalf(value);
  const lower = lowerHalf(value);
  if (bits === 0) return value;
  if (bits >= 32) return joinHalves(lower << bits - 32, 0);
  return joinHalves(upper << bits | lower >>> 32 - bits, lower << bits);
}

/** Copies the sign. @param bits less than 64 */
export function shiftHalvesRight(value: Integer, bits: number): Integer {
  const upper = upperHalf(value);
  const lower = lowerHalf(value);
  if (bits === 0) return value;
  if (bits >= 32) return joinHalves(upper >> 31, upper >> bits - 32);
  return joinHalves(upper >> bits, lower >>> bits | upper << 32 - bits);
}

/** The six lowest bits. */
export function lowestSixBits(value: Integer): number {
  if (typeof value !== "number") upperHalf(value);
  return lowerHalf(value) & 63;
}
