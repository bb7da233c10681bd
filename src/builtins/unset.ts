/** `unset` (XCU unset). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, isName, parseArguments, specialError } from "./arguments.ts";

export const help = `Unsets variables and functions.

A name is that of a variable, or if there is none, of a function.

Options:
  -v   variables only
  -f   functions only

Exit status: 0, unless a name is not valid or a variable is read-only.
`;

export const unset: Builtin = {
  name: "unset",
  kind: "special",
  usage: "[-f] [-v] [name ...]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, unset, args, "fv");
    if (parsed === null) return USAGE;
    if (has(parsed, "f") && has(parsed, "v")) {
      return fail(shell, unset, "cannot simultaneously unset a function and a variable");
    }
    let status: number = SUCCESS;
    for (const operand of parsed.operands) {
      if (has(parsed, "f")) shell.functions.delete(operand);
      else if (!unsetVariable(shell, operand, has(parsed, "v"))) status = FAILURE;
    }
    return status === SUCCESS ? status : specialError(shell, "unset", status);
  },
};

function unsetVariable(shell: Shell, operand: string, variableOnly: boolean): boolean {
  const element = /^([A-Za-z_][A-Za-z0-9_]*)\[([^]*)\]$/.exec(operand);
  const name = element?.[1] ?? operand;
  if (!isName(name)) {
    // A function may have any name.
    if (!variableOnly && shell.functions.delete(operand)) return true;
    shell.report(`unset: \`${operand}': not a valid identifier`);
    return false;
  }
  const variable = shell.variables.get(name);
  if (variable.readOnly) {
    shell.report(`unset: ${name}: cannot unset: readonly variable`);
    return false;
  }
  if (element !== null) {
    const subscript = element[2]!;
    variable.unsetElement(variable.associative ? subscript : Number(shell.words.arithmetic.evaluate(subscript)));
  } else if (variable.isSet || variable.attributes !== 0 || variableOnly) variable.unset();
  else shell.functions.delete(name);
  return true;
}
