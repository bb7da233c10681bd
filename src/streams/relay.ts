/**
 * Relays within the shell: everything that comes from a descriptor goes to another, or into a command substitution.
 *
 * The C library moves the data (`native/relay.c`). Signals interrupt it; whether it goes on then, the caller says.
 */

import type { RelayEnd } from "../execution/shell.ts";
import { POLLIN } from "../system/constants.ts";
import { EAGAIN, EINTR } from "../system/errno.ts";
import type { Descriptors, RelayManner } from "../system/system.ts";
import type { Capture, Captures } from "./capture.ts";

const BLOCK = 65536;

/** Moves all data from one descriptor to another. Gives `-EINTR` if `interrupted` says so after a signal. */
export function relay(
  system: Pick<Descriptors, "relay">,
  from: number,
  to: number,
  manner: RelayManner,
  interrupted: () => boolean,
): RelayEnd {
  let result = system.relay(from, to, manner, false);
  while (result.error === -EINTR && !interrupted()) result = system.relay(from, to, manner, true);
  return result;
}

/** Moves all data from a descriptor into the memory of a command substitution. */
export function relayToCapture(
  system: Pick<Descriptors, "read">,
  captures: Captures,
  from: number,
  capture: Capture,
  interrupted: () => boolean,
): RelayEnd {
  for (;;) {
    const block = new Uint8Array(BLOCK);
    let count = system.read(from, block, 0, BLOCK);
    if (count > 0) {
      capture.append(block.subarray(0, count));
      continue;
    }
    if (count === 0) return { error: 0, outputFailed: false };
    if (count === -EAGAIN) count = Math.min(0, captures.poll([{ descriptor: from, events: POLLIN, returned: 0 }], -1));
    if (count < 0 && (count !== -EINTR || interrupted())) return { error: count, outputFailed: false };
  }
}
