/** `hash` (XCU hash). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments, valueOf } from "./arguments.ts";

export const help = `Remembers where commands are, or shows what is remembered.

Each name is looked for in PATH and remembered. Without names, lists what is
remembered, and how often it was used.

Options:
  -r        forget everything
  -d        forget the names
  -l        list in a form that can be read again
  -p path   remember path for the name, without looking for it
  -t        print the path that is remembered for each name

Exit status: 0, unless a name is not found.
`;

export const hash: Builtin = {
  name: "hash",
  kind: "intrinsic",
  usage: "[-lr] [-p pathname] [-dt] [name ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, hash, args, "rdlp:t");
    if (parsed === null) return USAGE;
    if (!shell.options.hashall) return fail(shell, hash, "hashing disabled");
    if (has(parsed, "r")) shell.hash.clear();
    const path = valueOf(parsed, "p");
    let status = SUCCESS;
    let text = "";
    const missing = (name: string) => {
      shell.report(`hash: ${name}: not found`);
      status = FAILURE;
    };
    for (const name of parsed.operands) {
      if (has(parsed, "t")) {
        const found = shell.hash.entries().find((entry) => entry.name === name)?.path;
        if (found === undefined) missing(name);
        else text += parsed.operands.length > 1 ? `${name}\t${found}\n` : `${found}\n`;
      } else if (has(parsed, "d")) {
        if (!shell.hash.forget(name)) missing(name);
      } else if (path !== undefined) shell.hash.remember(name, path);
      else if (!name.includes("/") && !shell.builtins.has(name) && shell.functions.get(name) === undefined) {
        const found = shell.hash.search(name, shell.variables.get("PATH").read() ?? "");
        if (typeof found === "number") missing(name);
        else shell.hash.remember(name, found);
      }
    }
    if (parsed.operands.length === 0 && !has(parsed, "r")) {
      const entries = shell.hash.entries();
      if (has(parsed, "l")) {
        for (const entry of entries) text += `builtin hash -p ${entry.path} ${entry.name}\n`;
      } else if (entries.length === 0) text = shell.options.posix ? "" : "hash: hash table empty\n";
      else {
        text = "hits\tcommand\n";
        for (const entry of entries) text += `${String(entry.hits).padStart(4)}\t${entry.path}\n`;
      }
    }
    return text === "" || shell.print(text) ? status : FAILURE;
  },
};
