/** What is said of a job that a signal has ended. */

import {
  SIGBUS,
  SIGFPE,
  SIGILL,
  SIGINT,
  SIGPIPE,
  SIGSEGV,
  SIGSYS,
  SIGTERM,
  SIGTRAP,
} from "../system/signal_numbers.ts";
import type { Job } from "./job.ts";
import { coreText, type NoticeForm, signalledLines, stateText } from "./notice.ts";

/** What kind of shell speaks. */
export interface Speaker {
  readonly interactive: boolean;
  readonly posix: boolean;
  /** Whether it was started as `sh`. */
  readonly sh: boolean;
  /** Whether it runs the commands that `-c` gave it. */
  readonly commandString: boolean;
  readonly pipefail: boolean;
  /** Whether there is a trap for `signal`. */
  traps(signal: number): boolean;
}

export interface EndNotice {
  readonly text: string;
  /** Whether it goes to the user as it is, rather than as a message of the shell. */
  readonly plain: boolean;
}

/** The part of a wait status that has the signal which ended a process, and what it is if none did. */
const TERMINATING = 0x7f;
const NOT_ENDED = 0x7f;

/** The signal that ended a process; 0 if none did. */
export function endedBy(status: number): number {
  const signal = status & TERMINATING;
  return signal === NOT_ENDED ? 0 : signal;
}

/** What the kernel sends to a program that has gone wrong. */
const CRASHES = [SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS];

/**
 * The notice of a job's end by a signal; `null` if it is none, or one by which people end programs. A script for `sh` speaks of
 * crashes alone, and of what it has traps for; in POSIX mode, bash speaks with `-c` of none.
 */
export function endNotice(
  job: Job,
  { interactive, posix, sh, commandString, pipefail, traps }: Speaker,
  form: NoticeForm,
): EndNotice | null {
  const failed = pipefail
    ? job.processes.findLast(({ status }) => status !== 0)
    : job.processes[job.processes.length - 1];
  const status = failed?.status ?? 0;
  const signal = endedBy(status);
  if (signal === 0 || signal === SIGINT || signal === SIGPIPE) return null;
  const trapped = traps(signal);
  const quiet = sh ? !trapped && !CRASHES.includes(signal) : posix && commandString;
  if (quiet && !interactive) return null;
  if (interactive || trapped || signal === SIGTERM) {
    if (!job.foreground) return null;
    const core = coreText(status);
    return { text: `${stateText(status, "done", posix, true)}${core === "" ? "" : ` ${core}`}\n`, plain: true };
  }
  return { text: signalledLines(job, form).replace(/\n$/, ""), plain: false };
}
