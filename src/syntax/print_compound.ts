/** Prints compound commands, without the redirections behind them. */

import type { Layout } from "./layout.ts";
import { literalText } from "./nodes.ts";
import { printIndentedList, printListInLine, printListInParentheses } from "./print_list.ts";
import { printWord } from "./print_word.ts";
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
export function printCompound(layout: Layout, command: CompoundCommand): void {
  switch (command.kind) {
    case "group":
      printGroup(layout, command.body);
      break;
    case "subshell":
      layout.write("( ");
      printListInParentheses(layout, command.body);
      layout.write(" )");
      break;
    case "if":
      printIf(layout, command, 0);
      break;
    case "for":
    case "select":
      layout.write(`${command.kind} ${command.variable} in ${printLoopWords(command.words)};`);
      printLoopBody(layout, command.body);
      break;
    case "arithmetic-for":
      printArithmeticFor(layout, command);
      break;
    case "while":
      printWhile(layout, command);
      break;
    case "case":
      printCase(layout, command);
      break;
    case "arithmetic-command":
      layout.write(`((${printWord(command.expression)}))`);
      break;
    case "conditional":
      layout.write(`[[ ${printConditional(command.expression)} ]]`);
      break;
  }
}

/** Writes `{ … }`. */
function printGroup(layout: Layout, list: List): void {
  if (layout.isInFunction) {
    layout.write("{ \n");
    printIndentedList(layout, list);
    layout.writeLine("}");
  } else {
    layout.write("{ ");
    printListInLine(layout, list);
    layout.writeSemicolon();
    layout.write(" }");
  }
}

/** Writes the clauses from `index` on; bash turns each `elif` into an `if` of its own. */
function printIf(layout: Layout, command: IfCommand, index: number): void {
  const clause = command.clauses[index]!;
  layout.write("if ");
  printListInLine(layout, clause.condition);
  layout.writeSemicolon();
  layout.write(" then\n");
  printIndentedList(layout, clause.body);
  if (index + 1 < command.clauses.length) {
    layout.writeSemicolon();
    layout.writeLine("else\n");
    layout.indent();
    layout.writeIndentation();
    printIf(layout, command, index + 1);
    layout.outdent();
  } else if (command.otherwise !== null) {
    layout.writeSemicolon();
    layout.writeLine("else\n");
    printIndentedList(layout, command.otherwise);
  }
  layout.writeSemicolon();
  layout.writeLine("fi");
}

/** The words of `for` and `select`; those that are meant where none are written. */
export function printLoopWords(words: readonly Word[] | null): string {
  return words === null ? '"$@"' : words.map((word) => printWord(word)).join(" ");
}

function printLoopBody(layout: Layout, body: List): void {
  layout.writeLine("do\n");
  printIndentedList(layout, body);
  layout.writeSemicolon();
  layout.writeLine("done");
}

function printArithmeticFor(layout: Layout, command: ArithmeticForCommand): void {
  const expressions = [command.initial, command.condition, command.step];
  const texts = expressions.map((expression) => expression === null ? "1" : printWord(expression));
  layout.write(`for ((${texts.join("; ")}))`);
  printLoopBody(layout, command.body);
}

function printWhile(layout: Layout, command: WhileCommand): void {
  layout.write(command.until ? "until " : "while ");
  printListInLine(layout, command.condition);
  layout.writeSemicolon();
  layout.write(" do\n");
  printIndentedList(layout, command.body);
  layout.writeSemicolon();
  layout.writeLine("done");
}

function printCase(layout: Layout, command: CaseCommand): void {
  layout.write(`case ${printWord(command.subject)} in `);
  layout.indent();
  for (const item of command.items) printCaseItem(layout, item);
  layout.outdent();
  layout.writeLine("esac");
}

function printCaseItem(layout: Layout, item: CaseItem): void {
  const patterns = item.patterns.map((pattern) => printWord(pattern)).join(" | ");
  // Without the parenthesis, the word would end the command.
  const parenthesis = literalText(item.patterns[0]!) === "esac" ? "(" : "";
  layout.writeLine(`${parenthesis}${patterns})\n`);
  printIndentedList(layout, item.body);
  layout.writeLine(item.terminator);
}

function printConditional(expression: ConditionalExpression): string {
  switch (expression.kind) {
    case "not":
      return `! ${printConditional(expression.operand)}`;
    case "and":
    case "or": {
      const operator = expression.kind === "and" ? "&&" : "||";
      return `${printConditional(expression.left)} ${operator} ${printConditional(expression.right)}`;
    }
    case "parentheses":
      return `( ${printConditional(expression.operand)} )`;
    case "unary":
      return `${expression.operator || "-n"} ${printWord(expression.operand)}`;
    case "binary": {
      const left = printWord(expression.left);
      return `${left} ${expression.operator} ${printWord(expression.right)}`;
    }
  }
}
