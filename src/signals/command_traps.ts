/**
 * The traps of conditions that no signal raises (bash manual 4.1, trap): DEBUG before a command, ERR after one that
 * fails, RETURN after a function or a script that `.` has read.
 */

import type { HeldTraps } from "../execution/shell.ts";
import { Divert, type ExecutionState } from "../execution/state.ts";
import { DEBUG, ERR, RETURN } from "./condition_numbers.ts";
import { Stack } from "../execution/stack.ts";

/** What running such an action takes. */
export interface CommandTrapsContext {
  readonly state: ExecutionState;
  readonly options: {
    readonly errtrace: boolean;
    readonly functrace: boolean;
    readonly extdebug: boolean;
    readonly posix: boolean;
  };
  /** Runs the text of a trap as commands. Returns the status of the last one. */
  evaluate(text: string, firstLine: number): number;
}

/** The actions in force, and how they are run; for which conditions there are any at all, `TrapTable` manages. */
export class CommandTraps {
  /** Actions by condition; the null string ignores. */
  protected actions = new Map<number, string>();
  debug: string | null = null;
  failed: string | null = null;
  returned: string | null = null;
  /** The conditions without a signal whose actions are running: they don't run within themselves. */
  private readonly running = new Set<number>();
  /** For each virtual subshell, the actions that were in force around it: for DEBUG, ERR and RETURN. */
  private readonly heldBySubshells = new Stack<readonly [string | null, string | null, string | null]>();

  constructor(protected readonly context: CommandTrapsContext) {}

  /** Makes an action the one that is looked at; one that is empty does nothing. */
  protected putInForce(condition: number, action: string | null): void {
    const inForce = action === "" ? null : action;
    if (condition === DEBUG) this.debug = inForce;
    else if (condition === ERR) this.failed = inForce;
    else this.returned = inForce;
  }

  runDebug(): boolean {
    const { state, options } = this.context;
    const result = this.runOwn(DEBUG, this.debug!, state.status, null);
    if (!options.extdebug || result === 0 || state.divert !== Divert.none) return state.divert === Divert.none;
    // The command is not executed; 2 stands for a `return` in its place.
    if (result === 2 && (state.functionDepth > 0 || state.sourceDepth > 0)) state.divert = Divert.return;
    return false;
  }

  runError(status: number): void {
    this.runOwn(ERR, this.failed!, status, status);
  }

  /** Returns whether what has ended is to go on: the action may leave more than that, with a status of its own. */
  runReturn(status: number): boolean {
    // The functions that the action of DEBUG calls are no part of what is traced.
    if (this.running.has(DEBUG)) return true;
    const { state } = this.context;
    const returned = state.status;
    this.runOwn(RETURN, this.returned!, status, status);
    if (state.divert !== Divert.none) return false;
    state.status = returned;
    return true;
  }

  /**
   * Runs the action of a condition that no signal raises; `$?` is afterwards as it was. Returns the status of the action.
   *
   * @param returned what `return` without operand means in it; `null` for the status of its own commands
   */
  private runOwn(condition: number, action: string, status: number, returned: number | null): number {
    if (this.running.has(condition)) return 0;
    const { state } = this.context;
    const { line, command, trappedCommand, trapStatus, returnStatus } = state;
    const { pipeStatus, lastArgument, substitutionStatus } = state;
    this.running.add(condition);
    state.status = status;
    state.trapStatus = null;
    state.trappedCommand ??= state.command;
    state.returnStatus = returned;
    const result = this.context.evaluate(action, line);
    state.returnStatus = returnStatus;
    state.trapStatus = trapStatus;
    state.command = command;
    state.trappedCommand = trappedCommand;
    this.running.delete(condition);
    if (state.divert === Divert.none) {
      Object.assign(state, { status, pipeStatus, lastArgument, substitutionStatus });
    }
    state.line = line;
    return result;
  }

  enterFunction(traced: boolean): HeldTraps | null {
    if (this.debug === null && this.failed === null && this.returned === null) return null;
    const { errtrace, functrace } = this.context.options;
    const steps = functrace || traced;
    return this.hold(steps ? null : this.debug, errtrace ? null : this.failed, steps ? null : this.returned);
  }

  enterScript(): HeldTraps | null {
    return this.debug === null || this.context.options.functrace ? null : this.hold(this.debug, null, null);
  }

  /** Takes actions out of force. Returns what is to come back. */
  private hold(debug: string | null, failed: string | null, returned: string | null): HeldTraps {
    const held: [number, string][] = [];
    for (const [condition, action] of [[DEBUG, debug], [ERR, failed], [RETURN, returned]] as const) {
      if (action === null) continue;
      held.push([condition, action]);
      this.putInForce(condition, null);
      this.actions.delete(condition);
    }
    return held;
  }

  leaveFunction(held: HeldTraps): void {
    // What the function has set itself stays.
    for (const [condition, action] of held) {
      if (this.actions.has(condition)) continue;
      this.actions.set(condition, action);
      this.putInForce(condition, action);
    }
  }

  enterSubshell(): void {
    // As long as the subshell is virtual, only what commands look at changes: `trap` makes it a process before it changes any.
    const { debug, failed, returned } = this;
    const { errtrace, functrace } = this.context.options;
    this.heldBySubshells.push([debug, failed, returned]);
    if (!functrace) this.debug = this.returned = null;
    if (!errtrace) this.failed = null;
  }

  leaveSubshell(): void {
    [this.debug, this.failed, this.returned] = this.heldBySubshells.pop();
  }
}
