/**
 * Subshells (XCU 2.13): virtual ones, which run in the shell's own process and are taken back, and real ones.
 *
 * A body runs virtually until something in it could be told apart from a process of its own; then the shell forks
 * *there*, in the middle. The child goes on where it is, as the subshell that it now really is. The parent returns
 * from everything that the body called, takes the body's changes back, and waits for the child as for any other process.
 */

import { POLLIN } from "../system/constants.ts";
import { strerror } from "../system/errno.ts";
import type { Ends } from "./compiler.ts";
import { enterEnds } from "./redirection.ts";
import type { JobHandle, OutputCapture, Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, NO_PROCESS } from "./status.ts";
import { Stack } from "./stack.ts";
import type { SubshellState } from "./subshell_state.ts";

interface Frame {
  /** The job that a process for this subshell belongs to; `null` if it is to be a foreground job of its own. */
  job: JobHandle | null;
  readonly text: () => string;
  /** Whether the body is more than one command, so that it goes on after a program in it. */
  readonly several: boolean;
  /** Whether this process is the subshell: the body's end is the process's end. */
  real: boolean;
  /** Whether it is a command substitution. */
  substitution: boolean;
  /** The message that it should have become a process, and none could be had; `null` if it is not so. */
  failure: string | null;
}

export class Subshells {
  private readonly frames = new Stack<Frame>();
  /** For each subshell how many of the states it has entered and not left: a fault may come in between. */
  private readonly entered = new Stack<number>();

  /**
   * @param states everything that a subshell has a copy of
   * @param leave ends the process of a real subshell with a status: the EXIT trap, output, and all
   * @param alwaysFork makes every subshell real from its beginning
   */
  constructor(
    private readonly shell: Shell,
    private readonly states: readonly SubshellState[],
    private readonly leave: (status: number) => never,
    readonly alwaysFork: boolean,
  ) {}

  /** Whether this process was forked for the innermost subshell. */
  get real(): boolean {
    return this.frames.top?.real ?? false;
  }

  /** Whether the innermost subshell is virtual and has more to do than one command. */
  get goesOn(): boolean {
    const frame = this.frames.top;
    return frame !== undefined && !frame.real && frame.several;
  }

  /** Whether what runs is a virtual substitution by a single command, which would have become that command. */
  get isSingleSubstitution(): boolean {
    const frame = this.frames.top;
    return frame !== undefined && frame.substitution && !frame.real && !frame.several;
  }

  /** Whether the body of a virtual subshell is running in this process. */
  get virtual(): boolean {
    const frame = this.frames.top;
    return frame !== undefined && !frame.real;
  }

  /**
   * Runs `body` as a subshell in the foreground and gives its status.
   *
   * @param text the subshell as a job's text shows it
   * @param several whether the body is more than one command
   * @param prepare changes what the subshell starts with: its descriptors, say
   */
  run(text: () => string, body: Run, several: boolean, prepare?: () => void): number {
    const frame = this.enter(null, text, several);
    prepare?.();
    let status = 0;
    if (!this.alwaysFork || this.becomeProcess()) {
      status = body();
      // What it wrote is its own affair: if nobody reads it, it is the subshell that ends.
      if (!frame.real) this.shell.streams.settle();
      status = this.confine(status);
    }
    this.exitIfReal(frame, status);
    this.frames.pop();
    const detached = this.shell.state.divert === Divert.detach;
    if (detached) this.shell.state.divert = Divert.none;
    this.leaveStates();
    if (this.reportFailure(frame)) return NO_PROCESS;
    return detached ? this.awaitProcess(frame) : status;
  }

  /** Runs `body`, and gives what it writes to standard output. Sets the status of the substitution. */
  substitute(text: () => string, body: Run, several: boolean): string {
    const { shell } = this;
    const { ends } = shell.coprocesses;
    const { output, status } = this.collect(text, body, several, () => {
      this.frames.top!.substitution = true;
      enterEnds(shell, ends);
      shell.state.traceDepth++;
      shell.state.isSubstitution = true;
      // Unlike other subshells, these do not inherit -e (bash manual 3.7.3).
      if (!shell.options.posix && !shell.options.inherit_errexit) shell.options.set("errexit", false);
    });
    // `$?` in the rest of the command is that of the substitution.
    shell.state.status = shell.state.substitutionStatus = status;
    return output;
  }

  /**
   * As {@link substitute}, for a single program, which `start` starts in a job; it returns 0, or the status that says why it did not.
   * Since that changes nothing of the shell, nothing is copied.
   */
  substituteProgram(text: () => string, start: (job: JobHandle) => number): string {
    const { state, streams, jobs } = this.shell;
    this.frames.push({ job: null, text, several: false, real: false, substitution: true, failure: null });
    this.entered.push(0);
    streams.table.begin();
    const capture = streams.beginCapture();
    const job = jobs.begin(text, true);
    let status = start(job);
    // Closes the end that programs write to, so that theirs is the last.
    streams.table.end();
    capture.drainToEnd();
    const statuses = jobs.waitForeground(job);
    status = statuses[statuses.length - 1] ?? status;
    this.finish(capture);
    this.frames.pop();
    this.entered.pop();
    state.status = state.substitutionStatus = status;
    return capture.text();
  }

  /** As {@link run}, for a body of which the standard output is wanted. */
  collect(text: () => string, body: Run, several = false, prepare?: () => void): { output: string; status: number } {
    const { shell } = this;
    let capture: OutputCapture | undefined;
    const status = this.run(text, body, several, () => {
      capture = shell.streams.beginCapture();
      prepare?.();
    });
    this.finish(capture!);
    return { output: capture!.text(), status };
  }

  /** Takes the rest: whoever still has the other end may write. An interrupt is no reason to wait for that. */
  private finish(capture: OutputCapture): void {
    const { shell } = this;
    const { captures } = shell.streams;
    while (capture.reader >= 0 && !shell.interrupted()) {
      captures.poll([{ descriptor: shell.system.signalDescriptor, events: POLLIN, returned: 0 }], -1);
    }
    captures.end(capture);
  }

  /**
   * Runs `body` as a subshell of which nothing is waited for: it starts a process in `job`, or notes in it why there is none.
   *
   * @param fork whether the body has to be a process of its own from its beginning
   */
  start(job: JobHandle, text: () => string, fork: boolean, body: () => void, prepare?: () => void): void {
    const { state, jobs } = this.shell;
    const frame = this.enter(job, text, false);
    prepare?.();
    if ((!fork && !this.alwaysFork) || this.becomeProcess()) {
      body();
      this.exitIfReal(frame, state.status);
    }
    this.frames.pop();
    const failed = state.divert !== Divert.detach && state.divert !== Divert.none;
    const status = this.confine(state.status);
    state.divert = Divert.none;
    this.leaveStates();
    const withoutProcess = this.reportFailure(frame);
    if (failed) jobs.addEnded(job, withoutProcess ? NO_PROCESS : status);
  }

  /**
   * As {@link start}, for a single program, which `start` starts. Since that changes nothing of the shell but descriptors, nothing else
   * is copied.
   */
  startProgram(job: JobHandle, text: () => string, ends: Ends, start: () => void): void {
    const { state, streams } = this.shell;
    const { inputGiven } = state;
    this.frames.push({ job, text, several: false, real: false, substitution: false, failure: null });
    this.entered.push(0);
    streams.table.begin();
    enterEnds(this.shell, ends);
    start();
    streams.table.end();
    this.frames.pop();
    this.entered.pop();
    state.inputGiven = inputGiven;
  }

  /** Tells, where the subshell's own redirections are gone, that no process could be had for it. */
  private reportFailure({ failure }: Frame): boolean {
    if (failure !== null) this.shell.report(failure);
    return failure !== null;
  }

  private enter(job: JobHandle | null, text: () => string, several: boolean): Frame {
    const frame: Frame = { job, text, several, real: false, substitution: false, failure: null };
    this.frames.push(frame);
    this.entered.push(0);
    for (let i = 0; i < this.states.length; i++) {
      this.states[i]!.enterSubshell();
      this.entered.replaceTop(i + 1);
    }
    return frame;
  }

  private leaveStates(): void {
    for (let count = this.entered.top!; count > 0; count--) {
      this.entered.replaceTop(count - 1);
      this.states[count - 1]!.leaveSubshell();
    }
    this.entered.pop();
  }

  private exitIfReal(frame: Frame, status: number): void {
    if (frame.real) this.leave(status);
  }

  /** Whatever control flow a body has under way ends with it, but for the detaching of its parent. */
  private confine(status: number): number {
    const { state } = this.shell;
    const { divert } = state;
    if (divert === Divert.none || divert === Divert.detach) return status;
    state.divert = Divert.none;
    return divert >= Divert.return ? state.status : status;
  }

  /**
   * See {@link Shell.becomeProcess}. Where no process can be had, the subshell exits. In the child, signals have been blocked up to the
   * end of this: what comes early finds the dispositions of a subshell.
   */
  becomeProcess(): boolean {
    const frame = this.frames.top;
    if (frame === undefined || frame.real) return true;
    const { shell } = this;
    shell.streams.settle();
    const piped = shell.streams.table.materializeAll();
    if (piped < 0) return this.noProcess(`cannot make pipe: ${strerror(-piped)}`);
    shell.streams.table.share();
    frame.job ??= shell.jobs.begin(frame.text, true);
    const deafTo = shell.jobs.deafTo(frame.job);
    const pid = shell.jobs.fork(frame.job);
    if (pid < 0) return this.noProcess(`fork: ${strerror(-pid)}`);
    if (pid > 0) {
      shell.state.divert = Divert.detach;
      return false;
    }
    frame.real = true;
    this.frames.keepTop();
    this.entered.keepTop();
    for (const state of this.states) state.becomeSubshell();
    shell.traps.ignoreByDefault(deafTo);
    shell.system.blockSignals(false);
    return true;
  }

  /** A fault has ended what was running: subshells around it are left; a process that was forked for one ends. */
  abandon(): void {
    if (this.frames.some((frame) => frame.real)) this.leave(FAILURE);
    this.frames.clear();
    while (this.entered.length > 0) this.leaveStates();
  }

  /** This process runs something else from now on: it is no subshell any more. */
  reset(): void {
    this.frames.clear();
    this.entered.clear();
  }

  private noProcess(message: string): boolean {
    this.frames.top!.failure = message;
    this.shell.exit(NO_PROCESS);
    return false;
  }

  private awaitProcess(frame: Frame): number {
    return this.shell.jobs.waitForeground(frame.job!).at(-1) ?? FAILURE;
  }
}
