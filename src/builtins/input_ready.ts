/** Waiting for input in builtins that read. */

import type { Shell } from "../execution/shell.ts";
import { POLLIN } from "../system/constants.ts";
import { Divert } from "../execution/state.ts";
import { EINTR, ETIMEDOUT } from "../system/errno.ts";

/**
 * Waits until there is something to read. Returns 0, `-ETIMEDOUT`, or `-EINTR` for a signal that ends the waiting.
 *
 * @param deadline in seconds of the monotonic clock; `Infinity` for none
 */
export function awaitReadable(shell: Shell, descriptor: number, deadline: number): number {
  const { system, streams, traps, options, state } = shell;
  streams.settle();
  for (;;) {
    if (traps.collect() !== 0) {
      // POSIX has the trap end it (XCU read, 2.12); bash goes on after the action.
      if (options.posix || shell.interrupted()) return -EINTR;
      traps.process();
      if (state.divert !== Divert.none) return -EINTR;
      streams.settle();
    }
    const left = deadline === Infinity ? -1 : Math.max(0, Math.ceil((deadline - system.monotonic()) * 1000));
    const input = { descriptor, events: POLLIN, returned: 0 };
    const signals = { descriptor: system.signalDescriptor, events: POLLIN, returned: 0 };
    const result = streams.captures.poll([input, signals], left);
    if (input.returned !== 0) return 0;
    if (result < 0 && result !== -EINTR) return result;
    if (left === 0 && result === 0) return -ETIMEDOUT;
  }
}
