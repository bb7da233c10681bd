/** `type` (XCU type; bash manual 4.2). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { has, parseArguments } from "./arguments.ts";
import { describe, type Meaning, meanings } from "./meaning.ts";

export const help = `Says what a name stands for as a command.

Options:
  -a   everything that it stands for, not only what would be executed
  -f   do not look at functions
  -P   look for a file only, whatever else the name stands for
  -p   print the path of the file, if it is a file that would be executed
  -t   print one word: alias, keyword, function, builtin or file

Exit status: 0 if every name stands for something.
`;

export const type: Builtin = {
  name: "type",
  kind: "intrinsic",
  usage: "[-afptP] name [name ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, type, args, "afptP");
    if (parsed === null) return USAGE;
    // Of -t, -p and -P the last one counts; -P still looks for files only.
    const form = parsed.options.findLast(({ letter }) => "tpP".includes(letter))?.letter ?? "";
    const all = has(parsed, "a");
    let status: number = SUCCESS;
    for (const name of parsed.operands) {
      let text = "";
      let found = false;
      for (const meaning of meanings(shell, name, null, all)) {
        if (meaning.kind === "function" && has(parsed, "f")) continue;
        if (has(parsed, "P") && meaning.kind !== "file") continue;
        found = true;
        text += line(name, meaning, form);
        if (!all) break;
      }
      if (text !== "" && !shell.print(text)) return FAILURE;
      if (found) continue;
      status = FAILURE;
      if (form === "") shell.report(`type: ${name}: not found`);
    }
    return status;
  },
};

function line(name: string, meaning: Meaning, form: string): string {
  if (form === "t") return `${meaning.kind}\n`;
  if (form !== "") return meaning.kind === "file" ? `${meaning.detail}\n` : "";
  return describe(name, meaning);
}
