/**
 * Programs in the foreground, as simple commands run them.
 *
 * Running a program costs little of the shell's own work, but every time that work begins with cold caches, for the program
 * has used them meanwhile: what counts is how much code and memory it touches. So the usual case has a way of its own. Without job
 * control, and as long as nothing else is waited for, all that is to be known of a program is its exit status; then
 * there is one call of the system that starts it and waits for it ({@link Jobs.run}), no job, and nothing is laid
 * out anew that is as it was when the command ran last. Everything else goes the general way: the program is started in a job, which
 * is waited for.
 */

import type { SpawnPlan } from "../system/system.ts";
import { startTarget } from "./expanded_command.ts";
import { locate, planDescriptors, planHere, startPlanned } from "./program.ts";
import type { JobHandle, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { PROGRAM, type Target } from "./target.ts";

const NONE: readonly number[] = [];

export class ForegroundProgram {
  /** The plan when the command ran last. */
  private last: SpawnPlan | null = null;

  /** @param redirected whether the command has redirections, so that the innermost frame of the descriptor table is its own */
  constructor(
    private readonly shell: Shell,
    private readonly text: () => string,
    private readonly redirected: boolean,
  ) {}

  /**
   * Runs a program, or the utility that takes its place. Returns its status, or the job that has been started and has to be waited for
   * when the command's redirections are gone.
   *
   * @param args those that follow the name
   */
  run(target: Target, name: string, args: readonly string[]): number | JobHandle {
    const { jobs, multios, options } = this.shell;
    const atOnce = target === PROGRAM && jobs.runsAtOnce && multios.count === 0 && !options.autocd;
    return atOnce ? this.runAtOnce(name, args) : this.startTarget(target, name, args);
  }

  private runAtOnce(name: string, args: readonly string[]): number | JobHandle {
    const plan = this.plan(name, args);
    if (typeof plan === "number") return plan;
    this.last = plan;
    const result = this.shell.jobs.run(plan, this.text);
    if (typeof result === "number" && result < 0) return this.startPlanned(plan);
    // The program has had them for itself.
    if (plan.closing.length > 0) this.shell.streams.table.closed(plan.closing);
    return result;
  }

  // A function that has a closure in it makes a context at every call: those that seldom run are apart.

  private startTarget(target: Target, name: string, args: readonly string[]): number | JobHandle {
    return this.start((job) => startTarget(this.shell, job, target, [name, ...args]));
  }

  private startPlanned(plan: SpawnPlan): number | JobHandle {
    return this.start((job) => startPlanned(this.shell, job, plan));
  }

  /** @param start gives the status that tells why nothing could be started, or 0 */
  private start(start: (job: JobHandle) => number): number | JobHandle {
    const { jobs, state } = this.shell;
    const job = jobs.begin(this.text, true);
    const status = start(job);
    return state.divert === Divert.none ? job : status;
  }

  /** The plan to run the program at once: the last one, unless something has changed. Or the status that tells why there is none. */
  private plan(name: string, args: readonly string[]): SpawnPlan | number {
    const { shell, last } = this;
    // What was found under its own name is a path, which is not looked for.
    const direct = last !== null && last.path === name && !shell.options.restricted_shell;
    const all = last !== null && areSame(last.arguments, name, args) ? last.arguments : [name, ...args];
    const path = direct ? name : locate(shell, all, null);
    if (typeof path === "number") return path;
    const descriptors = planDescriptors(shell, name);
    if (typeof descriptors === "number") return descriptors;
    const environment = shell.variables.environmentBlock();
    const closing = this.redirected ? shell.streams.table.ofFrame() : NONE;
    const same = last !== null && last.arguments === all && last.path === path && last.environment === environment &&
      last.ignoredSignals === shell.traps.ignored() && shell.programLimits.length === 0 &&
      areEqual(last.descriptors, descriptors) && areEqual(last.closing, closing);
    return same ? last : planHere(shell, { path, arguments: all, environment, descriptors }, closing);
  }
}

/** Whether the words of a command are this name and these arguments. */
function areSame(words: readonly string[], name: string, args: readonly string[]): boolean {
  const { length } = args;
  if (words.length !== length + 1 || words[0] !== name) return false;
  for (let i = 0; i < length; i++) if (words[i + 1] !== args[i]) return false;
  return true;
}

function areEqual(some: readonly number[], others: readonly number[]): boolean {
  if (some === others) return true;
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}
