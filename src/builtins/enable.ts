/** `enable` (bash manual 4.2). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { compareText } from "../expansion/collation.ts";
import { fail, has, parseArguments } from "./arguments.ts";

export const help = `Enables and disables builtins.

A program of the same name is found in place of a disabled builtin. Without
names, lists the builtins that are enabled.

Options:
  -a   list all of them, and say which are disabled
  -n   disable the names, or list those that are disabled
  -p   list in a form that can be read again
  -s   list special builtins only

Builtins can't be loaded from files: -f and -d fail.

Exit status: 0, unless a name is not that of a builtin.
`;

export const enable: Builtin = {
  name: "enable",
  kind: "regular",
  usage: "[-a] [-dnps] [-f filename] [name ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, enable, args, "adnpsf:");
    if (parsed === null) return USAGE;
    const off = has(parsed, "n");
    if (has(parsed, "f") || has(parsed, "d")) {
      return fail(shell, enable, shell.options.restricted_shell ? "restricted" : "dynamic loading not available");
    }
    if (parsed.operands.length > 0 && !has(parsed, "p")) {
      let status: number = SUCCESS;
      for (const name of parsed.operands) {
        if (!shell.builtins.enable(name, !off)) status = fail(shell, enable, `${name}: not a shell builtin`);
      }
      return status;
    }
    const names = [...shell.builtins.all()]
      .filter(({ kind }) => !has(parsed, "s") || kind === "special")
      .map(({ name }) => name)
      .filter((name) => has(parsed, "a") || shell.builtins.has(name) !== off)
      .sort(compareText);
    const text = names.map((name) => `enable ${shell.builtins.has(name) ? "" : "-n "}${name}\n`).join("");
    return shell.print(text) ? SUCCESS : FAILURE;
  },
};
