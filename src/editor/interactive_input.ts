/**
 * The commands of an interactive shell: what is done before each prompt, the prompt itself, the line, and what the end of the
 * input means.
 */

import type { Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { SIGNALLED } from "../execution/status.ts";
import { type Input, InputAbandoned } from "../syntax/input.ts";
import { SIGINT } from "../system/signal_numbers.ts";
import type { EnteredLines } from "../history/entered_lines.ts";
import type { LineSource } from "./line_source.ts";
import { expandPrompt } from "../execution/prompt.ts";
import { SignalledWait } from "./prompt_wait.ts";
import type { WindowSizeVariables } from "./window_size.ts";

/** How many ends of file in a row `ignoreeof` holds out against, unless IGNOREEOF says otherwise. */
const ENDS_IGNORED = 10;

export class InteractiveInput implements Input {
  private readonly wait: SignalledWait;
  /** Ends of file since the last line. */
  private ends = 0;
  /** Whether the input ended within a command, whose error has been reported since. */
  private endedWithin = false;

  /** @param source gives the source of the next line: it may change from one to the next */
  constructor(
    private readonly shell: Shell,
    private readonly window: WindowSizeVariables,
    private readonly lines: EnteredLines,
    private readonly source: () => LineSource,
  ) {
    this.wait = new SignalledWait(shell, window);
  }

  read(continuation: boolean): string | null {
    const { shell } = this;
    if (this.endedWithin) {
      this.endedWithin = false;
      if (this.exits()) return null;
    }
    for (;;) {
      if (!continuation) this.prepare();
      const prompt = this.prompt(continuation ? "PS2" : "PS1");
      const source = this.source();
      const initial = this.lines.takeInitial();
      const request = { prompt, continuation, ...(initial !== undefined && { initial }) };
      const outcome = source.readLine(request, this.wait);
      switch (outcome.kind) {
        case "line": {
          this.ends = 0;
          const text = this.lines.enter(outcome.text, continuation, source.editable);
          if (text !== null) return text;
          break;
        }
        case "interrupted":
          this.interrupted();
          break;
        case "timed out":
          shell.streams.write(2, "\x07timed out waiting for input: auto-logout\n");
          shell.exit(shell.state.status);
          throw new InputAbandoned();
        case "end":
          this.endedWithin = continuation;
          if (continuation || this.endsShell()) return null;
      }
    }
  }

  /** A complete command has been read, and is about to run: PS0 is shown. */
  commandRead(): void {
    const { shell } = this;
    if (shell.variables.get("PS0").read()) shell.streams.write(2, this.prompt("PS0"));
    shell.state.commandNumber++;
    shell.state.historyNumber = () => this.lines.history.next - 1;
    this.lines.save();
  }

  private prompt(name: string): string {
    const { commandNumber } = this.shell.state;
    return expandPrompt(this.shell, name, {
      edited: true,
      historyNumber: this.lines.history.next,
      commandNumber,
    });
  }

  /** What comes before each primary prompt. */
  private prepare(): void {
    const { shell } = this;
    this.window.update();
    shell.state.historyNumber = () => this.lines.history.next;
    this.runPromptCommands();
    shell.jobs.notify();
    this.wait.begin();
  }

  /** PROMPT_COMMAND, each element of it; `$?` stays as it is (bash manual 5.2). */
  private runPromptCommands(): void {
    const { shell } = this;
    const { state } = shell;
    const variable = shell.variables.get("PROMPT_COMMAND");
    if (!variable.isSet) return;
    const { status, line, lastArgument } = state;
    for (const command of shell.environment.variable("PROMPT_COMMAND").values()) {
      shell.evaluate(command, { name: "PROMPT_COMMAND", kind: "eval", firstLine: line });
      if (state.divert === Divert.exit) throw new InputAbandoned();
      shell.unwind();
    }
    state.status = status;
    state.line = line;
    state.lastArgument = lastArgument;
  }

  /** Ctrl-C drops all that has been typed of the command. A trap that exits has done so. */
  private interrupted(): never {
    const { shell } = this;
    const { state } = shell;
    const pressed = shell.traps.isPending(SIGINT);
    if (!shell.traps.handles(SIGINT)) shell.traps.forget(SIGINT);
    shell.boundary();
    if (state.divert < Divert.exit) {
      shell.unwind();
      if (pressed) state.status = SIGNALLED + SIGINT;
    }
    throw new InputAbandoned();
  }

  /** The end of the input is a command to exit, unless `ignoreeof` is set; jobs that are stopped may speak against it. */
  private endsShell(): boolean {
    const { shell } = this;
    const { variables, options } = shell;
    const limit = variables.get("IGNOREEOF").read();
    if (options.ignoreeof || limit !== undefined) {
      const most = /^\d+$/.test(limit ?? "") ? Number(limit) : ENDS_IGNORED;
      if (this.ends++ < most) {
        shell.streams.write(2, `Use "${options.login_shell ? "logout" : "exit"}" to leave the shell.\n`);
        return false;
      }
    }
    return this.exits();
  }

  private exits(): boolean {
    this.shell.builtins.get("exit")!.run(this.shell, []);
    return this.shell.state.divert === Divert.exit;
  }
}
