/** `hash` (XCU hash). */

import { restriction } from "../execution/command_hash.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { S_IFDIR, S_IFMT } from "../system/constants.ts";
import { EISDIR, strerror } from "../system/errno.ts";
import { inTableOrder } from "../variables/associative_array.ts";
import { COMMAND_BUCKETS } from "../variables/dynamic.ts";
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
    const { operands } = parsed;
    const asked = has(parsed, "t");
    const dropped = has(parsed, "d");
    if (operands.length === 0 && (asked || dropped)) {
      return fail(shell, hash, `-${asked ? "t" : "d"}: option requires an argument`);
    }
    if (has(parsed, "r")) shell.hash.clear();
    const path = valueOf(parsed, "p");
    if (operands.length === 0) return has(parsed, "r") ? SUCCESS : list(shell, has(parsed, "l"));
    let status: number = SUCCESS;
    for (const name of operands) {
      let done: boolean;
      if (asked) done = show(shell, name, has(parsed, "l"), operands.length > 1);
      else if (dropped) done = shell.hash.forget(name);
      else if (path !== undefined) {
        const refused = shell.options.restricted_shell ? restriction(shell, path) : null;
        if (refused !== null) {
          status = fail(shell, hash, refused);
          continue;
        }
        if (isDirectory(shell, path)) {
          status = fail(shell, hash, `${path}: ${strerror(EISDIR)}`);
          continue;
        }
        shell.hash.remember(name, path);
        done = true;
      } else done = find(shell, name);
      if (!done) status = fail(shell, hash, `${name}: not found`);
    }
    return status;
  },
};

function isDirectory(shell: Shell, path: string): boolean {
  const status = shell.system.stat(path);
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFDIR;
}

/** Looks for a program and remembers where it is. What is no program need not be found. */
function find(shell: Shell, name: string): boolean {
  if (name.includes("/") || shell.builtins.has(name) || shell.functions.get(name) !== undefined) return true;
  const found = shell.hash.search(name, shell.variables.get("PATH").read() ?? "");
  if (typeof found === "number") return false;
  shell.hash.remember(name, found);
  return true;
}

function show(shell: Shell, name: string, reusable: boolean, labelled: boolean): boolean {
  const path = shell.hash.entries().find((entry) => entry.name === name)?.path;
  if (path === undefined) return false;
  return shell.print(reusable ? `builtin hash -p ${path} ${name}\n` : labelled ? `${name}\t${path}\n` : `${path}\n`);
}

function list(shell: Shell, reusable: boolean): number {
  const known = new Map(shell.hash.entries().map((entry) => [entry.name, entry]));
  const entries = inTableOrder([...known.keys()], COMMAND_BUCKETS).map((name) => known.get(name)!);
  let text = "";
  if (entries.length === 0) text = shell.options.posix ? "" : "hash: hash table empty\n";
  else if (reusable) { for (const { name, path } of entries) text += `builtin hash -p ${path} ${name}\n`; }
  else {
    text = "hits\tcommand\n";
    for (const { path, hits } of entries) text += `${String(hits).padStart(4)}\t${path}\n`;
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}
