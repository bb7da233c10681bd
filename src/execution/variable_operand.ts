/** Variables that commands are told by name to assign to: `name`, or `name[subscript]`. */

import type { Shell } from "./shell.ts";

const OPERAND = /^([A-Za-z_][A-Za-z0-9_]*)(?:\[([^]+)\])?$/;

/** Whether `text` names a variable or an element of an array. */
export function isVariableOperand(text: string): boolean {
  return OPERAND.test(text);
}

/** The value of what `operand` names. Throws an ExpansionFailure if its subscript is not valid. */
export function readOperand(shell: Shell, operand: string): string | undefined {
  const [, name, subscript] = OPERAND.exec(operand)!;
  const variable = shell.variables.get(name!);
  if (subscript === undefined) return variable.read();
  return variable.readElement(variable.associative ? subscript : Number(shell.words.arithmetic.evaluate(subscript)));
}

/** Assigns to what `operand` names. Throws an ExpansionFailure if that can't be done. */
export function assignOperand(shell: Shell, operand: string, text: string): void {
  const [, name, subscript] = OPERAND.exec(operand)!;
  const variable = shell.variables.get(name!);
  if (subscript === undefined) variable.write(text);
  else if (variable.associative) variable.writeElement(subscript, text);
  else variable.writeElement(Number(shell.words.arithmetic.evaluate(subscript)), text);
}
