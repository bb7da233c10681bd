/** Jobs and traps, as execution and builtins see them. See {@link file://./shell.ts}. */

import type { EnvironmentBlock, SpawnPlan } from "../system/system.ts";
import type { SubshellState } from "./subshell_state.ts";

/** A program to start, its words expanded and its file found. */
export interface Program {
  /** Its file; of a utility its name. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: EnvironmentBlock;
  readonly descriptors: readonly number[];
  /**
   * Whether it is a utility of the C library, which a child runs without a program; whether that may use splice(2), and for
   * which descriptors it has the offset alone; and whether it only serves the stages of its job, and its status is
   * nobody's.
   */
  readonly utility?: { readonly splice: boolean; readonly own: number; readonly serves?: true } | undefined;
}

/** A job, which only the job room looks into. */
export interface JobHandle {
  /** The process id of its last process; 0 if it has none. */
  readonly lastPid: number;
  /** Whether something that it needs could not be had, so that it is given up. */
  readonly incomplete: boolean;
  readonly state: "running" | "stopped" | "done";
  /** Whether `wait` has returned for it. */
  readonly waitedFor: boolean;
  /** Exit statuses of its stages. */
  statuses(): readonly number[];
}

/** A job as builtins see it. */
export interface JobView extends JobHandle {
  /** The number in the job table. */
  readonly number: number;
  /** The command. */
  readonly text: string;
  /** The process id of its first process. */
  readonly leader: number;
  /** Its process group, under job control; else 0. */
  readonly group: number;
  /** The working directory in which it was started. */
  readonly directory: string;
  /** Whether the user knows its state. */
  notified: boolean;
  waitedFor: boolean;
  /** Whether a dying shell is to leave it alone. */
  keptFromHangup: boolean;
  /** The process ids of its stages that have one. */
  pids(): readonly number[];
  processState(pid: number): "running" | "stopped" | "done";
  processStatus(pid: number): number;
}

export interface Jobs extends SubshellState {
  /** Whether each job is a process group of its own (`set -m`). */
  readonly controlled: boolean;
  /** Begins a job; `text` gives its command as messages show it, `stages` those of a pipeline. */
  begin(text: () => string, foreground: boolean, stages?: readonly (() => string)[]): JobHandle;
  /** Begins the job of a process substitution, which shows in no list and is part of no job. */
  beginSubstitution(text: () => string): JobHandle;
  /** Starts a program in `job`. Returns its process id or `-errno`. */
  spawn(job: JobHandle, program: Program): number;
  /**
   * Whether nothing but its end is to be known of a program that runs in the foreground, so that {@link run} can run it: there is no
   * job control, and nothing else is waited for at the same time.
   */
  readonly runsAtOnce: boolean;
  /**
   * Runs a program in the foreground, in one call of the system, and without a job as long as nothing happens but that it exits:
   * then it returns the exit status. If a signal has come, to the program or to the shell, it returns the job to wait for, and
   * otherwise `-errno`.
   */
  run(plan: SpawnPlan, text: () => string): number | JobHandle;
  /**
   * Forks the shell into `job`. Returns as fork(2). The child is a process of the job, and has no jobs itself; signals are blocked
   * in it, until it has the dispositions of a subshell.
   */
  fork(job: JobHandle): number;
  /** Notes a stage of `job` that ended with `status` without a process. */
  addEnded(job: JobHandle, status: number): void;
  /** Notes the stage `index` of `job`, which this process ran itself and which ended with `status`. */
  insertOwn(job: JobHandle, index: number, status: number): void;
  /** Whether `job` is to be deaf to the signals of the keyboard: in the background without job control. */
  isDeaf(job: JobHandle): boolean;
  /** The signals that the processes of `job` ignore until they are told otherwise. */
  deafTo(job: JobHandle): readonly number[];
  /**
   * Says whether more is to be started of `job` than the next process: if that is forked, it waits for {@link letGo} before it
   * begins.
   */
  hold(job: JobHandle, more: boolean): void;
  /** All of `job` has been started, or given up. */
  letGo(job: JobHandle): void;
  /** Ends what has been started of `job`, and says no more of it: the rest of it could not be had. */
  abandon(job: JobHandle): void;
  /** Whether jobs have changed in a way that the user does not know of yet. */
  readonly hasNotices: boolean;
  /** Tells the user what has become of jobs, and forgets those that have ended. */
  notify(): void;
  /** Waits until `job` has ended or stopped. Returns the statuses of its stages. */
  waitForeground(job: JobHandle): readonly number[];
  /** Lets `job` run in the background. */
  background(job: JobHandle): void;
  /** Takes note of children that have changed their state, without waiting. */
  reap(): void;

  /**
   * The jobs that the user may know of, by number; in a subshell without own background jobs, those of the shell around, which
   * can't be waited for.
   */
  all(): readonly JobView[];
  /** The jobs of this shell environment, by number. */
  own(): readonly JobView[];
  /** The job that a specification such as `%1` or `%sleep` names. */
  find(specification: string): JobView | "none" | "ambiguous";
  /** The job of this shell environment with a process `pid`. */
  byPid(pid: number): JobView | undefined;
  /** The exit status of a process whose job has been taken out of the table. */
  recall(pid: number): number | undefined;
  /** Forgets the exit status of a process, or of all. */
  forget(pid?: number): void;
  /** `+` for the current job, `-` for the previous one, else a space. */
  mark(job: JobView): string;
  /** The line, or with `long` the lines, that show a job. */
  describe(job: JobView, long: boolean): string;
  /** Whether the user is still to be told of the state of a job. */
  tellsOf(job: JobView): boolean;
  /** A directory as notices show it. */
  shortened(directory: string): string;
  /** Takes a job out of the table. */
  finish(job: JobView): void;
  /** Waits until `ended`. Returns false if a signal came first that has something to do. */
  waitUntil(ended: () => boolean): boolean;
  /** Lets a job go on in the foreground, and gives its status. */
  resumeForeground(job: JobView): number;
  resumeBackground(job: JobView): void;
  /** Stops the shell itself until it is let go on in the foreground. Returns 0 or `-errno`. */
  suspend(): number;
  /** Puts the terminal into the modes in which the shell wants it. */
  restoreTerminal(): void;
  /**
   * Sends a signal to every process of a job. One that is stopped is continued to let it end, if the signal asks for that.
   * Returns as kill(2).
   */
  kill(job: JobView, signal: number): number;
  /** Sends SIGHUP to every job that has not been kept from it, as a shell does that loses its terminal. */
  hangUp(): void;
  /** Ends the jobs that are stopped, which nobody could let go on, and gives the terminal back: the shell ends. */
  leave(): void;
}

/** Actions that are not in force in a function, by condition. */
export type HeldTraps = readonly (readonly [number, string])[];

export interface Traps extends SubshellState {
  /** The signals that programs are to ignore. */
  ignored(): readonly number[];
  /** Whether signals do to the shell what they would not do to a subshell: it is interactive, or a signal has an action. */
  readonly active: boolean;
  /** Whether signals have come that still wait for their time. */
  readonly deferred: boolean;
  /** Tells what kind of shell it is: which signals it minds without a trap. */
  configure(interactive: boolean, jobControl: boolean): void;
  /** Drops a signal that has been dealt with otherwise. */
  forget(signal: number): void;
  /** Takes the signals that have come and does what they ask for; called between commands. */
  process(): void;
  /** Has this process, a subshell, ignore signals until a trap says otherwise. */
  ignoreByDefault(signals: readonly number[]): void;
  /** Ends the shell at once if a signal has come that asks for it; other signals wait for the command that runs. */
  dieIfAsked(): void;
  /** The action of a condition; `undefined` if it has none. */
  get(condition: number): string | undefined;
  /** Sets the action of a condition, or takes it away. */
  set(condition: number, action: string | undefined): void;
  /** Every condition with an action, in order. */
  entries(): [number, string][];
  /** Takes the signals that have come. Returns the first that has something to do; 0 if there is none. */
  collect(): number;
  /** Whether `signal` has come and waits for its time; {@link collect} has been called. */
  isPending(signal: number): boolean;
  /** Whether `signal` is trapped or ignored. */
  handles(signal: number): boolean;
  /**
   * The actions of the conditions that no signal raises, as far as they are in force where commands run now; `null` for none.
   * They are looked at before and after every command.
   */
  readonly debug: string | null;
  readonly failed: string | null;
  readonly returned: string | null;
  /** Runs the DEBUG trap before a command. Returns whether the command is to be run (bash manual 4.3.2, extdebug). */
  runDebug(): boolean;
  /** Runs the ERR trap after a command that failed with `status`. */
  runError(status: number): void;
  /** Runs the RETURN trap after a function or script, the last command of which had `status`. */
  runReturn(status: number): boolean;
  /**
   * A function begins, which has no share in the traps of its caller unless options or its attribute `trace` say so. Returns
   * what {@link leaveFunction} is to bring back, or `null`.
   */
  enterFunction(traced: boolean): HeldTraps | null;
  /** A script that `.` reads begins: as {@link enterFunction}. */
  enterScript(): HeldTraps | null;
  leaveFunction(held: HeldTraps): void;
  /**
   * A command has failed under `set -e`: the EXIT trap will still see the functions that called it, with their arguments, though
   * their variables are gone.
   */
  keepFailure(): void;
  /** Runs the EXIT trap, if there is one, once. */
  runExit(): void;
  /** In a process that has been forked to run a script in place of a program: traps are gone. */
  reset(): void;
}
