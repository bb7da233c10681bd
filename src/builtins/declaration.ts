/** How variables are listed, in a form that can be read again (XCU export -p; bash manual 4.2, declare). */

import type { ShellVariable } from "../execution/shell.ts";
import { needsAnsiQuotes, quoteAnsi, quoteDouble, quoteSingle } from "../syntax/quote.ts";

/**
 * `declare -x name="value"`, or `export name='value'` with the command of POSIX mode.
 *
 * @param command the utility whose listing it is, in POSIX mode; else `null`
 */
export function declarationLine(variable: ShellVariable, command: string | null): string {
  const value = variable.read();
  const start = command === null ? `declare ${flags(variable)}` : command;
  if (value === undefined) return `${start} ${variable.name}\n`;
  return `${start} ${variable.name}=${needsAnsiQuotes(value) ? quoteAnsi(value) : quoteDouble(value)}\n`;
}

function flags(variable: ShellVariable): string {
  const letters = (variable.isArray ? (variable.associative ? "A" : "a") : "") + (variable.readOnly ? "r" : "") +
    (variable.exported ? "x" : "");
  return letters === "" ? "--" : `-${letters}`;
}

/** A value as `set` lists it: as it is, or in quotes where it must be. */
export function quoteValue(value: string): string {
  if (needsAnsiQuotes(value)) return quoteAnsi(value);
  return value === "" || /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : quoteSingle(value);
}
