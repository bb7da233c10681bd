/** A job: the processes of one pipeline (XBD 3.182), and what is known of them. */

import type { JobView } from "../execution/shell.ts";
import { exitStatus } from "../system/wait_status.ts";
import type { Pipe, TerminalModes } from "../system/system.ts";

export type JobState = "running" | "stopped" | "done";

export interface Process {
  /** 0 for a stage that had no process. */
  readonly pid: number;
  state: JobState;
  /** As waitpid(2) stored it, once it has ended or stopped. */
  status: number;
}

/** What a job shows of its command. */
export interface JobDescription {
  /** The command. */
  readonly text: () => string;
  /** The stages of a pipeline, if there is more than one. */
  readonly stages: readonly (() => string)[];
  /** The working directory in which it was started. */
  readonly directory: string;
}

export class Job implements JobView {
  /** Running if any process is; else stopped if any is; done when all are. */
  state: JobState = "done";
  /** Those of its stages. */
  readonly processes: Process[] = [];
  /** Those that only serve the stages: the job ends with them too, but their statuses are nobody's. */
  readonly servants: Process[] = [];
  /** The number in the job table, from 1; 0 while it is not in the table. */
  number = 0;
  /** The process group of its own, under job control; else 0. */
  group = 0;
  /** The modes in which it left the terminal when it stopped. */
  modes: TerminalModes | null = null;
  /** Whether the user knows its state: it needs no notice. */
  notified = false;
  waitedFor = false;
  /** Whether a dying shell is to leave it alone (`disown -h`). */
  keptFromHangup = false;
  /** When it became the current job: the higher, the later. */
  recency = 0;
  incomplete = false;
  /** Whether processes that are forked into it wait until all of it has been started. */
  held = false;
  /** What they wait at. */
  gate: Pipe | null = null;
  private cachedText: string | null = null;

  /** @param controlled whether it is a process group of its own */
  constructor(
    private readonly description: JobDescription,
    readonly controlled: boolean,
    public foreground: boolean,
  ) {}

  get text(): string {
    return this.cachedText ??= this.description.text();
  }

  get directory(): string {
    return this.description.directory;
  }

  /** The texts that go with {@link processes}. */
  get stageTexts(): readonly string[] {
    const { stages } = this.description;
    return stages.length === this.processes.length ? stages.map((stage) => stage()) : [this.text];
  }

  get leader(): number {
    return this.processes.find(({ pid }) => pid !== 0)?.pid ?? 0;
  }

  get lastPid(): number {
    return this.processes[this.processes.length - 1]?.pid ?? 0;
  }

  /** Draws {@link state} from those of the processes; whoever changes one of these calls it. */
  update(): void {
    let state: JobState = "done";
    const processes = this.everyProcess();
    for (let i = 0; i < processes.length && state !== "running"; i++) {
      if (processes[i]!.state !== "done") state = processes[i]!.state;
    }
    this.state = state;
  }

  everyProcess(): readonly Process[] {
    return this.servants.length === 0 ? this.processes : [...this.processes, ...this.servants];
  }

  /** The wait status of the last process; of a stopped job, that of the last one that is stopped. */
  get status(): number {
    const { processes } = this;
    if (this.state === "stopped") return processes.findLast(({ state }) => state === "stopped")?.status ?? 0;
    return processes.length === 0 ? 0 : processes[processes.length - 1]!.status;
  }

  pids(): number[] {
    return this.everyProcess().map(({ pid }) => pid).filter((pid) => pid !== 0);
  }

  processState(pid: number): JobState {
    return this.processes.find((process) => process.pid === pid)?.state ?? "done";
  }

  processStatus(pid: number): number {
    return exitStatus(this.processes.find((process) => process.pid === pid)?.status ?? 0);
  }

  /** Whether all its processes have ended, and its stages with status 0. */
  get succeeded(): boolean {
    if (this.state !== "done") return false;
    for (const { status } of this.processes) if (status !== 0) return false;
    return true;
  }

  /** The statuses of its stages, as `$?` would have them. */
  statuses(): number[] {
    return this.processes.map(({ status }) => exitStatus(status));
  }
}
