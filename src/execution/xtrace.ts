/** `set -x` (XCU 2.15.23): commands as they are run, on standard error, behind the value of PS4. */

import { needsAnsiQuotes, needsQuotes, quoteAnsi, quoteSingle } from "../syntax/quote.ts";
import type { Shell } from "./shell.ts";

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

/** @param args those that follow the name */
export function traceCommand(shell: Shell, name: string, args: readonly string[]): void {
  traceLine(shell, [name, ...args].map(quoteForTrace).join(" "));
}
