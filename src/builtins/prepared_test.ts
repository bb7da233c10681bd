/** The conditions of `test` and `[` that loops mostly have, prepared when the command is compiled. */

import { FAILURE, SUCCESS } from "../execution/status.ts";
import type { Integer } from "../expansion/arithmetic/integer.ts";
import { constantOf, type Operand } from "../expansion/operand.ts";

type Prepared = () => number | null;
type Compare = (left: Operand, right: Operand) => Prepared;

/** Comparisons of integers that are plain decimals. */
function integers(holds: (left: Integer, right: Integer) => boolean): Compare {
  return (left, right) => () => {
    const first = left.number();
    if (first === null) return null;
    const second = right.number();
    if (second === null) return null;
    return holds(first, second) ? SUCCESS : FAILURE;
  };
}

function texts(wanted: boolean): Compare {
  return (left, right) => () => {
    const first = left.text();
    if (first === null) return null;
    const second = right.text();
    if (second === null) return null;
    return (first === second) === wanted ? SUCCESS : FAILURE;
  };
}

const COMPARISONS: ReadonlyMap<string, Compare> = new Map([
  ["-eq", integers((left, right) => left === right)],
  ["-ne", integers((left, right) => left !== right)],
  ["-lt", integers((left, right) => left < right)],
  ["-le", integers((left, right) => left <= right)],
  ["-gt", integers((left, right) => left > right)],
  ["-ge", integers((left, right) => left >= right)],
  ["=", texts(true)],
  ["==", texts(true)],
  ["!=", texts(false)],
]);

/** See {@link Builtin.prepare}. The operands are those of `test`, or those of `[` less the last one. */
export function prepareTest(operands: readonly (Operand | null)[]): Prepared | null {
  const [first, second, third] = operands;
  if (operands.length === 3 && first && third) {
    // What has effects may be evaluated only where nothing can come up after it.
    const isNumber = constantOf(third) !== null && third.number() !== null;
    const known = first.pure ? third.pure || constantOf(first) !== null : isNumber;
    const operator = constantOf(second);
    return known && operator !== null ? COMPARISONS.get(operator)?.(first, third) ?? null : null;
  }
  if (operands.length !== 2 || !second) return null;
  const operator = constantOf(first);
  if (operator !== "-n" && operator !== "-z") return null;
  const empty = operator === "-z";
  return () => {
    const text = second.text();
    return text === null ? null : (text === "") === empty ? SUCCESS : FAILURE;
  };
}
