/** Starting the processes of jobs: each in its group, with its signals, and all of a pipeline or none. */

import type { Program } from "../execution/shell.ts";
import { O_CLOEXEC } from "../system/constants.ts";
import { EAGAIN, EINTR, ENOMEM, EPERM, ESRCH } from "../system/errno.ts";
import type { Descriptors, Processes, ResourceLimit, Signals } from "../system/system.ts";
import type { Job } from "./job.ts";
import type { TerminalOwner } from "./terminal.ts";

type StarterSystem =
  & Pick<Processes, "spawn" | "fork" | "setpgid" | "getpgid">
  & Pick<Signals, "blockSignals">
  & Pick<Descriptors, "pipe2" | "read" | "close">;

export interface StarterContext {
  /** Signals that every program is to ignore. */
  ignoredSignals(): readonly number[];
  readonly programLimits: readonly ResourceLimit[];
  readonly terminal: TerminalOwner;
}

export class Starter {
  /** @param reap waits for children that have ended, which may count against a limit */
  constructor(
    private readonly system: StarterSystem,
    private readonly context: StarterContext,
    private readonly reap: () => void,
  ) {}

  /** Starts a program, deaf to the signals `deafTo`. Returns its process id or `-errno`. */
  spawn(job: Job, program: Program, deafTo: readonly number[]): number {
    let pid = this.attempt(job, program, deafTo);
    if (this.madeRoom(pid)) pid = this.attempt(job, program, deafTo);
    if ((pid === -EPERM || pid === -ESRCH) && this.outlived(job)) pid = this.attempt(job, program, deafTo);
    if (pid === -EAGAIN || pid === -ENOMEM) job.incomplete = true;
    return pid;
  }

  private attempt(job: Job, program: Program, deafTo: readonly number[]): number {
    const { context } = this;
    const own = job.controlled;
    const ignored = context.ignoredSignals();
    return this.system.spawn({
      path: program.path,
      arguments: program.arguments,
      environment: program.environment,
      descriptors: program.descriptors,
      closing: [],
      ignoredSignals: deafTo.length === 0 ? ignored : [...ignored, ...deafTo],
      processGroup: own ? job.group : -1,
      foreground: own && job.foreground ? context.terminal.descriptor : -1,
      directory: null,
      limits: context.programLimits,
      newSession: false,
      utility: program.utility,
    });
  }

  /** Forks the shell. Returns as fork(2). In the child signals are blocked. */
  fork(job: Job): number {
    const { system } = this;
    if (job.held && job.gate === null) {
      const gate = system.pipe2(O_CLOEXEC);
      // Without one the process does not wait, that is all.
      if (typeof gate !== "number") job.gate = gate;
    }
    // No signal may come between the fork and the child's own dispositions.
    system.blockSignals(true);
    let pid = system.fork();
    if (this.madeRoom(pid)) pid = system.fork();
    if (pid >= 0 && job.controlled) this.group(job, pid);
    if (pid === 0) this.awaitGate(job);
    else system.blockSignals(false);
    if (pid < 0) job.incomplete = true;
    return pid;
  }

  /** Whether what `result` tells is worth another attempt: what has ended may have counted against the limit. */
  private madeRoom(result: number): boolean {
    if (result !== -EAGAIN) return false;
    this.reap();
    return true;
  }

  /** Whether the group of `job` has vanished, since all its processes have ended; the next one is to lead a new one. */
  private outlived(job: Job): boolean {
    if (job.group === 0 || job.everyProcess().some(({ state }) => state !== "done")) return false;
    job.group = 0;
    return true;
  }

  /** Puts a forked process into its group. Parent (`pid` > 0) and child (0) do the same: whoever is first, it is done. */
  private group(job: Job, pid: number): void {
    const { system, context } = this;
    const group = () => system.setpgid(pid, job.group);
    if (pid > 0) {
      const wanted = job.group === 0 ? pid : job.group;
      if (group() < 0 && system.getpgid(pid) !== wanted && group() < 0) this.outlived(job);
    } else if (group() < 0) system.setpgid(0, 0);
    if (!job.foreground) return;
    context.terminal.give(pid === 0 ? system.getpgid(0) : job.group === 0 ? pid : job.group);
  }

  /**
   * In a forked child of a pipeline that is still being started: waits until the whole of it has been. If that can't be done, the
   * shell ends what it has started by then, and this must not have started anything itself.
   */
  private awaitGate({ gate }: Job): void {
    if (gate === null) return;
    const { system } = this;
    system.close(gate.write);
    while (system.read(gate.read, new Uint8Array(1), 0, 1) === -EINTR);
    system.close(gate.read);
  }

  /** Lets the processes that wait begin. */
  letGo(job: Job): void {
    job.held = false;
    if (job.gate === null) return;
    this.system.close(job.gate.read);
    this.system.close(job.gate.write);
    job.gate = null;
  }
}
