/** `wait` (XCU wait; bash manual 7.2). */

import type { Builtin, JobView, Shell } from "../execution/shell.ts";
import { FAILURE, NOT_FOUND, SIGNALLED, SUCCESS, USAGE } from "../execution/status.ts";
import { has, isName, parseArguments, valueOf } from "./arguments.ts";
import { findJob } from "./job_operand.ts";

export const help = `Waits for background jobs.

Each operand is a process id or a job; without operands, all jobs are waited
for. A trapped signal ends the waiting.

Options:
  -n       wait for the next one of the jobs only
  -p var   put the process id of the job that ended into a variable

Exit status: that of the last operand; 127 if there is no such job; 128 and the
signal's number if a signal ended the waiting.
`;

export const wait: Builtin = {
  name: "wait",
  kind: "intrinsic",
  usage: "[-n] [-p var] [id ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, wait, args, "np:");
    if (parsed === null) return USAGE;
    const variable = valueOf(parsed, "p");
    if (variable !== undefined && !isName(variable)) {
      shell.report(`wait: \`${variable}': not a valid identifier`);
      return FAILURE;
    }
    if (variable !== undefined) shell.variables.get(variable).unset();
    const { operands } = parsed;
    if (has(parsed, "n")) return waitForNext(shell, operands, variable);
    if (operands.length === 0) return waitForAll(shell);
    let status: number = SUCCESS;
    for (const operand of operands) {
      status = waitForOperand(shell, operand, variable);
      if (shell.traps.collect() !== 0) break;
    }
    return status;
  },
};

function interrupted(shell: Shell): number {
  return SIGNALLED + shell.traps.collect();
}

function waitForAll(shell: Shell): number {
  const { jobs } = shell;
  // The latest process substitution is waited for as long as `$!` names it.
  const latest = jobs.byPid(shell.state.lastBackgroundPid);
  const running = () => jobs.all().some(({ state }) => state === "running") || latest?.state === "running";
  if (!jobs.waitUntil(() => !running())) return interrupted(shell);
  for (const job of [...jobs.all()]) if (job.state === "done") jobs.finish(job);
  return SUCCESS;
}

function waitForOperand(shell: Shell, operand: string, variable: string | undefined): number {
  const { jobs } = shell;
  let job: JobView | undefined;
  let pid: number | null = null;
  if (operand.startsWith("%")) {
    const found = findJob(shell, wait, operand);
    if (found === null) return NOT_FOUND;
    job = found;
  } else if (/^\d+$/.test(operand)) {
    pid = Number(operand);
    job = jobs.byPid(pid);
    if (job === undefined) {
      if (!shell.options.posix) shell.report(`wait: pid ${operand} is not a child of this shell`);
      return NOT_FOUND;
    }
  } else {
    shell.report(`wait: \`${operand}': not a pid or valid job spec`);
    return FAILURE;
  }
  const waited = job;
  const ended = () => (pid === null ? waited.state : waited.processState(pid)) !== "running";
  if (!jobs.waitUntil(ended)) return interrupted(shell);
  const status = pid === null ? waited.statuses().at(-1)! : waited.processStatus(pid);
  if (variable !== undefined) shell.variables.get(variable).write(String(pid ?? waited.lastPid));
  if (waited.state === "done") jobs.finish(waited);
  return status;
}

function waitForNext(shell: Shell, operands: readonly string[], variable: string | undefined): number {
  const { jobs } = shell;
  const candidates = operands.length === 0
    ? [...jobs.all()]
    : operands.flatMap((operand) =>
      (operand.startsWith("%") ? findJob(shell, wait, operand) : jobs.byPid(Number(operand))) ?? []
    );
  if (candidates.length === 0) return NOT_FOUND;
  let next: JobView | undefined;
  if (!jobs.waitUntil(() => (next = candidates.find(({ state }) => state === "done")) !== undefined)) {
    return interrupted(shell);
  }
  if (variable !== undefined) shell.variables.get(variable).write(String(next!.lastPid));
  const status = next!.statuses().at(-1)!;
  jobs.finish(next!);
  return status;
}
