/** `suspend` (bash manual 7.2). */

import type { Builtin } from "../execution/shell.ts";
import { SUCCESS, USAGE } from "../execution/status.ts";
import { strerror } from "../system/errno.ts";
import { fail, has, parseArguments } from "./arguments.ts";

export const help = `Stops the shell until it is continued.

Options:
  -f   also if it is a login shell

Exit status: 0, unless there is no job control or it is a login shell.
`;

export const suspend: Builtin = {
  name: "suspend",
  kind: "regular",
  usage: "[-f]",
  run(shell, args) {
    const parsed = parseArguments(shell, suspend, args, "f");
    if (parsed === null) return USAGE;
    if (!shell.jobs.controlled) return fail(shell, suspend, "cannot suspend: no job control");
    if (shell.options.login_shell && !has(parsed, "f")) return fail(shell, suspend, "cannot suspend a login shell");
    const result = shell.jobs.suspend();
    return result < 0 ? fail(shell, suspend, strerror(-result)) : SUCCESS;
  },
};
