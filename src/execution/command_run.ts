/** Simple commands as they run in the shell: what goes before and behind each of them. */

import type { Run, Shell } from "./shell.ts";
import { SUCCESS } from "./status.ts";

/** Notes what is about to run. Returns false if it is not to: with `set -n`, or where the DEBUG trap says so. */
export function announced({ state, options, traps }: Shell, line: number, text: () => string): boolean {
  if (options.noexec && !state.interactive) return false;
  state.line = line;
  state.command = text;
  return traps.debug === null || traps.runDebug();
}

/**
 * What is done around each simple command that runs in the shell.
 *
 * @param execute gives its status, or throws
 * @param checks whether its failure counts by itself, and not only as that of a pipeline
 */
export function compileRun(
  shell: Shell,
  line: number,
  text: () => string,
  execute: () => number,
  checks: boolean,
): () => number {
  const { state, substitutions, traps } = shell;
  return () => {
    let status: number;
    if (!announced(shell, line, text)) return state.status;
    const { count } = substitutions;
    const trapped = traps.failed !== null;
    state.substitutionStatus = null;
    if (state.elementOperands !== null) state.elementOperands = null;
    try {
      status = execute();
    } catch (error) {
      status = shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS && checks) shell.checkErrexit(status, trapped);
    return status;
  };
}

/** What {@link compileRun} gives for a stage of a pipeline in a subshell of its own. */
export function asStage({ state }: Shell, run: Run): Run {
  return () => state.expandOutside(run);
}
