/** Waiting for keys, while everything else that happens is attended to. */

import type { Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { POLLIN } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";
import { SIGINT } from "../system/signal_numbers.ts";
import type { PromptWait, Screen, WaitOutcome } from "./line_source.ts";
import type { WindowSizeVariables } from "./window_size.ts";

export class SignalledWait implements PromptWait {
  /** When to give up, in seconds of the monotonic clock. */
  private deadline = Infinity;

  constructor(private readonly shell: Shell, private readonly window: WindowSizeVariables) {}

  /** Starts the time that TMOUT allows for a command (bash manual 5.2). */
  begin(): void {
    const seconds = Number(this.shell.variables.get("TMOUT").read() ?? 0);
    this.deadline = seconds > 0 ? this.shell.system.monotonic() + seconds : Infinity;
  }

  awaitInput(descriptor: number, screen: Screen | null): WaitOutcome {
    const { system, streams, traps } = this.shell;
    for (;;) {
      if ((system.signalsPending() || traps.deferred) && !this.attend(screen)) return "interrupted";
      const left = this.deadline - system.monotonic();
      if (left <= 0) return "timed out";
      const input = { descriptor, events: POLLIN, returned: 0 };
      const signals = { descriptor: system.signalDescriptor, events: POLLIN, returned: 0 };
      const result = streams.captures.poll([input, signals], left === Infinity ? -1 : Math.ceil(left * 1000));
      // An interrupt comes before what was typed after it.
      if (system.signalsPending()) continue;
      // What can't be polled can be read: it tells what is wrong with it.
      if (input.returned !== 0 || (result < 0 && result !== -EINTR)) return "ready";
    }
  }

  /** Does what signals ask for. Returns false if the line is to be given up. */
  private attend(screen: Screen | null): boolean {
    const { shell, window } = this;
    const { traps, jobs, options } = shell;
    traps.collect();
    // Its trap runs when the line source has come back.
    if (traps.isPending(SIGINT)) return false;
    if (window.changed) {
      window.changed = false;
      screen?.resized();
    }
    if (!traps.deferred && !(options.notify && jobs.hasNotices)) return true;
    screen?.leave();
    shell.boundary();
    shell.streams.settle();
    if (shell.state.divert !== Divert.none) return false;
    screen?.enter();
    return true;
  }
}
