/** The lines in which the shell speaks of jobs, in bash's format. */

import { processState } from "../system/wait_status.ts";
import { signalName, signalText } from "../system/signal_numbers.ts";
import type { Job, JobState } from "./job.ts";

/** The width of the state's column. */
const STATE_WIDTH = 24;
/** The width of a process id, and of what is left of it in the first line of a job. */
const PID_WIDTH = 5;
/** What goes before the second and each further stage of a pipeline. */
const BAR = "| ";

/** In what form a job is shown. */
export interface NoticeForm {
  /** Whether words are POSIX's where they differ from bash's (XCU jobs, STDOUT). */
  readonly posix: boolean;
  /** The shell's working directory; a job that was started elsewhere says where. */
  readonly directory: string;
  readonly home: string | undefined;
}

/** What a job's or a process's state is called; with `exact`, a stopped one says by what signal. */
export function stateText(status: number, state: JobState, posix: boolean, exact: boolean): string {
  if (state === "running") return "Running";
  const ended = processState(status);
  if (ended.kind === "exited") {
    return ended.status === 0 ? "Done" : posix ? `Done(${ended.status})` : `Exit ${ended.status}`;
  }
  if (ended.kind === "continued") return "Running";
  if (ended.kind === "stopped" && !exact) return posix ? `Stopped(SIG${signalName(ended.signal)})` : "Stopped";
  return signalText(ended.signal);
}

/** Behind the state of a process that left its memory in a file. */
export function coreText(status: number): string {
  const ended = processState(status);
  return ended.kind === "signalled" && ended.coreDumped ? "(core dumped)" : "";
}

/** The state in its column; one that fills it gets two blanks behind it. */
function column(state: string): string {
  return state.length < STATE_WIDTH ? state.padEnd(STATE_WIDTH) : `${state}  `;
}

/** A command, behind what goes before it. */
function commandText(text: string, status: number): string {
  const core = coreText(status);
  return core === "" ? text : `${core} ${text}`;
}

/** What follows the command: that it runs in the background, and where it was started. */
function ending(job: Job, form: NoticeForm): string {
  const elsewhere = job.directory === form.directory ? "" : `  (wd: ${shortened(job.directory, form.home)})`;
  return `${job.state === "running" ? " &" : ""}${elsewhere}`;
}

/** A directory, with the home directory as a tilde. */
export function shortened(directory: string, home: string | undefined): string {
  const below = home !== undefined && home.length > 1 && (directory === home || directory.startsWith(`${home}/`));
  return below ? `~${directory.slice(home.length)}` : directory;
}

/** `[1]+  Running                 sleep 9 &` */
export function jobLine(job: Job, mark: string, form: NoticeForm): string {
  const state = stateText(job.status, job.state, form.posix, false);
  return `[${job.number}]${mark}  ${column(state)}${commandText(job.text, job.status)}${ending(job, form)}\n`;
}

/** As {@link jobLine}, with process ids: a line for each stage of a pipeline. */
export function longJobLines(job: Job, mark: string, form: NoticeForm): string {
  return `[${job.number}]${mark} ${stageLines(job, form)}`;
}

/** What a shell that isn't interactive says of a job that a signal ended: a line for each stage. */
export function signalledLines(job: Job, form: NoticeForm): string {
  return stageLines(job, form);
}

/** Each process with its id, its state unless it is that of the process before, and its command. */
function stageLines(job: Job, form: NoticeForm): string {
  const texts = job.stageTexts;
  const processes = texts.length === job.processes.length ? job.processes : [{
    pid: job.leader,
    state: job.state,
    status: job.status,
  }];
  let before = "";
  const lines = processes.map(({ pid, state, status }, index) => {
    const name = stateText(status, state, form.posix, true);
    const id = String(pid).padStart(PID_WIDTH);
    const command = commandText(texts[index]!, status);
    if (index === 0) return `${id} ${column(before = name)}${command}`;
    const shown = name === before ? " ".repeat(STATE_WIDTH - BAR.length) : column(name);
    before = name;
    return `${" ".repeat(PID_WIDTH)}${id} ${shown}${BAR}${command}`;
  });
  return `${lines.join("\n")}${ending(job, form)}\n`;
}
