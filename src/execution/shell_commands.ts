/**
 * Builtins, functions, aliases and what else commands are made of, as execution and builtins see them. See {@link file://./shell.ts}.
 */

import type { Operand } from "../expansion/operand.ts";
import type { FunctionDefinition } from "../syntax/tree.ts";
import type { Run, Shell } from "./shell.ts";
import type { SubshellState } from "./subshell_state.ts";

/**
 * `special` and `intrinsic` are POSIX's classes (XCU 2.15, 1.7): special builtins are found before functions in POSIX
 * mode, and their errors end a script there.
 */
export type BuiltinKind = "special" | "intrinsic" | "regular";

/** How a builtin that relays data is run. */
export type RelayManner =
  /** In the shell, which it keeps waiting. */
  | { readonly kind: "here" }
  /** By the C library in a process of its own, with these arguments; the first one names the utility. */
  | { readonly kind: "utility"; readonly arguments: readonly string[] }
  /** By the program of the same name. */
  | { readonly kind: "program" };

export interface Builtin {
  readonly name: string;
  readonly kind: BuiltinKind;
  /** One line that shows its arguments, after the name. */
  readonly usage: string;
  /**
   * Whether nothing but what it writes can be seen from outside, and it looks at nothing outside: then what earlier
   * builtins wrote need not be flushed before it.
   */
  readonly quiet?: boolean;
  /** Whether `--help` is an operand like any other: of `echo`, say. */
  readonly helpless?: boolean;
  /** Whether it takes the place of the system's program of the same name, where PATH leads to that. */
  readonly replacesProgram?: boolean;
  /** Whether it makes the variables that its operands name local to the function that runs, as `local` does. */
  readonly declaresLocals?: boolean;
  /**
   * For a builtin that relays data: how it is to be run with these arguments.
   *
   * @param mayWait whether the shell, or the subshell that this process is, has nothing else to do meanwhile
   */
  relay?(shell: Shell, args: readonly string[], mayWait: boolean): RelayManner;
  /**
   * Prepares calls with arguments that are known when the command is compiled, as far as words tell. Returns `null` if nothing is
   * gained by that. What is returned gives the status; or `null`, before it had any effect, where the call is to be made as usual.
   *
   * @param operands the words after the name, those that can be expanded without effects; `null` for others
   */
  prepare?(operands: readonly (Operand | null)[], shell: Shell): (() => number | null) | null;
  /** @param args the fields after the name. @returns the exit status */
  run(shell: Shell, args: readonly string[]): number;
}

/** The builtins that are enabled. */
export interface Builtins extends SubshellState {
  /** Changes whenever one is enabled or disabled. */
  readonly generation: number;
  get(name: string): Builtin | undefined;
  has(name: string): boolean;
  /** All there are, whether enabled or not. */
  all(): IterableIterator<Builtin>;
  /** Enables or disables a builtin. Returns whether there is one of that name. */
  enable(name: string, on: boolean): boolean;
}

/** What a sequence of keys does in the line editor. */
export interface EditorBinding {
  /** As readline writes them. */
  readonly keys: string;
  readonly kind: "command" | "macro" | "shell";
  /** The function's name, the text that is as if typed, or the command of the shell. */
  readonly text: string;
}

/** The keys of the line editor, and readline's variables. A keymap is given by its name, which {@link isKeymap} knows. */
export interface EditorBindings {
  /** The names of all functions, in order. */
  readonly functions: readonly string[];
  readonly variables: readonly (readonly [string, string])[];
  isKeymap(name: string): boolean;
  bindings(keymap: string): readonly EditorBinding[];
  unbindFunction(name: string, keymap: string): void;
  unbindKeys(keys: string, keymap: string): void;
  /** Binds keys to a command of the shell: `"keys": command`. Returns what is wrong with the line, or `null`. */
  bindCommand(line: string, keymap: string): string | null;
  /** Does what a line of an init file says. Returns what is wrong with it, or `null`. */
  bindLine(line: string, keymap: string): string | null;
  /** Does what the lines of an init file say; the rest of those that are wrong is done. Returns 0 or `-errno`. */
  readFile(shell: Shell, path: string, keymap: string, complain: (message: string) => void): number;
}

/** Code that few shells need. */
export interface DeferredCode {
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** The names of the commands of the line editor. */
  editorCommands(): string[];
  keyBindings(shell: Shell): EditorBindings;
  /** A script begins to keep a history: that of earlier shells is read. */
  beginHistory(shell: Shell): void;
  /**
   * Takes a line that a script reads into its history. Returns what is to be parsed of it; `null` for nothing.
   *
   * @param plain whether history expansion leaves it alone: it is part of a here-document
   */
  enterLine(shell: Shell, line: string, continuation: boolean, plain: boolean): string | null;
}

export interface ShellFunction {
  readonly definition: FunctionDefinition;
  /** The file that it was defined in. */
  readonly source: string;
  /** `EXPORTED`, `READ_ONLY` and `TRACED`: whether it has a share in the traps for DEBUG and RETURN. */
  readonly attributes: number;
  /** Compiled at the first call. */
  run: Run | null;
}

/** The functions that are defined. */
export interface Functions extends SubshellState {
  get(name: string): ShellFunction | undefined;
  set(name: string, definition: ShellFunction): void;
  delete(name: string): boolean;
  names(): string[];
  clear(): void;
  readonly size: number;
  /** Changes with every change to them. */
  readonly generation: number;
}

export interface Aliases extends SubshellState {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): boolean;
  clear(): void;
  entries(): [string, string][];
  readonly size: number;
  /** Changes with every change to them. */
  readonly generation: number;
}

/** Where commands were found (XCU hash). */
export interface CommandHash extends SubshellState {
  /** The file that `name` stands for now: its path, or the status 126 or 127 that says why there is none. */
  find(name: string): string | 126 | 127;
  /** The file that is remembered for `name`; it counts as used. */
  use(name: string): string | undefined;
  /** Has {@link find} within `run`, which is for a subshell, find what the user is not told that it is remembered. */
  unlisted<T>(run: () => T): T;
  /** Where {@link find} would find `name`; nothing is counted or remembered. */
  peek(name: string): string | 126 | 127;
  /** Forgets `name`: its file has vanished. */
  forget(name: string): boolean;
  clear(): void;
  remember(name: string, path: string): void;
  entries(): { readonly name: string; readonly path: string; readonly hits: number }[];
  /** Looks for a file `name` in `path` (in the form of PATH) that may be executed, or what `permission` says; without memory. */
  search(name: string, path: string, permission?: number): string | 126 | 127;
}

/** Attributes of the shell's process that a subshell has a copy of. */
export interface ProcessAttributes extends SubshellState {
  /** The working directory as the shell came to it, maybe through symbolic links. */
  directory: string;
  /** chdir(2): `-errno` on failure. */
  changeDirectory(path: string): number;
  setMask(mask: number): void;
}

/** What an interactive shell, or a login shell, does when it is to exit. */
export interface Session {
  /** Whether it may exit now. If not, the user has been told why; the next time it may. */
  agreesToExit(): boolean;
  /** Executes what a login shell executes at its end. */
  logOut(): void;
}
