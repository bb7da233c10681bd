/**
 * The commands of a substitution (XCU 2.6.3), compiled when they are first run.
 *
 * The tree that `$(…)` was parsed to serves where no alias can play a part any more. Else the text is parsed, as that between
 * backquotes always is: line by line, for a line may define an alias for the next. What was parsed is kept for as long as
 * the aliases stay what they are.
 */

import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { CommandPart, List, ProcessPart, Statement } from "../syntax/tree.ts";
import { isSeveral } from "./compiler.ts";
import { ProgramSubstitution } from "./program_substitution.ts";
import type { Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";

/** A complete command of the text. */
interface Step {
  /** `null` at the end of the text. */
  readonly run: Run | null;
  readonly several: boolean;
  /** Where in the text the next one begins. */
  readonly end: number;
  /** What {@link SubstitutedCommands.aliases} was when it was parsed. */
  readonly aliases: number;
  /** Why it could not be parsed. */
  readonly error: ShellSyntaxError | null;
}

export class SubstitutedCommands {
  private readonly list: List | null;
  private readonly isOneLine: boolean;
  private listRun: Run | null = null;
  private onlyProgram: ProgramSubstitution | null | undefined = undefined;
  private readonly steps: Step[] = [];
  /** Stands behind the step that was parsed last. */
  private parser: Parser | null = null;
  /** Where in the text the parser began. */
  private parsedFrom = 0;

  constructor(private readonly shell: Shell, private readonly part: CommandPart | ProcessPart) {
    this.list = part.body;
    this.isOneLine = part.body !== null && part.body.items.slice(0, -1).every(({ newline }) => !newline);
  }

  /** Runs the commands and gives the status of the last one. */
  run(): number {
    const { shell, list } = this;
    if (list === null || this.needsParse()) return this.runSteps();
    if (list.items.length === 0) return SUCCESS;
    this.listRun ??= shell.compile(list);
    return this.listRun();
  }

  /** The error of syntax in what is read between backquotes before anything of it is run, if there is one. */
  get firstError(): ShellSyntaxError | null {
    if (this.list !== null) return null;
    return (this.steps[0] ??= this.parseStep(0)).error;
  }

  /** Whether they are more than one simple command or pipeline, as far as is known before they are run. */
  get several(): boolean {
    if (this.list !== null && !this.needsParse()) return isSeveral(this.list);
    const [first, second] = this.steps;
    return second === undefined || second.run !== null || first!.several;
  }

  /** The one program that they are, as far as is known before they are run; else `null`. */
  get program(): ProgramSubstitution | null {
    const command = this.onlyCommand;
    if (command === null) return null;
    if (this.onlyProgram === undefined) this.onlyProgram = ProgramSubstitution.of(command, this.shell);
    return this.onlyProgram;
  }

  /** The one command that there is, if it need not be parsed when it is run; else `null`. */
  get onlyCommand(): Statement | null {
    const items = this.list?.items;
    return items?.length === 1 && !items[0]!.background && !this.needsParse() ? items[0]!.command : null;
  }

  private needsParse(): boolean {
    const { options, aliases } = this.shell;
    return options.expand_aliases && !this.part.aliased && !(this.isOneLine && aliases.size === 0);
  }

  /** A number that changes with the aliases. */
  private aliases(): number {
    const { options, aliases } = this.shell;
    return options.expand_aliases ? aliases.generation : -1;
  }

  private runSteps(): number {
    const { steps, shell } = this;
    let status: number = SUCCESS;
    let start = 0;
    for (let i = 0;; i++) {
      let step = steps[i];
      if (step === undefined || step.aliases !== this.aliases()) {
        if (step !== undefined) this.parser = null;
        steps.length = i;
        step = this.parseStep(start);
        steps.push(step);
      }
      if (step.run === null) return status;
      status = step.run();
      if (shell.state.divert !== Divert.none) return status;
      start = step.end;
    }
  }

  /** Parses the complete command that begins at `start`. */
  private parseStep(start: number): Step {
    const { shell } = this;
    const { text, line } = this.part;
    const aliases = this.aliases();
    if (this.parser === null) {
      const before = text.slice(0, start).split("\n").length - 1;
      const source = { name: "command substitution", kind: "substitution", firstLine: line + before } as const;
      this.parser = shell.parser(inputOf(text.slice(start)), source);
      this.parsedFrom = start;
    }
    try {
      const list = this.parser.next();
      if (list === null) return { run: null, several: false, end: start, aliases, error: null };
      const end = this.parsedFrom + this.parser.position;
      return { run: shell.compile(list), several: isSeveral(list), end, aliases, error: null };
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      this.parser = null;
      const run = () => shell.reportSyntaxError(error);
      return { run, several: false, end: text.length, aliases, error };
    }
  }
}
