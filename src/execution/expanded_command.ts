/** Commands whose fields are expanded: for builtins that run others, and as the last step of simple commands. */

import { builtinStatus } from "./builtin_call.ts";
import { startProgram, startUtility } from "./program.ts";
import type { JobHandle, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";
import { lookUpBuiltin, type Target } from "./target.ts";

/** Starts a program, or the utility that takes its place. Returns 0, or the status that tells why it could not be done. */
export function startTarget(
  shell: Shell,
  job: JobHandle,
  target: Target,
  args: readonly string[],
  path?: string | null,
): number {
  const status = target.kind === "utility"
    ? startUtility(shell, job, target.arguments)
    : startProgram(shell, job, args, path);
  // After the program, which is to be the first process of the job.
  if (status === SUCCESS && shell.multios.count > 0) shell.multios.start(job);
  return status;
}

/**
 * Runs a command whose fields are expanded, without a look at functions: for `command`.
 *
 * @param path where to look for a program instead of PATH, or `null`
 */
export function runFields(shell: Shell, fields: readonly string[], path: string | null): number {
  const { state } = shell;
  const args = fields.slice(1);
  const target = lookUpBuiltin(shell, fields[0]!, args);
  if (target.kind === "builtin") {
    state.plainDepth++;
    const status = builtinStatus(shell, target.builtin, args, false);
    state.plainDepth--;
    return status;
  }
  return runBeside(shell, fields, (job) => startTarget(shell, job, target, fields, path));
}

/** Runs a program, whatever builtin may have its name. */
export function runProgram(shell: Shell, fields: readonly string[]): number {
  return runBeside(shell, fields, (job) => startProgram(shell, job, fields));
}

/** Runs a utility of the C library with its arguments, the first of which names it. */
export function runUtility(shell: Shell, fields: readonly string[]): number {
  return runBeside(shell, fields, (job) => startUtility(shell, job, fields));
}

/** Runs what `begin` starts in a job of its own, and waits for it. */
function runBeside({ jobs, state }: Shell, fields: readonly string[], begin: (job: JobHandle) => number): number {
  const job = jobs.begin(() => fields.join(" "), true);
  const status = begin(job);
  return state.divert === Divert.none ? jobs.waitForeground(job).at(-1) ?? status : status;
}
