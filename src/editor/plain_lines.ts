/** Lines from standard input as it is: a dumb terminal, a pipe, or an editor that has been turned off. */

import type { Shell } from "../execution/shell.ts";
import { decode } from "../system/bytes.ts";
import { O_NONBLOCK } from "../system/constants.ts";
import { EAGAIN, EINTR, ETIMEDOUT } from "../system/errno.ts";
import type { LineOutcome, LineRequest, LineSource, PromptWait, WaitOutcome } from "./line_source.ts";

const NEWLINE = 10;

export class PlainLines implements LineSource {
  readonly editable = false;

  constructor(private readonly shell: Shell) {}

  readLine({ prompt }: LineRequest, wait: PromptWait): LineOutcome {
    const { streams } = this.shell;
    // deno-lint-ignore no-control-regex
    streams.write(2, prompt.replaceAll(/[\x01\x02]/g, ""));
    streams.settle();
    const input = streams.input(0);
    if (input === undefined) return { kind: "end" };
    let waited: WaitOutcome = "ready";
    const ready = () => {
      waited = wait.awaitInput(input.descriptor, null);
      return waited === "ready" ? 0 : waited === "timed out" ? -ETIMEDOUT : -EINTR;
    };
    for (;;) {
      const { bytes, found, error } = input.read(NEWLINE, Infinity, ready);
      if (waited !== "ready") {
        streams.write(2, "\n");
        return { kind: waited };
      }
      if (error === -EAGAIN && this.makeBlocking(input.descriptor)) continue;
      if (bytes.length === 0 && !found) return { kind: "end" };
      return { kind: "line", text: decode(bytes) + (found ? "\n" : "") };
    }
  }

  /** Takes back what a program has done to the input that it shares with the shell. */
  private makeBlocking(descriptor: number): boolean {
    const { system } = this.shell;
    const flags = system.getStatusFlags(descriptor);
    return flags >= 0 && (flags & O_NONBLOCK) !== 0 && system.setStatusFlags(descriptor, flags & ~O_NONBLOCK) === 0;
  }
}
