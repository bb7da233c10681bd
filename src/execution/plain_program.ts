/**
 * Programs with words, and redirections, that have no effects when they are expanded: `basename "$file" .c`. Such a program needs no
 * subshell around it, even where the language puts one, in `$(…)`, a pipeline or `… &`: neither expanding its words nor
 * starting it changes anything of the shell, so that no copy of its state has to be made.
 */

import { ExpansionFailure } from "../expansion/failure.ts";
import { isName } from "../syntax/characters.ts";
import type { SimpleCommand, Statement, Word, WordPart } from "../syntax/tree.ts";
import { compileArguments, constantName } from "./command_words.ts";
import { mayWait } from "./redirection.ts";
import type { RedirectionRequest, Shell, ShellVariable } from "./shell.ts";
import { type NamedTarget, PROGRAM } from "./target.ts";

const POSITION = /^[0-9]+$/;
/** Parameters whose values are the same within a subshell. */
const SPECIAL = "@*#?-$!";
/** The redirections that open a file. */
const OPENING: readonly string[] = ["<", ">", ">>", ">|", "<>"];

export class PlainProgram {
  private constructor(
    private readonly shell: Shell,
    private readonly command: SimpleCommand,
    private readonly named: NamedTarget,
    private readonly variables: readonly ShellVariable[],
    private readonly expand: () => string[],
    /** The files that are opened for it. */
    private readonly files: readonly RedirectionRequest[],
  ) {}

  /** @returns `null` if the form of the command alone tells that it isn't one */
  static of(command: Statement, shell: Shell): PlainProgram | null {
    if (command.kind !== "simple" || command.assignments.length > 0) return null;
    const named = constantName(command, shell, false);
    if (named === null) return null;
    const names = new Set<string>();
    const plain = command.words.every((word) => word.kind === "word" && addVariables(word, names));
    if (!plain) return null;
    const files: RedirectionRequest[] = [];
    for (const { operator, target, descriptor } of command.redirections) {
      const path = shell.words.constantField(target);
      const isNumber = descriptor === null || typeof descriptor === "number";
      if (!OPENING.includes(operator) || path === null || !isNumber) return null;
      files.push({ descriptor, operator, target: path });
    }
    const variables = Array.from(names, (name) => shell.variables.get(name));
    const expand = compileArguments(command.words.slice(1), false, shell);
    return new PlainProgram(shell, command, named, variables, expand, files);
  }

  get line(): number {
    return this.command.line;
  }

  /** The fields of the command, if nothing but the program's output and status can come of it now; else `null`. */
  fields(): string[] | null {
    if (this.named.now !== PROGRAM || !this.isPlain) return null;
    let operands: string[];
    try {
      operands = this.expand();
    } catch (error) {
      // In its place the subshell ends.
      if (error instanceof ExpansionFailure) return null;
      throw error;
    }
    return [this.named.name, ...operands];
  }

  private get isPlain(): boolean {
    const { shell, variables, files } = this;
    const { options, state, traps, jobs } = shell;
    if (state.interactive || jobs.controlled || options.xtrace || options.multios) return false;
    if (traps.active || traps.debug !== null || traps.failed !== null) return false;
    if (shell.coprocesses.exist || shell.streams.captures.needReading) return false;
    for (let i = 0; i < variables.length; i++) {
      const { plain, number } = variables[i]!;
      // Variables that are unset, and those whose values are made when they are asked for.
      if (plain === undefined && number === null) return false;
    }
    for (let i = 0; i < files.length; i++) if (mayWait(shell, files[i]!)) return false;
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
