/** What an interactive shell, or a login shell, does before it exits (bash manual 3.1, `exit`; 6.2). */

import type { Session, Shell } from "../execution/shell.ts";
import { runLogoutFile } from "./startup_files.ts";

export class Ending implements Session {
  private loggedOut = false;

  constructor(private readonly shell: Shell) {}

  agreesToExit(): boolean {
    const { shell } = this;
    const { state, streams, options } = shell;
    if (!state.interactive) return true;
    streams.write(2, options.login_shell ? "logout\n" : "exit\n");
    // Whoever has just seen the jobs knows of them.
    if (state.commandNumber <= state.jobsShownAt + 1) return true;
    shell.jobs.reap();
    const jobs = shell.jobs.own();
    const stopped = jobs.some((job) => job.state === "stopped");
    const running = options.checkjobs && jobs.some((job) => job.state === "running");
    if (!stopped && !running) return true;
    streams.write(2, `There are ${stopped ? "stopped" : "running"} jobs.\n`);
    if (options.checkjobs) shell.print(jobs.map((job) => shell.jobs.describe(job, false)).join(""));
    state.jobsShownAt = state.commandNumber;
    return false;
  }

  logOut(): void {
    if (this.loggedOut || !this.shell.options.login_shell) return;
    this.loggedOut = true;
    runLogoutFile(this.shell);
  }
}
