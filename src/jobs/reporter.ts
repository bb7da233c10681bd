/** Telling the user what has become of jobs: when, and whether on the terminal or as a message of the shell. */

import { SIGINT } from "../system/signal_numbers.ts";
import { exitStatus } from "../system/wait_status.ts";
import { endedBy, endNotice, type Speaker } from "./end_notice.ts";
import type { Job } from "./job.ts";
import { jobLine, longJobLines, type NoticeForm, shortened } from "./notice.ts";

export interface ReporterContext extends Speaker, NoticeForm {
  /** Writes a message that begins with the shell's name and the line. */
  report(message: string): void;
  /** Writes to the user as it is. */
  tell(text: string): void;
  /** A foreground job was ended or stopped by a key of the terminal: what goes on around it is given up, if need be. */
  interrupt(stopped: boolean, status: number): void;
  /** Whether nobody is told of the ends of programs: each would be the end of the subshell itself. */
  readonly silent: boolean;
}

export class Reporter {
  constructor(private readonly context: ReporterContext) {}

  /** What `jobs` shows of a job, whose mark is `+`, `-` or a blank. */
  describe(job: Job, mark: string, long: boolean): string {
    return long ? longJobLines(job, mark, this.context) : jobLine(job, mark, this.context);
  }

  shortened(directory: string): string {
    return shortened(directory, this.context.home);
  }

  /** Tells that a job has ended or stopped, and where the shell is if that isn't where the job is. */
  notify(job: Job, mark: string): void {
    const { directory } = this.context;
    const now = job.directory === directory ? "" : `(wd now: ${this.shortened(directory)})\n`;
    this.context.tell(`${job.state === "stopped" ? "\n" : ""}${this.describe(job, mark, false)}${now}`);
  }

  /** A foreground job was stopped: if a key did it, what is around it ends as well. */
  stopped(job: Job, mark: string): void {
    if (this.context.interactive) this.notify(job, mark);
    job.notified = true;
    this.context.interrupt(true, exitStatus(job.status));
  }

  /** A foreground job has not succeeded: tells of the signal that ended it. If a key did it, what is around it ends as well. */
  failed(job: Job): void {
    const { context } = this;
    if (job.controlled && context.interactive && endedBy(job.status) === SIGINT) {
      context.tell("\n");
      context.interrupt(false, exitStatus(job.status));
    } else if (!job.incomplete) this.ended(job);
  }

  /** Tells of a job that a signal has ended, if that is anybody's concern. */
  ended(job: Job): void {
    const { context } = this;
    if (context.silent) return;
    const notice = endNotice(job, context, context);
    if (notice === null) return;
    if (notice.plain) context.tell(notice.text);
    else context.report(notice.text);
  }
}
