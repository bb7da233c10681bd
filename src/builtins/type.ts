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
    let status = SUCCESS;
    let text = "";
    for (const name of parsed.operands) {
      let found = false;
      for (const meaning of meanings(shell, name, null)) {
        if (meaning.kind === "function" && has(parsed, "f")) continue;
        if (has(parsed, "P") && meaning.kind !== "file") continue;
        found = true;
        text += line(name, meaning, has(parsed, "t"), has(parsed, "p") || has(parsed, "P"));
        if (!has(parsed, "a")) break;
      }
      if (found) continue;
      status = FAILURE;
      if (!has(parsed, "t") && !has(parsed, "p") && !has(parsed, "P")) shell.report(`type: ${name}: not found`);
    }
    return text === "" || shell.print(text) ? status : FAILURE;
  },
};

function line(name: string, meaning: Meaning, word: boolean, path: boolean): string {
  if (word) return `${meaning.kind}\n`;
  if (path) return meaning.kind === "file" ? `${meaning.detail}\n` : "";
  return describe(name, meaning);
}
