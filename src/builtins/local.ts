/** `local` (bash manual 4.2). */

import { ExpansionFailure } from "../expansion/failure.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { EXPORTED, READ_ONLY } from "../variables/variable.ts";
import { fail, has, isName, parseArguments } from "./arguments.ts";
import { declarationLine } from "./declaration.ts";

export const help = `Declares variables that are local to the function that runs.

The functions that it calls see them too. Without names, lists the local
variables.

Options:
  -r   make them read-only
  -x   export them

Exit status: 0, unless a name is not valid, a variable is read-only, or no
function runs.
`;

export const local: Builtin = {
  name: "local",
  kind: "regular",
  usage: "[option] name[=value] ...",
  quiet: true,
  run(shell, args) {
    if (shell.state.functionDepth === 0) return fail(shell, local, "can only be used in a function");
    const parsed = parseArguments(shell, local, args, "rx");
    if (parsed === null) return USAGE;
    if (parsed.operands.length === 0) return list(shell);
    let status = SUCCESS;
    for (const operand of parsed.operands) {
      const [, name = operand, operator, value] = /^([^=+]*)(\+?=)([^]*)$/.exec(operand) ?? [];
      if (!isName(name)) {
        shell.report(`local: \`${operand}': not a valid identifier`);
        status = FAILURE;
        continue;
      }
      const variable = shell.variables.get(name);
      try {
        const before = operator === "+=" ? variable.read() ?? "" : "";
        shell.variables.declareLocal(variable);
        if (value !== undefined) variable.write(before + value);
      } catch (error) {
        if (!(error instanceof ExpansionFailure)) throw error;
        shell.report(`local: ${error.message}`);
        status = FAILURE;
        continue;
      }
      if (has(parsed, "x")) variable.setAttributes(EXPORTED, true);
      if (has(parsed, "r")) variable.setAttributes(READ_ONLY, true);
    }
    return status;
  },
};

function list(shell: Shell): number {
  const locals = shell.variables.locals().sort((a, b) => (a.name < b.name ? -1 : 1));
  return shell.print(locals.map((variable) => declarationLine(variable, null)).join("")) ? SUCCESS : FAILURE;
}
