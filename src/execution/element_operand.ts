/**
 * Operands of builtins that name elements of arrays: `unset a[$i]`, `read h["$key"]`.
 *
 * The builtin expands a subscript, for the operand may have been quoted. Where it was not, its expansions are done already: that
 * is noted when the words are expanded, so that keys with quotes and dollar signs in them mean themselves.
 */

import type { ElementKey } from "../expansion/environment.ts";
import { badSubscript } from "../expansion/subscript.ts";
import { isName } from "../syntax/characters.ts";
import { literalText } from "../syntax/nodes.ts";
import type { SimpleCommand, Word } from "../syntax/tree.ts";
import { parseOperand } from "./operand.ts";
import type { Shell, ShellVariable } from "./shell.ts";

/** The builtins that have such operands. */
const UTILITIES: ReadonlySet<string> = new Set(["unset", "read", "printf", "wait"]);

/** Whether the command that begins with these words may have such operands. */
export function hasElementOperands(words: SimpleCommand["words"]): boolean {
  const [first] = words;
  const name = first?.kind === "word" ? literalText(first) : null;
  return name !== null && UTILITIES.has(name) && words.some((word) => word.kind === "word" && namesElement(word));
}

/** Whether a word names an element by an expansion or quoted text between unquoted brackets. */
export function namesElement({ parts }: Word): boolean {
  const first = parts[0];
  const last = parts.at(-1);
  if (parts.length < 3 || first?.kind !== "literal" || last?.kind !== "literal") return false;
  return /^[A-Za-z_][A-Za-z0-9_]*\[/.test(first.text) && last.text.endsWith("]");
}

/**
 * Compiles such a word to the operand that it is, which {@link ExecutionState.elementOperands} takes note of. As any word it may be
 * split or match the names of files, and is several operands then.
 */
export function compileElementOperand(word: Word, { state, words }: Shell): (out: string[]) => void {
  const fields = words.fields([word]);
  return (out) => {
    const before = out.length;
    fields(out);
    if (out.length === before + 1) (state.elementOperands ??= new Set()).add(out[before]!);
  };
}

/** What an operand names. */
export interface NamedVariable {
  readonly variable: ShellVariable;
  /** The text of the subscript; `null` without one. */
  readonly subscript: string | null;
  /** What the subscript means now. */
  key(): ElementKey;
}

/**
 * What an operand `name` or `name[subscript]` names; `null` if it is no such operand.
 *
 * @param always whether what was expanded is never expanded again; else that depends on `assoc_expand_once`
 */
export function namedVariable(shell: Shell, operand: string, always = false): NamedVariable | null {
  const { variables, options, words, state } = shell;
  const once = options.assoc_expand_once;
  if ((always || once) && state.elementOperands?.has(operand)) {
    const open = operand.indexOf("[");
    const subscript = operand.slice(open + 1, -1);
    const variable = variables.get(operand.slice(0, open));
    return {
      variable,
      subscript,
      key: () => variable.associative ? subscript : words.subscripts.expandedIndex(subscript),
    };
  }
  const parsed = parseOperand(operand, once);
  if (parsed === null || parsed.value !== null) return null;
  const variable = variables.get(parsed.name);
  const { subscript } = parsed;
  return { variable, subscript, key: () => words.subscripts.evaluate(variable, subscript ?? "") };
}

/** Whether there can be an element of this key. */
export function isProperKey(variable: ShellVariable, key: ElementKey): boolean {
  return key !== "" && (typeof key === "string" || key >= 0 || variable.end + key >= 0);
}

/** Assigns to what `operand` names. Throws an ExpansionFailure if that can't be done. */
export function assignOperand(shell: Shell, operand: string, text: string): void {
  if (isName(operand)) {
    shell.variables.get(operand).write(text);
    return;
  }
  const { variable, subscript, key } = namedVariable(shell, operand)!;
  if (subscript === null) {
    variable.write(text);
    return;
  }
  if (!variable.associative && (subscript === "@" || subscript === "*")) throw badSubscript(operand);
  const at = key();
  if (!isProperKey(variable, at)) throw badSubscript(operand);
  variable.writeElement(at, text);
}
