/** Lines from standard input as it is: a dumb terminal, a pipe, or an editor that has been turned off. */

import type { HeldFile, Shell } from "../execution/shell.ts";
import { Input } from "../streams/input.ts";
import { decode } from "../system/bytes.ts";
import { O_NOCTTY, O_NONBLOCK, O_RDONLY } from "../system/constants.ts";
import { EAGAIN, EINTR, ETIMEDOUT } from "../system/errno.ts";
import { SIGINT } from "../system/signal_numbers.ts";
import type { LineOutcome, LineRequest, LineSource, PromptWait, WaitOutcome } from "./line_source.ts";

const NEWLINE = 10;

export class PlainLines implements LineSource {
  readonly editable = false;
  private readonly terminal: UnblockedTerminal;

  constructor(private readonly shell: Shell) {
    this.terminal = new UnblockedTerminal(shell);
  }

  readLine({ prompt }: LineRequest, wait: PromptWait): LineOutcome {
    const { streams } = this.shell;
    // deno-lint-ignore no-control-regex
    streams.write(2, prompt.replaceAll(/[\x01\x02]/g, ""));
    streams.settle();
    const input = this.terminal.input() ?? streams.input(0);
    if (input === undefined) return { kind: "end" };
    let waited: WaitOutcome = "ready";
    const ready = () => {
      waited = wait.awaitInput(input.descriptor, null);
      return waited === "ready" ? 0 : waited === "timed out" ? -ETIMEDOUT : -EINTR;
    };
    let line = "";
    for (;;) {
      const { bytes, found, error } = input.read(NEWLINE, Infinity, ready);
      line += decode(bytes);
      if (waited !== "ready") {
        // Unless an interrupt has been dealt with, and with it the line on the screen.
        if (waited === "timed out" || this.shell.traps.isPending(SIGINT)) streams.write(2, "\n");
        return { kind: waited };
      }
      if (error === -EAGAIN && (input.isTerminal || this.makeBlocking(input.descriptor))) continue;
      if (line === "" && !found) return { kind: "end" };
      return { kind: "line", text: line + (found ? "\n" : "") };
    }
  }

  /** Takes back what a program has done to the input that it shares with the shell. */
  private makeBlocking(descriptor: number): boolean {
    const { system } = this.shell;
    const flags = system.getStatusFlags(descriptor);
    return flags >= 0 && (flags & O_NONBLOCK) !== 0 && system.setStatusFlags(descriptor, flags & ~O_NONBLOCK) === 0;
  }
}

/**
 * The terminal that standard input leads to, opened once more so that a read never waits. Ctrl-C takes what has been typed
 * away: were that to happen between poll(2) and read(2), a read that waits would not notice it.
 */
class UnblockedTerminal {
  /** What standard input leads to, for which {@link held} was made. */
  private file: HeldFile | undefined;
  private held: HeldFile | null = null;
  private opened: Input | null = null;

  constructor(private readonly shell: Shell) {}

  /** `null` where that can't be done, or is no terminal. */
  input(): Input | null {
    const { system, streams: { table } } = this.shell;
    const file = table.get(0);
    if (file === this.file) return this.opened;
    if (this.held !== null) table.release(this.held);
    this.file = file;
    this.held = this.opened = null;
    if (file === undefined || !system.isatty(file.descriptor)) return null;
    const path = `/proc/self/fd/${file.descriptor}`;
    const descriptor = system.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (descriptor < 0) return null;
    this.held = table.adopt(descriptor);
    table.hold(this.held);
    return this.opened = new Input(system, { descriptor, document: null });
  }
}
