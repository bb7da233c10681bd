/**
 * Turns syntax trees back into text, in the layout of bash: of `declare -f` and `type` for functions, of `jobs`
 * for commands.
 *
 * What is printed, parsed again, gives an equivalent tree. Like bash, the printer writes some things in one of several
 * equivalent ways: `elif` as an `if` in the `else` part, `for x` with `in "$@"`, `|&` as `2>&1 |`, `>&2` with its default
 * descriptor, `$'…'` as `'…'`. Where what bash prints would not be read back as it was meant, this prints what is.
 */

import { ENVIRONMENT, Layout, POSIX } from "./layout.ts";
import { printFunctionBody } from "./print_command.ts";
import { printLoopWords } from "./print_compound.ts";
import { printList as printListOn, printStatement as printStatementOn } from "./print_list.ts";
import { printWord } from "./print_word.ts";
import { NOT_RESERVED, reservedWord } from "./reserved_words.ts";
import type { CaseCommand, ForCommand, FunctionDefinition, List, SelectCommand, Statement } from "./tree.ts";

export { jointText } from "./print_list.ts";
export { printAssignment, printParts, printWord } from "./print_word.ts";

/** The text of a list of commands, as `jobs` shows them. */
export function printList(list: List): string {
  const layout = new Layout();
  printListOn(layout, list);
  return layout.toString();
}

/** The text of a command, as `jobs` shows it. */
export function printStatement(statement: Statement): string {
  const layout = new Layout();
  printStatementOn(layout, statement);
  layout.flush("");
  return layout.toString();
}

/** The definition of a function, as `declare -f` lists it, also in POSIX mode. */
export function printFunction(definition: FunctionDefinition, posix: boolean): string {
  const keyword = reservedWord(definition.name) === NOT_RESERVED ? "" : "function ";
  const layout = new Layout(posix ? POSIX : undefined);
  layout.write(`${keyword}${definition.name} () \n{ \n`);
  printFunctionBody(layout, definition.body);
  return layout.toString();
}

/** The value of the environment variable that carries a function to another bash. */
export function printFunctionValue(definition: FunctionDefinition): string {
  const layout = new Layout(ENVIRONMENT);
  layout.write("() { ");
  printFunctionBody(layout, definition.body);
  return layout.toString();
}

/** The text of a compound command up to its body, as BASH_COMMAND and traces show it. */
export function printHeader(command: ForCommand | SelectCommand | CaseCommand): string {
  if (command.kind === "case") return `case ${printWord(command.subject)} in `;
  return `${command.kind} ${command.variable} in ${printLoopWords(command.words)}`;
}
