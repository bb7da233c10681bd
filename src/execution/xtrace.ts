/** `set -x` (XCU 2.15.23): commands as they are run, on standard error or where BASH_XTRACEFD says, behind the value of PS4. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { needsAnsiQuotes, needsQuotes, quoteAnsi, quoteSingle } from "../syntax/quote.ts";
import type { Evaluate } from "../expansion/arithmetic/arithmetic.ts";
import type { Text } from "../expansion/words.ts";
import type { Word } from "../syntax/tree.ts";
import type { Shell } from "./shell.ts";

/** What messages about `((…))` begin with. */
const EXPRESSION_PREFIX = "((: ";

/** Writes one line of trace. */
export function traceLine(shell: Shell, text: string): void {
  shell.streams.write(shell.state.traceDescriptor, tracePrefix(shell) + text + "\n");
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

/** BASH_XTRACEFD has the value `text`. What it had before is closed. */
export function traceTo(shell: Pick<Shell, "report" | "state" | "streams">, text: string | undefined): void {
  const { state, streams } = shell;
  const { traceDescriptor } = state;
  state.traceDescriptor = 2;
  if (text !== undefined && text !== "") {
    if (/^\d+$/.test(text) && streams.table.get(Number(text)) !== undefined) state.traceDescriptor = Number(text);
    else shell.report(`BASH_XTRACEFD: ${text}: invalid value for trace file descriptor`);
  }
  if (traceDescriptor > 2 && traceDescriptor !== state.traceDescriptor) streams.table.set(traceDescriptor, undefined);
}

/**
 * What goes before a line of trace: PS4, expanded, with its first character once more for each text that is being read within
 * another (bash manual 5.2, PS4).
 */
function tracePrefix(shell: Shell): string {
  const { state, variables } = shell;
  const text = variables.get("PS4").read() ?? "";
  const prefix = /[$`\\]/.test(text) ? expand(shell, text) : text;
  if (state.traceDepth === 0 || prefix === "") return prefix;
  return String.fromCodePoint(prefix.codePointAt(0)!).repeat(state.traceDepth) + prefix;
}

/** Its expansion is not traced, and changes no status. */
function expand(shell: Shell, text: string): string {
  const { options, state } = shell;
  const { status, substitutionStatus } = state;
  options.xtrace = false;
  try {
    return shell.environment.promptText(text);
  } catch (error) {
    if (!(error instanceof ExpansionFailure)) throw error;
    return text;
  } finally {
    options.xtrace = true;
    state.status = status;
    state.substitutionStatus = substitutionStatus;
  }
}
