/**
 * The terminal as a loan (XBD 11.1): the shell gives it to a foreground job, and takes it back, with its own modes, when the
 * job has ended or stopped.
 */

import { O_RDWR, TCSADRAIN } from "../system/constants.ts";
import { SIGTTIN } from "../system/signal_numbers.ts";
import type { Files, Processes, Signals, TerminalModes, Terminals } from "../system/system.ts";
import { processState } from "../system/wait_status.ts";
import type { Job } from "./job.ts";

type TerminalSystem =
  & Terminals
  & Pick<Files, "open">
  & Pick<Processes, "getpid" | "getpgid" | "setpgid" | "kill">
  & Pick<Signals, "setDisposition">;

export class TerminalOwner {
  /** The terminal's descriptor, or -1 without one. */
  descriptor = -1;
  /** The shell's own process group. */
  private group = 0;
  /** The group that had the terminal before the shell; 0 if it was the shell's own. */
  private before = 0;
  /** The modes in which the shell wants it. */
  private modes: TerminalModes | null = null;

  /** @param keep takes a descriptor that must not get into programs or subshells */
  constructor(private readonly system: TerminalSystem, private readonly keep: (descriptor: number) => void) {}

  /**
   * Makes the terminal the shell's, for job control in an interactive shell: in the background it waits for its turn, and then
   * it becomes a process group of its own in the foreground. Returns 0 or `-errno`.
   */
  acquire(): number {
    const { system } = this;
    const descriptor = this.open();
    if (descriptor < 0) return descriptor;
    for (;;) {
      const foreground = system.tcgetpgrp(descriptor);
      if (foreground < 0) {
        this.descriptor = -1;
        return foreground;
      }
      this.group = system.getpgid(0);
      if (foreground === this.group) break;
      // Stops until somebody brings the shell into the foreground.
      system.setDisposition(SIGTTIN, "default");
      system.kill(0, SIGTTIN);
    }
    const pid = system.getpid();
    if (this.group !== pid && system.setpgid(0, 0) === 0) {
      this.before = this.group;
      this.group = pid;
      system.tcsetpgrp(descriptor, pid);
    }
    this.remember();
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

  private open(): number {
    const { system } = this;
    if (this.descriptor >= 0) return this.descriptor;
    const descriptor = system.open("/dev/tty", O_RDWR, 0);
    if (descriptor < 0) return descriptor;
    this.keep(descriptor);
    return this.descriptor = descriptor;
  }

  /** Gives the terminal back to whoever had it before the shell. */
  surrender(): void {
    if (this.before !== 0) this.give(this.before);
  }

  /** In a forked subshell: the terminal is the parent's affair. */
  forget(): void {
    this.descriptor = -1;
  }

  /** Keeps the present modes as those that the shell wants. */
  remember(): void {
    const modes = this.system.tcgetattr(this.descriptor);
    this.modes = typeof modes === "number" ? null : modes;
  }

  /** Makes `group` the foreground process group. */
  give(group: number): void {
    if (this.descriptor >= 0) this.system.tcsetpgrp(this.descriptor, group);
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
    else if (this.modes !== null) this.system.tcsetattr(this.descriptor, TCSADRAIN, this.modes);
  }
}
