/** `cd` and `pwd` (XCU cd, pwd). */

import { unknownDirectory } from "../execution/process_attributes.ts";
import type { Builtin, Shell, ShellVariable } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { S_IFDIR, S_IFMT } from "../system/constants.ts";
import { ENOENT, ENOTDIR, strerror } from "../system/errno.ts";
import { fail, has, isName, parseArguments } from "./arguments.ts";

export const cdHelp = `Changes the working directory.

Without a directory, to the value of HOME; with a dash, to that of OLDPWD, which
is printed. A directory that does not begin with a slash or a dot is looked for
in the directories of CDPATH.

Options:
  -L   handle .. by the text of the path (this is the default)
  -P   resolve symbolic links first
  -e   with -P, fail if the new directory's name can't be found out

Exit status: 0 if the directory was changed.
`;

export const pwdHelp = `Prints the working directory.

Options:
  -L   as the shell came there, through symbolic links or not (the default)
  -P   without symbolic links

Exit status: 0, unless it can't be found out.
`;

/** Whether `-P` is in force: given last, or by `set -P`. */
function isPhysical(shell: Shell, options: readonly { letter: string }[]): boolean {
  const last = options.findLast(({ letter }) => letter === "L" || letter === "P");
  return last === undefined ? shell.options.physical : last.letter === "P";
}

export const cd: Builtin = {
  name: "cd",
  kind: "intrinsic",
  usage: "[-L|[-P [-e]] [-@]] [dir]",
  run(shell, args) {
    const parsed = parseArguments(shell, cd, args, "LPe");
    if (parsed === null) return USAGE;
    const { operands, options } = parsed;
    if (shell.options.restricted_shell) return fail(shell, cd, "restricted");
    if (operands.length > 1) return fail(shell, cd, "too many arguments");
    return changeDirectory(shell, cd, operands[0], isPhysical(shell, options), has(parsed, "e"));
  },
};

/**
 * Changes the working directory as `cd` does, for `builtin`. Returns the exit status.
 *
 * @param physical whether `-P` is in force
 * @param exact whether it is an error if the new directory's name can't be found out (`-e`)
 */
export function changeDirectory(
  shell: Shell,
  builtin: Builtin,
  operand: string | undefined,
  physical: boolean,
  exact: boolean,
): number {
  const target = findTarget(shell, builtin, operand);
  if (typeof target === "number") return target;
  let { print } = target;
  let moved = change(shell, target.path, physical);
  if (typeof moved === "number" && operand !== undefined) {
    const other = alternative(shell, operand);
    const elsewhere = other === null ? null : change(shell, other, physical);
    if (elsewhere !== null && typeof elsewhere !== "number") {
      moved = elsewhere;
      print = true;
    }
  }
  if (typeof moved === "number") return fail(shell, builtin, `${target.shown}: ${strerror(-moved)}`);
  const { directory, known } = moved;
  const oldpwd = shell.variables.get("OLDPWD");
  const pwd = shell.variables.get("PWD");
  const before = pwd.read();
  let status: number = !known && exact ? FAILURE : SUCCESS;
  // Where it is, is no question of whether the variables may say so.
  shell.process.directory = directory;
  if (before !== undefined && !assign(shell, oldpwd, before)) status = FAILURE;
  if (!assign(shell, pwd, directory)) status = FAILURE;
  if (print && !shell.print(`${directory}\n`)) return FAILURE;
  return status;
}

function assign(shell: Shell, variable: ShellVariable, value: string): boolean {
  try {
    variable.write(value);
    return true;
  } catch (error) {
    shell.failed(error, "command");
    return false;
  }
}

/** Where else `operand` may lead, which is no directory: the value of a variable, or what it is a misspelling of. */
function alternative(shell: Shell, operand: string): string | null {
  const { options, state, variables } = shell;
  if (options.cdable_vars && isName(operand)) {
    const value = variables.get(operand).read();
    if (value !== undefined) return value;
  }
  return options.cdspell && state.interactive ? corrected(shell, operand) : null;
}

/** `path` with each component that does not exist replaced by one that differs in one slip of the fingers (bash manual, cdspell). */
function corrected(shell: Shell, path: string): string | null {
  let result = path.startsWith("/") ? "/" : "";
  for (const part of path.split("/")) {
    if (part === "") continue;
    let name = part;
    if (typeof shell.system.stat(result + part) === "number") {
      const entries = shell.system.readDirectory(result === "" ? "." : result);
      if (typeof entries === "number") return null;
      const similar = entries.find((entry) => isSlip(part, entry.name));
      if (similar === undefined) return null;
      name = similar.name;
    }
    result += `${name}/`;
  }
  return result.replace(/(?<=.)\/$/, "");
}

/** Whether `typed` is `meant` with two neighbours exchanged, or one character missing, too many, or wrong. */
function isSlip(typed: string, meant: string): boolean {
  let i = 0;
  while (i < typed.length && typed[i] === meant[i]) i++;
  const rest = typed.slice(i);
  const other = meant.slice(i);
  return rest.slice(1) === other || rest === other.slice(1) || (rest !== "" && rest.slice(1) === other.slice(1)) ||
    (rest.length > 1 && rest[1] === other[0] && rest[0] === other[1] && rest.slice(2) === other.slice(2));
}

interface Target {
  readonly path: string;
  /** As the user gave it. */
  readonly shown: string;
  readonly print: boolean;
}

/** The directory that the operand means (XCU cd, steps 1 to 6), or the status of an error. */
function findTarget(shell: Shell, builtin: Builtin, operand: string | undefined): Target | number {
  const { variables, system } = shell;
  if (operand === undefined) {
    const home = variables.get("HOME").read();
    if (home === undefined) return fail(shell, builtin, "HOME not set");
    return { path: home, shown: home, print: false };
  }
  if (operand === "-") {
    const old = variables.get("OLDPWD").read();
    if (old === undefined || old === "") return fail(shell, builtin, "OLDPWD not set");
    return { path: old, shown: old, print: true };
  }
  if (!/^(?:\/|\.\.?(?:\/|$))/.test(operand) && operand !== "") {
    for (const prefix of (variables.get("CDPATH").read() ?? "").split(":")) {
      const path = prefix === "" || prefix.endsWith("/") ? prefix + operand : `${prefix}/${operand}`;
      const status = system.stat(path);
      if (typeof status !== "number" && (status.mode & S_IFMT) === S_IFDIR) {
        return { path, shown: operand, print: prefix !== "" };
      }
    }
  }
  return { path: operand, shown: operand, print: false };
}

interface Moved {
  /** What PWD becomes. */
  readonly directory: string;
  /** Whether that is the path of the directory; if it has none, it is what led there. */
  readonly known: boolean;
}

/** Changes the directory. Returns `-errno` on failure. */
function change(shell: Shell, path: string, physical: boolean): Moved | number {
  const { process, options } = shell;
  if (path === "" && options.posix) return -ENOENT;
  let from = process.directory;
  if (!from.startsWith("/")) {
    const found = shell.system.getcwd();
    if (typeof found === "number") shell.streams.write(2, unknownDirectory("chdir", found));
    else from = found;
  }
  if (physical) {
    const result = path === "" ? 0 : process.changeDirectory(path);
    return result < 0 ? result : findOut(shell, from, path);
  }
  const logical = logicalPath(from, path);
  // `..` is only allowed behind what is a directory (XCU cd, step 8b).
  if (!dotsAreInDirectories(shell, path)) return -ENOENT;
  const result = process.changeDirectory(logical);
  if (result === 0) return { directory: logical, known: logical.startsWith("/") };
  // The logical path may be wrong where the tree was changed: the plain one may still lead there.
  if (result === -ENOTDIR || path.startsWith("/") || path === "" || options.posix) return result;
  return process.changeDirectory(path) < 0 ? result : findOut(shell, from, path);
}

/** The working directory after `path` has led there from the directory `from`. */
function findOut(shell: Shell, from: string, path: string): Moved {
  const found = shell.system.getcwd();
  if (typeof found === "string") return { directory: found, known: true };
  if (!from.startsWith("/")) return { directory: path, known: false };
  shell.streams.write(2, unknownDirectory("cd", found));
  return { directory: path.startsWith("/") ? path : joined(from, path), known: false };
}

const joined = (directory: string, path: string) => directory.endsWith("/") ? directory + path : `${directory}/${path}`;

function dotsAreInDirectories(shell: Shell, path: string): boolean {
  const at = path.search(/[^/.][^/]*\/+\.\.(?:\/|$)/);
  if (at < 0) return true;
  const parts = path.split("/");
  let prefix = path.startsWith("/") ? "" : null;
  for (const part of parts) {
    if (part === "..") {
      const status = shell.system.stat(prefix === null ? "." : prefix === "" ? "/" : prefix);
      if (typeof status === "number" || (status.mode & S_IFMT) !== S_IFDIR) return false;
    }
    if (part === "" && prefix === "") continue;
    prefix = prefix === null ? part : `${prefix}/${part}`;
  }
  return true;
}

/** The absolute path without dots, by text alone; `path` itself if it is relative and what it starts `from` isn't known. */
function logicalPath(from: string, path: string): string {
  let full = path;
  if (!path.startsWith("/")) {
    if (!from.startsWith("/")) return path;
    full = joined(from, path);
  }
  const parts: string[] = [];
  for (const part of full.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  // Two slashes at the beginning may mean something of their own (XBD 4.16).
  const root = /^\/\/(?!\/)/.test(full) ? "//" : "/";
  return root + parts.join("/");
}

export const pwd: Builtin = {
  name: "pwd",
  kind: "intrinsic",
  usage: "[-LP]",
  run(shell, args) {
    const parsed = parseArguments(shell, pwd, args, "LP");
    if (parsed === null) return USAGE;
    let directory: string | number = shell.process.directory;
    const known = directory.startsWith("/") || (directory !== "" && !shell.options.posix);
    if (isPhysical(shell, parsed.options) || !known) directory = shell.system.getcwd();
    if (typeof directory === "number") {
      shell.streams.write(2, unknownDirectory("pwd", directory));
      return FAILURE;
    }
    return shell.print(`${directory}\n`) ? SUCCESS : FAILURE;
  },
};
