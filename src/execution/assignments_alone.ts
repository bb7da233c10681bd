/** Commands of nothing but assignments, which affect the shell itself (XCU 2.9.1.1). */

import type { SimpleCommand } from "../syntax/tree.ts";
import { type Assign, compileAssignment } from "./assignment.ts";
import { CommandRun } from "./command_run.ts";
import type { Compiler, Ends } from "./compiler.ts";
import type { Connected } from "./multios.ts";
import { OrdinaryCommand } from "./ordinary_command.ts";
import type { JobHandle } from "./shell.ts";
import { SUCCESS } from "./status.ts";

/** Whether a command is nothing but assignments. */
export function assignsOnly({ words, redirections }: SimpleCommand): boolean {
  return words.length === 0 && redirections.length === 0;
}

export class AssignmentsAlone extends CommandRun {
  private readonly first: Assign;
  private readonly others: readonly Assign[] | null;
  /** The same as it is run beside the shell. */
  private beside: OrdinaryCommand | null = null;

  /** For the parameters see {@link CommandRun}. */
  constructor(
    command: SimpleCommand,
    private readonly compiler: Compiler,
    connected: Connected | undefined,
    checks: boolean,
  ) {
    const { shell } = compiler;
    super(command, shell, connected, checks);
    const { assignments } = command;
    this.first = compileAssignment(assignments[0]!, shell);
    this.others = assignments.length === 1
      ? null
      : assignments.slice(1).map((assignment) => compileAssignment(assignment, shell));
  }

  protected execute(): number {
    const { first, others } = this;
    first();
    if (others !== null) { for (let i = 0; i < others.length; i++) others[i]!(); }
    return this.shell.state.substitutionStatus ?? SUCCESS;
  }

  start(job: JobHandle, background: boolean, ends: Ends): void {
    this.beside ??= new OrdinaryCommand(this.command, this.compiler, undefined, this.checks);
    this.beside.start(job, background, ends);
  }

  runsInShell(): boolean {
    return true;
  }
}
