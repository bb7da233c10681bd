/** Names of some kind (bash manual 8.7, `complete -A`): a function for each, in the order in which they are told. */

import { displayName, SET_OPTIONS, shoptOptions } from "../execution/options.ts";
import type { Shell } from "../execution/shell.ts";
import { compareText } from "../expansion/collation.ts";
import { decode } from "../system/bytes.ts";
import { signalList, signalName } from "../system/signal_numbers.ts";
import { readWholeFile } from "../system/whole_file.ts";
import { directoryNames, dotNames, executablesInPath, fileNames } from "./files.ts";

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

/** The fields of the lines of a system file. */
function fieldsOf(shell: Shell, path: string, separator: RegExp): string[][] {
  const bytes = readWholeFile(shell.system, path);
  if (typeof bytes === "number") return [];
  const lines = decode(bytes).split("\n").map((line) => line.replace(/#.*/, "").trim());
  return lines.filter((line) => line !== "").map((line) => line.split(separator));
}

/** The fields before the first `separator` of the lines of a system file. */
function firstFields(shell: Shell, path: string, separator: RegExp): string[] {
  return [...new Set(fieldsOf(shell, path, separator).map(([name]) => name!))];
}

/** The names of services, for each protocol; their aliases where these alone begin with `word`. */
function serviceNames(shell: Shell, word: string): string[] {
  return fieldsOf(shell, "/etc/services", /\s+/).flatMap(([name, _port, ...aliases]) =>
    name!.startsWith(word) ? name! : aliases.find((alias) => alias.startsWith(word)) ?? []
  );
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

/** The reserved words, in bash's order. */
const KEYWORDS = "if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc"
  .split(" ");

/** Everything that a command can be, what is found in several places several times. */
export function commandNames(shell: Shell, word: string): string[] {
  return [
    ...aliasNames(shell),
    ...KEYWORDS,
    ...functionNames(shell),
    ...builtinNames(shell).filter((name) => shell.builtins.has(name)),
    ...executablesInPath(shell, word),
  ];
}

/** In the order in which their names are told, however they are asked for. */
const ACTIONS = {
  alias: aliasNames,
  arrayvar: (shell) =>
    shell.variables.all().filter(({ isArray, isSet }) => isArray && isSet).map(({ name }) => name).sort(compareText),
  binding: (shell) => shell.deferred().editorCommands(),
  builtin: builtinNames,
  disabled: (shell) => builtinNames(shell).filter((name) => !shell.builtins.has(name)),
  enabled: (shell) => builtinNames(shell).filter((name) => shell.builtins.has(name)),
  export: (shell) =>
    shell.variables.all().filter(({ exported, isSet }) => exported && isSet).map(({ name }) => name).sort(compareText),
  function: functionNames,
  helptopic: (shell) => [...new Set([...builtinNames(shell), ...shell.help("topics").split("\n")])].sort(compareText),
  hostname: hostNames,
  job: (shell) => jobNames(shell),
  keyword: () => KEYWORDS,
  running: (shell) => jobNames(shell, "running"),
  setopt: () => SET_OPTIONS.map(({ name }) => displayName(name)),
  shopt: () => shoptOptions(),
  signal: () => ["EXIT", ...signalList().map((signal) => `SIG${signalName(signal)}`), "DEBUG", "ERR", "RETURN"],
  stopped: (shell) => jobNames(shell, "stopped"),
  variable: variableNames,
  command: commandNames,
  file: (shell, word) => [...dotNames(word), ...fileNames(shell, word)],
  user: userNames,
  group: (shell) => firstFields(shell, "/etc/group", /:/),
  service: serviceNames,
  directory: (shell, word) => [...dotNames(word), ...directoryNames(shell, word)],
} as const satisfies Readonly<Record<string, Action>>;

export type ActionName = keyof typeof ACTIONS;

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

/** Whether the action gives names of files. */
export function isOfFiles(action: ActionName): boolean {
  return action === "file" || action === "directory";
}

/** Actions in the order in which their names are told. */
export function inOrder(actions: ReadonlySet<ActionName>): ActionName[] {
  return (Object.keys(ACTIONS) as ActionName[]).filter((name) => actions.has(name));
}

/** The names that begin with `word`. */
export function namesFor(shell: Shell, action: ActionName, word: string): string[] {
  return (ACTIONS[action] as Action)(shell, word).filter((name) => name.startsWith(word));
}
