/**
 * What execution works with: the shell as its compiled commands and its builtins see it.
 *
 * Execution stands above the rooms that hold streams, jobs, traps and variables; it names here what it asks of them, and
 * `src/main.ts` puts the real ones in. What belongs to one room is in a file of its own, and given on here.
 */

import type { ExpansionEnvironment } from "../expansion/environment.ts";
import type { WordCompiler } from "../expansion/words.ts";
import type { ShellSyntaxError } from "../syntax/error.ts";
import type { Input } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { List, Source } from "../syntax/tree.ts";
import type { ResourceLimit, System } from "../system/system.ts";
import type { Coprocesses } from "./coprocess.ts";
import type { DirectoryStack } from "./directory_stack.ts";
import type { Multios } from "./multios.ts";
import type { Options } from "./options.ts";
import type { ProcessSubstitutions } from "./process_substitution.ts";
import type {
  Aliases,
  Builtins,
  CommandHash,
  DeferredCode,
  Functions,
  ProcessAttributes,
  Session,
  ShellFunction,
} from "./shell_commands.ts";
import type { Jobs, Traps } from "./shell_jobs.ts";
import type { ShellStreams } from "./shell_streams.ts";
import type { PositionalParameters, Variables } from "./shell_variables.ts";
import type { ExecutionState } from "./state.ts";

export type * from "./shell_variables.ts";
export type * from "./shell_streams.ts";
export type * from "./shell_jobs.ts";
export type * from "./shell_commands.ts";

/** A compiled command: runs it and gives its exit status. Whoever calls it looks at `state.divert` afterwards. */
export type Run = () => number;

export interface Shell {
  readonly system: System;
  readonly options: Options;
  readonly state: ExecutionState;
  readonly variables: Variables;
  readonly positional: PositionalParameters;
  readonly environment: ExpansionEnvironment;
  readonly words: WordCompiler;
  readonly functions: Functions;
  readonly aliases: Aliases;
  readonly hash: CommandHash;
  readonly streams: ShellStreams;
  readonly jobs: Jobs;
  readonly traps: Traps;
  readonly builtins: Builtins;
  readonly directories: DirectoryStack;
  readonly substitutions: ProcessSubstitutions;
  readonly multios: Multios;
  readonly coprocesses: Coprocesses;
  /** Limits that `ulimit` has set for programs but that the shell itself could not live with. */
  readonly programLimits: ResourceLimit[];
  /** `null` in a script. */
  readonly session: Session | null;
  /** The working directory and the file mode creation mask. */
  readonly process: ProcessAttributes;

  // Messages

  /** Writes `name: line N: message` to standard error. */
  report(message: string): void;
  /** Writes to standard output. Returns whether that went well as far as is known. */
  print(text: string): boolean;
  /** What a builtin wrote can't be written: reports it, or does what SIGPIPE does. @param errno positive */
  writeFailed(errno: number): void;

  // Control flow

  /** Makes the shell, or the subshell, exit with `status`. */
  exit(status: number): number;
  /**
   * As {@link exit} with the present status, but the EXIT trap is run while all that surrounds the command is still there: the
   * functions that run, with their variables, and redirections.
   */
  exitHere(): number;
  /**
   * Turns what an expansion threw into a message and control flow. Returns the status of the command.
   *
   * @param most the most that is given up, whatever the failure says
   */
  failed(error: unknown, most?: "command"): number;
  /** After an error that ends a script (XCU 2.8.1): exits, unless the shell is interactive. */
  exitUnlessInteractive(status: number): number;
  /**
   * A command has failed and nothing looks at its status: runs the ERR trap, and exits under `set -e`.
   *
   * @param trapped whether there was such a trap before the command, as there has to be
   */
  checkErrexit(status: number, trapped?: boolean): void;
  /** Whether an interrupt has come by which the shell gives up what it is doing, rather than go on waiting. */
  interrupted(): boolean;
  /** Everything that surrounds a command has been given up: what commands had under way is taken back. */
  unwind(): void;
  /** Between commands: signals, and output that has waited long enough. */
  boundary(): void;

  // Running

  compile(list: List): Run;
  /** Parses and runs `text` command by command. Returns the status of the last one. */
  evaluate(text: string, source: Source): number;
  /** Parses and runs all of `script`. */
  runScript(script: Input, source: Source): number;
  /** A parser that goes by the shell's options and aliases. */
  parser(input: Input, source: Source): Parser;
  /** Reports a syntax error in bash's words. Returns the status that it gives. */
  reportSyntaxError(error: ShellSyntaxError): number;
  /** Expands `text` as if in double quotes: the value of PS4, say. Throws an ExpansionFailure. */
  expandText(text: string): string;
  /** @param scoped whether the scope of the function has begun already, for assignments before the command */
  callFunction(definition: ShellFunction, args: readonly string[], scoped?: boolean): number;
  /** Runs `body` as a subshell in the foreground. Returns its status. */
  runSubshell(text: () => string, body: Run): number;
  /** Runs a script file in this process, in place of a program (XCU 2.9.1.6): nothing of the shell's state is left. */
  becomeScript(path: string, args: readonly string[]): never;
  /** Begins the frame of a simple command's redirections. */
  beginRedirections(): void;
  /** Tells that the redirections of the builtin that runs are to stay. */
  keepRedirections(): void;
  /** Ends the frame of a command's redirections, and all relays but `count`, or keeps them if its builtin said so. */
  endRedirections(count: number): void;
  /** Whether this process was forked for the innermost subshell. */
  readonly isSubshellProcess: boolean;
  /** What few shells need. */
  deferred(): DeferredCode;
  /** The help text of a builtin, which is not part of the program that is loaded at start. */
  help(name: string): string;
  /**
   * Makes the innermost virtual subshell a real process, before something that would show the difference. True: go on, this
   * is the right process (also outside of subshells). False: return at once, the child goes on.
   */
  becomeProcess(): boolean;
  /**
   * As {@link becomeProcess}, before a program is started that could send its parent a signal: a subshell that goes on after
   * the program must not be taken for the shell, which has traps.
   */
  prepareForProgram(): boolean;
}
