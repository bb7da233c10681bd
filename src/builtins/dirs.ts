/** `dirs`, `pushd` and `popd` (bash manual 6.8.1). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";
import { fail, usageError } from "./arguments.ts";
import { changeDirectory } from "./cd.ts";

export const dirsHelp = `Lists the directory stack.

Its top is the working directory. +N is entry N from the top, from 0; -N is
entry N from the bottom.

Options:
  -c   remove all entries but the top
  -l   show the home directory as its path, not as a tilde
  -p   one entry on a line
  -v   one entry on a line, with its number

Exit status: 0, unless there is no such entry.
`;

export const pushdHelp = `Adds a directory to the directory stack and goes there.

With +N or -N, turns the stack so that entry N from the top, or from the bottom,
becomes the top; without operand, exchanges the two at the top.

Options:
  -n   change the stack only, not the working directory

Exit status: 0, unless the directory can't be changed or there is no such entry.
`;

export const popdHelp = `Takes a directory off the directory stack and goes to the new top.

With +N or -N, takes entry N from the top, or from the bottom.

Options:
  -n   change the stack only, not the working directory

Exit status: 0, unless the directory can't be changed or there is no such entry.
`;

export const dirs: Builtin = {
  name: "dirs",
  kind: "regular",
  usage: "[-clpv] [+N] [-N]",
  run(shell, args) {
    let [clear, long, lines, numbered] = [false, false, false, false];
    let entry: number | null = null;
    for (const argument of args) {
      if (argument === "--") break;
      if (argument === "-c") clear = true;
      else if (argument === "-l") long = true;
      else if (argument === "-p") lines = true;
      else if (argument === "-v") lines = numbered = true;
      else if (!/^[-+]/.test(argument)) return usageError(shell, dirs, `${argument}: invalid option`);
      else {
        entry = entryNumber(shell, argument);
        if (entry === null) return usageError(shell, dirs, `${argument}: invalid number`);
        if (entry < 0) return outOfRange(shell, dirs, argument.slice(1));
      }
    }
    if (clear) {
      shell.directories.entries = [];
      return SUCCESS;
    }
    const shown = stack(shell).map((path) => (long ? path : withTilde(shell, path)));
    const indices = entry === null ? shown.map((_, i) => i) : [entry];
    if (!lines) return shell.print(indices.map((i) => shown[i]).join(" ") + "\n") ? SUCCESS : FAILURE;
    const text = indices.map((i) => `${numbered ? `${String(i).padStart(2)}  ` : ""}${shown[i]}\n`).join("");
    return shell.print(text) ? SUCCESS : FAILURE;
  },
};

export const pushd: Builtin = {
  name: "pushd",
  kind: "regular",
  usage: "[-n] [+N | -N | dir]",
  run(shell, args) {
    const parsed = parseOperand(shell, pushd, args);
    if (typeof parsed === "number") return parsed;
    const { stay, operand, entry } = parsed;
    const { directories } = shell;
    const before = stack(shell);
    if (operand === undefined) {
      if (stay) return SUCCESS;
      const [top, second, ...rest] = before;
      if (second === undefined) return fail(shell, pushd, "no other directory");
      return go(shell, pushd, second, [top!, ...rest]);
    }
    if (entry !== null) {
      const turned = [...before.slice(entry), ...before.slice(0, entry)];
      if (!stay) return go(shell, pushd, turned[0]!, turned.slice(1));
      directories.entries = turned.slice(1);
      return SUCCESS;
    }
    if (!stay) return go(shell, pushd, operand, before);
    directories.entries = [operand, ...directories.entries];
    return dirs.run(shell, []);
  },
};

export const popd: Builtin = {
  name: "popd",
  kind: "regular",
  usage: "[-n] [+N | -N]",
  run(shell, args) {
    const parsed = parseOperand(shell, popd, args);
    if (typeof parsed === "number") return parsed;
    const { stay, operand, entry } = parsed;
    if (operand !== undefined && entry === null) return usageError(shell, popd, `${operand}: invalid argument`);
    const { directories } = shell;
    const { entries } = directories;
    if (entries.length === 0) return fail(shell, popd, "directory stack empty");
    if (!stay && (entry ?? 0) === 0) return go(shell, popd, entries[0]!, entries.slice(1));
    // The top stays, for it is where the shell is.
    directories.entries = entries.toSpliced(Math.max(0, (entry ?? 0) - 1), 1);
    return dirs.run(shell, []);
  },
};

interface Operand {
  /** `-n` */
  readonly stay: boolean;
  readonly operand: string | undefined;
  /** The entry that `+N` or `-N` means, counted from the top; `null` for any other operand. */
  readonly entry: number | null;
}

function parseOperand(shell: Shell, builtin: Builtin, args: readonly string[]): Operand | number {
  let stay = false;
  let i = 0;
  for (; args[i] === "-n"; i++) stay = true;
  const ended = args[i] === "--";
  if (ended) i++;
  const operand = args[i];
  if (args.length > i + 1) return fail(shell, builtin, "too many arguments");
  if (operand === undefined || ended || operand === "-" || !/^[-+]/.test(operand)) {
    return { stay, operand, entry: null };
  }
  const entry = entryNumber(shell, operand);
  if (entry === null) return usageError(shell, builtin, `${operand}: invalid number`);
  if (builtin === popd && shell.directories.entries.length === 0) return outOfRange(shell, popd, operand);
  return entry < 0 ? outOfRange(shell, builtin, operand) : { stay, operand, entry };
}

/** The entry that `+N` or `-N` means, counted from the top; -1 if there is none; `null` if it is no number. */
function entryNumber(shell: Shell, operand: string): number | null {
  if (!/^[-+]\d+$/.test(operand)) return null;
  const number = Number(operand.slice(1));
  const { length } = shell.directories.entries;
  if (number > length) return -1;
  return operand[0] === "+" ? number : length - number;
}

function outOfRange(shell: Shell, builtin: Builtin, shown: string): number {
  if (shell.directories.entries.length === 0) return fail(shell, builtin, "directory stack empty");
  return fail(shell, builtin, `${shown}: directory stack index out of range`);
}

/** Changes the working directory, and if that goes well, makes `entries` the stack below it and shows it. */
function go(shell: Shell, builtin: Builtin, path: string, entries: readonly string[]): number {
  const status = changeDirectory(shell, builtin, path, shell.options.physical, false);
  if (status !== SUCCESS) return status;
  shell.directories.entries = entries;
  return dirs.run(shell, []);
}

/** The directory stack from its top. */
export function stack(shell: Shell): readonly string[] {
  return [shell.process.directory, ...shell.directories.entries];
}

function withTilde(shell: Shell, path: string): string {
  const home = shell.variables.get("HOME").read() ?? "";
  const below = home.length > 1 && (path === home || path.startsWith(`${home}/`));
  return below ? `~${path.slice(home.length)}` : path;
}
