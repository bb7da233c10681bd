/**
 * Simple commands (XCU 2.9.1): expansion, assignments, redirections, and the search for what the name stands for.
 *
 * A program is started by `spawn` and waited for. What the command is, is found out each time that it runs; its words,
 * assignments and redirections are compiled.
 */

import { literalText } from "../syntax/nodes.ts";
import { printStatement } from "../syntax/printer.ts";
import type { SimpleCommand, Word } from "../syntax/tree.ts";
import { compileAssignment, compileTemporary } from "./assignment.ts";
import { builtinStatus } from "./builtin_call.ts";
import { compileDeclared } from "./declared_argument.ts";
import { compileElementOperand, hasElementOperands, namesElement } from "./element_operand.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { withKeywordAssignments } from "./keyword_assignments.ts";
import type { Connected } from "./multios.ts";
import { becomeProgram, startProgram, startUtility } from "./program.ts";
import { compileRedirections, enterEnds } from "./redirection.ts";
import type { Builtin, JobHandle, Shell, ShellFunction } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { traceCommand } from "./xtrace.ts";

/** What a command's name stands for; a program is found when it is started. */
type Target =
  | { readonly kind: "function"; readonly definition: ShellFunction }
  | { readonly kind: "builtin"; readonly builtin: Builtin }
  | { readonly kind: "utility"; readonly arguments: readonly string[] }
  | { readonly kind: "program" };

const PERCENT = 37;

const PROGRAM: Target = { kind: "program" };

/**
 * What the first of the fields of a command stands for (XCU 2.9.1.4), less the search for a program.
 *
 * @param mayWait whether a builtin that relays data may keep this process waiting
 * @param assignsPath whether the command has a PATH of its own: where programs will be found is not known yet
 */
function lookUp(shell: Shell, fields: readonly string[], mayWait: boolean, assignsPath: boolean): Target {
  const name = fields[0]!;
  const builtin = shell.builtins.get(name);
  const specialFirst = builtin !== undefined && builtin.kind === "special" && shell.options.posix;
  if (!specialFirst && shell.functions.size > 0) {
    const definition = shell.functions.get(name);
    if (definition !== undefined) return { kind: "function", definition };
  }
  if (builtin === undefined || (assignsPath && builtin.replacesProgram)) return PROGRAM;
  return builtinTarget(shell, builtin, fields, mayWait);
}

function builtinTarget(shell: Shell, builtin: Builtin, fields: readonly string[], mayWait: boolean): Target {
  const manner = builtin.relay?.(shell, fields.slice(1), mayWait);
  return manner === undefined || manner.kind === "here" ? { kind: "builtin", builtin } : manner;
}

/** Starts a program, or the utility that takes its place. Returns 0, or the status that tells why it could not be done. */
function start(shell: Shell, job: JobHandle, target: Target, args: readonly string[], path?: string | null): number {
  const status = target.kind === "utility"
    ? startUtility(shell, job, target.arguments)
    : startProgram(shell, job, args, path);
  // After the program, which is to be the first process of the job.
  if (status === SUCCESS && shell.multios.count > 0) shell.multios.start(job);
  return status;
}

/** @param connected the descriptors of a stage of a pipeline that lead to pipes */
export function compileSimpleCommand(command: SimpleCommand, compiler: Compiler, connected?: Connected): Compiled {
  const plain = compilePlain(command, compiler, connected);
  const keyworded = withKeywordAssignments(command);
  if (keyworded === null) return plain;
  const { options } = compiler.shell;
  let other: Compiled | null = null;
  const chosen = () => (options.keyword ? other ??= compilePlain(keyworded, compiler, connected) : plain);
  return {
    run: () => chosen().run(),
    start: (job, background, ends) => chosen().start(job, background, ends),
    announce: () => chosen().announce!(),
    runsInShell: () => chosen().runsInShell(),
    relaysInShell: () => chosen().relaysInShell?.() ?? false,
  };
}

/** Compiles a command of which the assignments are those that stand before it. */
function compilePlain(command: SimpleCommand, compiler: Compiler, connected?: Connected): Compiled {
  const { shell, subshells } = compiler;
  const { state, options, streams, substitutions, multios, traps, variables } = shell;
  const { table } = streams;
  const fields = compileArguments(command.words, shell);
  const assignments = command.assignments.map((assignment) => compileAssignment(assignment, shell));
  const temporary = command.assignments.map((assignment) => compileTemporary(assignment, shell));
  const redirect = command.redirections.length === 0
    ? null
    : compileRedirections(command.redirections, shell, connected);
  const assignsPath = command.assignments.some(({ name }) => name === "PATH");
  const text = () => printStatement(command);
  const { line } = command;

  /** Assignments and redirections without a command: they affect the shell itself (XCU 2.9.1.1). */
  const assignOnly = (): number => {
    for (const assign of assignments) assign();
    if (redirect === null) return state.substitutionStatus ?? SUCCESS;
    // The redirections are those of a subshell: what their words assign is not seen (XCU 2.9.1.3).
    const body = () => redirect(false) ? state.substitutionStatus ?? SUCCESS : FAILURE;
    return subshells.run(text, body, false);
  };

  const assignFor = (target: Target, args: readonly string[], scoped: boolean): void => {
    const assigned = scoped ? temporary : assignments;
    assigned.forEach((assign, i) => {
      // `x=1 export x` exports what it assigns.
      const stays = scoped && target.kind === "builtin" && declares(target.builtin, args, command.assignments[i]!.name);
      if (stays) assignments[i]!();
      else assign();
    });
  };

  /** Runs `run` with the command's redirections and with its assignments in a scope of their own. */
  const surrounded = (target: Target, args: readonly string[], run: () => number): number => {
    if (redirect === null && temporary.length === 0) {
      if (options.xtrace) traceCommand(shell, args);
      return run();
    }
    const special = target.kind === "builtin" && target.builtin.kind === "special";
    const scoped = temporary.length > 0 && !(special && options.posix);
    const { count } = multios;
    if (redirect !== null) shell.beginRedirections();
    if (scoped) variables.pushScope(target.kind === "function");
    try {
      // POSIX has the redirections first (XCU 2.9.1.1); bash has them last.
      if (!options.posix) assignFor(target, args, scoped);
      if (options.xtrace) traceCommand(shell, args);
      const inShell = target.kind === "builtin" || target.kind === "function";
      // POSIX has the shell end for any word that can't be expanded (XCU 2.8.1).
      const forProgram = !options.posix &&
        (!inShell || (target.kind === "builtin" && target.builtin.replacesProgram === true));
      if (redirect !== null && !redirect(false, forProgram)) {
        return special && options.posix ? shell.exitUnlessInteractive(FAILURE) : FAILURE;
      }
      if (options.posix) assignFor(target, args, scoped);
      if (multios.count > count && inShell && !multios.start(null)) return FAILURE;
      return run();
    } finally {
      if (scoped) variables.popScope();
      if (redirect !== null) shell.endRedirections(count);
    }
  };

  const dispatch = (args: string[]): number => {
    // A job specification alone brings the job into the foreground (bash manual 7.1).
    if (args[0]!.charCodeAt(0) === PERCENT && shell.jobs.controlled) args.unshift("fg");
    const target = lookUp(shell, args, true, assignsPath);
    const last = args.at(-1)!;
    let status: number;
    if (target.kind === "builtin") {
      const { builtin } = target;
      if (!builtin.quiet) streams.settle();
      status = surrounded(target, args, () => builtinStatus(shell, builtin, args.slice(1), redirect !== null));
    } else if (target.kind === "function") {
      const { definition } = target;
      status = surrounded(target, args, () => shell.callFunction(definition, args.slice(1), temporary.length > 0));
    } else {
      if (!shell.prepareForProgram()) return SUCCESS;
      const job = shell.jobs.begin(text, true);
      status = surrounded(target, args, () => start(shell, job, target, args));
      if (state.divert === Divert.none) {
        status = shell.jobs.waitForeground(job).at(-1) ?? status;
        shell.checkWindowSize();
      }
    }
    state.lastArgument = last;
    return status;
  };

  /** Notes what is about to run. Returns false if the DEBUG trap says that it is not to. */
  const announce = (): boolean => {
    state.line = line;
    state.command = text;
    return traps.debug === null || traps.runDebug();
  };

  const run = (): number => {
    let status: number;
    if (options.noexec && !state.interactive) return state.status;
    if (!announce()) return state.status;
    const { count } = substitutions;
    state.substitutionStatus = null;
    if (state.elementOperands !== null) state.elementOperands = null;
    try {
      const args: string[] = [];
      fields(args);
      if (args.length === 0) {
        status = assignOnly();
      } else status = dispatch(args);
    } catch (error) {
      status = shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS) shell.checkErrexit(status);
    return status;
  };

  /** In a subshell of its own: expands, and starts the program, or forks to run anything else. */
  const startHere = (job: JobHandle): void => {
    state.substitutionStatus = null;
    const args: string[] = [];
    fields(args);
    const target = args.length === 0 ? null : lookUp(shell, args, shell.isSubshellProcess, assignsPath);
    if (target === null || target.kind === "builtin" || target.kind === "function") {
      if (!shell.becomeProcess()) return;
      state.status = args.length === 0 ? assignOnly() : dispatch(args);
      return;
    }
    for (const assign of temporary) assign();
    if (options.xtrace) traceCommand(shell, args);
    const { count } = multios;
    let own: JobHandle | null = null;
    if (redirect !== null) table.begin();
    if (redirect === null || redirect(true)) {
      if (shell.isSubshellProcess && target.kind === "program" && multios.count === count) {
        state.status = becomeProgram(shell, args);
      } else {
        // Of a process of its own that can't become the program, it is a job.
        if (shell.isSubshellProcess) own = shell.jobs.begin(text, true);
        state.status = start(shell, own ?? job, target, args);
      }
    } else if (state.divert === Divert.none) {
      state.status = FAILURE;
      shell.jobs.addEnded(job, FAILURE);
    }
    if (redirect !== null) table.end();
    if (own !== null) state.status = shell.jobs.waitForeground(own).at(-1) ?? state.status;
    if (multios.count > count) multios.end(count);
  };

  let apparent: string[] | null = null;
  /** What it stands for, as far as its words tell without being expanded. */
  const apparentTarget = (mayWait: boolean): Target | null => {
    apparent ??= command.words.map((word) => word.kind === "word" ? literalText(word) ?? "" : "");
    return apparent[0] === "" ? null : lookUp(shell, apparent, mayWait, assignsPath);
  };

  let substitutes: boolean | null = null;
  return {
    run,
    start(job, background, ends) {
      if (!announce()) {
        shell.jobs.addEnded(job, SUCCESS);
        return;
      }
      const body = () => {
        try {
          startHere(job);
        } catch (error) {
          state.status = shell.failed(error);
          if (state.divert === Divert.none) shell.jobs.addEnded(job, state.status);
        }
      };
      const fork = background && (substitutes ??= holdsSubstitution(command));
      subshells.start(job, text, fork, body, () => enterEnds(shell, ends));
    },
    announce,
    runsInShell() {
      if (command.words.length === 0) return true;
      const target = apparentTarget(false);
      return target?.kind === "builtin" || target?.kind === "function";
    },
    relaysInShell: () => apparentTarget(true)?.kind === "builtin",
  };
}

/**
 * Runs a command whose fields are expanded, without a look at functions: for `command`.
 *
 * @param path where to look for a program instead of PATH, or `null`
 */
export function runFields(shell: Shell, fields: readonly string[], path: string | null): number {
  const { state } = shell;
  const builtin = shell.builtins.get(fields[0]!);
  const target = builtin === undefined ? PROGRAM : builtinTarget(shell, builtin, fields, true);
  if (builtin !== undefined && target.kind === "builtin") {
    state.plainDepth++;
    const status = builtinStatus(shell, builtin, fields.slice(1), false);
    state.plainDepth--;
    return status;
  }
  return runBeside(shell, fields, (job) => start(shell, job, target, fields, path));
}

/** Runs a program, whatever builtin may have its name. */
export function runProgram(shell: Shell, fields: readonly string[]): number {
  return runBeside(shell, fields, (job) => startProgram(shell, job, fields));
}

/** Runs a utility of the C library with its arguments, the first of which names it. */
export function runUtility(shell: Shell, fields: readonly string[]): number {
  return runBeside(shell, fields, (job) => startUtility(shell, job, fields));
}

/** Runs what `begin` starts in a job of its own, and waits for it. */
function runBeside({ jobs, state }: Shell, fields: readonly string[], begin: (job: JobHandle) => number): number {
  const job = jobs.begin(() => fields.join(" "), true);
  const status = begin(job);
  return state.divert === Divert.none ? jobs.waitForeground(job).at(-1) ?? status : status;
}

/** The fields of a command: of its words, and of the assignments among the arguments of a declaration utility. */
function compileArguments(words: SimpleCommand["words"], shell: Shell): (out: string[]) => void {
  const pieces: ((out: string[]) => void)[] = [];
  let run: Word[] = [];
  const flush = () => {
    if (run.length > 0) pieces.push(shell.words.fields(run));
    run = [];
  };
  const elements = hasElementOperands(words);
  for (const word of words) {
    if (elements && word.kind === "word" && namesElement(word)) {
      flush();
      pieces.push(compileElementOperand(word, shell));
    } else if (word.kind === "word") run.push(word);
    else {
      flush();
      pieces.push(compileDeclared(word, shell));
    }
  }
  flush();
  if (pieces.length === 1) return pieces[0]!;
  return (out) => {
    for (const piece of pieces) piece(out);
  };
}

/** Whether `builtin` is one that gives attributes to variables, and `name` is among its operands. */
function declares(builtin: Builtin, args: readonly string[], name: string): boolean {
  return (builtin.name === "export" || builtin.name === "readonly") && args.includes(name);
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
