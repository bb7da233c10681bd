/** `fg`, `bg` and `disown` (XCU fg, bg; bash manual 7.2). */

import type { Builtin, JobView, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments } from "./arguments.ts";
import { findJob } from "./job_operand.ts";

export const fgHelp = `Brings a job into the foreground.

Without an operand, the current job.

Exit status: that of the job; failure without job control, or if there is no
such job.
`;

export const bgHelp = `Lets stopped jobs run on in the background.

Without an operand, the current job.

Exit status: 0, unless there is no job control or no such job.
`;

export const disownHelp = `Takes jobs out of the table of jobs.

Without an operand, the current job.

Options:
  -a   all jobs
  -h   keep them in the table, but let them live when the shell ends
  -r   running jobs only

Exit status: 0, unless there is no such job.
`;

export const fg: Builtin = {
  name: "fg",
  kind: "intrinsic",
  usage: "[job_spec]",
  run(shell, args) {
    const parsed = parseArguments(shell, fg, args, "");
    if (parsed === null) return USAGE;
    if (!shell.jobs.controlled) return withoutControl(shell, fg, parsed.operands[0]);
    const job = findOwnJob(shell, fg, parsed.operands[0]);
    if (job === null) return FAILURE;
    if (!shell.print(`${job.text}${whereabouts(shell, job)}\n`)) return FAILURE;
    shell.streams.settle();
    return shell.jobs.resumeForeground(job);
  },
};

export const bg: Builtin = {
  name: "bg",
  kind: "intrinsic",
  usage: "[job_spec ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, bg, args, "");
    if (parsed === null) return USAGE;
    if (!shell.jobs.controlled) return withoutControl(shell, bg, parsed.operands[0]);
    let status = SUCCESS;
    for (const operand of parsed.operands.length === 0 ? [undefined] : parsed.operands) {
      const job = findOwnJob(shell, bg, operand);
      if (job === null) status = FAILURE;
      else if (job.state === "running" && !shell.options.posix) {
        shell.report(`bg: job ${job.number} already in background`);
      } else {
        const line = shell.options.posix ? ` ${job.text}` : `${shell.jobs.mark(job)} ${job.text} &`;
        if (job.state === "stopped") shell.jobs.resumeBackground(job);
        shell.state.lastBackgroundPid = job.lastPid;
        if (!shell.print(`[${job.number}]${line}${whereabouts(shell, job)}\n`)) status = FAILURE;
      }
    }
    return status;
  },
};

/** There is no job control, or it is that of the shell around a command substitution, whose jobs are none of ours. */
function withoutControl(shell: Shell, builtin: Builtin, operand: string | undefined): number {
  if (!shell.state.isSubstitution || !shell.options.monitor) return fail(shell, builtin, "no job control");
  const [job] = shell.jobs.all();
  return fail(shell, builtin, job === undefined ? `${operand ?? "current"}: no such job` : "no current jobs");
}

/** The job that an operand names, if it can be continued; `null` after an error, which has been reported. */
function findOwnJob(shell: Shell, builtin: Builtin, operand: string | undefined): JobView | null {
  const job = findJob(shell, builtin, operand);
  if (job === null) return null;
  if (job.group === 0) fail(shell, builtin, `job ${job.number} started without job control`);
  else if (job.state === "done") fail(shell, builtin, "job has terminated");
  else return job;
  return null;
}

/** Where a job was started, if the shell is elsewhere now. */
function whereabouts(shell: Shell, { directory }: JobView): string {
  return directory === shell.process.directory ? "" : `\t(wd: ${shell.jobs.shortened(directory)})`;
}

export const disown: Builtin = {
  name: "disown",
  kind: "regular",
  usage: "[-h] [-ar] [jobspec ... | pid ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, disown, args, "ahr");
    if (parsed === null) return USAGE;
    let status = SUCCESS;
    let chosen: JobView[] = [];
    if (parsed.operands.length === 0 && (has(parsed, "a") || has(parsed, "r"))) chosen = [...shell.jobs.all()];
    else {
      for (const operand of parsed.operands.length === 0 ? [undefined] : parsed.operands) {
        const job = operand !== undefined && /^\d+$/.test(operand)
          ? byPid(shell, operand)
          : findJob(shell, disown, operand);
        if (job === null) status = FAILURE;
        else chosen.push(job);
      }
    }
    if (has(parsed, "r")) chosen = chosen.filter(({ state }) => state === "running");
    for (const job of chosen) {
      if (has(parsed, "h")) {
        job.keptFromHangup = true;
        continue;
      }
      if (job.state === "stopped") {
        shell.report(`warning: deleting stopped job ${job.number} with process group ${job.group}`);
      }
      shell.jobs.finish(job);
    }
    return status;
  },
};

function byPid(shell: Shell, operand: string): JobView | null {
  const job = shell.jobs.byPid(Number(operand));
  if (job === undefined) shell.report(`disown: ${operand}: no such job`);
  return job ?? null;
}
