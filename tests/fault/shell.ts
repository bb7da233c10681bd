/**
 * The shell with system calls that fail on demand: its builtin `fault OPERATION N ERRNO [COUNT]` has the Nth call of an operation of
 * `System` from then on fail in this process, and with COUNT so many; without arguments it takes that back and says whether it
 * has happened. For `deno run --v8-flags=--single-threaded`.
 */
import { BUILTINS } from "../../src/builtins/table.ts";
import type { Builtin } from "../../src/execution/shell.ts";
import { parseInvocation } from "../../src/invocation.ts";
import { main, needsSession } from "../../src/main.ts";
import * as errno from "../../src/system/errno.ts";
import { nativeSystem } from "../../src/system/native.ts";
import type { System } from "../../src/system/system.ts";

interface Fault {
  readonly operation: string;
  /** The calls that have been made. */
  calls: number;
  /** The first and the last one that fail, from 1. */
  readonly first: number;
  readonly last: number;
  readonly errno: number;
}

const native = nativeSystem();
const ownPid = native.getpid();
let fault: Fault | null = null;

/** Whether a call of `operation` is the one that is to fail. */
function fails(operation: PropertyKey): boolean {
  // A forked child has a copy of the fault.
  if (fault === null || operation !== fault.operation || native.getpid() !== ownPid) return false;
  fault.calls++;
  return fault.calls >= fault.first && fault.calls <= fault.last;
}

const system = new Proxy(native, {
  get(target, name) {
    const value = Reflect.get(target, name, target);
    if (typeof value !== "function") return value;
    return (...args: unknown[]) => fails(name) ? -fault!.errno : value.apply(target, args);
  },
}) as System;

const builtin: Builtin = {
  name: "fault",
  kind: "regular",
  usage: "[operation n errno [count]]",
  run(shell, args) {
    const [operation, n, name, count = "1"] = args;
    if (operation === undefined) {
      shell.print(fault !== null && fault.calls >= fault.first ? "failed\n" : "passed\n");
      fault = null;
    } else {
      const first = Number(n);
      const value = (errno as unknown as Record<string, number>)[name!]!;
      fault = { operation, calls: 0, first, last: first + Number(count) - 1, errno: value };
    }
    return 0;
  },
};
(BUILTINS as Map<string, Builtin>).set(builtin.name, builtin);

const invocation = parseInvocation(["hexsh", ...Deno.args]);
main(system, invocation, needsSession(system, invocation) ? await import("../../src/editor/session.ts") : null);
