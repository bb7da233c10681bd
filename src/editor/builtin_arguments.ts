/**
 * What the arguments of builtins may be, where no specification says it: options with what they mean, out of the help texts, and
 * names of what a builtin is for.
 */

import { namesFor } from "../completion/actions.ts";
import { displayName, SET_OPTIONS, shoptOptions } from "../execution/options.ts";
import type { Shell } from "../execution/shell.ts";

export interface Argument {
  readonly name: string;
  /** What it means, in a few words. */
  readonly description?: string | undefined;
}

type Source = (shell: Shell) => readonly Argument[];

const names = (all: readonly string[]): Argument[] => all.map((name) => ({ name }));

const variables: Source = (shell) => names(namesFor(shell, "variable", ""));

const aliases: Source = (shell) => shell.aliases.entries().map(([name, value]) => ({ name, description: value }));

const jobs: Source = (shell) => shell.jobs.all().map(({ number, text }) => ({ name: `%${number}`, description: text }));

const signals: Source = (shell) => names(namesFor(shell, "signal", "").map((name) => name.replace(/^SIG/, "")));

/** A help text begins with a line that says what it is about. */
const builtins: Source = (shell) =>
  namesFor(shell, "builtin", "").map((name) => ({ name, description: shell.help(name).split("\n", 1)[0] }));

const shellOptions: Source = ({ options }) =>
  shoptOptions().map((name) => ({ name, description: options[name] ? "on" : "off" }));

const OPERANDS: Readonly<Record<string, Source>> = {
  alias: aliases,
  bg: jobs,
  builtin: builtins,
  declare: variables,
  disown: jobs,
  enable: builtins,
  export: variables,
  fg: jobs,
  help: builtins,
  jobs,
  kill: jobs,
  local: variables,
  read: variables,
  readonly: variables,
  shopt: shellOptions,
  trap: signals,
  typeset: variables,
  unalias: aliases,
  unset: variables,
  wait: jobs,
};

/** An option in a help text: its letter, maybe its argument, and what it does. */
const OPTION = /^ {2}(-\S)(?: \S+)? {2,}(.*)$/;
const CONTINUED = /^ {6,}(\S.*)$/;

/** The options that a help text tells of. */
export function documentedOptions(help: string): Argument[] {
  const found: { name: string; description: string }[] = [];
  const lines = help.split("\n");
  for (const line of lines.slice(lines.indexOf("Options:") + 1)) {
    const option = OPTION.exec(line);
    const more = CONTINUED.exec(line);
    if (option !== null) found.push({ name: option[1]!, description: option[2]! });
    else if (more !== null && found.length > 0) found.at(-1)!.description += ` ${more[1]}`;
    else if (line === "") break;
  }
  return found;
}

/**
 * What may stand as an argument of the builtin `command`.
 *
 * @param before the arguments before it
 * @param word what is there of it
 */
export function builtinArguments(
  shell: Shell,
  command: string,
  before: readonly string[],
  word: string,
): readonly Argument[] {
  if (!shell.builtins.has(command) || shell.functions.get(command) !== undefined) return [];
  if (command === "set" && /^[-+]o$/.test(before.at(-1) ?? "")) {
    return SET_OPTIONS.map(({ name, help }) => ({ name: displayName(name), description: help }));
  }
  if (word.startsWith("-")) {
    const options = documentedOptions(shell.help(command));
    if (command !== "kill" || before.length > 0) return options;
    return [...options, ...signals(shell).map(({ name }) => ({ name: `-${name}` }))];
  }
  // The first argument of `trap` is the action.
  if (command === "trap" && before.length === 0) return [];
  return OPERANDS[command]?.(shell) ?? [];
}
