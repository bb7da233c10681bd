/** Simple commands that are more than assignments: with words, of which the first says what is run, or with redirections. */

import { literalText } from "../syntax/nodes.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import { builtinStatus } from "./builtin_call.ts";
import { CommandRun } from "./command_run.ts";
import { compileArguments, constantName, prepareCall, type Prepared } from "./command_words.ts";
import type { Compiler, Ends } from "./compiler.ts";
import { hasElementOperands } from "./element_operand.ts";
import { startTarget } from "./expanded_command.ts";
import { becomeFinalProgram, endsShell } from "./final_command.ts";
import { ForegroundProgram } from "./foreground_program.ts";
import { prepareLocals } from "./local_declaration.ts";
import type { Connected } from "./multios.ts";
import { PlainProgram } from "./plain_program.ts";
import { PrecedingAssignments } from "./preceding_assignments.ts";
import { becomeProgram, startProgram } from "./program.ts";
import { compileRedirections, enterEnds, type Redirect } from "./redirection.ts";
import type { JobHandle } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import type { Subshells } from "./subshell.ts";
import { isHere, lookUp, type NamedTarget, type Target, type TargetHere } from "./target.ts";
import { checkWindowSize } from "./window_size.ts";
import { traceCommand } from "./xtrace.ts";

const PERCENT = 37;

export class OrdinaryCommand extends CommandRun {
  private readonly subshells: Subshells;
  /** The assignments before it. */
  private readonly assignments: PrecedingAssignments | null;
  private readonly assignsPath: boolean;
  private readonly redirect: Redirect | null;
  /** Whether it has nothing but words. */
  private readonly bare: boolean;
  /** What its first word names, if that says so by itself. */
  private readonly named: NamedTarget | null;
  /** Expands its words, but for a name that is known. */
  private fields: (() => string[]) | null = null;
  /** Runs it in a quicker way, where that is possible; `undefined` as long as it is not known whether there is one. */
  private prepared: Prepared | null | undefined;
  private ran = false;
  private foreground: ForegroundProgram | null = null;
  /** The command as a program that needs no subshell around it; `undefined` as long as it is not known whether it is one. */
  private plain: PlainProgram | null | undefined;
  /** The words as far as they are known without being expanded. */
  private apparent: readonly string[] | null = null;
  private substitutes: boolean | null = null;

  /** For the parameters see {@link CommandRun}. */
  constructor(command: SimpleCommand, compiler: Compiler, connected: Connected | undefined, checks: boolean) {
    const { shell } = compiler;
    super(command, shell, connected, checks);
    const { assignments, redirections } = command;
    this.subshells = compiler.subshells;
    this.assignments = assignments.length === 0 ? null : new PrecedingAssignments(shell, assignments);
    this.assignsPath = this.assignments !== null && this.assignments.assignsPath;
    this.redirect = redirections.length === 0 ? null : compileRedirections(redirections, shell, connected);
    this.bare = this.redirect === null && this.assignments === null;
    this.named = constantName(command, shell, this.assignsPath);
    this.prepared = this.bare && this.named !== null ? undefined : null;
  }

  protected execute(): number {
    const { named } = this;
    if (named === null) {
      const words = this.expand();
      return words.length === 0 ? this.assignOnly() : this.dispatch(words);
    }
    const prepared = this.prepared === undefined ? this.prepare(named) : this.prepared;
    const status = prepared === null ? null : prepared();
    if (status !== null) return status;
    const args = this.expand();
    return this.call(named.with(args, true), named.name, args);
  }

  private prepare(named: NamedTarget): Prepared | null {
    const { command, shell } = this;
    const locals = prepareLocals(named, command, shell);
    if (locals !== null) return this.prepared = locals;
    // Most commands of a script run once: nothing more is prepared for these.
    if (this.ran) return this.prepared = prepareCall(named, command, shell);
    this.ran = true;
    return null;
  }

  private expand(): string[] {
    if (this.fields === null) {
      const { words } = this.command;
      this.fields = compileArguments(
        this.named === null ? words : words.slice(1),
        hasElementOperands(words),
        this.shell,
      );
    }
    return this.fields();
  }

  /** Assignments and redirections without a command: they affect the shell itself (XCU 2.9.1.1). */
  private assignOnly(): number {
    const { redirect, assignments, shell: { state } } = this;
    if (assignments !== null) assignments.assignLasting();
    if (redirect === null) return state.substitutionStatus ?? SUCCESS;
    // The redirections are those of a subshell: what their words assign is not seen (XCU 2.9.1.3).
    const body = () => redirect(false) ? state.substitutionStatus ?? SUCCESS : FAILURE;
    return this.subshells.run(this.text, body, false);
  }

  private dispatch(words: string[]): number {
    // A job specification alone brings the job into the foreground (bash manual 7.1).
    if (words[0]!.charCodeAt(0) === PERCENT) words.unshift("fg");
    const name = words[0]!;
    const args = words.slice(1);
    return this.call(lookUp(this.shell, name, args, true, this.assignsPath), name, args);
  }

  /** @param args those that follow the name */
  private call(target: Target, name: string, args: readonly string[]): number {
    const { shell, bare } = this;
    const { state, streams, options } = shell;
    const last = args.length === 0 ? name : args[args.length - 1]!;
    if (target.kind === "builtin" && !target.builtin.quiet) streams.settle();
    const here = isHere(target);
    if (!here && state.subshellDepth > 0 && !shell.prepareForProgram()) return SUCCESS;
    if (bare && options.xtrace) traceCommand(shell, name, args);
    const result = bare ? this.runTarget(target, name, args) : this.surrounded(target, name, args);
    const status = typeof result === "number" ? result : shell.jobs.waitForeground(result).at(-1)!;
    if (!here && state.divert === Divert.none) checkWindowSize(shell);
    state.lastArgument = last;
    return status;
  }

  /** Runs what the command is. Returns its status, or the job of a program that is to be waited for. */
  private runTarget(target: Target, name: string, args: readonly string[]): number | JobHandle {
    const { shell } = this;
    const { state } = shell;
    if (!isHere(target)) {
      const last = this.command === state.finalCommand && target.kind === "program" && endsShell(shell);
      if (last) return becomeFinalProgram(shell, [name, ...args]);
      this.foreground ??= new ForegroundProgram(shell, this.text, this.redirect !== null);
      return this.foreground.run(target, name, args);
    }
    return state.expandedSubshell === state.subshellDepth ? this.runInside(target, args) : this.runHere(target, args);
  }

  private runInside(target: TargetHere, args: readonly string[]): number {
    return this.shell.state.runInside(() => this.runHere(target, args));
  }

  private runHere(target: TargetHere, args: readonly string[]): number {
    const { shell } = this;
    return target.kind === "builtin"
      ? builtinStatus(shell, target.builtin, args, this.redirect !== null)
      : shell.callFunction(target.definition, args, this.assignments !== null);
  }

  /** Runs what the command is with its redirections, and with its assignments in a scope of their own. */
  private surrounded(target: Target, name: string, args: readonly string[]): number | JobHandle {
    const { shell, redirect, assignments } = this;
    const { options, multios, variables } = shell;
    const special = target.kind === "builtin" && target.builtin.kind === "special";
    const scoped = assignments !== null && !(special && options.posix);
    const { count } = multios;
    if (redirect !== null) shell.beginRedirections();
    if (scoped) variables.pushScope(target.kind === "function");
    try {
      // POSIX has the redirections first (XCU 2.9.1.1); bash has them last.
      if (!options.posix && assignments !== null) assignments.assignFor(target, args, scoped);
      if (options.xtrace) traceCommand(shell, name, args);
      const inShell = isHere(target);
      // POSIX has the shell end for any word that can't be expanded (XCU 2.8.1).
      const forProgram = !options.posix &&
        (!inShell || (target.kind === "builtin" && target.builtin.replacesProgram === true));
      const redirected = redirect === null || this.redirectFor(redirect, scoped, forProgram);
      if (!redirected) {
        return special && options.posix ? shell.exitUnlessInteractive(FAILURE) : FAILURE;
      }
      if (options.posix && assignments !== null) assignments.assignFor(target, args, scoped);
      if (multios.count > count && inShell && !multios.start(null)) return FAILURE;
      return this.runTarget(target, name, args);
    } finally {
      if (scoped) variables.popScope();
      else if (assignments !== null && options.sh) assignments.takeBackLent();
      if (redirect !== null) shell.endRedirections(count);
    }
  }

  /**
   * Carries the redirections out; they do not see assignments that are the command's alone. Apart from {@link surrounded}, where V8 would
   * call its runtime for the block around the closure.
   */
  private redirectFor(redirect: Redirect, scoped: boolean, forProgram: boolean): boolean {
    return scoped ? this.assignments!.hideFrom(() => redirect(false, forProgram)) : redirect(false, forProgram);
  }

  start(job: JobHandle, background: boolean, ends: Ends): void {
    const { shell } = this;
    const { state } = shell;
    if (!this.announce()) {
      shell.jobs.addEnded(job, SUCCESS);
      return;
    }
    if (this.startPlain(job, ends)) return;
    const body = () => {
      try {
        if (background) this.startHere(job);
        else state.expandOutside(() => this.startHere(job));
      } catch (error) {
        state.status = shell.failed(error);
        if (state.divert === Divert.none) shell.jobs.addEnded(job, state.status);
      }
    };
    const fork = background && (this.substitutes ??= holdsSubstitution(this.command));
    this.subshells.start(job, this.text, fork, body, () => enterEnds(shell, ends));
  }

  /** Starts a program that needs no subshell around it. Returns whether that could be done. */
  private startPlain(job: JobHandle, ends: Ends): boolean {
    const { shell, redirect, subshells } = this;
    if (this.plain === undefined) this.plain = PlainProgram.of(this.command, shell);
    if (this.plain === null || subshells.alwaysFork) return false;
    const fields = this.plain.fields();
    if (fields === null) return false;
    subshells.startProgram(job, this.text, ends, () => {
      if (redirect === null || redirect(false)) shell.hash.unlisted(() => startProgram(shell, job, fields));
      else shell.jobs.addEnded(job, FAILURE);
    });
    return true;
  }

  /** In a subshell of its own: expands, and starts the program, or forks to run anything else. */
  private startHere(job: JobHandle): void {
    const { shell, named, redirect, assignments } = this;
    const { state, options, streams: { table }, multios, variables } = shell;
    state.substitutionStatus = null;
    const all = named === null ? this.expand() : [named.name, ...this.expand()];
    const [name, ...args] = all;
    const target = name === undefined ? null : lookUp(shell, name, args, shell.isSubshellProcess, this.assignsPath);
    if (name === undefined || target === null || target.kind === "builtin" || target.kind === "function") {
      if (!shell.becomeProcess()) return;
      state.status = name === undefined ? this.assignOnly() : this.dispatch(all);
      return;
    }
    if (assignments !== null) {
      variables.pushScope(false);
      assignments.assignTemporary();
    }
    if (options.xtrace) traceCommand(shell, name, args);
    const { count } = multios;
    let own: JobHandle | null = null;
    if (redirect !== null) table.begin();
    if (
      redirect === null || (assignments !== null ? assignments.hideFrom(() => redirect(true)) : redirect(true))
    ) {
      if (shell.isSubshellProcess && target.kind === "program" && multios.count === count) {
        state.status = becomeProgram(shell, all);
      } else {
        // Of a process of its own that can't become the program, it is a job.
        if (shell.isSubshellProcess) own = shell.jobs.begin(this.text, true);
        state.status = startTarget(shell, own ?? job, target, all);
      }
    } else if (state.divert === Divert.none) {
      state.status = FAILURE;
      shell.jobs.addEnded(job, FAILURE);
    }
    if (redirect !== null) table.end();
    if (own !== null) state.status = shell.jobs.waitForeground(own).at(-1) ?? state.status;
    if (multios.count > count) multios.end(count);
  }

  runsInShell(): boolean {
    if (this.command.words.length === 0) return true;
    const target = this.apparentTarget(false);
    return target?.kind === "builtin" || target?.kind === "function";
  }

  relaysInShell(): boolean {
    return this.apparentTarget(true)?.kind === "builtin";
  }

  /** What it stands for, as far as its words tell without being expanded. */
  private apparentTarget(mayWait: boolean): Target | null {
    this.apparent ??= this.command.words.map((word) => word.kind === "word" ? literalText(word) ?? "" : "");
    const name = this.apparent[0] ?? "";
    return name === "" ? null : lookUp(this.shell, name, this.apparent.slice(1), mayWait, this.assignsPath);
  }
}

/** Whether the command's words hold a command substitution, which may take its time. */
function holdsSubstitution(command: SimpleCommand): boolean {
  const holds = (value: unknown): boolean => {
    if (value === null || typeof value !== "object") return false;
    if (Array.isArray(value)) return value.some(holds);
    const { kind } = value as { kind?: unknown };
    return kind === "command" || kind === "process" || Object.values(value).some(holds);
  };
  return holds(command.words) || holds(command.assignments) || holds(command.redirections);
}
