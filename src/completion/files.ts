/** Names of files that a word may be completed to, in the order of their directories: `compgen` prints them so. */

import type { Shell } from "../execution/shell.ts";
import { DT_DIR, DT_LNK, DT_UNKNOWN, S_IFDIR, S_IFMT, S_IFREG, X_OK } from "../system/constants.ts";
import type { DirectoryEntry } from "../system/system.ts";

/** The directory part of a path, slash included, as it is and as it is opened: with its tilde expanded. */
function splitPath(
  shell: Shell,
  word: string,
): { readonly shown: string; readonly opened: string; readonly name: string } {
  const slash = word.lastIndexOf("/") + 1;
  const shown = word.slice(0, slash);
  return { shown, opened: expandTilde(shell, shown), name: word.slice(slash) };
}

/** The home directory that `~user` stands for; with no name, that of the user of the shell. */
export function homeDirectory(shell: Shell, user: string): string | undefined {
  const home = user === "" ? shell.variables.get("HOME").read() : undefined;
  return home ?? shell.environment.homeDirectory(user);
}

/** A path with its tilde expanded, if it begins with one that stands for a home directory. */
export function expandTilde(shell: Shell, path: string): string {
  const user = /^~([^/]*)(?=\/|$)/.exec(path);
  const home = user === null ? undefined : homeDirectory(shell, user[1]!);
  return home === undefined ? path : home + path.slice(user![0].length);
}

/** The entries of the directory of `word` whose names begin as it does; those with a leading dot if it has one, or options say so. */
function entriesFor(
  shell: Shell,
  word: string,
): { readonly shown: string; readonly opened: string; readonly entries: DirectoryEntry[] } {
  const { shown, opened, name } = splitPath(shell, word);
  const all = shell.system.readDirectory(opened === "" ? "." : opened);
  const entries = typeof all === "number" ? [] : all.filter((entry) => entry.name.startsWith(name));
  return { shown, opened, entries };
}

export function fileNames(shell: Shell, word: string): string[] {
  const { shown, entries } = entriesFor(shell, word);
  return withoutIgnored(shell, entries.map(({ name }) => shown + name));
}

/** `.` and `..` with the path before them, if `word` ends with the beginning of one: they are entries too, if seldom wanted. */
export function dotNames(word: string): string[] {
  const { 1: path, 2: dots } = /^(.*\/)?(\.\.?)$/s.exec(word) ?? [];
  return [".", ".."].filter((name) => dots !== undefined && name.startsWith(dots)).map((name) => (path ?? "") + name);
}

export function directoryNames(shell: Shell, word: string): string[] {
  const { shown, opened, entries } = entriesFor(shell, word);
  return entries.filter((entry) => isDirectoryEntry(shell, opened, entry)).map(({ name }) => shown + name);
}

function isDirectoryEntry(shell: Shell, directory: string, { name, type }: DirectoryEntry): boolean {
  return type === DT_DIR || ((type === DT_LNK || type === DT_UNKNOWN) && isDirectory(shell, directory + name));
}

/** Whether `path`, its tilde included, leads to a directory. */
export function isDirectory(shell: Shell, path: string): boolean {
  const status = shell.system.stat(expandTilde(shell, path));
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFDIR;
}

/** Whether `path` can be executed, or is a directory that `autocd` goes to. */
export function executableCommand(shell: Shell, path: string): boolean {
  if (isDirectory(shell, path)) return shell.options.autocd;
  return shell.system.access(expandTilde(shell, path), X_OK) === 0;
}

/** Files that can be executed, and directories on the way to them: for a command that is given by a path. */
export function executableNames(shell: Shell, word: string): string[] {
  const { shown, opened, entries } = entriesFor(shell, word);
  return entries
    .filter((entry) => isDirectoryEntry(shell, opened, entry) || shell.system.access(opened + entry.name, X_OK) === 0)
    .map(({ name }) => shown + name);
}

/** The names of programs in the directories of PATH that begin with `word`: as often as there are such programs. */
export function executablesInPath(shell: Shell, word: string): string[] {
  const { system, variables } = shell;
  const names: string[] = [];
  for (const directory of (variables.get("PATH").read() ?? "").split(":")) {
    const entries = system.readDirectory(directory === "" ? "." : directory);
    if (typeof entries === "number") continue;
    for (const { name, type } of entries) {
      if (!name.startsWith(word) || type === DT_DIR) continue;
      const path = `${directory === "" ? "." : directory}/${name}`;
      if (system.access(path, X_OK) !== 0) continue;
      const status = type === DT_LNK || type === DT_UNKNOWN ? system.stat(path) : null;
      if (status === null || (typeof status !== "number" && (status.mode & S_IFMT) === S_IFREG)) names.push(name);
    }
  }
  return names;
}

/** FIGNORE: endings of names that are of no interest, unless there is nothing else (`force_fignore`: not even then). */
function withoutIgnored(shell: Shell, names: readonly string[]): string[] {
  const endings = (shell.variables.get("FIGNORE").read() ?? "").split(":").filter((ending) => ending !== "");
  if (endings.length === 0) return [...names];
  const kept = names.filter((name) => !endings.some((ending) => name.length > ending.length && name.endsWith(ending)));
  return kept.length === 0 && !shell.options.force_fignore ? [...names] : kept;
}
