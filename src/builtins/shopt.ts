/** `shopt` (bash manual 4.3.2). */

import {
  displayName,
  isShoptOption,
  type OptionName,
  SET_OPTIONS,
  setOptionByName,
  shoptOptions,
} from "../execution/options.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments } from "./arguments.ts";

export const help = `Sets options of the shell, or shows them.

Without -s and -u, shows the options and whether they are on; without names, all
of them.

Options:
  -s   set the options; without names, list those that are set
  -u   unset them; without names, list those that are not set
  -q   print nothing: only the exit status says whether all are set
  -p   list in a form that can be read again
  -o   the options of set -o

Exit status: 0 if all options are set, or were changed; failure for one that is
not, or that does not exist.
`;

/** Options that tell how the shell was started: to set them has no effect. */
const FIXED: readonly string[] = ["login_shell", "restricted_shell"];

export const shopt: Builtin = {
  name: "shopt",
  kind: "regular",
  usage: "[-pqsu] [-o] [optname ...]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, shopt, args, "psuqo");
    if (parsed === null) return USAGE;
    const on = has(parsed, "s");
    const off = has(parsed, "u");
    if (on && off) return fail(shell, shopt, "cannot set and unset shell options simultaneously");
    const ofSet = has(parsed, "o");
    let status: number = SUCCESS;
    const names = parsed.operands.flatMap((operand) => {
      const name = ofSet ? setOptionByName(operand) : isShoptOption(operand) ? operand : undefined;
      if (name !== undefined) return name;
      status = fail(shell, shopt, `${operand}: invalid ${ofSet ? "" : "shell "}option name`);
      return [];
    });
    if (parsed.operands.length > 0 && (on || off)) {
      for (const name of names) if (!change(shell, name, on)) status = FAILURE;
      return status;
    }
    const all = ofSet ? SET_OPTIONS.map(({ name }) => name) : shoptOptions();
    const listed = parsed.operands.length > 0 ? names : all.filter((name) => on === off || shell.options[name] === on);
    if (parsed.operands.length > 0 && !names.every((name) => shell.options[name])) status = FAILURE;
    if (has(parsed, "q")) return status;
    const text = listed.map((name) => line(shell, name, has(parsed, "p"), ofSet)).join("");
    return shell.print(text) ? status : FAILURE;
  },
};

function change(shell: Shell, name: OptionName, value: boolean): boolean {
  if (FIXED.includes(name)) return true;
  if (value && name.startsWith("compat")) {
    fail(shell, shopt, `${name}: the behaviour of older versions is not available`);
    return false;
  }
  shell.options.set(name, value);
  return true;
}

function line(shell: Shell, name: OptionName, reusable: boolean, ofSet: boolean): string {
  const value = shell.options[name];
  if (!reusable) return `${(ofSet ? displayName(name) : name).padEnd(15)}\t${value ? "on" : "off"}\n`;
  return ofSet ? `set ${value ? "-" : "+"}o ${displayName(name)}\n` : `shopt -${value ? "s" : "u"} ${name}\n`;
}
