/** What the builtins that only relay data, such as `cat`, have in common: whether and where they take the place of programs. */

import type { RelayManner, Shell } from "../execution/shell.ts";
import { RLIMIT_FSIZE } from "../system/constants.ts";
import { SIGINT, SIGPIPE } from "../system/signal_numbers.ts";

/** Where the programs are that builtins may take the place of. */
const STANDARD_DIRECTORIES = ["/bin", "/usr/bin"];

export const BY_PROGRAM: RelayManner = { kind: "program" };
export const HERE: RelayManner = { kind: "here" };

/**
 * Whether `name` is found by PATH where the system has its own programs (XCU 2.9.1.4): a user's program of the same name is
 * not to be replaced by a builtin.
 */
export function isStandardProgram({ hash }: Shell, name: string): boolean {
  const path = hash.peek(name);
  return typeof path === "string" && STANDARD_DIRECTORIES.includes(path.slice(0, path.lastIndexOf("/")));
}

/**
 * Whether the shell itself may relay data now: it is not to stop with a job, pipes of command substitutions need not be read
 * meanwhile, and it would not be ended by a file that grows too large.
 */
export function canRelayHere({ jobs, streams, system }: Shell): boolean {
  if (jobs.controlled || streams.captures.needReading) return false;
  const limit = system.getrlimit(RLIMIT_FSIZE);
  return typeof limit !== "number" && limit.soft === Infinity;
}

/**
 * A signal has come while the shell relays data: whether that is to end it, as it would have ended a program. A signal
 * that has a trap was meant for the shell, which looks at it afterwards, except for Ctrl-C.
 */
export function isInterrupted(shell: Shell): boolean {
  const { traps } = shell;
  // Of a pipe without a reader, the relay itself will tell.
  if (!traps.handles(SIGPIPE)) traps.forget(SIGPIPE);
  return shell.interrupted() || traps.isPending(SIGINT);
}
