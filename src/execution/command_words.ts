/** The words of a simple command: its name, as far as it is known when it is compiled, and its arguments. */

import type { SimpleCommand, Word } from "../syntax/tree.ts";
import { compileDeclared } from "./declared_argument.ts";
import { compileElementOperand, namesElement } from "./element_operand.ts";
import type { Shell } from "./shell.ts";
import { NamedTarget } from "./target.ts";

/** `%` begins a job specification. */
const PERCENT = 37;

/** What the command is called, if its first word says that by itself. */
export function constantName({ words }: SimpleCommand, shell: Shell, assignsPath: boolean): NamedTarget | null {
  if (words.length === 0) return null;
  const first = words[0]!;
  // Arrays among the arguments of a declaration utility are declared as all words before them say.
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!;
    if (word.kind !== "word" && word.value.kind === "array") return null;
  }
  const name = first.kind === "word" ? shell.words.constantField(first) : null;
  return name === null || name.charCodeAt(0) === PERCENT ? null : new NamedTarget(shell, name, assignsPath);
}

/** Runs a command in a way that was prepared for it. Gives the status, or `null` where the command is to be run as usual. */
export type Prepared = () => number | null;

/** Prepares the call of a builtin, see {@link Builtin.prepare}; `null` where that can't be done. */
export function prepareCall(named: NamedTarget, { words }: SimpleCommand, shell: Shell): Prepared | null {
  const { state, options } = shell;
  const builtin = shell.builtins.get(named.name);
  if (builtin?.prepare === undefined || words.length === 1) return null;
  const operands = words.slice(1).map((word) => word.kind === "word" ? shell.words.operand(word) : null);
  const run = builtin.prepare(operands, shell);
  const last = operands.at(-1)!;
  if (run === null || last === null) return null;
  return () => {
    const target = named.now;
    if (options.xtrace || target.kind !== "builtin" || target.builtin !== builtin) return null;
    const status = run();
    if (status !== null) state.lastArgument = last.text() ?? "";
    return status;
  };
}

/**
 * The fields of a command: of its words, and of the assignments among the arguments of a declaration utility.
 *
 * @param elements whether there may be operands among them that name elements
 */
export function compileArguments(words: SimpleCommand["words"], elements: boolean, shell: Shell): () => string[] {
  if (!elements && words.every(isWord)) return shell.words.list(words);
  const pieces: ((out: string[]) => void)[] = [];
  let run: Word[] = [];
  const flush = () => {
    if (run.length > 0) pieces.push(shell.words.fields(run));
    run = [];
  };
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
  return () => {
    const out: string[] = [];
    for (let i = 0; i < pieces.length; i++) pieces[i]!(out);
    return out;
  };
}

function isWord(word: SimpleCommand["words"][number]): word is Word {
  return word.kind === "word";
}
