/** Variables that commands are told by name to assign to: `name`, or `name[subscript]`. */

import { namedVariable } from "./element_operand.ts";
import type { Shell } from "./shell.ts";

export { assignOperand } from "./element_operand.ts";

/** Whether `text` names a variable or an element of an array. */
export function isVariableOperand(shell: Shell, text: string): boolean {
  const named = namedVariable(shell, text);
  return named !== null && named.subscript !== "";
}

/** The value of what `operand` names. Throws an ExpansionFailure if its subscript is not valid. */
export function readOperand(shell: Shell, operand: string): string | undefined {
  const { variable, subscript, key } = namedVariable(shell, operand)!;
  return subscript === null ? variable.read() : variable.readElement(key());
}
