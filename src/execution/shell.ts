/**
 * What execution works with: the shell as its compiled commands and its builtins see it.
 *
 * Execution stands above the rooms that hold streams, jobs, traps and variables; it names here what it asks of them, and
 * `src/main.ts` puts the real ones in.
 */

import type { ElementKey, ExpansionEnvironment, Variable } from "../expansion/environment.ts";
import type { Operand } from "../expansion/operand.ts";
import type { WordCompiler } from "../expansion/words.ts";
import type { ShellSyntaxError } from "../syntax/error.ts";
import type { Input } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { FunctionDefinition, List, RedirectionOperator, Source } from "../syntax/tree.ts";
import type { EnvironmentBlock, ResourceLimit, System } from "../system/system.ts";
import type { Coprocesses } from "./coprocess.ts";
import type { DirectoryStack } from "./directory_stack.ts";
import type { Multios } from "./multios.ts";
import type { Options } from "./options.ts";
import type { ProcessSubstitutions } from "./process_substitution.ts";
import type { ExecutionState } from "./state.ts";
import type { SubshellState } from "./subshell_state.ts";

/** A compiled command: runs it and gives its exit status. Whoever calls it looks at `state.divert` afterwards. */
export type Run = () => number;

// ---------------------------------------------------------------------------------------------------------------
// Variables

export interface ShellVariable extends Variable {
  /** Whether it is declared: it has a value or attributes. */
  readonly exists: boolean;
  readonly exported: boolean;
  readonly readOnly: boolean;
  /** Whether assignments to it have no effect. */
  readonly fixed: boolean;
  /** Whether lists of all variables leave its value out. */
  readonly isUnlisted: boolean;
  readonly isArray: boolean;
  /** The scope that its binding is local to; 0 is the global one. */
  readonly scope: number;
  /** Sets or clears attributes, but for that of a nameref. */
  setAttributes(attributes: number, on: boolean): void;
  /** Makes it a nameref, with what was its value for its target; or a scalar with its target for its value. */
  setReference(on: boolean): void;
  /** Lets a nameref name another variable, or an element of an array. */
  refer(target: string): void;
  unset(): void;
  unsetElement(key: ElementKey): void;
  /** Makes it an array; a scalar value becomes its first element. It is no array of the other kind. */
  becomeArray(kind: "indexed" | "associative"): void;
  /** Makes it an array for the elements that come; what it had before stays only if `keep`. */
  beginArray(keep: boolean): void;
  /** The index behind that of the last element. */
  readonly end: number;
  /** Adds an element behind the last one. */
  appendElement(text: string): void;
  /** Throws an ExpansionFailure if it is read-only. */
  refuseReadOnly(): void;
  /** Runs `action` with the binding that is in force in an outer scope. */
  atScope<Result>(scope: number, action: () => Result): Result;
}

/** What the variables ask of the shell. */
export interface VariableHost {
  /** The value of an arithmetic expression; with `before`, the sum of both values. */
  arithmetic(expression: string, before?: string): string;
  /** What the text of a subscript means for a variable, after its expansions. */
  subscript(variable: Variable, text: string): ElementKey;
  warn(message: string): void;
  /** Those that are exported are part of the environment. */
  readonly functions: Functions;
}

export interface Variables extends SubshellState {
  /** Tells what does what the variables ask of the shell. Called once, before any is used. */
  connect(host: VariableHost): void;
  get(name: string): ShellVariable;
  all(): ShellVariable[];
  environmentBlock(): EnvironmentBlock;
  /** The innermost scope: of a function that runs, or of a command with assignments before it. */
  readonly scope: number;
  /** The scope of the function that runs; 0 outside of functions. */
  readonly functionScope: number;
  pushScope(ofFunction: boolean): void;
  popScope(): void;
  /** Has `ended` called when the running function returns. */
  atFunctionEnd(ended: () => void): void;
  /**
   * Makes a variable local to the running function, with all that it was before if `inherit`. Throws an ExpansionFailure if it
   * may not be hidden.
   */
  declareLocal(variable: ShellVariable, inherit: boolean): void;
  /** Makes a variable one that only the command knows whose scope is the innermost. */
  declareTemporary(variable: ShellVariable): void;
  /** The variables that are local to the running function. */
  locals(): ShellVariable[];
  /** Has `changed` told of each assignment to the variable `name`, with its new value. */
  watch(name: string, changed: (text: string | undefined) => void): void;
  keepExportedOnly(): void;
}

/** `$0`, and `$1` and its successors. */
export interface PositionalParameters extends SubshellState {
  zero: string;
  values: readonly string[];
}

// ---------------------------------------------------------------------------------------------------------------
// Streams

export interface RedirectionRequest {
  readonly descriptor: number | "new" | null;
  readonly operator: RedirectionOperator;
  readonly target: string;
}

export interface RedirectionError {
  readonly error: string;
  /** Whether what was to be duplicated is not open. */
  readonly badDescriptor?: boolean;
  /** Whether there was no number left for `{name}>`. */
  readonly noNumber?: boolean;
}

/** A file that the shell has open. */
export interface HeldFile {
  readonly descriptor: number;
  /** Whether other processes may use its offset. */
  readonly shared: boolean;
  /** Whether it is a terminal; `null` until somebody has looked. */
  terminal: boolean | null;
  /** How many places refer to it. */
  readonly references: number;
}

export interface StreamTable<File extends HeldFile = HeldFile> {
  get(number: number): File | undefined;
  set(number: number, file: File | undefined): number;
  /** Keeps what the innermost frame has made of one number beyond the end of the frame. */
  keepNumber(number: number): void;
  /** The highest free number for a process substitution. */
  highNumber(): number;
  /** The highest free numbers, up to `count`. */
  highNumbers(count: number): readonly number[];
  /** Makes `number` lead to `file` beyond all redirections of commands that run, and keeps it from programs. */
  keepToItself(number: number, file: File): void;
  /** Whether `number` leads to `file`, or will again after the redirections of commands that run. */
  leadsTo(number: number, file: File): boolean;
  /** Takes back what {@link keepToItself} has done. */
  withdraw(number: number, file: File): void;
  adopt(descriptor: number): File;
  hold(file: File): void;
  release(file: File): void;
  /**
   * Gives up a reference to each of `files` for what `take` makes lead to them, or else closes them. A process that is forked
   * meanwhile has them for nothing else either, so that it can close them.
   */
  handOver(files: readonly File[], take: () => void): void;
  begin(): void;
  end(): void;
  keep(): void;
  /** How many frames are open; {@link endTo} ends those above. */
  readonly depth: number;
  endTo(depth: number): void;
  plan(): readonly number[] | number;
  /** In a forked child, before {@link ShellStreams} becomes a subshell's: keeps a file open to which no number leads. */
  keepOpen(file: File): void;
  /** Notes that a forked child is going to have every file as well. */
  share(): void;
  /**
   * A bit for each of the lowest descriptors whose file's offset only a process will use that is started now, and not the
   * shell, since the innermost frame has opened it. Called before {@link plan}.
   */
  ownOffsets(): number;
  /** As {@link plan}, for a process that is to have nothing but `files`. */
  planOf(files: readonly (readonly [number, File])[]): readonly number[];
  materialize(): number;
  translate(path: string): string;
}

export interface OutputCapture {
  /** Whether its pipe has not come to its end. */
  readonly reader: number;
  text(): string;
}

export interface LineInput {
  readonly descriptor: number;
  readonly isTerminal: boolean;
  readText(
    delimiter: number,
    ready: () => number,
  ): { readonly text: string; readonly found: boolean; readonly error: number };
  read(
    delimiter: number,
    limit: number,
    ready: () => number,
  ): { readonly bytes: Uint8Array; readonly found: boolean; readonly error: number };
}

/** How a relay has ended: 0 at the end of its input or `-errno`, and whether the error is one of the output. */
export interface RelayEnd {
  readonly error: number;
  readonly outputFailed: boolean;
}

export interface ShellStreams extends SubshellState {
  readonly table: StreamTable;
  readonly captures: {
    end(capture: OutputCapture): void;
    /** Whether there is a pipe that must be read while the shell waits. */
    readonly needReading: boolean;
    poll(requests: { descriptor: number; events: number; returned: number }[], timeout: number): number;
  };
  write(number: number, text: string): number;
  settle(): void;
  finishWriting(): number;
  tick(): void;
  redirect(request: RedirectionRequest): number | RedirectionError;
  input(number: number): LineInput | undefined;
  beginCapture(): OutputCapture;
  /**
   * Moves all that comes from a file, or from a descriptor of the kernel that nobody else has, to what number `to` leads to.
   * Errors are `-errno`; `-EINTR` if `interrupted`, which is asked when a signal has come, says so.
   */
  relay(from: number | HeldFile, to: number, splice: boolean, interrupted: () => boolean): RelayEnd;
}

// ---------------------------------------------------------------------------------------------------------------
// Jobs and signals

/** A program to start, its words expanded and its file found. */
export interface Program {
  /** Its file; of a utility its name. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: EnvironmentBlock;
  readonly descriptors: readonly number[];
  /**
   * Whether it is a utility of the C library, which a child runs without a program; whether that may use splice(2), and for
   * which descriptors it has the offset alone; and whether it only serves the stages of its job, and its status is
   * nobody's.
   */
  readonly utility?: { readonly splice: boolean; readonly own: number; readonly serves?: true } | undefined;
}

/** A job, which only the job room looks into. */
export interface JobHandle {
  /** The process id of its last process; 0 if it has none. */
  readonly lastPid: number;
  /** Whether something that it needs could not be had, so that it is given up. */
  readonly incomplete: boolean;
  readonly state: "running" | "stopped" | "done";
  /** Whether `wait` has returned for it. */
  readonly waitedFor: boolean;
  /** Exit statuses of its stages. */
  statuses(): readonly number[];
}

/** A job as builtins see it. */
export interface JobView extends JobHandle {
  /** The number in the job table. */
  readonly number: number;
  /** The command. */
  readonly text: string;
  /** The process id of its first process. */
  readonly leader: number;
  /** Its process group, under job control; else 0. */
  readonly group: number;
  /** The working directory in which it was started. */
  readonly directory: string;
  /** Whether the user knows its state. */
  notified: boolean;
  waitedFor: boolean;
  /** Whether a dying shell is to leave it alone. */
  keptFromHangup: boolean;
  /** The process ids of its stages that have one. */
  pids(): readonly number[];
  processState(pid: number): "running" | "stopped" | "done";
  processStatus(pid: number): number;
}

export interface Jobs extends SubshellState {
  /** Whether each job is a process group of its own (`set -m`). */
  readonly controlled: boolean;
  /** Begins a job; `text` gives its command as messages show it, `stages` those of a pipeline. */
  begin(text: () => string, foreground: boolean, stages?: readonly (() => string)[]): JobHandle;
  /** Begins the job of a process substitution, which shows in no list and is part of no job. */
  beginSubstitution(text: () => string): JobHandle;
  /** Starts a program in `job`. Returns its process id or `-errno`. */
  spawn(job: JobHandle, program: Program): number;
  /**
   * Forks the shell into `job`. Returns as fork(2). The child is a process of the job, and has no jobs itself; signals are blocked
   * in it, until it has the dispositions of a subshell.
   */
  fork(job: JobHandle): number;
  /** Notes a stage of `job` that ended with `status` without a process. */
  addEnded(job: JobHandle, status: number): void;
  /** Notes the stage `index` of `job`, which this process ran itself and which ended with `status`. */
  insertOwn(job: JobHandle, index: number, status: number): void;
  /** Whether `job` is to be deaf to the signals of the keyboard: in the background without job control. */
  isDeaf(job: JobHandle): boolean;
  /** The signals that the processes of `job` ignore until they are told otherwise. */
  deafTo(job: JobHandle): readonly number[];
  /**
   * Says whether more is to be started of `job` than the next process: if that is forked, it waits for {@link letGo} before it
   * begins.
   */
  hold(job: JobHandle, more: boolean): void;
  /** All of `job` has been started, or given up. */
  letGo(job: JobHandle): void;
  /** Ends what has been started of `job`, and says no more of it: the rest of it could not be had. */
  abandon(job: JobHandle): void;
  /** Whether jobs have changed in a way that the user does not know of yet. */
  readonly hasNotices: boolean;
  /** Tells the user what has become of jobs, and forgets those that have ended. */
  notify(): void;
  /** Waits until `job` has ended or stopped. Returns the statuses of its stages. */
  waitForeground(job: JobHandle): readonly number[];
  /** Lets `job` run in the background. */
  background(job: JobHandle): void;
  /** Takes note of children that have changed their state, without waiting. */
  reap(): void;

  /**
   * The jobs that the user may know of, by number; in a subshell without own background jobs, those of the shell around, which
   * can't be waited for.
   */
  all(): readonly JobView[];
  /** The jobs of this shell environment, by number. */
  own(): readonly JobView[];
  /** The job that a specification such as `%1` or `%sleep` names. */
  find(specification: string): JobView | "none" | "ambiguous";
  /** The job of this shell environment with a process `pid`. */
  byPid(pid: number): JobView | undefined;
  /** The exit status of a process whose job has been taken out of the table. */
  recall(pid: number): number | undefined;
  /** Forgets the exit status of a process, or of all. */
  forget(pid?: number): void;
  /** `+` for the current job, `-` for the previous one, else a space. */
  mark(job: JobView): string;
  /** The line, or with `long` the lines, that show a job. */
  describe(job: JobView, long: boolean): string;
  /** Whether the user is still to be told of the state of a job. */
  tellsOf(job: JobView): boolean;
  /** A directory as notices show it. */
  shortened(directory: string): string;
  /** Takes a job out of the table. */
  finish(job: JobView): void;
  /** Waits until `ended`. Returns false if a signal came first that has something to do. */
  waitUntil(ended: () => boolean): boolean;
  /** Lets a job go on in the foreground, and gives its status. */
  resumeForeground(job: JobView): number;
  resumeBackground(job: JobView): void;
  /** Stops the shell itself until it is let go on in the foreground. Returns 0 or `-errno`. */
  suspend(): number;
  /** Puts the terminal into the modes in which the shell wants it. */
  restoreTerminal(): void;
  /**
   * Sends a signal to every process of a job. One that is stopped is continued to let it end, if the signal asks for that.
   * Returns as kill(2).
   */
  kill(job: JobView, signal: number): number;
  /** Sends SIGHUP to every job that has not been kept from it, as a shell does that loses its terminal. */
  hangUp(): void;
  /** Ends the jobs that are stopped, which nobody could let go on, and gives the terminal back: the shell ends. */
  leave(): void;
}

/** Actions that are not in force in a function, by condition. */
export type HeldTraps = readonly (readonly [number, string])[];

export interface Traps extends SubshellState {
  /** The signals that programs are to ignore. */
  ignored(): readonly number[];
  /** Whether signals do to the shell what they would not do to a subshell: it is interactive, or a signal has an action. */
  readonly active: boolean;
  /** Whether signals have come that still wait for their time. */
  readonly deferred: boolean;
  /** Tells what kind of shell it is: which signals it minds without a trap. */
  configure(interactive: boolean, jobControl: boolean): void;
  /** Drops a signal that has been dealt with otherwise. */
  forget(signal: number): void;
  /** Takes the signals that have come and does what they ask for; called between commands. */
  process(): void;
  /** Has this process, a subshell, ignore signals until a trap says otherwise. */
  ignoreByDefault(signals: readonly number[]): void;
  /** Ends the shell at once if a signal has come that asks for it; other signals wait for the command that runs. */
  dieIfAsked(): void;
  /** The action of a condition; `undefined` if it has none. */
  get(condition: number): string | undefined;
  /** Sets the action of a condition, or takes it away. */
  set(condition: number, action: string | undefined): void;
  /** Every condition with an action, in order. */
  entries(): [number, string][];
  /** Takes the signals that have come. Returns the first that has something to do; 0 if there is none. */
  collect(): number;
  /** Whether `signal` has come and waits for its time; {@link collect} has been called. */
  isPending(signal: number): boolean;
  /** Whether `signal` is trapped or ignored. */
  handles(signal: number): boolean;
  /**
   * The actions of the conditions that no signal raises, as far as they are in force where commands run now; `null` for none.
   * They are looked at before and after every command.
   */
  readonly debug: string | null;
  readonly failed: string | null;
  readonly returned: string | null;
  /** Runs the DEBUG trap before a command. Returns whether the command is to be run (bash manual 4.3.2, extdebug). */
  runDebug(): boolean;
  /** Runs the ERR trap after a command that failed with `status`. */
  runError(status: number): void;
  /** Runs the RETURN trap after a function or script, the last command of which had `status`. */
  runReturn(status: number): void;
  /**
   * A function begins, which has no share in the traps of its caller unless options or its attribute `trace` say so. Returns
   * what {@link leaveFunction} is to bring back, or `null`.
   */
  enterFunction(traced: boolean): HeldTraps | null;
  /** A script that `.` reads begins: as {@link enterFunction}. */
  enterScript(): HeldTraps | null;
  leaveFunction(held: HeldTraps): void;
  /** Runs the EXIT trap, if there is one, once. */
  runExit(): void;
  /** In a process that has been forked to run a script in place of a program: traps are gone. */
  reset(): void;
}

// ---------------------------------------------------------------------------------------------------------------
// Commands

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
  prepare?(operands: readonly (Operand | null)[]): (() => number | null) | null;
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

/** Code that few shells need. */
export interface DeferredCode {
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** The names of the commands of the line editor. */
  editorCommands(): string[];
  /** Takes a line that a script reads into its history. Returns what is to be parsed of it; `null` for nothing. */
  enterLine(shell: Shell, line: string, continuation: boolean): string | null;
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
  /** What goes before a line of trace: PS4, expanded. */
  tracePrefix(): string;
  /** Writes to standard output. Returns whether that went well as far as is known. */
  print(text: string): boolean;
  /** What a builtin wrote can't be written: reports it, or does what SIGPIPE does. @param errno positive */
  writeFailed(errno: number): void;

  // Control flow

  /** Makes the shell, or the subshell, exit with `status`. */
  exit(status: number): number;
  /**
   * Turns what an expansion threw into a message and control flow. Returns the status of the command.
   *
   * @param most the most that is given up, whatever the failure says
   */
  failed(error: unknown, most?: "command"): number;
  /** After an error that ends a script (XCU 2.8.1): exits, unless the shell is interactive. */
  exitUnlessInteractive(status: number): number;
  /** A command has failed and nothing looks at its status: runs the ERR trap, and exits under `set -e`. */
  checkErrexit(status: number): void;
  /** Whether an interrupt has come by which the shell gives up what it is doing, rather than go on waiting. */
  interrupted(): boolean;
  /** Everything that surrounds a command has been given up: what commands had under way is taken back. */
  unwind(): void;
  /** After a program or a subshell: a script's LINES and COLUMNS follow the terminal (bash manual 4.3.2, checkwinsize). */
  checkWindowSize(): void;
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
