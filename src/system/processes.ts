/** The part of the `System` that makes processes and waits for them; `system.ts` has its conventions. */

/** Making processes and waiting for them. */
export interface Processes {
  /**
   * Starts a program as `plan` says. Returns its process id, or `-errno` of the step that failed in the child (most
   * often execve's own), which then has left no process behind.
   */
  spawn(plan: SpawnPlan): number;
  /**
   * As {@link spawn}, for a program in the process group of this process, and waits for its end; a thread beside this one may take the
   * signal of that, and it is noticed late. Returns its process id and its wait status as one number, which `wait_status.ts` takes
   * apart. If a caught signal came first, the status is that of a process that goes on: CONTINUED. What has become of other
   * children is not asked: if there is something to know, SIGCHLD is pending afterwards.
   */
  run(plan: SpawnPlan): number;
  /**
   * Replaces this process as `plan` says. Returns `-errno` only if that failed; descriptors, signal dispositions
   * and mask are then as before. `processGroup`, `foreground` and `newSession` of the plan do not apply.
   */
  execve(plan: SpawnPlan): number;
  /**
   * fork(2) of the shell itself. Returns 0 in the child, which goes on running JavaScript, has a self-pipe of its
   * own, no pending signals, and the dispositions of its parent.
   */
  fork(): number;
  /** _exit(2): nothing is flushed. */
  exit(status: number): never;
  /**
   * waitpid(2), with `options` of WNOHANG, WUNTRACED, WCONTINUED; `pid` as there. With WNOHANG, `null` when no
   * child has changed its state.
   */
  waitpid(pid: number, options: number): ProcessChange | null | number;
  /**
   * Waits until children have changed their states, with `options` of WUNTRACED, WCONTINUED. Returns the changes, at least one;
   * `-ECHILD` if there are no children. With a caught signal pending, `-EINTR`, but for SIGCHLD: that is taken, for it tells
   * nothing beyond what is returned.
   */
  awaitChildren(options: number): readonly ProcessChange[] | number;
  /** kill(2): `pid` as there; signal 0 tests. */
  kill(pid: number, signal: number): number;
  getpid(): number;
  getppid(): number;
  /** getpgid(2); 0 is this process. */
  getpgid(pid: number): number;
  setpgid(pid: number, group: number): number;
  getsid(pid: number): number;
  setsid(): number;
  /** times(2) of this process and of its waited-for children, in seconds. */
  times(): ProcessTimes;
}

export interface ProcessChange {
  readonly pid: number;
  /** As waitpid(2) stores it; `wait_status.ts` reads it. */
  readonly status: number;
}

export interface ProcessTimes {
  readonly user: number;
  readonly system: number;
  readonly childrenUser: number;
  readonly childrenSystem: number;
}

/** How a program is to be started; all that happens between clone and execve is in here. */
export interface SpawnPlan {
  /** The file to execute; not searched for in PATH. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: EnvironmentBlock;
  /**
   * Pairs of descriptors, `from, to`: in the child, `to` becomes a duplicate of what `from` was in this process; with
   * `from` -1, `to` is closed. They take effect as if all at once, so that `1, 2, 2, 1` swaps. A pair of equal
   * numbers takes close-on-exec away. Descriptors not named are as execve leaves them.
   */
  readonly descriptors: readonly number[];
  /** Of {@link Processes.run}: what this process has only for the program; it is closed here once that has been started. */
  readonly closing: readonly number[];
  /** Signals that the program is to ignore; all others are at their default. The signal mask is that of entry. */
  readonly ignoredSignals: readonly number[];
  /** -1: the shell's own; 0: a new group led by the child; else the id of the group to join. setpgid is done in both. */
  readonly processGroup: number;
  /** Descriptor of the terminal whose foreground group the child's group becomes before execve, or -1. */
  readonly foreground: number;
  /** Directory to start in, or `null`. */
  readonly directory: string | null;
  /** Resource limits to set in the child. */
  readonly limits: readonly ResourceLimit[];
  /**
   * If it is there, `path` is no file, but the name of one of the C library's own utilities (see `native/utility.h`), which a
   * forked child runs without a program, with or without splice(2) and its kin. `own` has a bit for each number of a
   * descriptor whose file's offset no other process uses. Not for execve.
   */
  readonly utility?: { readonly splice: boolean; readonly own: number } | undefined;
  /** What the system keeps of a plan, which does not change, that is used again. */
  layout?: Uint8Array<ArrayBuffer> | null;
  /** setsid, and descriptor 0 of the child (after the moves) becomes the controlling terminal. */
  readonly newSession: boolean;
}

/** The environment of a program as one block, so that one made once serves many spawns. */
export interface EnvironmentBlock {
  /** `name=value` entries, each ended by a NUL byte. */
  readonly bytes: Uint8Array;
  readonly count: number;
}

export interface ResourceLimit {
  /** An `RLIMIT_` number. */
  readonly resource: number;
  /** `Infinity` is RLIM_INFINITY. */
  readonly soft: number;
  readonly hard: number;
}

export interface Limits {
  getrlimit(resource: number): ResourceLimit | number;
  setrlimit(limit: ResourceLimit): number;
}
