/** A job: the processes of one pipeline (XBD 3.182), and what is known of them. */

import type { JobView } from "../execution/shell.ts";
import { processState } from "../system/wait_status.ts";
import type { TerminalModes } from "../system/system.ts";

export type JobState = "running" | "stopped" | "done";

export interface Process {
  /** 0 for a stage that had no process. */
  readonly pid: number;
  state: JobState;
  /** As waitpid(2) stored it, once it has ended or stopped. */
  status: number;
}

export class Job implements JobView {
  readonly processes: Process[] = [];
  /** The number in the job table, from 1; 0 while it is not in the table. */
  number = 0;
  /** The process group of its own, under job control; else 0. */
  group = 0;
  /** The modes in which it left the terminal when it stopped. */
  modes: TerminalModes | null = null;
  /** Whether the user knows its state: it needs no notice. */
  notified = false;
  /** Whether a dying shell is to leave it alone (`disown -h`). */
  keptFromHangup = false;
  /** When it became the current job: the higher, the later. */
  recency = 0;
  private cachedText: string | null = null;

  /**
   * @param describe gives the command as messages show it
   * @param controlled whether it is a process group of its own
   */
  constructor(
    private readonly describe: () => string,
    readonly controlled: boolean,
    public foreground: boolean,
  ) {}

  get text(): string {
    return this.cachedText ??= this.describe();
  }

  get leader(): number {
    return this.processes.find(({ pid }) => pid !== 0)?.pid ?? 0;
  }

  get lastPid(): number {
    return this.processes.at(-1)?.pid ?? 0;
  }

  /** Stopped if any process is and none runs; done when all are. */
  get state(): JobState {
    let state: JobState = "done";
    for (const process of this.processes) {
      if (process.state === "running") return "running";
      if (process.state === "stopped") state = "stopped";
    }
    return state;
  }

  /** The wait status of the last process. */
  get status(): number {
    return this.processes.at(-1)?.status ?? 0;
  }

  processState(pid: number): JobState {
    return this.processes.find((process) => process.pid === pid)?.state ?? "done";
  }

  processStatus(pid: number): number {
    return statusNumber(this.processes.find((process) => process.pid === pid)?.status ?? 0);
  }

  /** The statuses of its stages, as `$?` would have them. */
  statuses(): number[] {
    return this.processes.map(({ status }) => statusNumber(status));
  }
}

/** `$?` for a wait status (XCU 2.8.2); also a stopped process has one. */
export function statusNumber(status: number): number {
  const state = processState(status);
  return state.kind === "exited" ? state.status : state.kind === "continued" ? 0 : 128 + state.signal;
}
