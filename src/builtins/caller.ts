/** `caller` (bash manual 4.2). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { parseArguments, usageError } from "./arguments.ts";

export const help = `Shows from where the function or script that runs was called.

Without a number, prints the line and the file of the call. With one, prints the
line, the function and the file of the call so many levels further out, from 0.

Exit status: 0, unless there is no such call.
`;

export const caller: Builtin = {
  name: "caller",
  kind: "regular",
  usage: "[expr]",
  run(shell, args) {
    const parsed = parseArguments(shell, caller, args, "");
    if (parsed === null) return USAGE;
    let { call } = shell.state;
    const [operand] = parsed.operands;
    if (operand === undefined) {
      if (call === null) return FAILURE;
      return shell.print(`${call.line} ${call.outer?.source ?? "NULL"}\n`) ? SUCCESS : FAILURE;
    }
    if (!/^\d+$/.test(operand)) return usageError(shell, caller, `${operand}: invalid number`);
    for (let level = Number(operand); level > 0 && call !== null; level--) call = call.outer;
    if (call === null || call.outer === null) return FAILURE;
    return shell.print(`${call.line} ${call.outer.name} ${call.outer.source}\n`) ? SUCCESS : FAILURE;
  },
};
