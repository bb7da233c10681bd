/** Prints commands with their redirections: simple ones, functions, co-processes, and whatever `print_compound.ts` does. */

import type { Layout } from "./layout.ts";
import { literalText } from "./nodes.ts";
import { printCompound } from "./print_compound.ts";
import { printList } from "./print_list.ts";
import { printRedirection } from "./print_redirection.ts";
import { printAssignment, printWord } from "./print_word.ts";
import { NOT_RESERVED, reservedWord } from "./reserved_words.ts";
import type { Command, CompoundCommand, Coprocess, FunctionDefinition, Redirection, SimpleCommand } from "./tree.ts";

/** Writes a command, and `redirection` as the last of its redirections. */
export function printCommand(layout: Layout, command: Command, redirection = ""): void {
  layout.begin();
  switch (command.kind) {
    case "simple":
      printSimple(layout, command, redirection);
      break;
    case "function":
      printDefinition(layout, command);
      break;
    case "coprocess":
      printCoprocess(layout, command);
      break;
    default:
      printCompound(layout, command);
      printRedirections(layout, command.redirections, " ", redirection);
  }
}

/** Whether a redirection may be written behind the command. */
export function takesRedirections(command: Command): boolean {
  return command.kind !== "function" && command.kind !== "coprocess";
}

function printSimple(layout: Layout, command: SimpleCommand, redirection: string): void {
  const { assignments, redirections } = command;
  const words = [
    ...assignments.map(printAssignment),
    ...command.words.map((word) => word.kind === "assignment" ? printAssignment(word) : printWord(word)),
  ].join(" ");
  if (redirections.length > 0 && beginsReserved(command)) {
    // Behind a redirection the word is a command's name, before it a reserved word.
    const before = redirections.map(printRedirection).join(" ");
    layout.write(`${before} ${words}`);
    if (redirection !== "") layout.write(" " + redirection);
    printHereDocuments(layout, redirections);
  } else {
    layout.write(words);
    printRedirections(layout, redirections, words === "" ? "" : " ", redirection);
  }
}

function beginsReserved(command: SimpleCommand): boolean {
  const first = command.words[0];
  if (first === undefined || first.kind === "assignment" || command.assignments.length > 0) return false;
  const text = literalText(first);
  return text !== null && reservedWord(text) !== NOT_RESERVED;
}

function printRedirections(
  layout: Layout,
  redirections: readonly Redirection[],
  before: string,
  last: string,
): void {
  const texts = redirections.map(printRedirection);
  if (last !== "") texts.push(last);
  if (texts.length === 0) return;
  layout.forgetBodies();
  layout.write(before + texts.join(" "));
  printHereDocuments(layout, redirections);
}

function printHereDocuments(layout: Layout, redirections: readonly Redirection[]): void {
  layout.addHereDocuments(
    redirections.map(({ hereDocument }) => hereDocument).filter((document) => document !== null),
  );
}

function printDefinition(layout: Layout, definition: FunctionDefinition): void {
  layout.write(`${layout.keyword ? "function " : ""}${definition.name} () \n`);
  layout.writeIndentation();
  layout.write("{ \n");
  printFunctionBody(layout, definition.body);
}

/** Writes a function's body, from behind the `{`, and its redirections. */
export function printFunctionBody(layout: Layout, body: CompoundCommand): void {
  const outer = layout.enterFunction();
  if (body.kind === "group") printList(layout, body.body);
  else {
    printCommand(layout, body);
    layout.flush("");
  }
  layout.leaveFunction(outer);
  if (body.kind === "group" && body.redirections.length > 0) {
    layout.writeLine("} ");
    printRedirections(layout, body.redirections, "", "");
  } else {
    layout.writeLine("}");
    layout.forgetBodies();
  }
}

function printCoprocess(layout: Layout, { binary, name, body }: Coprocess): void {
  const keyword = binary ? "coproc -x" : "coproc";
  // In `coproc NAME a`, with a simple command, the word would not be taken for a name.
  layout.write(body.kind === "simple" ? `${keyword} ` : `${keyword} ${name === null ? "COPROC" : printWord(name)} `);
  layout.goOn();
  printCommand(layout, body);
}
