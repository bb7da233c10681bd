/** Names of some kind (bash manual 8.7, `complete -A`): a function for each, in the order in which they are told. */

import { displayName, SET_OPTIONS, shoptOptions } from "../execution/options.ts";
import type { Shell } from "../execution/shell.ts";
import { compareText } from "../expansion/collation.ts";
import { reservedWordNames } from "../syntax/reserved_words.ts";
import { decode } from "../system/bytes.ts";
import { signalList, signalName } from "../system/signal_numbers.ts";
import { readWholeFile } from "../system/whole_file.ts";
import { directoryNames, executablesInPath, fileNames } from "./files.ts";

/** @param word what the names should begin with; they may be others, which are left out later */
type Action = (shell: Shell, word: string) => readonly string[];

const jobNames = (shell: Shell, state?: "running" | "stopped") =>
  shell.jobs.all()
    .filter((job) => state === undefined ? job.state !== "done" : job.state === state)
    .map(({ text }) => text.split(/\s/)[0]!);

const builtinNames = (shell: Shell) => [...shell.builtins.all()].map(({ name }) => name).sort(compareText);

const functionNames = (shell: Shell) => shell.functions.names().sort(compareText);

const aliasNames = (shell: Shell) => shell.aliases.entries().map(([name]) => name).sort(compareText);

const variableNames = (shell: Shell) =>
  shell.variables.all().filter(({ isSet }) => isSet).map(({ name }) => name).sort(compareText);

/** The fields before the first `separator` of the lines of a system file. */
function firstFields(shell: Shell, path: string, separator: RegExp): string[] {
  const bytes = readWholeFile(shell.system, path);
  if (typeof bytes === "number") return [];
  const lines = decode(bytes).split("\n").map((line) => line.replace(/#.*/, "").trim());
  return [...new Set(lines.filter((line) => line !== "").map((line) => line.split(separator)[0]!))];
}

/** The names of hosts, in the file that HOSTFILE names (bash manual 5.2): all but the address on each line. */
export function hostNames(shell: Shell): string[] {
  const path = shell.variables.get("HOSTFILE").read() ?? "/etc/hosts";
  const bytes = readWholeFile(shell.system, path);
  if (typeof bytes === "number") return [];
  const names = decode(bytes).split("\n").flatMap((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1));
  return [...new Set(names)];
}

export function userNames(shell: Shell): string[] {
  return firstFields(shell, "/etc/passwd", /:/);
}

/** Everything that a command can be. */
export function commandNames(shell: Shell, word: string): string[] {
  const names = [
    ...aliasNames(shell),
    ...reservedWordNames(),
    ...functionNames(shell),
    ...builtinNames(shell).filter((name) => shell.builtins.has(name)),
    ...executablesInPath(shell, word),
  ];
  return [...new Set(names)];
}

const ACTIONS = {
  alias: aliasNames,
  arrayvar: (shell) => shell.variables.all().filter(({ isArray }) => isArray).map(({ name }) => name).sort(compareText),
  binding: (shell) => shell.deferred().editorCommands(),
  builtin: builtinNames,
  command: commandNames,
  directory: directoryNames,
  disabled: (shell) => builtinNames(shell).filter((name) => !shell.builtins.has(name)),
  enabled: (shell) => builtinNames(shell).filter((name) => shell.builtins.has(name)),
  export: (shell) =>
    shell.variables.all().filter(({ exported, isSet }) => exported && isSet).map(({ name }) => name).sort(compareText),
  file: fileNames,
  function: functionNames,
  group: (shell) => firstFields(shell, "/etc/group", /:/),
  helptopic: (shell) => [...new Set([...builtinNames(shell), ...shell.help("topics").split("\n")])].sort(compareText),
  hostname: hostNames,
  job: (shell) => jobNames(shell),
  keyword: reservedWordNames,
  running: (shell) => jobNames(shell, "running"),
  service: (shell) => firstFields(shell, "/etc/services", /\s/),
  setopt: () => SET_OPTIONS.map(({ name }) => displayName(name)),
  shopt: () => shoptOptions(),
  signal: () => ["EXIT", ...signalList().map((signal) => `SIG${signalName(signal)}`), "DEBUG", "RETURN", "ERR"],
  stopped: (shell) => jobNames(shell, "stopped"),
  user: userNames,
  variable: variableNames,
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof ACTIONS;

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

/** The names that begin with `word`. */
export function namesFor(shell: Shell, action: ActionName, word: string): string[] {
  return (ACTIONS[action] as Action)(shell, word).filter((name) => name.startsWith(word));
}
