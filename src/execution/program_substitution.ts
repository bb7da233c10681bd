/**
 * Command substitutions that consist of one program: `$(basename "$file" .c)`. Neither expanding words that have no effects nor
 * starting the program changes anything of the shell, so that no copy of its state is made, as other subshells need.
 */

import { ExpansionFailure } from "../expansion/failure.ts";
import { isName } from "../syntax/characters.ts";
import type { SimpleCommand, Statement, Word, WordPart } from "../syntax/tree.ts";
import { compileArguments, constantName } from "./command_words.ts";
import { startProgram } from "./program.ts";
import type { JobHandle, Shell, ShellVariable } from "./shell.ts";
import type { Subshells } from "./subshell.ts";
import type { NamedTarget } from "./target.ts";

const POSITION = /^[0-9]+$/;
/** Parameters whose values are the same within a subshell. */
const SPECIAL = "@*#?-$!";

export class ProgramSubstitution {
  private constructor(
    private readonly shell: Shell,
    private readonly command: SimpleCommand,
    private readonly named: NamedTarget,
    private readonly variables: readonly ShellVariable[],
    private readonly expand: () => string[],
  ) {}

  /** @returns `null` if the form of the command alone tells that it isn't one */
  static of(command: Statement, shell: Shell): ProgramSubstitution | null {
    if (command.kind !== "simple" || command.assignments.length > 0 || command.redirections.length > 0) return null;
    const named = constantName(command, shell, false);
    if (named === null) return null;
    const names = new Set<string>();
    const plain = command.words.every((word) => word.kind === "word" && addVariables(word, names));
    if (!plain) return null;
    const variables = Array.from(names, (name) => shell.variables.get(name));
    const expand = compileArguments(command.words.slice(1), false, shell);
    return new ProgramSubstitution(shell, command, named, variables, expand);
  }

  /** Gives what the program writes, and sets the status of the substitution; `null` if it has to be run as others are. */
  run(text: () => string, subshells: Subshells): string | null {
    const { shell, command, named } = this;
    const { state } = shell;
    if (subshells.alwaysFork || !this.ready) return null;
    let operands: string[];
    try {
      operands = this.expand();
    } catch (error) {
      // In its place the subshell ends.
      if (error instanceof ExpansionFailure) return null;
      throw error;
    }
    if (named.with(operands, true).kind !== "program") return null;
    const args = [named.name, ...operands];
    const { line } = state;
    state.line = command.line;
    const start = (job: JobHandle) => shell.hash.unlisted(() => startProgram(shell, job, args));
    const output = subshells.substituteProgram(text, start);
    state.line = line;
    return output;
  }

  /** Whether nothing but the program's output and status could come of the substitution. */
  private get ready(): boolean {
    const { shell, variables } = this;
    const { options, state, traps, jobs } = shell;
    if (state.interactive || jobs.controlled || options.xtrace) return false;
    if (traps.active || traps.debug !== null || traps.failed !== null) return false;
    if (shell.coprocesses.exist || shell.streams.captures.needReading) return false;
    for (let i = 0; i < variables.length; i++) {
      const { plain, number } = variables[i]!;
      // Variables that are unset, and those whose values are made when they are asked for.
      if (plain === undefined && number === null) return false;
    }
    return true;
  }
}

/** Adds the variables in `word` to `names`. Returns false if it holds anything whose expansion may have effects. */
function addVariables({ parts }: Word, names: Set<string>): boolean {
  return parts.every((part) => addVariablesOf(part, names));
}

function addVariablesOf(part: WordPart, names: Set<string>): boolean {
  switch (part.kind) {
    case "literal":
    case "quoted":
      return true;
    case "double":
      return part.parts.every((inner) => addVariablesOf(inner, names));
    case "parameter": {
      const { name, prefix, subscript, operation } = part;
      if (subscript !== null || (prefix !== "none" && prefix !== "length")) return false;
      if (operation !== null && !(operation.kind === "trim" && addVariables(operation.pattern, names))) return false;
      if (isName(name)) names.add(name);
      else return POSITION.test(name) || SPECIAL.includes(name);
      return true;
    }
    default:
      return false;
  }
}
