/** Variables in the form in which `declare -p`, `set` and `${name@A}` show them, which can be read again (bash manual 4.2). */

import { needsAnsiQuotes, needsQuotes, quoteAnsi, quoteDouble, quoteSingle } from "../syntax/quote.ts";
import { attributeLetters } from "./attributes.ts";
import type { Variable } from "./environment.ts";

/** A value in double quotes, or in `$'…'` where it must be. */
export function quoteElement(text: string): string {
  return needsAnsiQuotes(text) ? quoteAnsi(text) : quoteDouble(text);
}

/** A value in single quotes, or in `$'…'` where it must be. */
export function quoteText(text: string): string {
  return needsAnsiQuotes(text) ? quoteAnsi(text) : quoteSingle(text);
}

/** A value as `set` shows it: in quotes only where it must be. */
export function quoteValue(text: string): string {
  return needsAnsiQuotes(text) || needsQuotes(text) ? quoteText(text) : text;
}

/** The key of an associative array between its brackets. */
export function quoteKey(key: string): string {
  return needsAnsiQuotes(key) || needsQuotes(key) || key === "@" || key === "*" ? quoteElement(key) : key;
}

/** The value of an array: `([0]="a" [1]="b")`. bash has a blank behind each element of an associative one. */
export function arrayText(variable: Variable): string {
  const values = variable.values();
  const elements = variable.keys().map((key, i) => `[${quoteKey(key)}]=${quoteElement(values[i]!)}`);
  return `(${elements.join(" ")}${variable.associative && values.length > 0 ? " " : ""})`;
}

/** Keys and values in turn: `0 "a" 1 "b"`. */
export function pairsText(variable: Variable): string {
  const values = variable.values();
  const pairs = variable.keys().map((key, i) => `${quoteKey(key)} ${quoteElement(values[i]!)}`);
  return pairs.join(" ") + (variable.associative && pairs.length > 0 ? " " : "");
}

/** `-ax`, or the empty string where there is no attribute. */
export function optionsOf(variable: Variable): string {
  const letters = attributeLetters(variable.attributes, variable.isReference ? null : variable.kind);
  return letters === "" ? "" : `-${letters}`;
}

/** `name="value"`, or the name alone of a variable without value. */
export function assignmentOf(variable: Variable): string {
  const { name } = variable;
  if (variable.isReference) {
    return variable.reference === undefined ? name : `${name}=${quoteElement(variable.reference)}`;
  }
  if (variable.kind !== null) return variable.isSet ? name + "=" + arrayText(variable) : name;
  const text = variable.read();
  return text === undefined ? name : `${name}=${quoteElement(text)}`;
}
