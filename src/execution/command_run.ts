/** Simple commands as they run in the shell: what goes before and behind each of them. */

import { printStatement } from "../syntax/printer.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import type { Compiled, Ends } from "./compiler.ts";
import { type Connected, isStage } from "./multios.ts";
import type { JobHandle, Run, Shell } from "./shell.ts";
import { SUCCESS } from "./status.ts";

/**
 * What all compiled simple commands have in common. Most commands of a script are run once: so each of them is one object with
 * methods, for closures for all that could be done with it would take longer to make than the command takes to run.
 */
export abstract class CommandRun implements Compiled {
  readonly run: Run;
  readonly runInSubshell: Run | undefined;
  protected readonly text: () => string;

  /**
   * @param connected the descriptors of a stage of a pipeline that lead to pipes
   * @param checks whether its failure counts by itself, and not only as that of a pipeline
   */
  constructor(
    protected readonly command: SimpleCommand,
    protected readonly shell: Shell,
    connected: Connected | undefined,
    protected readonly checks: boolean,
  ) {
    this.run = runOf(this, checks);
    this.runInSubshell = isStage(connected) ? () => shell.state.expandOutside(() => this.perform(false)) : undefined;
    this.text = textOf(command);
  }

  abstract start(job: JobHandle, background: boolean, ends: Ends): void;

  abstract runsInShell(): boolean;

  /** Runs the command itself. Returns its status, or throws. */
  protected abstract execute(): number;

  /** Notes what is about to run. Returns false if it is not to: with `set -n`, or where the DEBUG trap says so. */
  announce(): boolean {
    const { state, options, traps } = this.shell;
    if (options.noexec && !state.interactive) return false;
    state.line = this.command.line;
    state.command = this.text;
    return traps.debug === null || traps.runDebug();
  }

  /** Runs the command with what is done around each. For `checks` see the constructor. */
  perform(checks: boolean): number {
    const { shell } = this;
    const { state, substitutions, traps } = shell;
    let status: number;
    if (!this.announce()) return state.status;
    const { count } = substitutions;
    const trapped = traps.failed !== null;
    state.substitutionStatus = null;
    if (state.elementOperands !== null) state.elementOperands = null;
    try {
      status = this.execute();
    } catch (error) {
      status = shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS && checks) shell.checkErrexit(status, trapped);
    return status;
  }
}

// V8 takes a function that is written where a property is assigned to be one that stays: it would keep all that it refers to out
// of the quick collections of garbage. So these are made elsewhere.

function runOf(command: CommandRun, checks: boolean): Run {
  return () => command.perform(checks);
}

function textOf(command: SimpleCommand): () => string {
  return () => printStatement(command);
}
