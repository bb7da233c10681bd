/** Prints compound commands, without the redirections behind them. */

import type { Printer } from "./printer.ts";
import { printWord } from "./print_word.ts";
import { literalText } from "./nodes.ts";
import type {
  ArithmeticForCommand,
  CaseCommand,
  CaseItem,
  CompoundCommand,
  ConditionalExpression,
  IfCommand,
  List,
  WhileCommand,
  Word,
} from "./tree.ts";

/** Writes the command. */
export function printCompound(printer: Printer, command: CompoundCommand): void {
  switch (command.kind) {
    case "group":
      printer.group(command.body);
      break;
    case "subshell":
      printer.write("( ");
      printer.listInLine(command.body);
      printer.write(" )");
      break;
    case "if":
      printIf(printer, command, 0);
      break;
    case "for":
    case "select":
      printer.write(`${command.kind} ${command.variable} in ${printLoopWords(printer, command.words)};`);
      printLoopBody(printer, command.body);
      break;
    case "arithmetic-for":
      printArithmeticFor(printer, command);
      break;
    case "while":
      printWhile(printer, command);
      break;
    case "case":
      printCase(printer, command);
      break;
    case "arithmetic-command":
      printer.write(`((${printWord(printer, command.expression)}))`);
      break;
    case "conditional":
      printer.write(`[[ ${printConditional(printer, command.expression)} ]]`);
      break;
  }
}

/** Writes the clauses from `index` on; bash turns each `elif` into an `if` of its own. */
function printIf(printer: Printer, command: IfCommand, index: number): void {
  const clause = command.clauses[index]!;
  printer.write("if ");
  printer.listInLine(clause.condition);
  printer.writeSemicolon();
  printer.write(" then\n");
  printer.indentedList(clause.body);
  if (index + 1 < command.clauses.length) {
    printer.writeSemicolon();
    printer.writeLine("else\n");
    printer.indent();
    printer.writeIndentation();
    printIf(printer, command, index + 1);
    printer.outdent();
  } else if (command.otherwise !== null) {
    printer.writeSemicolon();
    printer.writeLine("else\n");
    printer.indentedList(command.otherwise);
  }
  printer.writeSemicolon();
  printer.writeLine("fi");
}

/** The words of `for` and `select`; those that are meant where none are written. */
export function printLoopWords(printer: Printer, words: readonly Word[] | null): string {
  return words === null ? '"$@"' : words.map((word) => printWord(printer, word)).join(" ");
}

function printLoopBody(printer: Printer, body: List): void {
  printer.writeLine("do\n");
  printer.indentedList(body);
  printer.writeSemicolon();
  printer.writeLine("done");
}

function printArithmeticFor(printer: Printer, command: ArithmeticForCommand): void {
  const expressions = [command.initial, command.condition, command.step];
  const texts = expressions.map((expression) => expression === null ? "1" : printWord(printer, expression));
  printer.write(`for ((${texts.join("; ")}))`);
  printLoopBody(printer, command.body);
}

function printWhile(printer: Printer, command: WhileCommand): void {
  printer.write(command.until ? "until " : "while ");
  printer.listInLine(command.condition);
  printer.writeSemicolon();
  printer.write(" do\n");
  printer.indentedList(command.body);
  printer.writeSemicolon();
  printer.writeLine("done");
}

function printCase(printer: Printer, command: CaseCommand): void {
  printer.write(`case ${printWord(printer, command.subject)} in `);
  printer.indent();
  for (const item of command.items) printCaseItem(printer, item);
  printer.outdent();
  printer.writeLine("esac");
}

function printCaseItem(printer: Printer, item: CaseItem): void {
  const patterns = item.patterns.map((pattern) => printWord(printer, pattern)).join(" | ");
  // Without the parenthesis, the word would end the command.
  const parenthesis = literalText(item.patterns[0]!) === "esac" ? "(" : "";
  printer.writeLine(`${parenthesis}${patterns})\n`);
  printer.indentedList(item.body);
  printer.writeLine(item.terminator);
}

function printConditional(printer: Printer, expression: ConditionalExpression): string {
  switch (expression.kind) {
    case "not":
      return `! ${printConditional(printer, expression.operand)}`;
    case "and":
    case "or": {
      const operator = expression.kind === "and" ? "&&" : "||";
      return `${printConditional(printer, expression.left)} ${operator} ${printConditional(printer, expression.right)}`;
    }
    case "parentheses":
      return `( ${printConditional(printer, expression.operand)} )`;
    case "unary":
      return `${expression.operator || "-n"} ${printWord(printer, expression.operand)}`;
    case "binary": {
      const left = printWord(printer, expression.left);
      return `${left} ${expression.operator} ${printWord(printer, expression.right)}`;
    }
  }
}
