/** The operators with two operands: C's (XCU 2.6.4). */

import type { Evaluate } from "./arithmetic.ts";
import {
  add,
  and,
  divide,
  type Integer,
  multiply,
  or,
  remainder,
  shiftLeft,
  shiftRight,
  subtract,
  xor,
} from "./integer.ts";

type Binary = (a: Integer, b: Integer) => Integer;

/** Makes an operation of its operands. Each operator has a function of its own, which V8 compiles for it alone. */
type MakeBinary = (first: Evaluate, second: Evaluate, check: (divisor: Integer) => void) => Evaluate;

/** Binary operators by precedence, lowest first, without `&&` and `||`; all associate to the left. */
export const BINARY: readonly Readonly<Record<string, MakeBinary>>[] = [
  { "|": (first, second) => () => or(first(), second()) },
  { "^": (first, second) => () => xor(first(), second()) },
  { "&": (first, second) => () => and(first(), second()) },
  {
    "==": (first, second) => () => (first() === second() ? 1 : 0),
    "!=": (first, second) => () => (first() !== second() ? 1 : 0),
  },
  {
    "<": (first, second) => () => (first() < second() ? 1 : 0),
    ">": (first, second) => () => (first() > second() ? 1 : 0),
    "<=": (first, second) => () => (first() <= second() ? 1 : 0),
    ">=": (first, second) => () => (first() >= second() ? 1 : 0),
  },
  {
    "<<": (first, second) => () => shiftLeft(first(), second()),
    ">>": (first, second) => () => shiftRight(first(), second()),
  },
  {
    "+": (first, second) => () => add(first(), second()),
    "-": (first, second) => () => subtract(first(), second()),
  },
  {
    "*": (first, second) => () => multiply(first(), second()),
    "/": (first, second, check) => () => {
      const dividend = first();
      const divisor = second();
      check(divisor);
      return divide(dividend, divisor);
    },
    "%": (first, second, check) => () => {
      const dividend = first();
      const divisor = second();
      check(divisor);
      return remainder(dividend, divisor);
    },
  },
];

/** What assignment operators do; `null` for the one that only assigns. */
export const ASSIGNMENTS: Readonly<Record<string, Binary | null>> = {
  "=": null,
  "+=": add,
  "-=": subtract,
  "*=": multiply,
  "/=": divide,
  "%=": remainder,
  "<<=": shiftLeft,
  ">>=": shiftRight,
  "&=": and,
  "^=": xor,
  "|=": or,
};
