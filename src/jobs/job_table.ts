/**
 * Jobs (XCU 2.11; bash manual 7): starting their processes, waiting for them, and knowing their states.
 *
 * What comes in are programs to start and changes that waitpid(2) tells; what goes out are statuses and notices.
 * `children.ts` knows the processes, and is the only place where a process's state changes; `job_list.ts` has the jobs
 * that the user may know of, `terminal.ts` the ownership of the terminal, `reporter.ts` what the user is told. The room
 * runs no commands and expands nothing.
 */

import type { Jobs, Program } from "../execution/shell.ts";
import { POLLIN } from "../system/constants.ts";
import { SIGCONT, SIGINT, SIGQUIT, SIGTSTP } from "../system/signal_numbers.ts";
import type { PollRequest, SpawnPlan, System } from "../system/system.ts";
import { CONTINUED, processOfRun, statusOfRun } from "../system/wait_status.ts";
import { Children } from "./children.ts";
import { Job, type Process } from "./job.ts";
import { JobList } from "./job_list.ts";
import { JobSignals } from "./job_signals.ts";
import { Reporter, type ReporterContext } from "./reporter.ts";
import { Starter, type StarterContext } from "./starter.ts";
import { Stack } from "../execution/stack.ts";

/** What the table is told by the rooms around it. */
export interface JobsContext extends StarterContext, ReporterContext {
  /** poll(2) that reads the captures of substitutions meanwhile. */
  poll(requests: PollRequest[], timeout: number): number;
  /** Whether more is waited for than children: the data of captures, or the end of a child for its trap. */
  readonly waitsForMore: boolean;
  /** Takes signals that have come, and ends the shell if one of them asks for that; true if one is to end a `wait`. */
  takeSignals(): boolean;
  /** Runs the trap for the end of children, if there is one, once for each that has ended. */
  runChildTrap(): void;
  /** The terminal, which a job may have had resized, is the shell's again. */
  terminalTaken(): void;
  /** Whether notices come at once (`set -b`). */
  readonly notifyAtOnce: boolean;
}

/** How many jobs are kept of which nobody has asked what has become of them. */
const KEPT = 1024;

/** What a subshell that has no background jobs of its own shows. */
const NO_JOBS = new JobList();

/** A shell environment's part of the table. */
interface Environment {
  /** Its own jobs. */
  readonly list: JobList;
  /** The jobs of the environment around, which `jobs` shows until there are own ones. */
  readonly outer: JobList | null;
  readonly controlled: boolean;
}

export class JobTable implements Jobs {
  private list = new JobList();
  private outer: JobList | null = null;
  private readonly hidden = new Stack<Environment>();
  /** The latest process substitutions, for `wait`. */
  private readonly substitutions: Job[] = [];
  /** The foreground jobs that are being waited for, the innermost last. */
  private readonly waitedFor = new Stack<Job>();
  /** Job control (`set -m`). */
  controlled = false;
  /** The wait status of the foreground job that ended last, until somebody asks. */
  private foregroundStatus: number | null = null;

  /** Every process that has not been waited for, of this and of all environments around. */
  private readonly children: Children;
  private readonly starter: Starter;
  private readonly signals: JobSignals;
  private readonly reporter: Reporter;

  constructor(private readonly system: System, private readonly context: JobsContext) {
    this.signals = new JobSignals(system);
    this.reporter = new Reporter(context);
    this.children = new Children(system, () => this.controlled, (job) => this.changed(job));
    this.starter = new Starter(system, context, () => this.reap());
  }

  begin(text: () => string, foreground: boolean, stages: readonly (() => string)[] = []): Job {
    return new Job({ text, stages, directory: this.context.directory }, this.controlled, foreground);
  }

  beginSubstitution(text: () => string): Job {
    const job = new Job({ text, stages: [], directory: this.context.directory }, false, false);
    this.substitutions.push(job);
    if (this.substitutions.length > KEPT) this.substitutions.shift();
    return job;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Starting

  spawn(job: Job, program: Program): number {
    const pid = this.starter.spawn(job, program, this.deafTo(job));
    if (pid > 0) this.add(job, pid, program.utility?.serves ? job.servants : job.processes);
    return pid;
  }

  get runsAtOnce(): boolean {
    const { context } = this;
    return !this.controlled && !context.waitsForMore && !context.notifyAtOnce &&
      (this.hidden.length === 0 || !this.isWithinControlled());
  }

  run(plan: SpawnPlan, text: () => string): number | Job {
    const result = this.system.run(plan);
    if (result < 0) return result;
    const status = statusOfRun(result);
    if ((status & 0xff) === 0) {
      this.foregroundStatus = status;
      this.children.noteEnd();
      return status >> 8;
    }
    // A signal has come: to the program, which has ended of it, or to the shell.
    const job = this.begin(text, true);
    const pid = processOfRun(result);
    this.add(job, pid, job.processes);
    this.children.change({ pid, status });
    return job;
  }

  fork(job: Job): number {
    const pid = this.starter.fork(job);
    if (pid > 0) this.add(job, pid, job.processes);
    return pid;
  }

  hold(job: Job, more: boolean): void {
    // A process group can be ended with all that is in it.
    job.held = more && !job.controlled;
  }

  letGo(job: Job): void {
    this.starter.letGo(job);
  }

  private add(job: Job, pid: number, processes: Process[]): void {
    const process: Process = { pid, state: "running", status: 0 };
    if (job.controlled && job.group === 0) job.group = pid;
    processes.push(process);
    job.update();
    this.children.add(job, process);
  }

  addEnded(job: Job, status: number): void {
    job.processes.push({ pid: 0, state: "done", status: status << 8 });
  }

  insertOwn(job: Job, index: number, status: number): void {
    job.processes.splice(index, 0, { pid: this.system.getpid(), state: "done", status: status << 8 });
  }

  isDeaf(job: Job): boolean {
    return !job.controlled && !job.foreground;
  }

  deafTo(job: Job): readonly number[] {
    // Without job control, an asynchronous list ignores the signals of the keyboard (XCU 2.12).
    if (this.isDeaf(job)) return DEAF;
    // A substitution is in the shell's own group. If Ctrl-Z stopped it, nobody could let it go on.
    return !job.controlled && this.isWithinControlled() ? UNSTOPPABLE : NOTHING;
  }

  /** Whether this is a subshell of a shell with job control. */
  private isWithinControlled(): boolean {
    return this.hidden.some(({ controlled }) => controlled);
  }

  abandon(job: Job): void {
    job.incomplete = true;
    this.signals.abandon(job);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Waiting

  waitForeground(job: Job): readonly number[] {
    const { context, children } = this;
    this.waitedFor.push(job);
    while (job.state === "running") {
      if (context.waitsForMore) {
        if (!children.attend(job)) this.awaitSignal();
      } else if (children.wait(job)) context.takeSignals();
    }
    this.waitedFor.pop();
    this.afterForeground(job);
    return job.statuses();
  }

  /** Waits for a signal, that of a child among others. Captures of substitutions are read meanwhile. */
  private awaitSignal(): boolean {
    const request = { descriptor: this.system.signalDescriptor, events: POLLIN, returned: 0 };
    this.context.poll([request], -1);
    return this.context.takeSignals();
  }

  reap(): void {
    this.children.reap();
  }

  /** The state of a job has changed. */
  private changed(job: Job): void {
    job.notified = false;
    if (job.number === 0) return;
    if (job.state === "stopped") this.list.touch(job);
    if (job.state === "done" && !job.foreground && !this.context.interactive) this.reporter.ended(job);
  }

  /** What remains to be done when a foreground job has ended or stopped. */
  private afterForeground(job: Job): void {
    const { context } = this;
    if (job.controlled) {
      context.terminal.take(job);
      context.terminalTaken();
    }
    this.foregroundStatus = job.status;
    if (job.state === "stopped") {
      this.enter(job);
      this.reporter.stopped(job, this.mark(job));
    } else if (!job.succeeded) this.reporter.failed(job);
    if (context.notifyAtOnce) this.notify();
  }

  background(job: Job): void {
    if (job.processes.length === 0) return;
    this.enter(job);
    if (this.context.interactive && job.lastPid !== 0) this.context.tell(`[${job.number}] ${job.lastPid}\n`);
  }

  private enter(job: Job): void {
    if (this.list === NO_JOBS) this.list = new JobList();
    this.list.add(job);
    if (job.state === "stopped") this.list.touch(job);
    else this.list.rank();
    if (this.list.all.length <= KEPT) return;
    const oldest = this.list.all.find(({ state }) => state === "done");
    if (oldest !== undefined) this.list.remove(oldest);
  }

  takeEndedChildren(): number {
    return this.children.takeEnded();
  }

  takeForegroundStatus(): number | null {
    const status = this.foregroundStatus;
    this.foregroundStatus = null;
    return status;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Notices

  get hasNotices(): boolean {
    return this.list.all.some(needsNotice);
  }

  tellsOf(job: Job): boolean {
    return this.context.interactive && job.controlled && needsNotice(job);
  }

  notify(): void {
    this.reap();
    if (!this.context.interactive) return;
    for (const job of this.list.all.filter(needsNotice)) {
      if (job.controlled) this.reporter.notify(job, this.mark(job));
      job.notified = true;
      if (job.state === "done") this.list.remove(job);
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // For `wait`, `jobs` and their kin

  /** The jobs to show: in a subshell, those of the shell around until there are own ones. */
  private get shown(): JobList {
    return this.list === NO_JOBS && this.outer !== null ? this.outer : this.list;
  }

  all(): readonly Job[] {
    return this.shown.all;
  }

  own(): readonly Job[] {
    return this.list.all;
  }

  finish(job: Job): void {
    this.list.remove(job);
    const index = this.substitutions.indexOf(job);
    if (index >= 0) this.substitutions.splice(index, 1);
  }

  byPid(pid: number): Job | undefined {
    const has = (job: Job) => job.processes.some((process) => process.pid === pid);
    return this.list.byPid(pid) ?? this.substitutions.findLast(has);
  }

  recall(pid: number): number | undefined {
    return this.list.recall(pid);
  }

  forget(pid?: number): void {
    this.list.forget(pid);
  }

  find(specification: string): Job | "none" | "ambiguous" {
    return this.shown.find(specification);
  }

  mark(job: Job): string {
    return this.shown.mark(job);
  }

  describe(job: Job, long: boolean): string {
    return this.reporter.describe(job, this.mark(job), long);
  }

  shortened(directory: string): string {
    return this.reporter.shortened(directory);
  }

  /** Waits until `ended` says so. Returns false if a trapped signal came first (XCU wait). */
  waitUntil(ended: () => boolean): boolean {
    const interrupted = this.context.takeSignals();
    // Where nothing else is waited for, the wait itself begins with the children that have changed by now.
    if (interrupted || this.context.waitsForMore) this.reap();
    while (!ended()) {
      if (interrupted || this.awaitChange()) return false;
      if (this.context.notifyAtOnce) this.notify();
    }
    return true;
  }

  /**
   * Waits until children have changed, and takes note of that, or until a signal comes. Returns whether one has come that ends a `wait`;
   * whoever sent it may have ended right after that: the signal still counts, for it came first.
   */
  private awaitChange(): boolean {
    const { context, children } = this;
    if (!context.waitsForMore && children.exist) {
      children.wait();
      return context.takeSignals();
    }
    if (this.awaitSignal()) return true;
    context.runChildTrap();
    this.reap();
    return false;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Stopping and going on

  resumeForeground(job: Job): number {
    job.foreground = true;
    this.list.touch(job);
    this.context.terminal.lend(job);
    this.continue(job);
    const status = this.waitForeground(job).at(-1) ?? 0;
    if (job.state === "done") {
      // It is no background job any more, and nobody may wait for it (XCU fg).
      this.list.remove(job);
      for (const pid of job.pids()) this.list.forget(pid);
    }
    return status;
  }

  resumeBackground(job: Job): void {
    job.foreground = false;
    this.continue(job);
    this.list.rank();
  }

  private continue(job: Job): void {
    for (const { pid, state } of job.everyProcess()) {
      if (state === "stopped") this.children.change({ pid, status: CONTINUED });
    }
    job.notified = false;
    this.signals.send(job, SIGCONT);
  }

  kill(job: Job, signal: number): number {
    return this.signals.kill(job, signal);
  }

  hangUp(): void {
    this.signals.hangUp([...this.waitedFor.all(), ...this.list.all]);
  }

  leave(): void {
    this.signals.endStopped(this.list.all);
    this.context.terminal.surrender();
  }

  suspend(): number {
    return this.context.terminal.suspend();
  }

  restoreTerminal(): void {
    this.context.terminal.restore();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Subshells

  enterSubshell(): void {
    const { list, outer, controlled } = this;
    this.hidden.push({ list, outer, controlled });
    this.outer = this.shown;
    this.list = NO_JOBS;
    // What a subshell starts belongs to the subshell's own job.
    this.controlled = false;
  }

  leaveSubshell(): void {
    ({ list: this.list, outer: this.outer, controlled: this.controlled } = this.hidden.pop());
  }

  becomeSubshell(): void {
    this.children.disown();
    this.waitedFor.clear();
    this.substitutions.length = 0;
    this.hidden.clear();
    this.hidden.push({ list: NO_JOBS, outer: null, controlled: false });
    this.context.terminal.forget();
  }
}

const DEAF: readonly number[] = [SIGINT, SIGQUIT];
const UNSTOPPABLE: readonly number[] = [SIGTSTP];
const NOTHING: readonly number[] = [];

function needsNotice(job: Job): boolean {
  return !job.notified && job.state !== "running";
}
