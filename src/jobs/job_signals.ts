/** Sending signals to jobs: to the group of one that has its own, else to each of its processes. */

import { ESRCH } from "../system/errno.ts";
import { SIGCONT, SIGHUP, SIGTERM } from "../system/signal_numbers.ts";
import type { Processes } from "../system/system.ts";
import type { Job } from "./job.ts";

export class JobSignals {
  constructor(private readonly system: Pick<Processes, "kill">) {}

  /** Returns 0 or `-errno`. */
  send(job: Job, signal: number): number {
    // The numbers may be those of somebody else's processes by now.
    if (job.state === "done") return -ESRCH;
    if (job.group !== 0) return this.system.kill(-job.group, signal);
    let result = 0;
    for (const { pid, state } of job.everyProcess()) {
      if (state === "done" || pid === 0) continue;
      const sent = this.system.kill(pid, signal);
      if (sent < 0) result = sent;
    }
    return result;
  }

  /** The same for the builtin `kill`: a stopped job goes on if it is to end. */
  kill(job: Job, signal: number): number {
    const result = this.send(job, signal);
    if (signal === SIGTERM || signal === SIGHUP) this.wake(job);
    return result;
  }

  /** Ends a job that could not be started as a whole. */
  abandon(job: Job): void {
    this.send(job, SIGTERM);
    this.send(job, SIGCONT);
  }

  /** Tells jobs that the terminal has hung up. */
  hangUp(jobs: readonly Job[]): void {
    for (const job of jobs) if (!job.keptFromHangup) this.kill(job, SIGHUP);
  }

  /** Ends the jobs that would stay stopped for good when the shell ends. */
  endStopped(jobs: readonly Job[]): void {
    for (const job of jobs) if (job.state === "stopped" && !job.keptFromHangup) this.kill(job, SIGTERM);
  }

  private wake(job: Job): void {
    if (job.state === "stopped") this.send(job, SIGCONT);
  }
}
