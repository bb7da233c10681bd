/** `${name:offset:length}` (bash manual 3.5.3): of a text its characters, of a list its elements. */

import { printParts } from "../syntax/printer.ts";
import type { ParameterOperation, ParameterPart } from "../syntax/tree.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { substring } from "./operations.ts";
import { nameOf, type OperandCompiler, type Producer } from "./parameter.ts";

type Substring = Extract<ParameterOperation, { kind: "substring" }>;

export function compileSlice(
  part: ParameterPart,
  operation: Substring,
  producer: Producer,
  variable: Variable | null,
  operands: OperandCompiler,
  environment: ExpansionEnvironment,
): Producer {
  const prefix = `${nameOf(part)}: `;
  const offsetOf = operands.expression(operation.offset, prefix);
  const lengthOf = operation.length === null ? null : operands.expression(operation.length, prefix);
  const negative = () =>
    new ExpansionFailure(`${printParts(operation.length!.parts, false).trim()}: substring expression < 0`, "top", 1);
  const get = () => {
    const value = producer.get();
    const offset = Number(offsetOf());
    const length = lengthOf === null ? undefined : Number(lengthOf());
    if (typeof value === "string") {
      const piece = substring(value, offset, length);
      if (piece === undefined) throw negative();
      return piece;
    }
    if (variable !== null && variable.kind === null) {
      if (value.length === 0) return value;
      const piece = substring(value[0]!, offset, length);
      if (piece === undefined) throw negative();
      return [piece];
    }
    if (length !== undefined && length < 0) throw negative();
    const list = variable !== null ? elementsFrom(value, variable, offset) : positionalFrom(value, offset, environment);
    return list.slice(0, length);
  };
  return { list: producer.list, star: part.name === "*" || part.subscript === "*", get };
}

/** `${@:offset}`: element 0 is `$0`. */
function positionalFrom(
  values: readonly string[],
  offset: number,
  environment: ExpansionEnvironment,
): readonly string[] {
  const all = [environment.special("0") ?? "", ...values];
  const start = offset < 0 ? all.length + offset : offset;
  return start < 0 ? [] : all.slice(start);
}

/** `${name[@]:offset}`: the elements whose index is at least `offset`; of an associative array, those from that place on. */
function elementsFrom(values: readonly string[], variable: Variable, offset: number): readonly string[] {
  if (variable.associative) {
    const start = offset < 0 ? values.length + offset : Math.max(offset - 1, 0);
    return start < 0 ? [] : values.slice(start);
  }
  const keys = variable.keys();
  const start = offset < 0 ? Number(keys.at(-1) ?? -1) + 1 + offset : offset;
  if (start < 0) return [];
  if (keys.length === values.length && Number(keys.at(-1)) === keys.length - 1) return values.slice(start);
  return values.filter((_, i) => Number(keys[i]) >= start);
}
