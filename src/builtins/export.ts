/** `export` and `readonly` (XCU export, readonly). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { quoteForTrace, traceLine } from "../execution/xtrace.ts";
import { concatenate } from "../system/bytes.ts";
import { EXPORTED, READ_ONLY } from "../variables/variable.ts";
import { has, isName, parseArguments, specialError } from "./arguments.ts";
import { declarationLine } from "./declaration.ts";

export const exportHelp = `Gives variables to the programs that the shell starts.

Options:
  -n   take the names out of the environment again
  -p   list all exported variables in a form that can be read again

Exit status: 0, unless a name is not valid or a variable is read-only.
`;

export const readonlyHelp = `Makes variables unchangeable.

They can be neither assigned to nor unset from then on.

Options:
  -p   list all read-only variables in a form that can be read again

Exit status: 0, unless a name is not valid or a variable is read-only already.
`;

export const exportCommand: Builtin = {
  name: "export",
  kind: "special",
  usage: "[-n] [name[=value] ...] or export -p",
  quiet: true,
  run: (shell, args) => run(shell, exportCommand, args, "np", EXPORTED),
};

export const readonlyCommand: Builtin = {
  name: "readonly",
  kind: "special",
  usage: "[name[=value] ...] or readonly -p",
  quiet: true,
  run: (shell, args) => run(shell, readonlyCommand, args, "p", READ_ONLY),
};

const ASSIGNMENT = /^([^=+]*)(\+?=)([^]*)$/;

function run(shell: Shell, builtin: Builtin, args: readonly string[], letters: string, attribute: number): number {
  const parsed = parseArguments(shell, builtin, args, letters);
  if (parsed === null) return USAGE;
  if (parsed.operands.length === 0) return list(shell, builtin.name, attribute);
  let status = SUCCESS;
  for (const operand of parsed.operands) {
    const [, name = operand, operator, value] = ASSIGNMENT.exec(operand) ?? [];
    if (!isName(name)) {
      shell.report(`${builtin.name}: \`${operand}': not a valid identifier`);
      status = FAILURE;
      continue;
    }
    const variable = shell.variables.get(name);
    if (value !== undefined) {
      if (variable.readOnly) {
        shell.report(`${name}: readonly variable`);
        status = FAILURE;
        continue;
      }
      const text = operator === "+=" ? concatenate(variable.read() ?? "", value) : value;
      if (shell.options.xtrace) traceLine(shell, `${name}${operator}${quoteForTrace(value)}`);
      variable.write(text);
    }
    variable.setAttributes(attribute, !has(parsed, "n"));
  }
  return status === SUCCESS ? status : specialError(shell, builtin.name, status);
}

function list(shell: Shell, command: string, attribute: number): number {
  const variables = shell.variables.all().filter((variable) => (variable.attributes & attribute) !== 0);
  let text = "";
  for (const variable of variables.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    text += declarationLine(variable, shell.options.posix ? command : null);
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}
