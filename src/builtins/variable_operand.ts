/** Variables that builtins are told by name to assign to: `name`, or `name[subscript]`. */

import { namedVariable } from "../execution/element_operand.ts";
import type { Shell } from "../execution/shell.ts";

export { assignOperand } from "../execution/element_operand.ts";

/** Whether `text` names a variable or an element of an array. */
export function isVariableOperand(shell: Shell, text: string): boolean {
  const named = namedVariable(shell, text);
  return named !== null && named.subscript !== "";
}
