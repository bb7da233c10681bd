/**
 * The read-eval loop: reads commands, one complete one after the other, and runs them: those of the shell itself, and those of texts that
 * are read within them (`eval`, `.`, traps). What syntax errors, control flow and faults leave to be done at the end of a command
 * is done here (XCU 2.8.1).
 */

import { ShellSyntaxError } from "../syntax/error.ts";
import { type Input, InputAbandoned, inputOf } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { Source } from "../syntax/tree.ts";
import { type Commands, EvaluatedTexts, ParsedCommands } from "./commands.ts";
import { EchoedInput } from "./echoed_input.ts";
import type { FunctionCalls } from "./function_call.ts";
import type { Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS, USAGE } from "./status.ts";
import type { Subshells } from "./subshell.ts";

export class ReadEvalLoop {
  private readonly texts: EvaluatedTexts;
  /** The status to which an interrupt has given everything up; `null` without one. */
  private interruptStatus: number | null = null;

  /** @param subshells they and `calls` are told of faults, which leave what they had under way */
  constructor(
    private readonly shell: Shell,
    private readonly subshells: Pick<Subshells, "abandon">,
    private readonly calls: Pick<FunctionCalls, "abandon">,
  ) {
    this.texts = new EvaluatedTexts(shell);
  }

  /** Parses and runs `text` command by command. Returns the status of the last one. */
  evaluate(text: string, source: Source): number {
    // `set -v` shows what is read.
    if (this.shell.options.verbose) return this.runScript(inputOf(text), source);
    return this.nested(this.texts.commands(text, source));
  }

  /**
   * Reads and runs the commands of the shell itself until they end or it exits.
   *
   * @param commandRead called when a command is complete and about to run
   */
  runMain(input: Input, source: Source, commandRead: () => void = () => {}): number {
    // The history is of what a shell reads itself; an interactive one keeps it where it reads.
    const recorded = source.kind !== "string" && !this.shell.state.interactive;
    const open = this.opener(input, source, recorded);
    return this.runCommands(open(), open, commandRead);
  }

  /** Parses and runs all of `script`. */
  runScript(script: Input, source: Source): number {
    return this.nested(this.opener(script, source, false)());
  }

  /**
   * Gives what gives the commands of an input, from the next one on that has not begun.
   *
   * @param recorded whether what is read belongs into the history, if there is one
   */
  private opener(input: Input, source: Source, recorded: boolean): () => Commands {
    const echoed: EchoedInput = new EchoedInput(input, this.shell, recorded, () => parser.lexer);
    let parser: Parser;
    return () => new ParsedCommands(this.shell, parser = this.shell.parser(echoed, source), source.kind === "string");
  }

  /** Runs the commands of a text that is read within another. */
  private nested(commands: Commands): number {
    this.shell.state.traceDepth++;
    const status = this.runCommands(commands, null);
    this.shell.state.traceDepth--;
    return status;
  }

  /**
   * @param reopen of the shell's own input, where what was given up goes on with the next command: gives the commands from there on
   */
  private runCommands(begun: Commands, reopen: (() => Commands) | null, commandRead?: () => void): number {
    const { shell } = this;
    const { state, options } = shell;
    const main = reopen !== null;
    let commands = begun;
    const { plainDepth, inPlainText } = state;
    // `command eval` takes what is special from `eval`, not from the commands that it runs.
    state.plainDepth = 0;
    if (plainDepth > 0) state.inPlainText = true;
    let status = SUCCESS;
    for (;;) {
      try {
        const run = commands.next();
        if (run === null) break;
        commandRead?.();
        status = run();
      } catch (error) {
        if (error instanceof ShellSyntaxError) {
          status = shell.reportSyntaxError(error);
          // A script is given up (XCU 2.8.1); of `eval` and `.` only in POSIX mode, where they are special builtins.
          if (error.recoverable && !options.posix) continue;
          if (!state.interactive && (main || (options.posix && plainDepth === 0))) shell.exit(USAGE);
          else if (!main) break;
        } else if (main && error instanceof InputAbandoned) {
          commands = reopen();
          ({ status } = state);
        } else if (main) status = this.recover(error);
        else throw error;
      }
      if (state.divert === Divert.none) {
        if (options.onecmd && main) shell.exit(status);
        else continue;
      }
      // Where it is the action of ERR that returns, its status is not that of the command.
      if (state.divert === Divert.return) status = state.status;
      if (state.divert === Divert.exit || state.divert === Divert.detach) {
        status = state.status;
        break;
      }
      if (main) {
        this.unwind();
        // What was typed behind a command that is given up is so too.
        if (state.interactive) commands = reopen();
      } else if (state.divert === Divert.command && state.subshellDepth === 0) state.divert = Divert.none;
      // An error in a subshell ends all of it.
      else break;
      status = state.status;
    }
    state.plainDepth = plainDepth;
    state.inPlainText = inPlainText;
    return status;
  }

  /** Everything that surrounds a command has been given up: what commands had under way is taken back. */
  unwind(): void {
    const { state } = this.shell;
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
    state.inPlainText = false;
    state.traceDepth = 0;
    state.inputGiven = false;
    while (state.call !== null && state.call.outer !== null) state.call = state.call.outer;
  }

  /** What reached the top: a fault of the shell itself, which must not show as a stack trace. */
  private recover(error: unknown): number {
    const { shell } = this;
    // A forked child must not go on with what its parent will read.
    this.subshells.abandon();
    while (shell.variables.scope > 0) shell.variables.popScope();
    this.calls.abandon();
    shell.streams.table.endTo(0);
    shell.report(error instanceof RangeError ? "commands are nested too deeply" : `internal error: ${error}`);
    shell.state.divert = Divert.top;
    return shell.state.status = FAILURE;
  }

  /** An interactive shell gives up what it is doing, as after Ctrl-C, with a status. */
  interrupt(status: number): void {
    const { state } = this.shell;
    this.interruptStatus = status;
    state.status = status;
    if (state.divert < Divert.top) state.divert = Divert.top;
  }
}
