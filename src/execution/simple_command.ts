/**
 * Simple commands (XCU 2.9.1): expansion, assignments, redirections, and the search for what the name stands for.
 *
 * A program is started by `spawn` and waited for. The words, assignments and redirections are compiled. What the command is,
 * is found out when it runs: of a name that is written as it is, only after something has changed.
 */

import type { SimpleCommand } from "../syntax/tree.ts";
import { AssignmentsAlone, assignsOnly } from "./assignments_alone.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { withKeywordAssignments } from "./keyword_assignments.ts";
import { type Connected, isStage } from "./multios.ts";
import { OrdinaryCommand } from "./ordinary_command.ts";
import type { Run } from "./shell.ts";

/**
 * @param connected the descriptors of a stage of a pipeline that lead to pipes
 * @param checks whether its failure counts by itself
 */
export function compileSimpleCommand(
  command: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  const plain = compilePlain(command, compiler, connected, checks);
  const keyworded = withKeywordAssignments(command);
  return keyworded === null ? plain : compileKeyworded(plain, keyworded, compiler, connected, checks);
}

/** A command that `set -k` makes another one. */
function compileKeyworded(
  plain: Compiled,
  keyworded: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  const { options } = compiler.shell;
  let other: Compiled | null = null;
  const chosen = () => (options.keyword ? other ??= compilePlain(keyworded, compiler, connected, checks) : plain);
  return {
    run: () => chosen().run(),
    runInSubshell: isStage(connected) ? () => chosen().runInSubshell!() : undefined,
    start: (job, background, ends) => chosen().start(job, background, ends),
    announce: () => chosen().announce!(),
    runsInShell: () => chosen().runsInShell(),
    relaysInShell: () => chosen().relaysInShell?.() ?? false,
  };
}

/** Compiles a command of which the assignments are those that stand before it. */
function compilePlain(
  command: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  return assignsOnly(command)
    ? new AssignmentsAlone(command, compiler, connected, checks)
    : new OrdinaryCommand(command, compiler, connected, checks);
}

/** Compiles a command that is run in the shell and nowhere else. */
export function compileSimpleRun(command: SimpleCommand, compiler: Compiler): Run {
  return compileSimpleCommand(command, compiler, undefined, true).run;
}
