/** The lines in which the shell speaks of jobs, in bash's format. */

import { processState } from "../system/wait_status.ts";
import { signalText } from "../system/signal_numbers.ts";
import type { Job, Process } from "./job.ts";

/** The width of the state's column. */
const STATE_WIDTH = 24;

/** What a job's or a process's state is called. */
export function stateText(status: number, state: string): string {
  if (state === "running") return "Running";
  const ended = processState(status);
  if (ended.kind === "exited") return ended.status === 0 ? "Done" : `Exit ${ended.status}`;
  if (ended.kind === "continued") return "Running";
  const text = signalText(ended.signal) ?? `Signal ${ended.signal}`;
  return ended.kind === "signalled" && ended.coreDumped ? `${text} (core dumped)` : text;
}

function column(text: string): string {
  return text.padEnd(STATE_WIDTH - 1) + " ";
}

/** `[1]+  Running                 sleep 9 &` */
export function jobLine(job: Job, mark: string): string {
  const background = job.state === "running" ? " &" : "";
  return `[${job.number}]${mark}  ${column(stateText(job.status, job.state))}${job.text}${background}\n`;
}

/** As {@link jobLine}, with the process id of the job's leader. */
export function longJobLine(job: Job, mark: string): string {
  const background = job.state === "running" ? " &" : "";
  const pid = job.processes[0]?.pid ?? 0;
  return `[${job.number}]${mark} ${pid} ${column(stateText(job.status, job.state))}${job.text}${background}\n`;
}

/** `12345 Segmentation fault      command`: what a shell that isn't interactive says of a process that a signal ended. */
export function signalledLine(process: Process, text: string): string {
  return `${String(process.pid).padStart(5)} ${column(stateText(process.status, process.state))}${text}`;
}
