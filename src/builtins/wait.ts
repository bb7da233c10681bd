/** `wait` (XCU wait; bash manual 7.2). */

import type { Builtin, JobView, Shell } from "../execution/shell.ts";
import { FAILURE, NOT_FOUND, SIGNALLED, SUCCESS, USAGE } from "../execution/status.ts";
import { has, parseArguments, valueOf } from "./arguments.ts";
import { findJob } from "./job_operand.ts";
import { assignOperand, isVariableOperand } from "../execution/variable_operand.ts";

export const help = `Waits for background jobs.

Each operand is a process id or a job; without operands, all jobs are waited
for. A trapped signal ends the waiting, and so does a job that stops.

Options:
  -f       wait until a job has ended, also if it stops before
  -n       wait for the next one of the jobs only
  -p var   put the process id of the job that ended into a variable

Exit status: that of the last operand; 127 if there is no such job; 128 and the
signal's number if a signal ended the waiting.
`;

export const wait: Builtin = {
  name: "wait",
  kind: "intrinsic",
  usage: "[-fn] [-p var] [id ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, wait, args, "fnp:");
    if (parsed === null) return USAGE;
    const variable = valueOf(parsed, "p");
    if (variable !== undefined && !isVariableOperand(shell, variable)) {
      shell.report(`wait: \`${variable}': not a valid identifier`);
      return FAILURE;
    }
    if (variable !== undefined && !unset(shell, variable)) return FAILURE;
    const { operands } = parsed;
    if (has(parsed, "n")) return waitForNext(shell, operands, variable);
    if (operands.length === 0) return waitForAll(shell);
    let status: number = SUCCESS;
    for (const operand of operands) {
      const waited = waitForOperand(shell, operand, has(parsed, "f"));
      ({ status } = waited);
      if (variable !== undefined && waited.pid !== 0) assignOperand(shell, variable, String(waited.pid));
      if (shell.traps.collect() !== 0) break;
    }
    return status;
  },
};

/** Unsets what is to get the process id, so that it shows whether there was one. */
function unset(shell: Shell, operand: string): boolean {
  const variable = shell.variables.get(operand.replace(/\[[^]*$/, ""));
  if (variable.readOnly) {
    shell.report(`wait: ${variable.name}: cannot unset: readonly variable`);
    return false;
  }
  if (operand === variable.name) variable.unset();
  return true;
}

function interrupted(shell: Shell): number {
  return SIGNALLED + shell.traps.collect();
}

/** Takes a job that has been waited for out of the table, unless a person is still to be told of its end. */
function dismiss(shell: Shell, job: JobView): void {
  job.waitedFor = true;
  if (job.state === "done" && !shell.jobs.tellsOf(job)) shell.jobs.finish(job);
}

function waitForAll(shell: Shell): number {
  const { jobs } = shell;
  // The latest process substitution is waited for as long as `$!` names it.
  const latest = jobs.byPid(shell.state.lastBackgroundPid);
  const running = () => jobs.own().some(({ state }) => state === "running") || latest?.state === "running";
  if (!jobs.waitUntil(() => !running())) return interrupted(shell);
  for (const job of [...jobs.own()]) if (job.state === "done") dismiss(shell, job);
  jobs.forget();
  return SUCCESS;
}

/** Gives the status of what an operand names, and its process id; 0 if there is none. */
function waitForOperand(shell: Shell, operand: string, toEnd: boolean): { status: number; pid: number } {
  const { jobs } = shell;
  if (operand.startsWith("%")) {
    const job = findJob(shell, wait, operand);
    if (job === null || !jobs.own().includes(job)) return { status: NOT_FOUND, pid: 0 };
    const status = waitFor(shell, job, () => job.state, toEnd) ?? job.statuses().at(-1)!;
    return { status, pid: job.lastPid };
  }
  if (!/^\d+$/.test(operand)) {
    shell.report(`wait: \`${operand}': not a pid or valid job spec`);
    return { status: FAILURE, pid: 0 };
  }
  const pid = Number(operand);
  const job = jobs.byPid(pid);
  if (job === undefined) return { status: recall(shell, pid), pid };
  // Like bash, wait for its whole job, which is the pipeline that it is the end of.
  const state = () => job.state === "running" ? job.state : job.processState(pid);
  return { status: waitFor(shell, job, state, toEnd) ?? job.processStatus(pid), pid };
}

/** Waits until a job, or a process of it, has ended or stopped. Returns the status only if a signal came first. */
function waitFor(shell: Shell, job: JobView, state: () => JobView["state"], toEnd: boolean): number | null {
  const ended = () => state() === "done" || (state() === "stopped" && !toEnd);
  if (!shell.jobs.waitUntil(ended)) return interrupted(shell);
  dismiss(shell, job);
  if (shell.options.posix) { for (const pid of job.pids()) shell.jobs.forget(pid); }
  return null;
}

/** The status of a process that is in no job any more, which bash gives again and again. */
function recall(shell: Shell, pid: number): number {
  const status = shell.jobs.recall(pid);
  if (status !== undefined) {
    if (shell.options.posix) shell.jobs.forget(pid);
    return status;
  }
  if (!shell.options.posix) shell.report(`wait: pid ${pid} is not a child of this shell`);
  return NOT_FOUND;
}

function waitForNext(shell: Shell, operands: readonly string[], variable: string | undefined): number {
  const { jobs } = shell;
  const candidates = operands.length === 0
    ? jobs.own().filter(({ waitedFor }) => !waitedFor)
    : operands.flatMap((operand) => candidate(shell, operand) ?? []);
  let next: JobView | undefined;
  if (candidates.length === 0) return NOT_FOUND;
  if (!jobs.waitUntil(() => (next = candidates.find(({ state }) => state === "done")) !== undefined)) {
    return interrupted(shell);
  }
  if (variable !== undefined) assignOperand(shell, variable, String(next!.lastPid));
  dismiss(shell, next!);
  return next!.statuses().at(-1)!;
}

function candidate(shell: Shell, operand: string): JobView | null {
  if (operand.startsWith("%")) return findJob(shell, wait, operand);
  const job = shell.jobs.byPid(Number(operand));
  if (job === undefined) shell.report(`wait: ${operand}: no such job`);
  return job ?? null;
}
