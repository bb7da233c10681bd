/**
 * The shell as a whole: puts together what commands are compiled and run with, and does what control flow and errors ask for.
 *
 * It is the one implementation of {@link Shell}. What it is made of, `main.ts` puts together; the compiled commands and the
 * builtins know it by that interface alone. How commands are read is in `read_eval_loop.ts`.
 */

import type { Arithmetic } from "../expansion/arithmetic/arithmetic.ts";
import { add } from "../expansion/arithmetic/integer.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { Separators } from "../expansion/separators.ts";
import { WordCompiler } from "../expansion/words.ts";
import type { ShellSyntaxError } from "../syntax/error.ts";
import type { Input } from "../syntax/input.ts";
import { Parser } from "../syntax/parser.ts";
import type { List, Source } from "../syntax/tree.ts";
import { EINTR, EPIPE, strerror } from "../system/errno.ts";
import { setLocale } from "../system/locale.ts";
import { SIGINT, SIGPIPE } from "../system/signal_numbers.ts";
import type { ResourceLimit, System } from "../system/system.ts";
import { Compiler } from "./compiler.ts";
import { Coprocesses } from "./coprocess.ts";
import { ShellEnvironment } from "./environment.ts";
import { DirectoryStack } from "./directory_stack.ts";
import { FunctionCalls } from "./function_call.ts";
import { report, reportSyntaxError } from "./messages.ts";
import { Multios } from "./multios.ts";
import type { Options } from "./options.ts";
import type {
  Aliases,
  Builtins,
  CommandHash,
  DeferredCode,
  Functions,
  Jobs,
  PositionalParameters,
  ProcessAttributes,
  Run,
  Session,
  Shell,
  ShellStreams,
  Traps,
  Variables,
} from "./shell.ts";
import { Divert, type ExecutionState, ExpansionAbandoned } from "./state.ts";
import { ProcessSubstitutions } from "./process_substitution.ts";
import { ParserSettings } from "./parser_settings.ts";
import { CopiedProcessAttributes } from "./process_attributes.ts";
import { ReadEvalLoop } from "./read_eval_loop.ts";
import { openScript } from "./script_file.ts";
import { FAILURE, NOT_FOUND, SHELL_ERROR, SIGNALLED } from "./status.ts";
import { Subshells } from "./subshell.ts";
import type { SubshellState } from "./subshell_state.ts";
import { traceTo } from "./xtrace.ts";

/** The parts that the shell is made of. */
export interface ShellParts {
  readonly system: System;
  readonly options: Options;
  readonly state: ExecutionState;
  readonly variables: Variables;
  readonly positional: PositionalParameters;
  readonly functions: Functions;
  readonly aliases: Aliases;
  readonly hash: CommandHash;
  readonly streams: ShellStreams;
  readonly jobs: Jobs;
  readonly traps: Traps;
  readonly builtins: Builtins;
  readonly programLimits: ResourceLimit[];
  /** Makes every subshell a process from its beginning. */
  readonly alwaysFork: boolean;
  readonly help: (name: string) => string;
  readonly deferred: () => DeferredCode;
}

/** The value that a variable with the integer attribute gets. */
function evaluateAssigned(arithmetic: Arithmetic, expression: string, before: string | undefined): string {
  try {
    const value = arithmetic.evaluate(expression);
    return String(before === undefined ? value : add(arithmetic.evaluate(before), value));
  } catch (error) {
    throw error instanceof ExpansionFailure ? error.asAssigned("expression") : error;
  }
}

/** What says which characters there are, first what counts most. */
const LOCALE_VARIABLES = ["LC_ALL", "LC_CTYPE", "LANG"];

export class Interpreter implements Shell {
  readonly system: System;
  readonly options: Options;
  readonly state: ExecutionState;
  readonly variables: Variables;
  readonly positional: PositionalParameters;
  readonly functions: Functions;
  readonly aliases: Aliases;
  readonly hash: CommandHash;
  readonly streams: ShellStreams;
  readonly jobs: Jobs;
  readonly traps: Traps;
  readonly builtins: Builtins;
  readonly directories = new DirectoryStack();
  readonly programLimits: ResourceLimit[];
  readonly process: ProcessAttributes;
  readonly environment: ShellEnvironment;
  readonly words: WordCompiler;
  readonly help: (name: string) => string;
  readonly deferred: () => DeferredCode;
  readonly subshells: Subshells;
  readonly substitutions: ProcessSubstitutions;
  readonly multios: Multios;
  readonly coprocesses: Coprocesses;
  private readonly compiler: Compiler;
  private readonly loop: ReadEvalLoop;
  // What nests runs without a call in between: the stack bounds how deeply.
  readonly callFunction: Shell["callFunction"];
  readonly evaluate: Shell["evaluate"];
  readonly runScript: Shell["runScript"];
  private redirectionsKept = false;
  /** Told of signals that no trap is for and that do nothing by themselves, such as SIGWINCH. */
  onUntrappedSignal: (signal: number) => void = () => {};
  /** Told that a foreground job has given the terminal back. */
  onTerminalTaken: () => void = () => {};
  /** Told that this process ends, by a signal or by itself (0); not in subshells. */
  onEnd: (signal: number) => void = () => {};
  session: Session | null = null;

  constructor(parts: ShellParts) {
    this.system = parts.system;
    this.options = parts.options;
    this.state = parts.state;
    this.variables = parts.variables;
    this.positional = parts.positional;
    this.functions = parts.functions;
    this.aliases = parts.aliases;
    this.hash = parts.hash;
    this.streams = parts.streams;
    this.jobs = parts.jobs;
    this.traps = parts.traps;
    this.builtins = parts.builtins;
    this.programLimits = parts.programLimits;
    this.help = parts.help;
    this.deferred = parts.deferred;
    this.process = new CopiedProcessAttributes(this.system, this.streams.table, (message) => {
      this.report(message);
      return this.terminate(FAILURE);
    });
    const environment = new ShellEnvironment(this, () => this.compiler, Separators.of(undefined));
    this.environment = environment;
    this.variables.watch("IFS", (ifs) => environment.separators = Separators.of(ifs));
    setLocale([]);
    for (const name of LOCALE_VARIABLES) {
      this.variables.watch(name, () => setLocale(LOCALE_VARIABLES.map((each) => this.variables.get(each).read())));
    }
    this.variables.watch("BASH_XTRACEFD", (text) => traceTo(this, text));
    // Where commands are is found out anew, even if the value is the same (XCU 2.9.1.4).
    this.variables.watch("PATH", () => this.hash.clear());
    this.words = new WordCompiler(environment);
    const { words, functions } = this;
    this.variables.connect({
      arithmetic: (expression, before) => evaluateAssigned(words.arithmetic, expression, before),
      subscript: (variable, text) => words.subscripts.evaluate(variable, text),
      warn: (message) => this.report(message),
      functions,
    });
    this.substitutions = new ProcessSubstitutions(parts.streams.table);
    this.multios = new Multios(this);
    this.coprocesses = new Coprocesses(this);
    const states: SubshellState[] = [
      this.substitutions,
      this.multios,
      this.directories,
      parts.builtins,
      parts.state,
      parts.options,
      parts.variables,
      parts.positional,
      parts.functions,
      parts.aliases,
      parts.hash,
      parts.streams,
      this.coprocesses,
      this.process,
      parts.jobs,
      parts.traps,
    ];
    this.subshells = new Subshells(this, states, (status) => this.terminate(status), parts.alwaysFork);
    this.compiler = new Compiler(this, this.subshells);
    const calls = new FunctionCalls(this, (body) => this.compiler.functionBody(body));
    const loop = new ReadEvalLoop(this, this.subshells, calls);
    this.loop = loop;
    this.callFunction = calls.call.bind(calls);
    this.evaluate = loop.evaluate.bind(loop);
    this.runScript = loop.runScript.bind(loop);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Messages

  report(message: string): void {
    report(this, message);
  }

  reportSyntaxError(error: ShellSyntaxError): number {
    const { state } = this;
    const last = this.options.errexit && state.conditionDepth === 0 && !state.interactive;
    const status = reportSyntaxError(this, error, last);
    return last ? this.exit(status) : status;
  }

  expandText(text: string): string {
    return this.words.quotedText(this.environment.parseText(text, "quoted"))();
  }

  print(text: string): boolean {
    const result = this.streams.write(1, text);
    if (result === 0) return true;
    this.writeFailed(-result);
    return false;
  }

  writeFailed(errno: number): void {
    if (errno === EINTR) return;
    if (errno === EPIPE && !this.traps.handles(SIGPIPE)) this.brokenPipe();
    else this.report(`${this.state.builtinName}: write error: ${strerror(errno)}`);
  }

  /** Where a process of its own would have died of SIGPIPE: a virtual subshell ends, quietly; the shell dies. */
  private brokenPipe(): void {
    if (this.subshells.virtual) {
      this.traps.forget(SIGPIPE);
      this.exit(SIGNALLED + SIGPIPE);
    } else this.system.raiseDefault(SIGPIPE);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Control flow

  exit(status: number): number {
    // The parent that a process has left behind has no say any more.
    if (this.state.divert === Divert.detach) return status;
    this.state.status = status & 0xff;
    this.state.divert = Divert.exit;
    return this.state.status;
  }

  exitUnlessInteractive(status: number): number {
    if (!this.state.interactive) return this.exit(status);
    this.state.status = status;
    return status;
  }

  failed(error: unknown, most?: "command"): number {
    if (error instanceof ExpansionAbandoned) return this.state.status;
    if (!(error instanceof ExpansionFailure)) throw error;
    const { state } = this;
    this.report(error.message);
    let { status } = error;
    const { consequence } = error;
    if (consequence === "input" && !this.options.posix) state.divert = Divert.top;
    else if (consequence !== "command" && most === undefined) {
      if (state.interactive || (consequence === "top" && !this.options.posix)) state.divert = Divert.command;
      else {
        const exits = consequence !== "top" || !state.inPlainText;
        if (this.options.sh) status = SHELL_ERROR;
        // Of a command string, bash makes it the status of a command that can't be found.
        else if (exits && state.subshellDepth === 0 && this.options.invocation.includes("c")) status = NOT_FOUND;
        state.divert = exits ? Divert.exit : Divert.command;
      }
    }
    state.status = status;
    if (state.divert === Divert.exit && this.options.errexit) return this.exitHere();
    return status;
  }

  exitHere(): number {
    const { state, traps } = this;
    if (state.subshellDepth === 0 || this.isSubshellProcess) traps.runExit();
    return this.exit(state.status);
  }

  checkErrexit(status: number, trapped = true): void {
    const { state, traps } = this;
    if (state.conditionDepth > 0 || state.divert !== Divert.none) return;
    if (trapped && traps.failed !== null) traps.runError(status);
    if (!this.options.errexit || state.divert !== Divert.none) return;
    traps.keepFailure();
    this.exit(status);
  }

  boundary(): void {
    if (this.system.signalsPending() || this.traps.deferred) this.traps.process();
    if (this.options.notify && this.jobs.hasNotices) this.jobs.notify();
    if (this.coprocesses.exist) this.coprocesses.update();
    this.streams.tick();
  }

  /** Ends this process: the EXIT trap, and everything that is still to be written. */
  terminate(status: number): never {
    this.state.status = status;
    this.traps.runExit();
    this.state.divert = Divert.none;
    this.streams.settle();
    this.multios.endAll();
    if (!this.isForked) this.onEnd(0);
    this.system.exit(this.state.status & 0xff);
  }

  /** Whether this process is not the shell's own, but was forked for a subshell or a script. */
  private get isForked(): boolean {
    return this.system.getpid() !== this.state.shellPid;
  }

  /** Ends this process by `signal`, as one that does not handle it. */
  dieOf(signal: number): void {
    this.state.status = SIGNALLED + signal;
    this.traps.runExit();
    this.streams.settle();
    if (!this.isForked) this.onEnd(signal);
    this.system.raiseDefault(signal);
    this.system.exit(SIGNALLED + signal);
  }

  interrupted(): boolean {
    const { traps } = this;
    if (!this.system.signalsPending() && !traps.deferred) return false;
    traps.collect();
    traps.dieIfAsked();
    return traps.isPending(SIGINT) && !traps.handles(SIGINT);
  }

  /** An interactive shell gives up what it is doing, as after Ctrl-C, with a status. */
  interrupt(status: number = SIGNALLED + SIGINT): void {
    this.loop.interrupt(status);
  }

  unwind(): void {
    this.loop.unwind();
  }

  beginRedirections(): void {
    this.redirectionsKept = false;
    this.streams.table.begin();
  }

  keepRedirections(): void {
    this.redirectionsKept = true;
  }

  endRedirections(count: number): void {
    const { multios, redirectionsKept, streams } = this;
    this.redirectionsKept = false;
    if (redirectionsKept) streams.table.keep();
    else streams.table.end();
    if (multios.count <= count) return;
    if (redirectionsKept) multios.keep(count);
    else multios.end(count);
  }

  becomeProcess(): boolean {
    return this.subshells.becomeProcess();
  }

  prepareForProgram(): boolean {
    return !this.subshells.goesOn || !this.traps.active || this.becomeProcess();
  }

  get isSubshellProcess(): boolean {
    return this.subshells.real;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Running

  compile(list: List): Run {
    return this.compiler.list(list);
  }

  parser(input: Input, source: Source): Parser {
    return new Parser(input, new ParserSettings(this, source));
  }

  /**
   * Reads and runs the commands of the shell itself until they end or it exits.
   *
   * @param commandRead called when a command is complete and about to run
   */
  runMain(input: Input, source: Source, commandRead?: () => void): number {
    return this.loop.runMain(input, source, commandRead);
  }

  runSubshell(text: () => string, body: Run): number {
    return this.subshells.run(text, body, true);
  }

  becomeScript(path: string, args: readonly string[]): never {
    const { state, positional, options } = this;
    this.subshells.reset();
    this.coprocesses.forsake();
    this.variables.keepExportedOnly();
    this.functions.clear();
    this.aliases.clear();
    this.traps.reset();
    this.system.blockSignals(false);
    this.session = null;
    this.onEnd = () => {};
    this.onUntrappedSignal = () => {};
    this.onTerminalTaken = () => {};
    options.reset();
    state.reset();
    positional.zero = path;
    positional.values = args.slice(1);
    state.shellPid = this.system.getpid();
    state.call = { name: "main", source: path, line: 0, arguments: positional.values, outer: null };
    const script = openScript(this, path);
    if (typeof script === "number") {
      this.report(`${path}: ${strerror(-script)}`);
      this.terminate(NOT_FOUND);
    }
    this.terminate(this.runMain(script, { name: path, kind: "file", firstLine: 1 }));
  }
}
