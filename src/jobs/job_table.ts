/**
 * Jobs (XCU 2.11; bash manual 7): starting their processes, waiting for them, and knowing their states.
 *
 * What comes in are programs to start and changes that waitpid(2) tells; what goes out are statuses and notices.
 * {@link JobTable.change} is the only place where a process's state changes. Terminal ownership is a matter of
 * `terminal.ts`. The room runs no commands and expands nothing.
 */

import type { Jobs, Program } from "../execution/shell.ts";
import { POLLIN, WCONTINUED, WNOHANG, WUNTRACED } from "../system/constants.ts";
import { ECHILD, EINTR, EPERM, ESRCH } from "../system/errno.ts";
import {
  SIGBUS,
  SIGCONT,
  SIGFPE,
  SIGHUP,
  SIGILL,
  SIGINT,
  SIGPIPE,
  SIGQUIT,
  SIGSEGV,
  SIGSYS,
  SIGTERM,
  SIGTRAP,
} from "../system/signal_numbers.ts";
import type { PollRequest, ProcessChange, ResourceLimit, System } from "../system/system.ts";
import { processState } from "../system/wait_status.ts";
import { Job, type Process } from "./job.ts";
import { jobLine, longJobLine, signalledLine, stateText } from "./notice.ts";
import { findJob } from "./specification.ts";
import type { TerminalOwner } from "./terminal.ts";

/** What the table is told by the rooms around it. */
export interface JobsContext {
  /** Signals that every program is to ignore. */
  ignoredSignals(): readonly number[];
  readonly programLimits: readonly ResourceLimit[];
  readonly terminal: TerminalOwner;
  /** poll(2) that reads the captures of substitutions meanwhile. */
  poll(requests: PollRequest[], timeout: number): number;
  readonly capturing: boolean;
  /** Takes signals that have come; true if one of them is to end a `wait`. */
  takeSignals(): boolean;
  report(message: string): void;
  /** Writes to the user of an interactive shell. */
  tell(text: string): void;
  /** A foreground job was ended or stopped by a key of the terminal: what goes on around it is given up. */
  interrupt(stopped: boolean): void;
  readonly interactive: boolean;
  readonly posix: boolean;
}

/** How many finished background jobs are remembered for `wait`. */
const REMEMBERED = 1024;

export class JobTable implements Jobs {
  /** Jobs of this shell environment: running in the background, stopped, or ended and not asked for yet. */
  private jobs: Job[] = [];
  /** The latest process substitutions, for `wait`. */
  private readonly substitutions: Job[] = [];
  private readonly hidden: { readonly jobs: Job[]; readonly controlled: boolean }[] = [];
  /** Every process that has not been waited for, of this and of all environments around. */
  private readonly processes = new Map<number, { readonly job: Job; readonly process: Process }>();
  /** Job control (`set -m`). */
  controlled = false;
  private latest = 0;
  /** The wait status of the foreground job that ended last, until somebody asks. */
  private foregroundStatus: number | null = null;

  constructor(private readonly system: System, private readonly context: JobsContext) {}

  begin(text: () => string, foreground: boolean): Job {
    return new Job(text, this.controlled, foreground);
  }

  beginSubstitution(text: () => string): Job {
    const job = new Job(text, false, false);
    this.substitutions.push(job);
    if (this.substitutions.length > REMEMBERED) this.substitutions.shift();
    return job;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Starting

  spawn(job: Job, program: Program): number {
    const { system, context } = this;
    const own = job.controlled;
    const pid = system.spawn({
      path: program.path,
      arguments: program.arguments,
      environment: program.environment,
      descriptors: program.descriptors,
      ignoredSignals: this.ignored(job),
      processGroup: own ? job.group : -1,
      foreground: own && job.foreground ? context.terminal.descriptor : -1,
      directory: null,
      limits: context.programLimits,
      newSession: false,
    });
    if (pid > 0) this.add(job, pid);
    else if ((pid === -EPERM || pid === -ESRCH) && this.outlived(job)) return this.spawn(job, program);
    return pid;
  }

  /** Whether the group of `job` has vanished, since all its processes have ended; the next one is to lead a new one. */
  private outlived(job: Job): boolean {
    if (job.group === 0 || job.processes.some(({ state }) => state !== "done")) return false;
    job.group = 0;
    return true;
  }

  fork(job: Job): number {
    const { system, context } = this;
    // No signal may come between the fork and the child's own dispositions.
    system.blockSignals(true);
    const pid = system.fork();
    if (pid === 0) {
      if (job.controlled) {
        if (system.setpgid(0, job.group) < 0) system.setpgid(0, 0);
        if (job.foreground) context.terminal.give(system.getpgid(0));
      }
    } else if (pid > 0) {
      if (job.controlled) {
        // The child does the same: whoever is first, the group exists when either goes on.
        if (system.setpgid(pid, job.group) < 0) this.outlived(job);
        if (job.foreground) context.terminal.give(job.group === 0 ? pid : job.group);
      }
      this.add(job, pid);
    }
    system.blockSignals(false);
    return pid;
  }

  /** Without job control, an asynchronous list ignores the signals of the keyboard (XCU 2.12). */
  private ignored(job: Job): readonly number[] {
    const ignored = this.context.ignoredSignals();
    return this.isDeaf(job) ? [...ignored, SIGINT, SIGQUIT] : ignored;
  }

  private add(job: Job, pid: number): void {
    const process: Process = { pid, state: "running", status: 0 };
    if (job.controlled && job.group === 0) job.group = pid;
    job.processes.push(process);
    this.processes.set(pid, { job, process });
  }

  addEnded(job: Job, status: number): void {
    job.processes.push({ pid: 0, state: "done", status: status << 8 });
  }

  /** Whether `job` is to be deaf to the keyboard's signals. */
  isDeaf(job: Job): boolean {
    return !job.controlled && !job.foreground;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Waiting

  waitForeground(job: Job): readonly number[] {
    while (job.state === "running") {
      const change = this.context.capturing ? this.waitPolling() : this.system.waitpid(-1, this.waitOptions());
      if (typeof change === "number") {
        if (change === -ECHILD) this.lose(job);
        continue;
      }
      if (change !== null) this.change(change);
    }
    this.afterForeground(job);
    return job.statuses();
  }

  /** Waits for one change while captures have pipes that must be read. */
  private waitPolling(): ProcessChange | null | number {
    const change = this.system.waitpid(-1, this.waitOptions() | WNOHANG);
    if (change !== null) return change;
    const request = { descriptor: this.system.signalDescriptor, events: POLLIN, returned: 0 };
    this.context.poll([request], -1);
    if (request.returned !== 0) this.context.takeSignals();
    return null;
  }

  private waitOptions(): number {
    return this.controlled ? WUNTRACED | WCONTINUED : 0;
  }

  /** The processes of `job` are gone without a word: somebody else has reaped them. */
  private lose(job: Job): void {
    for (const process of job.processes) {
      if (process.state !== "done") this.change({ pid: process.pid, status: 127 << 8 });
    }
  }

  reap(): void {
    for (;;) {
      const change = this.system.waitpid(-1, WNOHANG | this.waitOptions());
      if (change === -EINTR) continue;
      if (change === null || typeof change === "number") return;
      this.change(change);
    }
  }

  /** The one place where the state of a process changes. */
  private change({ pid, status }: ProcessChange): void {
    const entry = this.processes.get(pid);
    // A child that this shell did not start: it was there before the shell was executed in its place.
    if (entry === undefined) return;
    const { job, process } = entry;
    const { kind } = processState(status);
    process.state = kind === "continued" ? "running" : kind === "stopped" ? "stopped" : "done";
    process.status = kind === "continued" ? 0 : status;
    job.notified = false;
    if (process.state === "done") this.processes.delete(pid);
    if (job.number !== 0 && job.state === "done") this.reportBackground(job);
  }

  /** What remains to be done when a foreground job has ended or stopped. */
  private afterForeground(job: Job): void {
    const { context } = this;
    if (job.controlled) context.terminal.take(job);
    this.foregroundStatus = job.status;
    if (job.state === "stopped") {
      this.enter(job);
      if (context.interactive) context.tell(`\n${this.describe(job, false)}`);
      job.notified = true;
      context.interrupt(true);
      return;
    }
    if (job.controlled && context.interactive && endedBy(job.status) === SIGINT) {
      context.tell("\n");
      context.interrupt(false);
      return;
    }
    const failed = this.reported(job);
    if (failed === undefined) return;
    if (context.interactive) context.tell(`${stateText(failed.status, failed.state)}\n`);
    else context.report(signalledLine(failed, job.text));
  }

  background(job: Job): void {
    if (job.processes.length === 0) return;
    this.enter(job);
    if (this.context.interactive && job.lastPid !== 0) this.context.tell(`[${job.number}] ${job.lastPid}\n`);
  }

  get hasNotices(): boolean {
    return this.jobs.some((job) => job.state !== "running" && !job.notified);
  }

  /** Tells the user what has become of jobs, and forgets those that have ended; before a prompt, or at once (`set -b`). */
  notify(): void {
    this.reap();
    for (const job of [...this.jobs]) {
      if (job.state === "running" || job.notified) continue;
      if (this.context.interactive) this.context.tell(this.describe(job, false));
      job.notified = true;
      if (job.state === "done") this.finish(job);
    }
  }

  /** In a script, only what has ended in a way that nobody asked for is worth a line. */
  private reportBackground(job: Job): void {
    const failed = this.reported(job);
    if (failed !== undefined && !this.context.interactive) this.context.report(signalledLine(failed, job.text));
  }

  /** The process of a job whose end is worth a line. */
  private reported(job: Job): Process | undefined {
    const terse = this.context.posix && !this.context.interactive;
    return job.processes.find(({ status }) => isReported(endedBy(status), terse));
  }

  /** Sends SIGHUP to every job that has not been kept from it, as a shell does that loses its terminal. */
  hangUp(): void {
    for (const job of this.jobs) {
      if (job.state === "done" || job.keptFromHangup) continue;
      this.signal(job, SIGHUP);
      if (job.state === "stopped") this.signal(job, SIGCONT);
    }
  }

  private enter(job: Job): void {
    job.recency = ++this.latest;
    if (job.number !== 0) return;
    job.number = (this.jobs.at(-1)?.number ?? 0) + 1;
    this.jobs.push(job);
    if (this.jobs.length > REMEMBERED) {
      const oldest = this.jobs.findIndex(({ state }) => state === "done");
      if (oldest >= 0) this.jobs.splice(oldest, 1);
    }
  }

  /** The wait status of the foreground job that has ended since this was asked last, or `null`. */
  takeForegroundStatus(): number | null {
    const status = this.foregroundStatus;
    this.foregroundStatus = null;
    return status;
  }

  // -------------------------------------------------------------------------------------------------------------
  // For `wait`, `jobs` and their kin

  all(): readonly Job[] {
    return this.jobs;
  }

  finish(job: Job): void {
    for (const jobs of [this.jobs, this.substitutions]) {
      const index = jobs.indexOf(job);
      if (index >= 0) jobs.splice(index, 1);
    }
  }

  /** The job with a process `pid`. */
  byPid(pid: number): Job | undefined {
    const has = (job: Job) => job.processes.some((process) => process.pid === pid);
    return this.jobs.find(has) ?? this.substitutions.findLast(has);
  }

  find(specification: string): Job | "none" | "ambiguous" {
    return findJob(this.jobs, specification, this.ranked());
  }

  /** The jobs that can be the current one: stopped ones first, then the most recent (XBD 3.95). */
  private ranked(): Job[] {
    const rank = ({ state }: Job) => (state === "stopped" ? 2 : state === "running" ? 1 : 0);
    return [...this.jobs].sort((a, b) => rank(b) - rank(a) || b.recency - a.recency);
  }

  mark(job: Job): string {
    const [current, previous] = this.ranked();
    return job === current ? "+" : job === previous ? "-" : " ";
  }

  describe(job: Job, long: boolean): string {
    return long ? longJobLine(job, this.mark(job)) : jobLine(job, this.mark(job));
  }

  // -------------------------------------------------------------------------------------------------------------
  // Stopping and going on

  resumeForeground(job: Job): number {
    job.foreground = true;
    this.context.terminal.lend(job);
    this.continue(job);
    const status = this.waitForeground(job).at(-1) ?? 0;
    if (job.state === "done") this.finish(job);
    return status;
  }

  resumeBackground(job: Job): void {
    job.foreground = false;
    this.continue(job);
  }

  private continue(job: Job): void {
    for (const process of job.processes) {
      if (process.state === "stopped") process.state = "running";
    }
    job.recency = ++this.latest;
    this.signal(job, SIGCONT);
  }

  signal(job: Job, signal: number): number {
    if (job.group !== 0) return this.system.kill(-job.group, signal);
    let result = 0;
    for (const { pid, state } of job.processes) {
      if (state === "done" || pid === 0) continue;
      const sent = this.system.kill(pid, signal);
      if (sent < 0) result = sent;
    }
    return result;
  }

  /** Waits until `ended` says so. Returns false if a trapped signal came first (XCU wait). */
  waitUntil(ended: () => boolean): boolean {
    for (;;) {
      const interrupted = this.context.takeSignals();
      this.reap();
      if (ended()) return true;
      if (interrupted) return false;
      const request = { descriptor: this.system.signalDescriptor, events: POLLIN, returned: 0 };
      this.context.poll([request], -1);
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // Subshells

  enterSubshell(): void {
    this.hidden.push({ jobs: this.jobs, controlled: this.controlled });
    this.jobs = [];
    // What a subshell starts belongs to the subshell's own job.
    this.controlled = false;
  }

  leaveSubshell(): void {
    const { jobs, controlled } = this.hidden.pop()!;
    this.jobs = jobs;
    this.controlled = controlled;
  }

  becomeSubshell(): void {
    // The processes are children of the parent.
    this.processes.clear();
    this.substitutions.length = 0;
    this.hidden.length = 0;
    this.hidden.push({ jobs: [], controlled: false });
    this.jobs = [];
    this.context.terminal.forget();
  }
}

/** The signal that ended a process; 0 if none did. */
function endedBy(status: number): number {
  const state = processState(status);
  return state.kind === "signalled" ? state.signal : 0;
}

/** What the kernel sends to a program that has gone wrong. */
const CRASHES = [SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS];

/**
 * Whether the end of a process by a signal (0: by itself) is worth a line: not for the signals by which people end programs.
 *
 * @param terse only crashes are: a script in POSIX mode speaks of nothing else
 */
function isReported(signal: number, terse: boolean): boolean {
  if (terse) return CRASHES.includes(signal);
  return signal !== 0 && signal !== SIGINT && signal !== SIGPIPE && signal !== SIGTERM;
}
