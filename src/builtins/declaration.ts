/** How variables and functions are listed, in a form that can be read again (XCU export -p; bash manual 4.2, declare). */

import type { Shell, ShellFunction, ShellVariable } from "../execution/shell.ts";
import { attributeLetters } from "../expansion/attributes.ts";
import { assignmentOf, optionsOf } from "../expansion/declared.ts";
import { quotePortable } from "../syntax/quote.ts";
import { printFunction } from "../syntax/printer.ts";

/** `declare -x name="value"` */
export function declarationLine(variable: ShellVariable): string {
  return line(variable, null, assignmentOf(variable));
}

/** As {@link assignmentOf}, for any shell to read: the value in plain quotes, also where it has control characters. */
function portableAssignmentOf(variable: ShellVariable): string {
  const text = variable.kind === null && !variable.isReference ? variable.read() : undefined;
  return text === undefined ? assignmentOf(variable) : `${variable.name}=${quotePortable(text)}`;
}

/**
 * The same as it stands in a list of all variables; in POSIX mode `export name="value"`.
 *
 * @param command the utility whose listing it is, in POSIX mode; else `null`
 * @param portable whether any shell is to read it
 */
export function listedLine(variable: ShellVariable, command: string | null, portable = false): string {
  const { name, kind, isUnlisted } = variable;
  if (isUnlisted) return line(variable, command, kind === null ? name : `${name}=()`);
  return line(variable, command, portable ? portableAssignmentOf(variable) : assignmentOf(variable));
}

function line(variable: ShellVariable, command: string | null, assignment: string): string {
  if (command === null) return `declare ${optionsOf(variable) || "--"} ${assignment}\n`;
  const kind = variable.kind === null ? "" : variable.kind === "indexed" ? " -a" : " -A";
  return `${command}${kind} ${assignment}\n`;
}

/** Variables sorted by their names, as listings have them. */
export function sortedVariables(variables: readonly ShellVariable[]): ShellVariable[] {
  return variables.toSorted((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** `declare -fx name` */
export function functionLine(name: string, { attributes }: ShellFunction): string {
  return `declare -f${attributeLetters(attributes, null)} ${name}\n`;
}

export function definitionText(shell: Shell, { definition }: ShellFunction): string {
  return printFunction(definition, shell.options.posix) + "\n";
}

/** The definition, with a line for the attributes if it has any. */
export function functionText(shell: Shell, name: string, definition: ShellFunction): string {
  const text = definitionText(shell, definition);
  return definition.attributes === 0 ? text : text + functionLine(name, definition);
}

/** All functions that have the attributes, by their names. */
export function listFunctions(shell: Shell, attributes: number, namesOnly: boolean): string {
  let text = "";
  for (const name of shell.functions.names().sort()) {
    const definition = shell.functions.get(name)!;
    if ((definition.attributes & attributes) !== attributes) continue;
    text += namesOnly ? functionLine(name, definition) : functionText(shell, name, definition);
  }
  return text;
}
