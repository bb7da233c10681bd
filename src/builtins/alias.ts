/** `alias` and `unalias` (XCU alias, unalias). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { has, parseArguments, usageError } from "./arguments.ts";

export const aliasHelp = `Defines or shows aliases.

A word that is the name of an alias, where a command's name is expected, is
replaced by its value. If the value ends in a blank, the next word is looked at
too. Without arguments, or with -p, all aliases are listed.

Exit status: 0, unless a name has no alias.
`;

export const unaliasHelp = `Removes aliases.

Options:
  -a   remove all of them

Exit status: 0, unless a name has no alias.
`;

/** Characters that an alias's name may not hold (bash manual 6.6). */
const INVALID_NAME = /[\s/$`=|&;()<>'"\\]|^$/;

export const alias: Builtin = {
  name: "alias",
  kind: "intrinsic",
  usage: "[-p] [name[=value] ... ]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, alias, args, "p");
    if (parsed === null) return USAGE;
    const line = (name: string, value: string) =>
      `${shell.options.posix ? "" : "alias "}${name}=${quoteSingle(value)}\n`;
    let text = "";
    let status = SUCCESS;
    if (parsed.operands.length === 0 || has(parsed, "p")) {
      for (const [name, value] of shell.aliases.entries().sort(([a], [b]) => (a < b ? -1 : 1))) {
        text += line(name, value);
      }
    }
    for (const operand of parsed.operands) {
      const equals = operand.indexOf("=", 1);
      const name = equals < 0 ? operand : operand.slice(0, equals);
      if (equals >= 0 && INVALID_NAME.test(name)) {
        shell.report(`alias: \`${name}': invalid alias name`);
        status = FAILURE;
      } else if (equals >= 0) shell.aliases.set(name, operand.slice(equals + 1));
      else {
        const value = shell.aliases.get(name);
        if (value !== undefined) text += line(name, value);
        else {
          shell.report(`alias: ${name}: not found`);
          status = FAILURE;
        }
      }
    }
    return text === "" || shell.print(text) ? status : FAILURE;
  },
};

export const unalias: Builtin = {
  name: "unalias",
  kind: "intrinsic",
  usage: "[-a] name [name ...]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, unalias, args, "a");
    if (parsed === null) return USAGE;
    if (has(parsed, "a")) {
      shell.aliases.clear();
      return SUCCESS;
    }
    if (parsed.operands.length === 0) return usageError(shell, unalias);
    let status = SUCCESS;
    for (const name of parsed.operands) {
      if (shell.aliases.delete(name)) continue;
      shell.report(`unalias: ${name}: not found`);
      status = FAILURE;
    }
    return status;
  },
};
