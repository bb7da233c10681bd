/**
 * Simple commands (XCU 2.9.1): expansion, assignments, redirections, and the search for what the name stands for.
 *
 * A program is started by `spawn` and waited for. The words, assignments and redirections are compiled. What the command is,
 * is found out when it runs: of a name that is written as it is, only after something has changed.
 */

import { EXPORTED, LENT } from "../expansion/attributes.ts";
import { literalText } from "../syntax/nodes.ts";
import { printStatement } from "../syntax/printer.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import { compileAssignment, compileTemporary } from "./assignment.ts";
import { assignsOnly, compileAssignments, compileAssignmentsRun } from "./assignments_alone.ts";
import { builtinStatus } from "./builtin_call.ts";
import { compileArguments, constantName, prepareCall } from "./command_words.ts";
import { prepareLocals } from "./local_declaration.ts";
import { markOutlasting } from "./declaration.ts";
import { hasElementOperands } from "./element_operand.ts";
import { announced, asStage, compileRun } from "./command_run.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { startTarget } from "./expanded_command.ts";
import { withKeywordAssignments } from "./keyword_assignments.ts";
import { becomeFinalProgram, endsShell } from "./final_command.ts";
import { type Connected, isStage } from "./multios.ts";
import { becomeProgram } from "./program.ts";
import { compileRedirections, enterEnds, type Redirect } from "./redirection.ts";
import type { Builtin, JobHandle, Run } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { isHere, lookUp, type NamedTarget, type Target, type TargetHere } from "./target.ts";
import { checkWindowSize } from "./window_size.ts";
import { traceCommand } from "./xtrace.ts";

const PERCENT = 37;

/**
 * @param connected the descriptors of a stage of a pipeline that lead to pipes
 * @param checks whether its failure counts by itself
 */
export function compileSimpleCommand(
  command: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  const plain = compilePlain(command, compiler, connected, checks);
  const keyworded = withKeywordAssignments(command);
  if (keyworded === null) return plain;
  const { options } = compiler.shell;
  let other: Compiled | null = null;
  const chosen = () => (options.keyword ? other ??= compilePlain(keyworded, compiler, connected, checks) : plain);
  return {
    run: () => chosen().run(),
    runInSubshell: isStage(connected) ? () => chosen().runInSubshell!() : undefined,
    start: (job, background, ends) => chosen().start(job, background, ends),
    announce: () => chosen().announce!(),
    runsInShell: () => chosen().runsInShell(),
    relaysInShell: () => chosen().relaysInShell?.() ?? false,
  };
}

/** Compiles a command of which the assignments are those that stand before it. */
function compilePlain(
  command: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  return assignsOnly(command)
    ? compileAssignments(
      command,
      compiler.shell,
      connected,
      checks,
      () => compileCommand(command, compiler, undefined, checks),
    )
    : compileCommand(command, compiler, connected, checks);
}

/** Compiles a command that is run in the shell and nowhere else. */
export function compileSimpleRun(command: SimpleCommand, compiler: Compiler): Run {
  return assignsOnly(command)
    ? compileAssignmentsRun(command, compiler.shell, true)
    : compileSimpleCommand(command, compiler, undefined, true).run;
}

function compileCommand(
  command: SimpleCommand,
  compiler: Compiler,
  connected: Connected | undefined,
  checks: boolean,
): Compiled {
  const { shell, subshells } = compiler;
  const { state, options, streams, multios, variables } = shell;
  const { table } = streams;
  const assignsPath = command.assignments.some(({ name }) => name === "PATH");
  const named = constantName(command, shell, assignsPath);
  const elements = hasElementOperands(command.words);
  const fields = compileArguments(named === null ? command.words : command.words.slice(1), elements, shell);
  const assignments = command.assignments.map((assignment) => compileAssignment(assignment, shell));
  const temporary = command.words.length === 0
    ? []
    : command.assignments.map((assignment) => compileTemporary(assignment, shell));
  const redirect = command.redirections.length === 0
    ? null
    : compileRedirections(command.redirections, shell, connected);
  /** Whether it has nothing but words. */
  const bare = redirect === null && assignments.length === 0;
  const text = () => printStatement(command);
  const { line } = command;

  /** Assignments and redirections without a command: they affect the shell itself (XCU 2.9.1.1). */
  const assignOnly = (): number => {
    for (let i = 0; i < assignments.length; i++) assignments[i]!();
    if (redirect === null) return state.substitutionStatus ?? SUCCESS;
    // The redirections are those of a subshell: what their words assign is not seen (XCU 2.9.1.3).
    const body = () => redirect(false) ? state.substitutionStatus ?? SUCCESS : FAILURE;
    return subshells.run(text, body, false);
  };

  const assignFor = (target: Target, args: readonly string[], scoped: boolean): void => {
    const assigned = scoped ? temporary : assignments;
    for (let i = 0; i < assigned.length; i++) {
      const assign = assigned[i]!;
      // `x=1 export x` exports what it assigns, and so do the others that export or protect x.
      const { name } = command.assignments[i]!;
      const stays = scoped && target.kind === "builtin" &&
        declares(target.builtin, args, name, variables.functionScope > 0);
      if (stays) {
        assignments[i]!();
        variables.get(name).setAttributes(EXPORTED, true);
      } else {
        assign();
        // Those before a special builtin stay, exported; for `sh` only while it runs (XCU 2.9.1.2 leaves that open).
        if (!scoped) {
          const variable = variables.get(name);
          if ((variable.attributes & EXPORTED) === 0) {
            variable.setAttributes(options.sh ? EXPORTED | LENT : EXPORTED, true);
          }
          markOutlasting(variable);
        }
      }
    }
  };

  /** The special builtin has ended before which variables were assigned. */
  const takeBackLent = (): void => {
    for (const { name } of command.assignments) {
      const variable = variables.get(name);
      if ((variable.attributes & LENT) !== 0) variable.setAttributes(EXPORTED | LENT, false);
    }
  };

  /** Carries redirections out, the words of which do not see the command's own assignments, as in bash. */
  const withoutTemporary = (redirect: Redirect, beside: boolean, forProgram?: boolean): boolean => {
    const outside = variables.scope - 1;
    const hide = (i: number): boolean => {
      if (i === command.assignments.length) return redirect(beside, forProgram);
      return variables.get(command.assignments[i]!.name).atScope(outside, () => hide(i + 1));
    };
    return hide(0);
  };

  // No closures for what differs from call to call: V8 would make room on the heap for their variables each time.

  const runHere = (target: TargetHere, args: readonly string[]): number =>
    target.kind === "builtin"
      ? builtinStatus(shell, target.builtin, args, redirect !== null)
      : shell.callFunction(target.definition, args, temporary.length > 0);

  const runInside = (target: TargetHere, args: readonly string[]) => state.runInside(() => runHere(target, args));

  /** Runs what the command is, or starts it in `job`. */
  const runTarget = (target: Target, name: string, args: readonly string[], job: JobHandle | null): number => {
    if (!isHere(target)) {
      const all = [name, ...args];
      const last = command === state.finalCommand && target.kind === "program" && endsShell(shell);
      return last ? becomeFinalProgram(shell, all) : startTarget(shell, job!, target, all);
    }
    return state.expandedSubshell === state.subshellDepth ? runInside(target, args) : runHere(target, args);
  };

  /** The same with the command's redirections, and with its assignments in a scope of their own. */
  const surrounded = (target: Target, name: string, args: readonly string[], job: JobHandle | null): number => {
    const special = target.kind === "builtin" && target.builtin.kind === "special";
    const scoped = temporary.length > 0 && !(special && options.posix);
    const { count } = multios;
    if (redirect !== null) shell.beginRedirections();
    if (scoped) variables.pushScope(target.kind === "function");
    try {
      // POSIX has the redirections first (XCU 2.9.1.1); bash has them last.
      if (!options.posix && assignments.length > 0) assignFor(target, args, scoped);
      if (options.xtrace) traceCommand(shell, name, args);
      const inShell = isHere(target);
      // POSIX has the shell end for any word that can't be expanded (XCU 2.8.1).
      const forProgram = !options.posix &&
        (!inShell || (target.kind === "builtin" && target.builtin.replacesProgram === true));
      const redirected = redirect === null ||
        (scoped ? withoutTemporary(redirect, false, forProgram) : redirect(false, forProgram));
      if (!redirected) {
        return special && options.posix ? shell.exitUnlessInteractive(FAILURE) : FAILURE;
      }
      if (options.posix) assignFor(target, args, scoped);
      if (multios.count > count && inShell && !multios.start(null)) return FAILURE;
      return runTarget(target, name, args, job);
    } finally {
      if (scoped) variables.popScope();
      else if (temporary.length > 0 && options.sh) takeBackLent();
      if (redirect !== null) shell.endRedirections(count);
    }
  };

  /** @param args those that follow the name */
  const call = (target: Target, name: string, args: readonly string[]): number => {
    const last = args.length === 0 ? name : args[args.length - 1]!;
    let status: number;
    if (target.kind === "builtin" && !target.builtin.quiet) streams.settle();
    if (bare && options.xtrace) traceCommand(shell, name, args);
    const run = bare ? runTarget : surrounded;
    if (isHere(target)) status = run(target, name, args, null);
    else {
      if (!shell.prepareForProgram()) return SUCCESS;
      const job = shell.jobs.begin(text, true);
      status = run(target, name, args, job);
      if (state.divert === Divert.none) {
        status = shell.jobs.waitForeground(job).at(-1) ?? status;
        checkWindowSize(shell);
      }
    }
    state.lastArgument = last;
    return status;
  };

  const dispatch = (words: string[]): number => {
    // A job specification alone brings the job into the foreground (bash manual 7.1).
    if (words[0]!.charCodeAt(0) === PERCENT) words.unshift("fg");
    const name = words[0]!;
    const args = words.slice(1);
    return call(lookUp(shell, name, args, true, assignsPath), name, args);
  };

  const callNamed = (named: NamedTarget): number => {
    const args = fields();
    return call(named.with(args, true), named.name, args);
  };

  const execute = chooseExecution();

  function chooseExecution(): () => number {
    if (named === null) {
      return () => {
        const words = fields();
        return words.length === 0 ? assignOnly() : dispatch(words);
      };
    }
    const prepared = bare ? prepareCall(named, command, shell) ?? prepareLocals(named, command, shell) : null;
    if (prepared === null) return () => callNamed(named);
    return () => prepared() ?? callNamed(named);
  }

  const announce = () => announced(shell, line, text);

  /** In a subshell of its own: expands, and starts the program, or forks to run anything else. */
  const startHere = (job: JobHandle): void => {
    state.substitutionStatus = null;
    const all = named === null ? fields() : [named.name, ...fields()];
    const [name, ...args] = all;
    const target = name === undefined ? null : lookUp(shell, name, args, shell.isSubshellProcess, assignsPath);
    if (name === undefined || target === null || target.kind === "builtin" || target.kind === "function") {
      if (!shell.becomeProcess()) return;
      state.status = name === undefined ? assignOnly() : dispatch(all);
      return;
    }
    if (temporary.length > 0) variables.pushScope(false);
    for (const assign of temporary) assign();
    if (options.xtrace) traceCommand(shell, name, args);
    const { count } = multios;
    let own: JobHandle | null = null;
    if (redirect !== null) table.begin();
    if (redirect === null || (temporary.length > 0 ? withoutTemporary(redirect, true) : redirect(true))) {
      if (shell.isSubshellProcess && target.kind === "program" && multios.count === count) {
        state.status = becomeProgram(shell, all);
      } else {
        // Of a process of its own that can't become the program, it is a job.
        if (shell.isSubshellProcess) own = shell.jobs.begin(text, true);
        state.status = startTarget(shell, own ?? job, target, all);
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
    const name = apparent[0] ?? "";
    return name === "" ? null : lookUp(shell, name, apparent.slice(1), mayWait, assignsPath);
  };

  let substitutes: boolean | null = null;
  return {
    run: compileRun(shell, line, text, execute, checks),
    runInSubshell: isStage(connected) ? asStage(shell, compileRun(shell, line, text, execute, false)) : undefined,
    start(job, background, ends) {
      if (!announce()) {
        shell.jobs.addEnded(job, SUCCESS);
        return;
      }
      const body = () => {
        try {
          if (background) startHere(job);
          else state.expandOutside(() => startHere(job));
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

/** Whether `builtin` exports variables or makes them read-only, and `name` is among its operands. */
function declares(builtin: Builtin, args: readonly string[], name: string, inFunction: boolean): boolean {
  switch (builtin.name) {
    case "declare":
    case "typeset":
      // What a function declares is local to it.
      if (inFunction || !args.some((argument) => /^-\w*[rx]/.test(argument))) return false;
      break;
    case "export":
    case "readonly":
      break;
    default:
      return false;
  }
  return args.some((argument) => argument === name || argument.startsWith(name + "="));
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
