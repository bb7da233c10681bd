/** Commands on standard input: line by line, and never a byte beyond the line that is being run (XCU sh, STDIN). */

import type { Shell } from "../execution/shell.ts";
import type { Input } from "../syntax/input.ts";
import { decode } from "../system/bytes.ts";
import { POLLIN } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";

const NEWLINE = 10;

export class StandardInput implements Input {
  constructor(private readonly shell: Shell) {}

  read(): string | null {
    const { shell } = this;
    shell.streams.settle();
    const input = shell.streams.input(0);
    if (input === undefined) return null;
    const { bytes, found, error } = input.read(NEWLINE, Infinity, () => this.awaitInput(input.descriptor));
    if (error < 0 && bytes.length === 0) return null;
    if (bytes.length === 0 && !found) return null;
    return decode(bytes) + (found ? "\n" : "");
  }

  /** Waits until there is something to read; traps run meanwhile. */
  private awaitInput(descriptor: number): number {
    const { system, streams } = this.shell;
    for (;;) {
      this.shell.boundary();
      const input = { descriptor, events: POLLIN, returned: 0 };
      const signals = { descriptor: system.signalDescriptor, events: POLLIN, returned: 0 };
      const result = streams.captures.poll([input, signals], -1);
      if (input.returned !== 0) return 0;
      if (result < 0 && result !== -EINTR) return result;
    }
  }
}
