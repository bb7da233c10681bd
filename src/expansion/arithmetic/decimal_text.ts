/** The texts of numbers. V8 makes each by a call into the runtime; those of most are put together here, of three digits each. */

import type { Integer } from "./integer.ts";

const THOUSAND = 1000;
const BILLION = 1_000_000_000;
/** The texts of the numbers below 1000, and the same with zeros in front; made when they are first needed. */
const plain: string[] = [];
const padded: string[] = [];

export function decimalText(value: Integer): string {
  if (typeof value !== "number" || value >= BILLION || value <= -BILLION) return String(value);
  if (value < 0) return "-" + decimalText(-value);
  if (plain.length === 0) fill();
  if (value < THOUSAND) return plain[value]!;
  const low = value % THOUSAND;
  return decimalText((value - low) / THOUSAND) + padded[low]!;
}

function fill(): void {
  for (let value = 0; value < THOUSAND; value++) {
    plain.push(String(value));
    padded.push(String(value).padStart(3, "0"));
  }
}
