/** `jobs` (XCU jobs; bash manual 7.2). */

import { runFields } from "../execution/expanded_command.ts";
import type { Builtin, JobView, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { has, parseArguments } from "./arguments.ts";
import { findJob } from "./job_operand.ts";

export const help = `Lists jobs.

Options:
  -l   with the process ids
  -n   only those whose state has changed since the last notice
  -p   only the process id of each job's first process
  -r   only running jobs
  -s   only stopped jobs
  -x   run the command that follows, with job specifications among its
       arguments replaced by the process ids of the jobs' first processes

Exit status: 0, unless an operand is no job.
`;

export const jobs: Builtin = {
  name: "jobs",
  kind: "intrinsic",
  usage: "[-lnprs] [jobspec ...] or jobs -x command [args]",
  run(shell, args) {
    const parsed = parseArguments(shell, jobs, args, "lnprsx");
    if (parsed === null) return USAGE;
    if (has(parsed, "x")) return execute(shell, parsed.operands);
    shell.state.jobsShownAt = shell.state.commandNumber;
    shell.jobs.reap();
    let status = SUCCESS;
    const chosen: JobView[] = parsed.operands.length === 0 ? [...shell.jobs.all()] : [];
    for (const operand of parsed.operands) {
      const job = findJob(shell, jobs, operand);
      if (job === null) status = FAILURE;
      else chosen.push(job);
    }
    let text = "";
    for (const job of chosen) {
      if (has(parsed, "n") && job.notified) continue;
      if (has(parsed, "r") && job.state !== "running") continue;
      if (has(parsed, "s") && job.state !== "stopped") continue;
      text += has(parsed, "p") ? `${job.leader}\n` : shell.jobs.describe(job, has(parsed, "l"));
    }
    if (text !== "" && !shell.print(text)) return FAILURE;
    if (!has(parsed, "p")) forget(shell, chosen);
    return status;
  },
};

/** Runs a command in which job specifications stand for process ids. */
function execute(shell: Shell, words: readonly string[]): number {
  const fields = words.map((word) => {
    const job = word.startsWith("%") ? shell.jobs.find(word) : "none";
    return typeof job === "string" ? word : String(job.group !== 0 ? job.group : job.leader);
  });
  return fields.length === 0 ? SUCCESS : runFields(shell, fields, null);
}

/** Whoever has seen that a job has ended needs no notice of it. */
function forget(shell: Shell, listed: readonly JobView[]): void {
  const own = shell.jobs.own();
  for (const job of listed) {
    if (!own.includes(job)) continue;
    if (job.state === "done") shell.jobs.finish(job);
    else job.notified = true;
  }
}
