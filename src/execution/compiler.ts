/**
 * Compiles the syntax tree to closures.
 *
 * In comes a tree; out goes a function that runs it. Whatever can be decided once is decided here: words are compiled, names
 * are looked up, and a loop's body is not walked again as a tree. A compiled command gives its exit status as its value;
 * control flow that ends its surroundings early is in `state.divert` (see `state.ts`), and errors of expansions
 * are caught by the command whose words they are in. Compiling has no effect that a user could see.
 */

import type { Command, CompoundCommand, List, Statement } from "../syntax/tree.ts";
import { printStatement } from "../syntax/printer.ts";
import { compileArithmeticCommand } from "./arithmetic_command.ts";
import { compileCase } from "./case.ts";
import { compileCoprocess } from "./coprocess.ts";
import { compileConditional } from "./conditional.ts";
import { compileFunctionDefinition } from "./function.ts";
import { compileIf } from "./if.ts";
import { compileAndOr, compileList } from "./list.ts";
import { compileArithmeticFor, compileFor, compileWhile } from "./loop.ts";
import { compilePipeline } from "./pipeline.ts";
import { type Connected, isStage } from "./multios.ts";
import { compileRedirections, enterEnds, redirectsInput } from "./redirection.ts";
import type { HeldFile, JobHandle, Run, Shell } from "./shell.ts";
import { compileSelect } from "./select.ts";
import { compileSimpleCommand, compileSimpleRun } from "./simple_command.ts";
import { FAILURE } from "./status.ts";
import type { Subshells } from "./subshell.ts";
import { checkWindowSize } from "./window_size.ts";

/** What a descriptor of a command that is started beside the shell is to lead to; `undefined` closes it. */
export interface End {
  readonly number: number;
  readonly file: HeldFile | undefined;
}

export type Ends = readonly End[];

/** Whether a list is more than one simple command, or one pipeline of them. */
export function isSeveral({ items }: List): boolean {
  const kind = items[0]?.command.kind;
  return items.length > 1 || (kind !== "simple" && kind !== "pipeline");
}

/** A compiled command, which can be run in the shell or started as a process beside it. */
export interface Compiled {
  readonly run: Run;
  /** The same as all of a subshell, where that makes a difference. */
  readonly runInSubshell?: Run | undefined;
  /**
   * Starts it in `job` and does not wait.
   *
   * @param background whether the shell is to go on at once, whatever the command's words hold
   * @param ends the descriptors that pipes give it
   */
  readonly start: (job: JobHandle, background: boolean, ends: Ends) => void;
  /** Runs the DEBUG trap, where {@link run} is to be run in a subshell that has no share in it. */
  readonly announce?: () => boolean;
  /** Whether {@link start} would have to fork the shell, as far as can be said beforehand. */
  readonly runsInShell: () => boolean;
  /** Whether it could run in the shell all the same, and would be done sooner there. */
  readonly relaysInShell?: () => boolean;
}

export class Compiler {
  /** Whether what is compiled may be run many times, for it is in a function or a loop. */
  private repeats = false;

  constructor(readonly shell: Shell, readonly subshells: Subshells) {}

  list(list: List): Run {
    return compileList(list, this);
  }

  /** Compiles the body of a function. */
  functionBody(body: CompoundCommand): Run {
    return this.repeated(() => this.compound(body));
  }

  /** Compiles the condition or the body of a loop. */
  loopPart(list: List): Run {
    return this.repeated(() => this.list(list));
  }

  private repeated(compile: () => Run): Run {
    const { repeats } = this;
    this.repeats = true;
    const run = compile();
    this.repeats = repeats;
    return run;
  }

  /** Compiles a list that may turn out not to be run; see {@link whenReached}. */
  branch(list: List): Run {
    return this.whenReached(() => this.list(list));
  }

  /**
   * Gives what `compile` compiles. In commands that are run once, and of which much is not run at all, that is put off until it is
   * reached. What is run many times is compiled at once, for V8 makes more of what does not change any more.
   */
  whenReached(compile: () => Run): Run {
    if (this.repeats) return compile();
    let run: Run | null = null;
    return () => {
      run ??= compile();
      return run();
    };
  }

  /** Compiles one item of a list. */
  statement(statement: Statement): Compiled {
    switch (statement.kind) {
      case "andor":
        return this.forking(compileAndOr(statement, this), statement);
      case "pipeline":
        return compilePipeline(statement, this);
      default:
        return this.command(statement);
    }
  }

  /** Compiles what is only to be run: without all that could be done else. */
  run(statement: Statement): Run {
    switch (statement.kind) {
      case "simple":
        return compileSimpleRun(statement, this);
      case "andor":
        return compileAndOr(statement, this);
      case "pipeline":
        return compilePipeline(statement, this).run;
      case "function":
        return compileFunctionDefinition(statement, this);
      case "coprocess":
        return compileCoprocess(statement, this);
      default:
        return this.compound(statement);
    }
  }

  /**
   * @param connected the descriptors of a stage of a pipeline that lead to pipes
   * @param checks whether its failure counts by itself: not if it is all of what `!` stands before
   */
  command(command: Command, connected?: Connected, checks = true): Compiled {
    switch (command.kind) {
      case "simple":
        return compileSimpleCommand(command, this, connected, checks);
      case "function":
        return this.forking(compileFunctionDefinition(command, this), command);
      case "coprocess":
        return this.forking(compileCoprocess(command, this), command);
      default:
        return this.forking(this.compound(command, connected, checks), command);
    }
  }

  /** A compound command with its redirections. */
  compound(command: CompoundCommand, connected?: Connected, checks = true): Run {
    const run = this.compoundBody(command, checks, !isStage(connected) || connected!.get(1) !== "out");
    if (command.redirections.length === 0) return run;
    const { shell } = this;
    const redirect = compileRedirections(command.redirections, shell, connected);
    const givesInput = redirectsInput(command.redirections);
    const { state } = shell;
    return () => {
      const { table } = shell.streams;
      const { inputGiven } = state;
      const { count } = shell.substitutions;
      const relays = shell.multios.count;
      state.line = command.line;
      table.begin();
      const redirected = redirect(false) && (shell.multios.count === relays || shell.multios.start(null));
      // What was opened by the name of such a pipe holds it by itself.
      if (shell.substitutions.count > count) shell.substitutions.close(count);
      if (givesInput) state.inputGiven = true;
      const status = redirected ? run() : state.status = FAILURE;
      state.inputGiven = inputGiven;
      table.end();
      if (shell.multios.count > relays) shell.multios.end(relays);
      if (!redirected && checks) shell.checkErrexit(status);
      return status;
    };
  }

  /** @param alone whether it is no stage of a pipeline before the last, nor all of another subshell: as a subshell it does not count there */
  private compoundBody(command: CompoundCommand, checks: boolean, alone: boolean): Run {
    switch (command.kind) {
      case "group":
        return this.list(command.body);
      case "subshell": {
        const text = () => printStatement({ ...command, redirections: [] });
        return this.subshell(command.body, command.line, text, checks && alone);
      }
      case "if":
        return compileIf(command, this);
      case "for":
        return compileFor(command, this);
      case "while":
        return compileWhile(command, this);
      case "case":
        return compileCase(command, this);
      case "arithmetic-for":
        return compileArithmeticFor(command, this);
      case "arithmetic-command":
        return compileArithmeticCommand(command, this, checks);
      case "conditional":
        return compileConditional(command, this, checks);
      case "select":
        return compileSelect(command, this);
    }
  }

  /** The commands of a subshell. A lone subshell among them is not looked at by itself: bash has both be one process. */
  private subshellBody(body: List): Run {
    const { command, background } = body.items[0]!;
    const inner = body.items.length === 1 && !background && command.kind === "subshell" ? command : null;
    if (inner === null || inner.redirections.length > 0) return this.list(body);
    return this.compoundBody(inner, true, false);
  }

  /** @param checks whether its failure counts */
  private subshell(body: List, line: number, text: () => string, checks: boolean): Run {
    const { shell, subshells } = this;
    const { jobs } = shell;
    const run = outsideLoops(shell, this.subshellBody(body));
    const start = () => {
      shell.state.status = run();
    };
    /** Under job control it must be able to stop: it is a job. */
    const runAsJob = () => {
      shell.streams.settle();
      const job = jobs.begin(text, true);
      subshells.start(job, text, true, start);
      return jobs.waitForeground(job).at(-1) ?? FAILURE;
    };
    return () => {
      shell.state.line = line;
      shell.state.command = text;
      const status = jobs.controlled ? runAsJob() : subshells.run(text, run, isSeveral(body));
      shell.state.line = line;
      shell.state.status = shell.state.pipeStatus = status;
      checkWindowSize(shell);
      shell.boundary();
      if (status !== 0 && checks) shell.checkErrexit(status);
      return status;
    };
  }

  /** What has to be forked to run beside the shell. */
  private forking(run: Run, node: Statement): Compiled {
    const { shell, subshells } = this;
    const runInSubshell = outsideLoops(shell, node.kind === "subshell" ? () => shell.state.uncounted(run) : run);
    const start = (job: JobHandle, _background: boolean, ends: Ends) => {
      const body = () => {
        shell.state.status = runInSubshell();
      };
      subshells.start(job, () => printStatement(node), true, body, () => enterEnds(shell, ends));
    };
    return { run, runInSubshell, start, runsInShell: () => true };
  }
}

/**
 * In a subshell that is no command substitution, `break` and `continue` have no loop but those in it, as in bash; for `sh`, where
 * POSIX leaves that open, they end the subshell, as in other shells.
 */
function outsideLoops({ state, options }: Shell, run: Run): Run {
  return () => {
    if (!options.sh) state.loopDepth = 0;
    return run();
  };
}
