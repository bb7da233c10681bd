/** `${name:offset:length}` (bash manual 3.5.3): of a text its characters, of a list its elements. */

import { printParts } from "../syntax/printer.ts";
import type { ParameterOperation, ParameterPart, Word } from "../syntax/tree.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { substring } from "./operations.ts";
import { type Base, nameOf, type OperandCompiler, type Producer, type Value } from "./parameter.ts";

type Substring = Extract<ParameterOperation, { kind: "substring" }>;

export function compileSlice(
  part: ParameterPart,
  operation: Substring,
  base: Base,
  missing: () => Value,
  variable: Variable | null,
  operands: OperandCompiler,
  environment: ExpansionEnvironment,
): Producer {
  const prefix = `${nameOf(part)}: `;
  const number = (word: Word) => {
    const evaluate = operands.expression(word, prefix);
    return () => {
      try {
        return Number(evaluate());
      } catch (error) {
        throw error instanceof ExpansionFailure ? error.behind(prefix) : error;
      }
    };
  };
  const offsetOf = number(operation.offset);
  const evaluate = operation.length === null ? null : number(operation.length);
  const lengthOf = () => evaluate === null ? undefined : evaluate();
  const negative = () =>
    new ExpansionFailure(`${printParts(operation.length!.parts, false)}: substring expression < 0`, "top", 1);
  const take = (text: string, offset: number): string => {
    const piece = substring(text, offset, lengthOf);
    if (piece === undefined) throw negative();
    return piece;
  };
  const get = () => {
    const value = base.get();
    // Of what is unset there is nothing to take, whatever the length is.
    if (value === undefined) return missing();
    if (typeof value !== "string" && value.length === 0 && part.subscript !== null) return value;
    const offset = offsetOf();
    if (typeof value === "string") return take(value, offset);
    // Of a scalar, `[@]` takes characters, and beyond its end there is nothing, not even an empty text.
    if (variable !== null && variable.kind === null) {
      return value.filter((text) => isWithin(text, offset)).map((text) => take(text, offset));
    }
    const list = variable !== null ? elementsFrom(value, variable, offset) : positionalFrom(value, offset, environment);
    if (list === null) return [];
    const length = lengthOf();
    if (length !== undefined && length < 0) throw negative();
    return list.slice(0, length);
  };
  return { list: base.list, star: part.name === "*" || part.subscript === "*", get };
}

/** Whether an offset, which from the end if negative, lies within a text or at its end. */
function isWithin(text: string, offset: number): boolean {
  return offset <= text.length && -offset <= text.length;
}

/** `${@:offset}`: element 0 is `$0`. `null` if the offset lies beyond the elements. */
function positionalFrom(
  values: readonly string[],
  offset: number,
  environment: ExpansionEnvironment,
): readonly string[] | null {
  const all = [environment.special("0") ?? "", ...values];
  const start = offset < 0 ? all.length + offset : offset;
  return start < 0 || start > all.length ? null : all.slice(start);
}

/**
 * `${name[@]:offset}`: the elements whose index is at least `offset`; of an associative array, those from that place on. `null` if the
 * offset lies beyond them.
 */
function elementsFrom(values: readonly string[], variable: Variable, offset: number): readonly string[] | null {
  if (variable.associative) {
    const start = offset < 0 ? values.length + offset : Math.max(offset - 1, 0);
    return start < 0 || start > values.length ? null : values.slice(start);
  }
  const keys = variable.keys();
  const end = Number(keys.at(-1) ?? -1) + 1;
  const start = offset < 0 ? end + offset : offset;
  if (start < 0 || start > end) return null;
  if (keys.length === values.length && Number(keys.at(-1)) === keys.length - 1) return values.slice(start);
  return values.filter((_, i) => Number(keys[i]) >= start);
}
