/** `builtin` (bash manual 4.2). */

import { builtinStatus } from "../execution/builtin_call.ts";
import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, parseArguments } from "./arguments.ts";

export const help = `Executes a builtin, even if there is a function of the same name.

Exit status: that of the builtin; failure if there is none of that name.
`;

export const builtinCommand: Builtin = {
  name: "builtin",
  kind: "regular",
  usage: "[shell-builtin [arg ...]]",
  run(shell, args) {
    const parsed = parseArguments(shell, builtinCommand, args, "");
    if (parsed === null) return USAGE;
    const [name, ...operands] = parsed.operands;
    if (name === undefined) return SUCCESS;
    const found = shell.builtins.get(name);
    if (found === undefined) return fail(shell, builtinCommand, `${name}: not a shell builtin`, FAILURE);
    return builtinStatus(shell, found, operands, false);
  },
};
