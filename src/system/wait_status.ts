/** What a wait status says, as waitpid(2) stores it; see wait(2), WIFEXITED and its kin. */
export type ProcessState =
  | { readonly kind: "exited"; readonly status: number }
  | { readonly kind: "signalled"; readonly signal: number; readonly coreDumped: boolean }
  | { readonly kind: "stopped"; readonly signal: number }
  | { readonly kind: "continued" };

/** The wait status of a process that was continued. */
export const CONTINUED = 0xffff;

/** The wait status in what {@link Processes.run} has returned. */
export function statusOfRun(result: number): number {
  // The process id is in the bits above, which the operator leaves out however many there are.
  return result & 0xffff;
}

/** The process id in it. */
export function processOfRun(result: number): number {
  return Math.floor(result / 0x10000);
}

/** Takes a wait status apart. */
export function processState(status: number): ProcessState {
  const signal = status & 0x7f;
  const upper = status >> 8 & 0xff;
  if (signal === 0) return { kind: "exited", status: upper };
  if (status === CONTINUED) return { kind: "continued" };
  if (signal === 0x7f) return { kind: "stopped", signal: upper };
  return { kind: "signalled", signal, coreDumped: (status & 0x80) !== 0 };
}

/**
 * The exit status of a command that ended or stopped with this wait status: its own, or 128 and the signal (XCU 2.8.2).
 * One that was continued has none: 0.
 */
export function exitStatus(status: number): number {
  if ((status & 0x7f) === 0) return status >> 8 & 0xff;
  const state = processState(status);
  return "signal" in state ? 128 + state.signal : 0;
}
