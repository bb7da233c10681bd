/**
 * A system that fails once, on demand: what it is asked is passed on to the real one, but for one call of one operation.
 *
 * Calls are counted from the command `umask 022` of the shell under test to its `umask 077`, in each process by itself.
 */
import type { SpawnPlan, System } from "../../src/system/system.ts";
import { CONTINUED } from "../../src/system/wait_status.ts";

/** One failure to come. */
export interface Fault {
  readonly operation: Operation;
  /** Which of the operation's calls fails, from 0. */
  readonly call: number;
  /**
   * What the operation returns then; `"short"` has it transfer one byte only, `"interrupted"` leaves what it waits for running, as if a
   * signal had come.
   */
  readonly result: number | "short" | "interrupted";
}

/** The operations that may fail. */
export const OPERATIONS = [
  "access",
  "awaitChildren",
  "chdir",
  "close",
  "duplicate",
  "fchdir",
  "fork",
  "fstat",
  "getStatusFlags",
  "getcwd",
  "getrlimit",
  "lseek",
  "lstat",
  "memfdCreate",
  "open",
  "pipe2",
  "pipeCapacity",
  "pipeHolding",
  "poll",
  "read",
  "readAll",
  "readDirectory",
  "run",
  "setStatusFlags",
  "spawn",
  "stat",
  "tee",
  "waitpid",
  "write",
] as const satisfies readonly (keyof System)[];

export type Operation = (typeof OPERATIONS)[number];

const COUNTING = 0o022;
const DONE = 0o077;

// deno-lint-ignore no-explicit-any
type AnyOperation = (...args: any[]) => any;

/**
 * @param fault the failure, or `null` for none; `claim` tells the first process that comes to it that it is to have it
 * @param counts how often each operation has been called; kept up to date
 * @param start what the shell finds at its start
 * @param ending called in place of `exit`
 */
export function faultySystem(
  native: System,
  fault: (Fault & { readonly claim: () => boolean }) | null,
  counts: Map<Operation, number>,
  start: System["start"],
  ending: (status: number) => never,
): System {
  let counting = false;
  const umask = (mask: number): number => {
    counting = mask === COUNTING || (counting && mask !== DONE);
    return native.umask(mask);
  };
  const system = Object.create(native, {
    start: { value: start },
    umask: { value: umask },
    exit: { value: ending },
  });
  for (const operation of OPERATIONS) {
    const call = native[operation].bind(native) as AnyOperation;
    const value = (...args: unknown[]): unknown => {
      if (!counting) return call(...args);
      const before = counts.get(operation) ?? 0;
      counts.set(operation, before + 1);
      if (fault?.operation !== operation || fault.call !== before || !fault.claim()) return call(...args);
      // The descriptor is closed even so (close(2)).
      if (operation === "close") call(...args);
      if (fault.result === "short") return call(...args.slice(0, -1), 1);
      return fault.result === "interrupted" ? leaveRunning(native, args[0] as SpawnPlan) : fault.result;
    };
    Object.defineProperty(system, operation, { value });
  }
  return system as System;
}

/** What `run` does when a signal comes before the program has ended. */
function leaveRunning(native: System, plan: SpawnPlan): number {
  const pid = native.spawn(plan);
  if (pid < 0) return pid;
  for (const descriptor of plan.closing) native.close(descriptor);
  return pid * 0x10000 + CONTINUED;
}
