/** `set -x` (XCU 2.15.23): commands as they are run, on standard error, behind the value of PS4. */

import { needsAnsiQuotes, needsQuotes, quoteAnsi, quoteSingle } from "../syntax/quote.ts";
import type { Evaluate } from "../expansion/arithmetic/arithmetic.ts";
import type { Text } from "../expansion/words.ts";
import type { Word } from "../syntax/tree.ts";
import type { Shell } from "./shell.ts";

/** What messages about `((…))` begin with. */
const EXPRESSION_PREFIX = "((: ";

/** Writes one line of trace. */
export function traceLine(shell: Shell, text: string): void {
  shell.streams.write(shell.state.traceDescriptor, shell.tracePrefix() + text + "\n");
}

/** A field as it would have to be written to mean itself. */
export function quoteForTrace(field: string): string {
  if (field === "") return "''";
  if (needsQuotes(field)) return quoteSingle(field);
  return needsAnsiQuotes(field) ? quoteAnsi(field) : field;
}

/** @param operator `=` or `+=`. An empty value is shown as nothing at all, as bash does. */
export function traceAssignment(shell: Shell, target: string, operator: string, value: string): void {
  traceLine(shell, target + operator + (value === "" ? "" : quoteForTrace(value)));
}

/** Compiles the expression of `((…))`, which the trace shows as it is when everything in it has been expanded. */
export function compileTracedExpression(shell: Shell, word: Word): Evaluate {
  const { options, words } = shell;
  const evaluate = words.expression(word, EXPRESSION_PREFIX);
  let text: Text | null = null;
  return () => {
    if (!options.xtrace) return evaluate();
    const expanded = (text ??= words.expressionText(word))();
    traceLine(shell, `(( ${expanded} ))`);
    return words.arithmetic.evaluate(expanded, EXPRESSION_PREFIX, true);
  };
}

/** @param args those that follow the name */
export function traceCommand(shell: Shell, name: string, args: readonly string[]): void {
  traceLine(shell, [name, ...args].map(quoteForTrace).join(" "));
}
