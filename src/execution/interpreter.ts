/**
 * The shell as a whole: reads commands, runs them, and does what control flow and errors ask for.
 *
 * It is the one implementation of {@link Shell}. What it is made of, `main.ts` puts together; the compiled commands and the
 * builtins know it by that interface alone.
 */

import type { Arithmetic } from "../expansion/arithmetic/arithmetic.ts";
import { add } from "../expansion/arithmetic/integer.ts";
import { TRACED } from "../expansion/attributes.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { Separators } from "../expansion/separators.ts";
import { WordCompiler } from "../expansion/words.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { type Input, InputAbandoned, inputOf } from "../syntax/input.ts";
import { Parser } from "../syntax/parser.ts";
import type { List, Source } from "../syntax/tree.ts";
import { EINTR, EPIPE, strerror } from "../system/errno.ts";
import { setLocale } from "../system/locale.ts";
import { SIGINT, SIGPIPE } from "../system/signal_numbers.ts";
import type { ResourceLimit, System } from "../system/system.ts";
import { type Commands, EvaluatedTexts, ParsedCommands } from "./commands.ts";
import { Compiler } from "./compiler.ts";
import { Coprocesses } from "./coprocess.ts";
import { EchoedInput } from "./echoed_input.ts";
import { ShellEnvironment } from "./environment.ts";
import { DirectoryStack } from "./directory_stack.ts";
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
  ShellFunction,
  ShellStreams,
  Traps,
  Variables,
} from "./shell.ts";
import { Divert, type ExecutionState, ExpansionAbandoned } from "./state.ts";
import { ProcessSubstitutions } from "./process_substitution.ts";
import { ParserSettings } from "./parser_settings.ts";
import { CopiedProcessAttributes } from "./process_attributes.ts";
import { openScript } from "./script_file.ts";
import { FAILURE, NOT_FOUND, SIGNALLED, SUCCESS, USAGE } from "./status.ts";
import { Subshells } from "./subshell.ts";
import type { SubshellState } from "./subshell_state.ts";

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
  private readonly texts: EvaluatedTexts;
  private redirectionsKept = false;
  /** The status to which an interrupt has given everything up; `null` without one. */
  private interruptStatus: number | null = null;
  /** Told of signals that no trap is for and that do nothing by themselves, such as SIGWINCH. */
  onUntrappedSignal: (signal: number) => void = () => {};
  /** Told that a foreground job has given the terminal back. */
  onTerminalTaken: () => void = () => {};
  /** Told that this process ends, by a signal or by itself (0); not in subshells. */
  onEnd: (signal: number) => void = () => {};
  session: Session | null = null;
  /** The positional parameters outside of all functions. */
  private outerArguments: readonly string[] = [];

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
    this.variables.watch("BASH_XTRACEFD", (text) => this.traceTo(text));
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
    this.texts = new EvaluatedTexts(this);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Messages

  /** A line of a file, as messages begin; with `gnu_errfmt` as other tools show it. */
  private place(name: string, line: number): string {
    return this.options.gnu_errfmt ? `${name}:${line}` : `${name}: line ${line}`;
  }

  report(message: string): void {
    const { state, shownName } = this;
    const where = state.interactive ? shownName : this.place(state.call?.source ?? shownName, state.line);
    this.streams.write(2, `${where}: ${message}\n`);
  }

  /** The shell's name in messages. */
  private get shownName(): string {
    const { zero } = this.positional;
    return this.state.interactive ? zero.slice(zero.lastIndexOf("/") + 1) : zero;
  }

  tracePrefix(): string {
    const { variables, options } = this;
    const text = this.indented(variables.get("PS4").read() ?? "");
    if (!/[$`\\]/.test(text)) return text;
    // Its expansion is not traced, and changes no status.
    const { status, substitutionStatus } = this.state;
    options.xtrace = false;
    try {
      return this.expandText(text);
    } catch (error) {
      if (!(error instanceof ExpansionFailure)) throw error;
      return text;
    } finally {
      options.xtrace = true;
      this.state.status = status;
      this.state.substitutionStatus = substitutionStatus;
    }
  }

  /** PS4 with its first character once more for each text that is being read within another (bash manual 5.2, PS4). */
  private indented(text: string): string {
    const { traceDepth } = this.state;
    if (traceDepth === 0 || text === "") return text;
    return String.fromCodePoint(text.codePointAt(0)!).repeat(traceDepth) + text;
  }

  /** BASH_XTRACEFD has the value `text`. What it had before is closed. */
  private traceTo(text: string | undefined): void {
    const { state, streams } = this;
    const { traceDescriptor } = state;
    state.traceDescriptor = 2;
    if (text !== undefined && text !== "") {
      if (/^\d+$/.test(text) && streams.table.get(Number(text)) !== undefined) state.traceDescriptor = Number(text);
      else this.report(`BASH_XTRACEFD: ${text}: invalid value for trace file descriptor`);
    }
    if (traceDescriptor > 2 && traceDescriptor !== state.traceDescriptor) streams.table.set(traceDescriptor, undefined);
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
        // Of a command string, bash makes it the status of a command that can't be found.
        if (state.subshellDepth === 0 && this.options.invocation.includes("c")) status = NOT_FOUND;
        state.divert = Divert.exit;
      }
    }
    state.status = status;
    return status;
  }

  checkErrexit(status: number): void {
    const { state, traps } = this;
    if (state.conditionDepth > 0 || state.divert !== Divert.none) return;
    if (traps.failed !== null) traps.runError(status);
    if (this.options.errexit && state.divert === Divert.none) this.exit(status);
  }

  checkWindowSize(): void {
    const { state, options, streams, system, variables } = this;
    if (!options.checkwinsize || state.interactive) return;
    const file = streams.table.get(2);
    if (file === undefined || !(file.terminal ??= system.isatty(file.descriptor))) return;
    const size = system.windowSize(file.descriptor);
    if (typeof size === "number") return;
    for (const [name, value] of [["LINES", size.rows], ["COLUMNS", size.columns]] as const) {
      const variable = variables.get(name);
      if (value > 0 && !variable.readOnly && variable.read() !== String(value)) variable.write(String(value));
    }
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
    this.interruptStatus = status;
    this.state.status = status;
    if (this.state.divert < Divert.top) this.state.divert = Divert.top;
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

  evaluate(text: string, source: Source): number {
    // `set -v` shows what is read.
    if (this.options.verbose) return this.runScript(inputOf(text), source);
    return this.nested(() => this.texts.commands(text, source));
  }

  /**
   * Reads and runs the commands of the shell itself until they end or it exits.
   *
   * @param commandRead called when a command is complete and about to run
   */
  runMain(input: Input, source: Source, commandRead: () => void = () => {}): number {
    // The history is of what a shell reads itself; an interactive one keeps it where it reads.
    const recorded = source.kind !== "string" && !this.state.interactive;
    const echoed = new EchoedInput(input, this, recorded);
    return this.runCommands(() => new ParsedCommands(this, this.parser(echoed, source)), true, commandRead);
  }

  runScript(script: Input, source: Source): number {
    const echoed = new EchoedInput(script, this, false);
    return this.nested(() => new ParsedCommands(this, this.parser(echoed, source)));
  }

  /** Runs the commands of a text that is read within another. */
  private nested(open: () => Commands): number {
    this.state.traceDepth++;
    const status = this.runCommands(open, false);
    this.state.traceDepth--;
    return status;
  }

  /**
   * @param open gives the commands, from the next one on that has not begun
   * @param main whether it is the shell's own input, where what was given up goes on with the next command
   */
  private runCommands(open: () => Commands, main: boolean, commandRead?: () => void): number {
    const { state, options } = this;
    let commands = open();
    const { plainDepth } = state;
    // `command eval` takes what is special from `eval`, not from the commands that it runs.
    state.plainDepth = 0;
    let status = SUCCESS;
    for (;;) {
      try {
        const run = commands.next();
        if (run === null) break;
        if (options.noexec && !state.interactive) continue;
        commandRead?.();
        status = run();
      } catch (error) {
        if (error instanceof ShellSyntaxError) {
          status = this.reportSyntaxError(error);
          // A script is given up (XCU 2.8.1); of `eval` and `.` only in POSIX mode, where they are special builtins.
          if (error.recoverable && !options.posix) continue;
          if (!state.interactive && (main || (options.posix && plainDepth === 0))) this.exit(USAGE);
          else if (!main) break;
        } else if (error instanceof InputAbandoned) {
          commands = open();
          ({ status } = state);
        } else if (main) status = this.recover(error);
        else throw error;
      }
      if (state.divert === Divert.none) {
        if (options.onecmd && main) this.exit(status);
        else continue;
      }
      if (state.divert === Divert.exit || state.divert === Divert.detach) {
        status = state.status;
        break;
      }
      if (main) {
        this.unwind();
        // What was typed behind a command that is given up is so too.
        if (state.interactive) commands = open();
      } else if (state.divert === Divert.command && state.subshellDepth === 0) state.divert = Divert.none;
      // An error in a subshell ends all of it.
      else break;
      status = state.status;
    }
    state.plainDepth = plainDepth;
    return status;
  }

  unwind(): void {
    const { state } = this;
    // The commands that were left on the way have set statuses of their own.
    if (this.interruptStatus !== null) state.status = this.interruptStatus;
    this.interruptStatus = null;
    state.divert = Divert.none;
    state.loopDepth = 0;
    state.outerLoopDepth = 0;
    state.functionDepth = 0;
    state.sourceDepth = 0;
    state.conditionDepth = 0;
    state.plainDepth = 0;
    state.traceDepth = 0;
    state.inputGiven = false;
    while (state.call !== null && state.call.outer !== null) state.call = state.call.outer;
  }

  /** What reached the top: a fault of the shell itself, which must not show as a stack trace. */
  private recover(error: unknown): number {
    const { state } = this;
    // A forked child must not go on with what its parent will read.
    this.subshells.abandon();
    while (this.variables.scope > 0) this.variables.popScope();
    if (state.functionDepth > 0) this.positional.values = this.outerArguments;
    this.streams.table.endTo(0);
    this.report(error instanceof RangeError ? "commands are nested too deeply" : `internal error: ${error}`);
    state.divert = Divert.top;
    return state.status = FAILURE;
  }

  reportSyntaxError({ source, line, messages, sourceLine, recoverable }: ShellSyntaxError): number {
    const { state } = this;
    let where = this.shownName;
    if (source.kind === "file") where = `${state.interactive ? `${where}: ` : ""}${this.place(source.name!, line)}`;
    else if (!state.interactive) where = this.place(source.name === null ? where : `${where}: ${source.name}`, line);
    this.streams.settle();
    for (const message of messages) this.streams.write(2, `${where}: ${message}\n`);
    if (sourceLine !== null && (source.kind === "file" || !state.interactive)) {
      this.streams.write(2, `${where}: \`${sourceLine}'\n`);
    }
    return state.status = recoverable ? FAILURE : USAGE;
  }

  callFunction(fn: ShellFunction, args: readonly string[], scoped = false): number {
    const { state, variables, positional, traps } = this;
    const { definition } = fn;
    fn.run ??= this.compiler.compound(definition.body);
    const { loopDepth, line, call } = state;
    const { values } = positional;
    if (state.functionDepth === 0) this.outerArguments = values;
    state.functionDepth++;
    state.outerLoopDepth += loopDepth;
    state.loopDepth = 0;
    state.call = { name: definition.name, source: fn.source, line, arguments: args, outer: call };
    positional.values = args;
    if (!scoped) variables.pushScope(true);
    const held = traps.enterFunction((fn.attributes & TRACED) !== 0);
    if (traps.debug !== null) {
      state.line = definition.line;
      traps.runDebug();
    }
    let status = state.divert === Divert.none ? fn.run() : state.status;
    let seen = status;
    if (state.divert === Divert.return) {
      state.divert = Divert.none;
      status = state.status;
      seen = state.statusBeforeReturn;
    }
    if (traps.returned !== null && state.divert === Divert.none) traps.runReturn(seen);
    if (held !== null) traps.leaveFunction(held);
    if (!scoped) variables.popScope();
    positional.values = values;
    state.loopDepth = loopDepth;
    state.outerLoopDepth -= loopDepth;
    state.functionDepth--;
    state.call = call;
    state.line = line;
    return status;
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
