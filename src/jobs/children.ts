/** The processes that the shell has started: waiting for them, and knowing their states. */

import { WCONTINUED, WNOHANG, WUNTRACED } from "../system/constants.ts";
import { ECHILD, EINTR } from "../system/errno.ts";
import type { ProcessChange, Processes } from "../system/system.ts";
import { processState } from "../system/wait_status.ts";
import type { Job, Process } from "./job.ts";

/** The status of a process that has vanished. */
const LOST = 127;

export class Children {
  private readonly entries: { readonly job: Job; readonly process: Process }[] = [];
  private ended = 0;

  /**
   * @param controlled whether there is job control, by which children stop and go on
   * @param changed is told of each job whose state has changed
   */
  constructor(
    private readonly system: Pick<Processes, "waitpid" | "awaitChildren">,
    private readonly controlled: () => boolean,
    private readonly changed: (job: Job) => void,
  ) {}

  add(job: Job, process: Process): void {
    this.entries.push({ job, process });
  }

  /** In a forked child: the processes are children of the parent. */
  disown(): void {
    this.entries.length = 0;
  }

  /** A child has ended that never was among these. */
  noteEnd(): void {
    this.ended++;
  }

  /** How many have ended since this was asked last. */
  takeEnded(): number {
    const count = this.ended;
    this.ended = 0;
    return count;
  }

  /** Whether there are any. */
  get exist(): boolean {
    return this.entries.length > 0;
  }

  /**
   * Sleeps until there are changes, and takes them. Returns whether a signal has come instead.
   *
   * @param job what is waited for, if it isn't all of them
   */
  wait(job?: Job): boolean {
    const changes = this.system.awaitChildren(this.options);
    if (changes === -EINTR) return true;
    if (typeof changes !== "number") { for (const change of changes) this.change(change); }
    else if (changes === -ECHILD) this.confirmLosses(job);
    return false;
  }

  /** Takes a change that has come. Returns whether there was one, or nothing to wait for. */
  attend(job: Job): boolean {
    const change = this.system.waitpid(-1, this.options | WNOHANG);
    if (change === null) return false;
    if (typeof change !== "number") this.change(change);
    else if (change === -ECHILD) this.confirmLoss(job);
    return true;
  }

  /** Takes all changes that have come. */
  reap(): void {
    for (;;) {
      const change = this.system.waitpid(-1, this.options | WNOHANG);
      if (change === -EINTR) continue;
      if (change === null || typeof change === "number") return;
      this.change(change);
    }
  }

  private get options(): number {
    return this.controlled() ? WUNTRACED | WCONTINUED : 0;
  }

  private confirmLosses(job: Job | undefined): void {
    if (job !== undefined) this.confirmLoss(job);
    else for (const lost of new Set(this.entries.map(({ job }) => job))) this.confirmLoss(lost);
  }

  /** There are no children, it is said: then the processes of `job` are gone without a word. */
  private confirmLoss(job: Job): void {
    for (const process of job.everyProcess()) {
      if (process.state === "done") continue;
      const change = this.system.waitpid(process.pid, this.options | WNOHANG);
      if (change === -ECHILD) this.change({ pid: process.pid, status: LOST << 8 });
      else if (change !== null && typeof change !== "number") this.change(change);
    }
  }

  /** Where in {@link entries} one is; -1 if it isn't there. What was started last mostly ends first. */
  private indexOf(pid: number): number {
    let index = this.entries.length - 1;
    while (index >= 0 && this.entries[index]!.process.pid !== pid) index--;
    return index;
  }

  /** The one place where the state of a process changes, and with it that of its job. */
  change({ pid, status }: ProcessChange): void {
    const index = this.indexOf(pid);
    // A child that this shell did not start: it was there before the shell was executed in its place.
    if (index < 0) return;
    const { job, process } = this.entries[index]!;
    const before = job.state;
    const { kind } = processState(status);
    process.state = kind === "continued" ? "running" : kind === "stopped" ? "stopped" : "done";
    process.status = kind === "continued" ? 0 : status;
    job.update();
    if (process.state === "done") {
      const last = this.entries.pop()!;
      if (index < this.entries.length) this.entries[index] = last;
      this.ended++;
    }
    if (job.state !== before) this.changed(job);
  }
}
