/** Commands of nothing but assignments, which affect the shell itself (XCU 2.9.1.1). */

import { printStatement } from "../syntax/printer.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import { type Assign, compileAssignment } from "./assignment.ts";
import { announced, asStage, compileRun } from "./command_run.ts";
import type { Compiled } from "./compiler.ts";
import { type Connected, isStage } from "./multios.ts";
import type { Run, Shell } from "./shell.ts";
import { SUCCESS } from "./status.ts";

/** Whether a command is nothing but assignments. */
export function assignsOnly({ words, redirections }: SimpleCommand): boolean {
  return words.length === 0 && redirections.length === 0;
}

/** For `checks` see {@link compileRun}. */
export function compileAssignmentsRun(command: SimpleCommand, shell: Shell, checks: boolean): Run {
  const { state } = shell;
  const { length } = command.assignments;
  const first = compileAssignment(command.assignments[0]!, shell);
  const others: Assign[] = [];
  for (let i = 1; i < length; i++) others.push(compileAssignment(command.assignments[i]!, shell));
  const execute = () => {
    first();
    for (let i = 0; i < others.length; i++) others[i]!();
    return state.substitutionStatus ?? SUCCESS;
  };
  return compileRun(shell, command.line, () => printStatement(command), execute, checks);
}

/** @param general compiles the command as any other, where it is to run beside the shell */
export function compileAssignments(
  command: SimpleCommand,
  shell: Shell,
  connected: Connected | undefined,
  checks: boolean,
  general: () => Compiled,
): Compiled {
  const text = () => printStatement(command);
  let beside: Compiled | null = null;
  return {
    run: compileAssignmentsRun(command, shell, checks),
    // No spread: that costs more than all else that is done for a command which is compiled.
    runInSubshell: isStage(connected) ? asStage(shell, compileAssignmentsRun(command, shell, false)) : undefined,
    start: (job, background, ends) => (beside ??= general()).start(job, background, ends),
    announce: () => announced(shell, command.line, text),
    runsInShell: () => true,
  };
}
