/**
 * The terminal as a loan (XBD 11.1): the shell gives it to a foreground job, and takes it back, with its own modes, when the
 * job has ended or stopped.
 */

import { O_RDWR, TCSADRAIN } from "../system/constants.ts";
import { EIO, strerror } from "../system/errno.ts";
import { SIGSTOP, SIGTTIN } from "../system/signal_numbers.ts";
import type { Descriptors, Files, Processes, Signals, TerminalModes, Terminals } from "../system/system.ts";
import { processState } from "../system/wait_status.ts";
import type { Job } from "./job.ts";

type TerminalSystem =
  & Terminals
  & Pick<Files, "open">
  & Pick<Descriptors, "duplicate">
  & Pick<Processes, "getpid" | "getpgid" | "setpgid" | "kill">
  & Pick<Signals, "setDisposition">;

/** How often a shell that is in the background asks to be brought to the foreground; an orphan would ask for ever. */
const REQUESTS = 100;

const STANDARD_ERROR = 2;

export interface TerminalContext {
  /** Takes a descriptor that must not get into programs or subshells. */
  keep(descriptor: number): void;
  report(message: string): void;
}

export class TerminalOwner {
  /** The terminal's descriptor, or -1 without one. */
  descriptor = -1;
  /** The shell's own process group. */
  private group = 0;
  /** The group that had the terminal before the shell; 0 if it was the shell's own. */
  private before = 0;
  /** The modes in which the shell wants it. */
  private modes: TerminalModes | null = null;

  constructor(private readonly system: TerminalSystem, private readonly context: TerminalContext) {}

  /**
   * Makes the terminal the shell's, for job control in an interactive shell: in the background it waits for its turn, and then
   * it becomes a process group of its own in the foreground. Returns 0 or `-errno`.
   */
  acquire(): number {
    const descriptor = this.open();
    if (descriptor < 0) return descriptor;
    const result = this.enterForeground(descriptor);
    if (result < 0) this.descriptor = -1;
    else this.remember();
    return result;
  }

  private enterForeground(descriptor: number): number {
    const { system } = this;
    for (let requests = 0;; requests++) {
      const foreground = system.tcgetpgrp(descriptor);
      if (foreground < 0) return foreground;
      this.group = system.getpgid(0);
      if (foreground === this.group) break;
      if (requests === REQUESTS) return -EIO;
      // Stops until somebody brings the shell into the foreground.
      system.setDisposition(SIGTTIN, "default");
      system.kill(0, SIGTTIN);
    }
    const pid = system.getpid();
    if (this.group === pid) return 0;
    const before = this.group;
    const grouped = system.setpgid(0, 0);
    if (grouped < 0) return grouped;
    const given = system.tcsetpgrp(descriptor, pid);
    if (given < 0) {
      system.setpgid(0, before);
      return given;
    }
    this.before = before;
    this.group = pid;
    return 0;
  }

  /** For job control in a script: it lends the terminal if it is in the foreground now. */
  borrow(): void {
    const descriptor = this.open();
    if (descriptor < 0) return;
    this.group = this.system.getpgid(0);
    if (this.system.tcgetpgrp(descriptor) === this.group) this.remember();
    else this.descriptor = -1;
  }

  /** Opens the controlling terminal; where that has no name, standard error may lead to it. */
  private open(): number {
    const { system } = this;
    if (this.descriptor >= 0) return this.descriptor;
    let descriptor = system.open("/dev/tty", O_RDWR, 0);
    if (descriptor < 0 && system.isatty(STANDARD_ERROR)) descriptor = system.duplicate(STANDARD_ERROR, 3);
    if (descriptor < 0) return descriptor;
    this.context.keep(descriptor);
    return this.descriptor = descriptor;
  }

  /** Gives the terminal back to whoever had it before the shell, and the shell to its former group. */
  surrender(): void {
    if (this.descriptor < 0 || this.before === 0) return;
    const { system, before } = this;
    if (system.tcgetpgrp(this.descriptor) === this.group) system.tcsetpgrp(this.descriptor, before);
    if (system.setpgid(0, before) === 0) this.group = before;
    this.before = 0;
  }

  /** Stops the shell, until somebody lets it go on, and in the foreground. Returns 0 or `-errno`. */
  suspend(): number {
    this.surrender();
    const stopped = this.system.kill(0, SIGSTOP);
    return stopped < 0 ? stopped : this.acquire();
  }

  /** In a forked subshell: the terminal is the parent's affair. */
  forget(): void {
    this.descriptor = -1;
  }

  /** Keeps the present modes as those that the shell wants. */
  private remember(): void {
    const modes = this.system.tcgetattr(this.descriptor);
    if (typeof modes !== "number") this.modes = modes;
  }

  /** Puts the terminal into the modes in which the shell wants it. */
  restore(): void {
    if (this.descriptor >= 0 && this.modes !== null) this.system.tcsetattr(this.descriptor, TCSADRAIN, this.modes);
  }

  /** Makes `group` the foreground process group. */
  give(group: number): void {
    if (this.descriptor < 0) return;
    const result = this.system.tcsetpgrp(this.descriptor, group);
    // A group that has come to its end by now does not need it.
    if (result < 0 && this.system.kill(-group, 0) === 0) {
      this.context.report(`cannot give the terminal to process group ${group}: ${strerror(-result)}`);
    }
  }

  /** Gives the terminal to a job that goes on, in the modes in which it left it. */
  lend(job: Job): void {
    if (this.descriptor < 0) return;
    if (job.modes !== null) this.system.tcsetattr(this.descriptor, TCSADRAIN, job.modes);
    this.give(job.group);
  }

  /** Takes the terminal back from `job`. What a program that ended by itself did to the modes stays, as `stty` means it. */
  take(job: Job): void {
    if (this.descriptor < 0) return;
    this.give(this.group);
    if (job.state === "stopped") {
      const modes = this.system.tcgetattr(this.descriptor);
      job.modes = typeof modes === "number" ? null : modes;
    }
    if (job.state === "done" && processState(job.status).kind === "exited") this.remember();
    else this.restore();
  }
}
