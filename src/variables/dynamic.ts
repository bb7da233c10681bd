/** Variables whose values are made anew whenever they are read (bash manual 5.2): RANDOM, SECONDS, FUNCNAME and their kin. */

import { restriction } from "../execution/command_hash.ts";
import type { DirectoryStack } from "../execution/directory_stack.ts";
import { displayName, type Options, SET_OPTIONS, shoptOptions } from "../execution/options.ts";
import type { Aliases, CommandHash, PositionalParameters, ProcessAttributes } from "../execution/shell.ts";
import { type Call, type ExecutionState, ExpansionAbandoned } from "../execution/state.ts";
import type { SubshellState } from "../execution/subshell_state.ts";
import { EXPORTED, INTEGER, READ_ONLY } from "../expansion/attributes.ts";
import type { System } from "../system/system.ts";
import { AssociativeArray } from "./associative_array.ts";
import { IndexedArray } from "./indexed_array.ts";
import { RandomNumbers } from "./random_numbers.ts";
import type { Special } from "./special.ts";
import type { VariableTable } from "./table.ts";
import { Stack } from "../execution/stack.ts";

/** What these variables show. */
export interface DynamicContext {
  readonly system: System;
  readonly state: ExecutionState;
  readonly options: Options;
  readonly positional: PositionalParameters;
  readonly aliases: Aliases;
  readonly hash: CommandHash;
  readonly process: Pick<ProcessAttributes, "directory">;
  readonly directories: DirectoryStack;
  /** Makes a subshell a process, so that it has a process id. */
  becomeProcess(): boolean;
}

/** Arrays of which bash lists no elements before somebody has asked for them. */
const SILENT: ReadonlySet<string> = new Set(["BASH_ARGC", "BASH_ARGV", "DIRSTACK", "GROUPS"]);

/** What COMP_WORDBREAKS is at first. */
export const WORD_BREAKS = " \t\n\"'@><=;|&(:";

/** What assignments to such variables have changed. */
class Adjustments implements SubshellState {
  /** When SECONDS was 0, by the monotonic clock. */
  secondsZero = 0;
  /** What LINENO is ahead of the number of the line. */
  lineOffset = 0;
  /** COMP_WORDBREAKS, and what `hostcomplete` was when it was assigned. */
  wordBreaks: readonly [string, boolean] = [WORD_BREAKS, true];
  private readonly saved = new Stack<readonly [number, number, readonly [string, boolean]]>();

  enterSubshell(): void {
    this.saved.push([this.secondsZero, this.lineOffset, this.wordBreaks]);
  }

  leaveSubshell(): void {
    [this.secondsZero, this.lineOffset, this.wordBreaks] = this.saved.pop();
  }

  becomeSubshell(): void {
    // They are its own.
  }
}

export function makeDynamicVariables(table: VariableTable, context: DynamicContext): void {
  const { state, positional } = context;
  const define = (name: string, attributes: number, special: Omit<Special, "dynamic">) => {
    const variable = table.get(name);
    // What the environment had of that name is of no account.
    variable.plain = undefined;
    variable.number = null;
    variable.attributes = attributes;
    const unlisted = special.array !== undefined ? SILENT.has(name) : !name.endsWith("OPTS") && name !== "_";
    variable.special = { ...special, dynamic: true, unlisted };
  };
  const adjustments = new Adjustments();
  table.parts.push(adjustments);
  makeNumbers(table, define, adjustments, context);
  makeWordBreaks(table, define, adjustments, context.options);
  makeOptionLists(table, define, context);
  makeCallStack(define, context);
  makeDirectoryStack(define, context);
  makeMaps(define, context, table);
  define("_", 0, { read: () => state.lastArgument });
  define("BASH_COMMAND", 0, { read: () => (state.trappedCommand ?? state.command)?.() ?? "", fragile: true });
  define("BASH_ARGV0", 0, {
    read: () => positional.zero,
    changed: (text) => positional.zero = text ?? "",
    fragile: true,
  });
}

type Define = (name: string, attributes: number, special: Omit<Special, "dynamic">) => void;

function makeNumbers(
  table: VariableTable,
  define: Define,
  adjustments: Adjustments,
  { system, state, becomeProcess }: DynamicContext,
): void {
  const random = new RandomNumbers(() => Math.floor(system.now() * 1e6) ^ (system.getpid() << 10));
  adjustments.secondsZero = system.monotonic();
  table.parts.push(random);
  define("RANDOM", INTEGER, {
    read: () => String(random.next()),
    changed: (text) => random.seed(Number(text)),
    fragile: true,
  });
  define("SRANDOM", INTEGER, { read: () => String(crypto.getRandomValues(new Uint32Array(1))[0]), fragile: true });
  define("SECONDS", INTEGER, {
    read: () => String(Math.floor(system.monotonic() - adjustments.secondsZero)),
    changed: (text) => adjustments.secondsZero = system.monotonic() - (Number(text) || 0),
    fragile: true,
  });
  define("LINENO", 0, {
    read: () => String(state.line + adjustments.lineOffset),
    changed: (text) => adjustments.lineOffset = (Number(text) || 0) - state.line,
    fragile: true,
  });
  define("HISTCMD", INTEGER, { read: () => String(state.historyNumber()), fixed: true, fragile: true });
  define("EPOCHSECONDS", 0, { read: () => String(Math.floor(system.now())), fragile: true });
  define("EPOCHREALTIME", 0, { read: () => system.now().toFixed(6), fragile: true });
  define("BASH_SUBSHELL", 0, { read: () => String(state.subshellDepth - state.uncountedDepth), fragile: true });
  define("BASHPID", INTEGER, {
    read: () => {
      if (!becomeProcess()) throw new ExpansionAbandoned();
      return String(system.getpid());
    },
    fixed: true,
    fragile: true,
  });
}

/** COMP_WORDBREAKS: `hostcomplete` puts `@` among them, or takes it away (bash manual 4.3.2). */
function makeWordBreaks(table: VariableTable, define: Define, adjustments: Adjustments, options: Options): void {
  define("COMP_WORDBREAKS", table.get("COMP_WORDBREAKS").attributes & EXPORTED, {
    read: () => {
      const [text, hosts] = adjustments.wordBreaks;
      if (hosts === options.hostcomplete) return text;
      return options.hostcomplete ? `@${text}` : text.replaceAll("@", "");
    },
    changed: (text) => adjustments.wordBreaks = [text ?? "", options.hostcomplete],
    fragile: true,
  });
}

/** SHELLOPTS and BASHOPTS: the options that are on. In the environment, they set options when a shell begins. */
function makeOptionLists(table: VariableTable, define: Define, { options }: DynamicContext): void {
  const ofSet = SET_OPTIONS.map(({ name }) => name).sort();
  const lists = [["SHELLOPTS", ofSet, displayName], ["BASHOPTS", shoptOptions(), String]] as const;
  for (const [name, names, display] of lists) {
    const inherited = table.get(name);
    const shown = new Map(names.map((option) => [display(option), option]));
    for (const text of inherited.read()?.split(":") ?? []) {
      const option = shown.get(text);
      if (option !== undefined) options.set(option, true);
    }
    const read = () => names.filter((option) => options[option]).map(display).join(":");
    define(name, (inherited.attributes & EXPORTED) | READ_ONLY, { read });
  }
}

/** FUNCNAME, BASH_SOURCE, BASH_LINENO, BASH_ARGC and BASH_ARGV: what is being run, the innermost first. */
function makeCallStack(define: Define, { system, state, options }: DynamicContext): void {
  const list = (show: (call: Call) => string[]) => ({
    array: () => {
      const values: string[] = [];
      for (let call = state.call; call !== null; call = call.outer) values.push(...show(call));
      return IndexedArray.of(values);
    },
    fixed: true,
    fragile: true,
  });
  // Without extdebug, only what the shell itself was given is kept.
  const shown = (call: Call) => options.extdebug || (state.functionDepth === 0 && call.outer === null);
  define("FUNCNAME", 0, {
    ...list(({ name }) => [name]),
    isSet: () => state.functionDepth > 0,
  });
  define("BASH_SOURCE", 0, list(({ source }) => [source]));
  define("BASH_LINENO", 0, list(({ line }) => [String(line)]));
  define("BASH_ARGC", 0, list((call) => shown(call) ? [String(call.arguments.length)] : []));
  define("BASH_ARGV", 0, list((call) => shown(call) ? call.arguments.toReversed() : []));
  define("PIPESTATUS", 0, {
    array: () => {
      const { pipeStatus } = state;
      return IndexedArray.of(typeof pipeStatus === "number" ? [String(pipeStatus)] : pipeStatus.map(String));
    },
    fixed: true,
  });
  define("GROUPS", 0, { array: () => IndexedArray.of(system.getgroups().map(String)), fixed: true, fragile: true });
}

/** DIRSTACK: its elements but the first, the working directory, can be assigned to. */
function makeDirectoryStack(define: Define, { process, directories }: DynamicContext): void {
  define("DIRSTACK", 0, {
    array: () => IndexedArray.of([process.directory, ...directories.entries]),
    elementChanged: (key, text) => {
      const index = Number(key) - 1;
      if (text === undefined || index < 0 || index >= directories.entries.length) return;
      directories.entries = directories.entries.with(index, text);
    },
    fragile: true,
  });
}

/** How many buckets bash's tables of these have at first, on which the order of their elements depends. */
const ALIAS_BUCKETS = 64;
export const COMMAND_BUCKETS = 256;

/** BASH_ALIASES and BASH_CMDS: assignments to their elements change aliases, and where commands are known to be. */
function makeMaps(define: Define, { aliases, hash, options }: DynamicContext, table: VariableTable): void {
  const map = (
    buckets: number,
    entries: () => readonly (readonly [string, string])[],
    set: (name: string, text: string) => void,
    remove: (name: string) => void,
  ): Omit<Special, "dynamic"> => ({
    array: () => {
      const array = new AssociativeArray(buckets);
      for (const [name, text] of entries()) array.set(name, text);
      return array;
    },
    elementChanged: (key, text) => text === undefined ? remove(String(key)) : set(String(key), text),
    fragile: true,
  });
  define(
    "BASH_ALIASES",
    0,
    map(
      ALIAS_BUCKETS,
      () => aliases.entries(),
      (name, text) => aliases.set(name, text),
      (name) => aliases.delete(name),
    ),
  );
  define(
    "BASH_CMDS",
    0,
    map(
      COMMAND_BUCKETS,
      () => hash.entries().map(({ name, path }) => [name, path] as const),
      (name, path) => {
        const refused = options.restricted_shell ? restriction({ hash, variables: table }, path) : null;
        if (refused === null) hash.remember(name, path);
        else table.warn(refused);
      },
      (name) => hash.forget(name),
    ),
  );
}
