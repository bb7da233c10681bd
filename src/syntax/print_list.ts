/** Prints lists, and the pipelines in them. */

import type { Layout } from "./layout.ts";
import { printCommand, takesRedirections } from "./print_command.ts";
import type { AndOrList, Command, Joint, List, ListItem, Pipeline, Statement } from "./tree.ts";

/** Writes a list, with the here-documents in it. */
export function printList(layout: Layout, { items }: List): void {
  if (items.length === 1 && !items[0]!.background) printStatement(layout, items[0]!.command);
  else if (items.length > 0) printItems(layout, items);
  layout.flush("");
}

/** Writes a list that goes on in the line. */
export function printListInLine(layout: Layout, list: List): void {
  layout.goOn();
  printList(layout, list);
}

/** Writes the list before a `)`. */
export function printListInParentheses(layout: Layout, list: List): void {
  printListInLine(layout, list);
  if (endsWithoutCommand(list)) layout.write(";");
}

/** Writes a list on lines of its own, one level deeper. */
export function printIndentedList(layout: Layout, list: List): void {
  layout.indent();
  printList(layout, list);
  layout.outdent();
}

function printItems(layout: Layout, items: readonly ListItem[]): void {
  layout.begin();
  layout.goOn();
  layout.connect();
  const last = items.length - 1;
  items.forEach((item, i) => {
    printStatement(layout, item.command);
    if (item.background) {
      layout.write(" &");
      layout.flush(i < last ? " " : "");
      if (i === last) return;
      layout.write(" ");
      layout.goOn();
      return;
    }
    // The bodies that a first simple command waits for take the place of the separator, as a newline would.
    if (i > 0 || isConnected(item.command)) layout.flush("");
    if (i < last) layout.separate(item.newline);
  });
  layout.disconnect();
}

export function printStatement(layout: Layout, statement: Statement): void {
  if (statement.kind === "andor") printAndOr(layout, statement);
  else printPipelineOrCommand(layout, statement);
}

function printAndOr(layout: Layout, list: AndOrList): void {
  layout.begin();
  layout.goOn();
  layout.connect();
  printPipelineOrCommand(layout, list.first);
  for (const { operator, command } of list.rest) {
    layout.writeOperator(` ${operator} `);
    layout.goOn();
    printPipelineOrCommand(layout, command);
  }
  layout.disconnect();
}

function printPipelineOrCommand(layout: Layout, command: Pipeline | Command): void {
  if (command.kind === "pipeline") printPipeline(layout, command);
  else printCommand(layout, command);
}

function printPipeline(layout: Layout, { timed, negated, stages, joints }: Pipeline): void {
  layout.begin();
  if (timed !== "no") layout.write(timed === "posix" ? "time -p " : "time ");
  if (negated) layout.write("! ");
  else if (stages.length === 0 && timed === "no") layout.write("! ! ");
  if (joints.length > 0) layout.connect();
  stages.forEach((stage, i) => {
    const joint = joints[i];
    layout.goOn();
    if (joint === undefined) printCommand(layout, stage);
    else if (joint.form === "both" && takesRedirections(stage)) {
      printCommand(layout, stage, "2>&1");
      layout.writeOperator(" |");
      layout.write(" ");
    } else {
      printCommand(layout, stage);
      layout.writeOperator(` ${jointText(joint)}`);
      layout.write(" ");
    }
  });
  if (joints.length > 0) layout.disconnect();
}

/** The operator between two stages; a stream operator with all its numbers. */
export function jointText(joint: Joint): string {
  if (joint.form !== "streams") return joint.form === "pipe" ? "|" : "|&";
  return "|" + joint.connections.map(({ from, to }) => `${from}>${to}`).join(",");
}

/** Whether an operator joins several commands in it. */
function isConnected(statement: Statement): boolean {
  return statement.kind === "andor" || (statement.kind === "pipeline" && statement.joints.length > 0);
}

/** Whether the last of a list is a lone `time` or `!`, which only `;` and newlines can end. */
function endsWithoutCommand({ items }: List): boolean {
  const last = items.at(-1);
  if (last === undefined || last.background) return false;
  const command = last.command.kind === "andor" ? last.command.rest.at(-1)!.command : last.command;
  return command.kind === "pipeline" && command.stages.length === 0;
}
