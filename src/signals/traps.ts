/**
 * Signals and traps (XCU 2.12, 2.15.25; bash manual 3.7.6).
 *
 * What comes in are signals, which handlers in C have only marked; the shell takes them between commands. What goes out is what
 * they ask for: the action of a trap, the end of the shell, or of the command line. Traps belong to a process: while a
 * virtual subshell runs, those of the shell wait until it has ended.
 */

import type { Traps } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import {
  SIGBUS,
  SIGCHLD,
  SIGHUP,
  SIGINT,
  signalList,
  SIGPIPE,
  SIGQUIT,
  SIGSEGV,
  SIGTERM,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGWINCH,
} from "../system/signal_numbers.ts";
import type { Disposition, Processes, Signals } from "../system/system.ts";
import { SIGNALLED } from "../execution/status.ts";
import { processState } from "../system/wait_status.ts";
import { CommandTraps, type CommandTrapsContext } from "./command_traps.ts";
import { DEBUG, ERR, EXIT } from "./condition_numbers.ts";

export interface TrapsContext extends CommandTrapsContext {
  readonly positional: { values: readonly string[] };
  /** Children have changed their state. */
  reap(): void;
  /** How many children have ended since this was asked last. */
  takeEndedChildren(): number;
  /** The wait status of the foreground job that has ended since the last command boundary, or `null`. */
  takeForegroundStatus(): number | null;
  /** Whether a virtual subshell is running. */
  readonly virtual: boolean;
  /** Ends the shell by `signal`, after the EXIT trap. */
  dieOf(signal: number): void;
  /** Gives everything up that an interactive shell is doing for the present command. */
  interrupt(): void;
  /** Ends the virtual subshell that runs, with a status. */
  endSubshell(status: number): void;
  /** A signal has come that no trap is for, such as SIGWINCH. */
  notice(signal: number): void;
}

/** Signals that end a shell; with an EXIT trap they are caught, so that it runs (bash manual 3.7.6). */
const FATAL = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];
/** What an interactive shell ignores while its programs don't (XCU 2.12). */
const INTERACTIVE_IGNORED = [SIGTERM, SIGQUIT];
const JOB_CONTROL_IGNORED = [SIGTSTP, SIGTTIN, SIGTTOU];
/** What the terminal's keys send to everything in the foreground. */
const KEYBOARD = [SIGINT, SIGQUIT];

/** Signals that wait for their time, with whether only the kernel has sent them. */
class PendingSignals extends Map<number, boolean> {
  /** Whether there are any. It is asked after each command, and V8 has to call a builtin function for the size of a map. */
  exist = false;

  override set(signal: number, fromKernel: boolean): this {
    this.exist = true;
    return super.set(signal, fromKernel);
  }

  override delete(signal: number): boolean {
    const deleted = super.delete(signal);
    this.exist = this.size > 0;
    return deleted;
  }

  override clear(): void {
    super.clear();
    this.exist = false;
  }
}

export class TrapTable extends CommandTraps implements Traps {
  /** In a subshell: the parent's traps, for a listing, until the first is changed (XCU 2.15.25). */
  private listed: ReadonlyMap<number, string> | null = null;
  private readonly ignoredOnEntry = new Set<number>();
  /** In an asynchronous list: ignored until a trap says otherwise. */
  private readonly ignoredByDefault = new Set<number>();
  private readonly pending = new PendingSignals();
  private cachedIgnored: readonly number[] | null = null;
  private cachedAttention: boolean | null = null;
  private interactive = false;
  /** Whether the shell was started as an interactive one, of which this may be a subshell. */
  private startedInteractive = false;
  private jobControl = false;
  /** Whether this process is a forked subshell. */
  private subshell = false;
  /** Whether the action of EXIT has begun, which it does once in a process. */
  private exiting = false;
  /** Brings back what a failed command had around it; `null` if no such command ends the shell. */
  private returnToFailure: (() => void) | null = null;

  constructor(
    private readonly system: Signals & Pick<Processes, "getpid">,
    protected override readonly context: TrapsContext,
  ) {
    super(context);
    for (const signal of signalList()) {
      if (system.initialDisposition(signal) === "ignore") this.ignoredOnEntry.add(signal);
    }
    // The runtime has dispositions of its own for some signals.
    for (const signal of [SIGCHLD, SIGINT, SIGPIPE, SIGSEGV, SIGBUS]) this.apply(signal);
  }

  /** Tells what kind of shell it is: which signals it minds without a trap. */
  configure(interactive: boolean, jobControl: boolean): void {
    this.interactive = interactive;
    this.startedInteractive ||= interactive;
    this.cachedAttention = null;
    this.jobControl = jobControl;
    for (const signal of [...FATAL, ...JOB_CONTROL_IGNORED, SIGWINCH]) this.apply(signal);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Setting

  /** The action of a condition; `undefined` if it has none. */
  get(condition: number): string | undefined {
    const action = (this.listed ?? this.actions).get(condition);
    return action ?? (this.isIgnoredForGood(condition) ? "" : undefined);
  }

  /** Every condition with an action, in order. */
  entries(): [number, string][] {
    const entries = new Map(this.listed ?? this.actions);
    for (const signal of this.ignoredOnEntry) if (this.isIgnoredForGood(signal)) entries.set(signal, "");
    return [...entries].sort(([a], [b]) => a - b);
  }

  /** Sets the action of a condition, or takes it away (`undefined`). What was ignored on entry stays so in scripts. */
  set(condition: number, action: string | undefined): void {
    this.listed = null;
    this.cachedAttention = null;
    if (this.isIgnoredForGood(condition)) return;
    if (action === undefined) this.actions.delete(condition);
    else this.actions.set(condition, action);
    if (condition >= DEBUG) {
      this.putInForce(condition, action ?? null);
      return;
    }
    this.cachedIgnored = null;
    this.ignoredOnEntry.delete(condition);
    this.ignoredByDefault.delete(condition);
    // Who has ended before does not count.
    if (condition === SIGCHLD) this.context.takeEndedChildren();
    if (condition !== EXIT) {
      this.pending.delete(condition);
      this.apply(condition);
    } else for (const signal of FATAL) this.apply(signal);
  }

  private isIgnoredForGood(signal: number): boolean {
    return !this.startedInteractive && this.ignoredOnEntry.has(signal);
  }

  /** Gives `signal` the disposition that the shell's process needs. */
  private apply(signal: number): void {
    // If SIGCHLD were ignored, nothing would tell that a process has ended.
    if (this.isIgnoredForGood(signal) && signal !== SIGCHLD) return;
    this.system.setDisposition(signal, this.disposition(signal));
  }

  private disposition(signal: number): Disposition {
    const action = this.actions.get(signal);
    if (action !== undefined) return action === "" && signal !== SIGCHLD ? "ignore" : "catch";
    // With a handler for SIGPIPE, a failed write tells its errno, and `kill -PIPE` is noticed all the same.
    if (signal === SIGCHLD || signal === SIGPIPE) return "catch";
    if (this.ignoredByDefault.has(signal)) return "ignore";
    if (this.subshell && this.ignoredOnEntry.has(signal)) return "ignore";
    if (this.subshell) return this.actions.has(EXIT) && FATAL.includes(signal) ? "catch" : "default";
    if (signal === SIGINT) return "catch";
    if (this.interactive) {
      if (INTERACTIVE_IGNORED.includes(signal)) return "ignore";
      // Whoever started it deaf to the end of the terminal meant that to last.
      if (signal === SIGHUP) return this.ignoredOnEntry.has(signal) ? "ignore" : "catch";
      if (signal === SIGWINCH) return "catch";
    }
    if (this.jobControl && JOB_CONTROL_IGNORED.includes(signal)) return "ignore";
    return this.actions.has(EXIT) && FATAL.includes(signal) ? "catch" : "default";
  }

  isPending(signal: number): boolean {
    return this.pending.has(signal);
  }

  handles(signal: number): boolean {
    return this.actions.has(signal) || this.isIgnoredForGood(signal);
  }

  /** As {@link handles} for the end of a child, which is asked before every program. */
  get attendsToChildren(): boolean {
    return this.cachedAttention ??= this.handles(SIGCHLD);
  }

  ignored(): readonly number[] {
    if (this.cachedIgnored !== null) return this.cachedIgnored;
    const ignored = new Set([...this.ignoredOnEntry, ...this.ignoredByDefault]);
    for (const [signal, action] of this.actions) {
      if (action === "" && signal !== EXIT && signal < DEBUG) ignored.add(signal);
    }
    return this.cachedIgnored = [...ignored];
  }

  // -------------------------------------------------------------------------------------------------------------
  // Taking

  /**
   * Takes the signals that have come. Returns the first that has something to do: that ends a `wait` or a `read`; 0 if there
   * is none.
   */
  collect(): number {
    if (this.system.signalsPending()) {
      for (const { signal, fromKernel } of this.system.takeSignals()) {
        if (signal === SIGCHLD) this.context.reap();
        if (this.actions.get(signal) || this.isActedOn(signal)) {
          this.pending.set(signal, fromKernel && (this.pending.get(signal) ?? true));
        } else this.context.notice(signal);
      }
    }
    // bash does not let the end of a child end a `wait`, but for POSIX mode.
    for (const signal of this.pending.keys()) if (signal !== SIGCHLD || this.context.options.posix) return signal;
    return 0;
  }

  runChildTrap(): void {
    if (!this.pending.delete(SIGCHLD) || this.context.virtual) return;
    this.runChildAction();
  }

  /** Runs the action of SIGCHLD once for each child that has ended. */
  private runChildAction(): void {
    const action = this.actions.get(SIGCHLD);
    for (let count = this.context.takeEndedChildren(); count > 0 && action; count--) {
      this.runAction(action);
      if (this.context.state.divert !== Divert.none) return;
    }
  }

  /** Whether the shell does something about `signal` though there is no trap for it. */
  private isActedOn(signal: number): boolean {
    return (signal === SIGPIPE || FATAL.includes(signal)) && !this.actions.has(signal);
  }

  dieIfAsked(): void {
    for (const signal of this.pending.keys()) {
      const asked = FATAL.includes(signal) && signal !== SIGINT && !this.actions.has(signal);
      if (asked) this.context.dieOf(signal);
    }
  }

  get active(): boolean {
    if (this.interactive) return true;
    for (const [condition, action] of this.actions) {
      if (condition !== EXIT && condition < DEBUG && action !== "") return true;
    }
    return false;
  }

  get deferred(): boolean {
    return this.pending.exist;
  }

  process(): void {
    this.collect();
    const foreground = this.context.takeForegroundStatus();
    for (const [signal, fromKernel] of [...this.pending]) {
      if (signal === SIGINT && this.interactive && this.context.virtual && !this.actions.has(signal)) {
        // First the subshell, then what is around it.
        this.context.endSubshell(SIGNALLED + signal);
      } else if (!this.actions.has(signal)) {
        this.pending.delete(signal);
        this.actWithoutTrap(signal, fromKernel, foreground);
      } else if (!this.context.virtual) {
        this.pending.delete(signal);
        if (signal === SIGCHLD) this.runChildAction();
        else this.runAction(this.actions.get(signal)!);
      } else if (fromKernel && KEYBOARD.includes(signal)) {
        // A subshell that were a process would have had the signal too, and no trap: it ends, and then the trap runs.
        this.context.endSubshell(SIGNALLED + signal);
      }
      if (this.context.state.divert !== Divert.none) return;
    }
  }

  /**
   * What a signal does for which there is no trap. An interrupt from the keyboard has gone to the foreground program as
   * well. If that program did not die of it, it has used it for itself, as an editor does to drop a command, and a script
   * goes on; if it did, whoever pressed the key meant the whole script. It is a guess: a program that catches the interrupt
   * to clean up and then exits, rather than to kill itself by the signal, leaves its script running. An interrupt that a
   * process has sent was meant for the shell.
   */
  private actWithoutTrap(signal: number, fromKernel: boolean, foreground: number | null): void {
    if (signal === SIGINT && this.interactive) this.context.interrupt();
    else if (signal === SIGINT && fromKernel && foreground !== null && !diedOfInterrupt(foreground)) return;
    else this.context.dieOf(signal);
  }

  /** Runs a trap; the status is afterwards as it was (XCU 2.15.25). */
  private runAction(action: string): void {
    const { state } = this.context;
    const { status, pipeStatus, lastArgument, substitutionStatus, line, command, trapStatus, trappedCommand } = state;
    state.trapStatus = status;
    state.trappedCommand ??= state.command;
    this.context.evaluate(action, 1);
    state.trapStatus = trapStatus;
    state.command = command;
    state.trappedCommand = trappedCommand;
    if (state.divert === Divert.none) Object.assign(state, { status, pipeStatus, lastArgument, substitutionStatus });
    state.line = line;
  }

  /** Drops a signal that has been dealt with otherwise. */
  forget(signal: number): void {
    this.collect();
    this.pending.delete(signal);
  }

  keepFailure(): void {
    const { state, positional } = this.context;
    const { call, functionDepth } = state;
    if (functionDepth === 0) return;
    const { values } = positional;
    const { debug, failed, returned } = this;
    this.returnToFailure = () => {
      Object.assign(state, { call, functionDepth });
      positional.values = values;
      Object.assign(this, { debug, failed, returned });
    };
  }

  runExit(): void {
    const action = this.actions.get(EXIT);
    if (!action || this.exiting) return;
    this.exiting = true;
    const { state } = this.context;
    const { status } = state;
    this.returnToFailure?.();
    state.divert = Divert.none;
    state.trapStatus = status;
    state.trappedCommand ??= state.command;
    state.inExitTrap = true;
    this.context.evaluate(action, 1);
    state.inExitTrap = false;
    state.trapStatus = state.trappedCommand = null;
    // `exit` in the trap sets another status, and so does `return` where it is in a function or script.
    const divert = state.divert as Divert;
    if (divert !== Divert.exit && divert !== Divert.return) state.status = status;
  }

  reset(): void {
    // What is ignored is now as if the script had been started with it.
    for (const [condition, action] of this.actions) {
      if (action === "" && condition !== EXIT && condition < DEBUG) this.ignoredOnEntry.add(condition);
    }
    this.becomeSubshell();
    this.listed = null;
    this.actions.clear();
    this.cachedAttention = null;
    this.debug = this.failed = this.returned = null;
    this.startedInteractive = false;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Subshells

  override leaveSubshell(): void {
    this.returnToFailure = null;
    super.leaveSubshell();
  }

  /** Traps are reset in a subshell, but what is ignored stays ignored (XCU 2.15.25). */
  becomeSubshell(): void {
    this.listed = new Map(this.actions);
    const trapped = [...this.actions.keys()];
    this.actions = new Map([...this.actions].filter(([condition, action]) => this.isInherited(condition, action)));
    this.pending.clear();
    this.cachedAttention = null;
    this.subshell = true;
    this.exiting = false;
    this.interactive = false;
    this.jobControl = false;
    for (const signal of new Set([...trapped, ...FATAL, ...JOB_CONTROL_IGNORED, SIGWINCH])) {
      if (signal !== EXIT && signal < DEBUG) this.apply(signal);
    }
  }

  /** Whether a subshell has an action too: what is ignored, and what options say. */
  private isInherited(condition: number, action: string): boolean {
    const { errtrace, functrace } = this.context.options;
    if (condition === ERR) return errtrace;
    return condition > ERR || condition === DEBUG ? functrace : action === "" && condition !== EXIT;
  }

  ignoreByDefault(signals: readonly number[]): void {
    for (const signal of signals) {
      if (this.actions.has(signal)) continue;
      this.ignoredByDefault.add(signal);
      this.apply(signal);
    }
    this.cachedIgnored = null;
  }
}

function diedOfInterrupt(status: number): boolean {
  const state = processState(status);
  return state.kind === "signalled" && state.signal === SIGINT;
}
