/**
 * The jobs of a shell environment that the user may know of, with their numbers, the current and the previous one among them
 * (XBD 3.95, 3.299), and the exit statuses of processes whose jobs have left the list (XCU 2.9.3.1).
 */

import { exitStatus } from "../system/wait_status.ts";
import type { Job } from "./job.ts";

/** For how many processes the status is remembered after their jobs have left the list: at least CHILD_MAX. */
const REMEMBERED = 4096;

export class JobList {
  private readonly listed: Job[] = [];
  private readonly byProcess = new Map<number, Job>();
  /** Exit statuses by process id, the oldest first. */
  private readonly remembered = new Map<number, number>();
  private current: Job | null = null;
  private previous: Job | null = null;
  private latest = 0;

  /** By number. */
  get all(): readonly Job[] {
    return this.listed;
  }

  /** Puts a job into the list, if it isn't there, with the next free number. */
  add(job: Job): void {
    if (job.number !== 0) return;
    job.number = (this.listed.at(-1)?.number ?? 0) + 1;
    this.listed.push(job);
    for (const { pid } of job.processes) {
      if (pid === 0) continue;
      this.byProcess.set(pid, job);
      this.remembered.delete(pid);
    }
  }

  /** Takes a job out of the list. The statuses of its processes are remembered. */
  remove(job: Job): void {
    const index = this.listed.indexOf(job);
    if (index < 0) return;
    this.listed.splice(index, 1);
    for (const { pid, state, status } of job.processes) {
      if (this.byProcess.get(pid) !== job) continue;
      this.byProcess.delete(pid);
      if (state === "done") this.remember(pid, exitStatus(status));
    }
    if (job === this.current || job === this.previous) this.rank();
  }

  /** The status of a process that has ended and whose job is not in the list. */
  recall(pid: number): number | undefined {
    return this.remembered.get(pid);
  }

  /** Forgets the status of a process, or of all. */
  forget(pid?: number): void {
    if (pid === undefined) this.remembered.clear();
    else this.remembered.delete(pid);
  }

  private remember(pid: number, status: number): void {
    this.remembered.delete(pid);
    this.remembered.set(pid, status);
    if (this.remembered.size <= REMEMBERED) return;
    for (const oldest of this.remembered.keys()) {
      this.remembered.delete(oldest);
      break;
    }
  }

  byPid(pid: number): Job | undefined {
    return this.byProcess.get(pid);
  }

  // -------------------------------------------------------------------------------------------------------------
  // The current job

  /** Notes that a job has stopped, or has been brought to the foreground. */
  touch(job: Job): void {
    job.recency = ++this.latest;
    this.rank();
  }

  /** `+` for the current job, `-` for the previous one, else a space. */
  mark(job: Job): string {
    return job === this.current ? "+" : job === this.previous ? "-" : " ";
  }

  /**
   * Chooses the current and the previous job: stopped jobs come before running ones, these before those that have ended; of stopped
   * ones the one that stopped last, of others the one started last.
   */
  rank(): void {
    let first: Job | null = null;
    let second: Job | null = null;
    for (const job of this.listed) {
      if (first === null || precedes(job, first)) [first, second] = [job, first];
      else if (second === null || precedes(job, second)) second = job;
    }
    this.current = first;
    this.previous = second;
  }

  /**
   * The job that a specification names (XBD 3.182, job ID; bash manual 7.1): `%n`, `%%`, `%+`, `%-`, `%string`, `%?string`, the
   * percent sign left out or not.
   */
  find(specification: string): Job | "none" | "ambiguous" {
    const text = specification.startsWith("%") ? specification.slice(1) : specification;
    if (text === "" || text === "%" || text === "+") return this.current ?? "none";
    if (text === "-") return this.previous ?? this.current ?? "none";
    if (/^\d+$/.test(text)) return this.listed.find(({ number }) => number === Number(text)) ?? "none";
    const matching = text.startsWith("?")
      ? this.listed.filter((job) => job.text.includes(text.slice(1)))
      : this.listed.filter((job) => job.text.startsWith(text));
    return matching.length > 1 ? "ambiguous" : matching[0] ?? "none";
  }
}

const PRECEDENCE = { stopped: 2, running: 1, done: 0 } as const;

function precedes(one: Job, other: Job): boolean {
  const difference = PRECEDENCE[one.state] - PRECEDENCE[other.state];
  if (difference !== 0) return difference > 0;
  return one.state === "stopped" ? one.recency > other.recency : one.number > other.number;
}
