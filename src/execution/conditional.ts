/** `[[ … ]]` (bash manual 3.2.5.2, 6.4). Its operands are neither split nor expanded to pathnames. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { compareText } from "../expansion/collation.ts";
import { compilePattern, PreparedPattern } from "../expansion/pattern.ts";
import { compileRegularExpression } from "../expansion/regular_expression/regular_expression.ts";
import { QUOTED } from "../expansion/regular_expression/syntax.ts";
import { printStatement } from "../syntax/printer.ts";
import type { ConditionalCommand, ConditionalExpression, Word } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import {
  compareFiles,
  compareIntegers,
  isExpandedVariableSet,
  isFileComparison,
  isIntegerComparison,
  unaryTest,
} from "./primaries.ts";
import type { Run, Shell } from "./shell.ts";
import { FAILURE, SUCCESS, USAGE } from "./status.ts";
import { traceLine } from "./xtrace.ts";

/** @param not `! ` before the primary, for the trace */
type Test = (not: string) => boolean;
type Binary = Extract<ConditionalExpression, { kind: "binary" }>;

/** An expression that can't be evaluated, of which nothing is said but by the status. */
class InvalidCondition {}

/** @param checks whether its failure counts by itself */
export function compileConditional(command: ConditionalCommand, compiler: Compiler, checks: boolean): Run {
  const { shell } = compiler;
  const { state, substitutions, traps } = shell;
  const test = compileExpression(command.expression, shell);
  const text = () => printStatement({ ...command, redirections: [] });
  return () => {
    let status: number;
    const { count } = substitutions;
    state.line = command.line;
    state.command = text;
    if (traps.debug !== null && !traps.runDebug()) return state.status;
    shell.streams.settle();
    try {
      status = test("") ? SUCCESS : FAILURE;
    } catch (error) {
      status = error instanceof InvalidCondition ? USAGE : shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS && checks) shell.checkErrexit(status);
    return status;
  };
}

function compileExpression(expression: ConditionalExpression, shell: Shell): Test {
  switch (expression.kind) {
    case "parentheses": {
      const operand = compileExpression(expression.operand, shell);
      return () => operand("");
    }
    case "not": {
      const operand = compileExpression(expression.operand, shell);
      return (not) => !holds(operand, not === "" ? "! " : "");
    }
    case "and":
    case "or": {
      const left = compileExpression(expression.left, shell);
      const right = compileExpression(expression.right, shell);
      return expression.kind === "and" ? () => left("") && right("") : () => holds(left, "") || right("");
    }
    case "unary":
      return compileUnary(expression.operator, expression.operand, shell);
    case "binary":
      return compileBinary(expression, shell);
  }
}

/** Whether `test` holds: an invalid expression is false to what goes on after it. */
function holds(test: Test, not: string): boolean {
  try {
    return test(not);
  } catch (error) {
    if (error instanceof InvalidCondition) return false;
    throw error;
  }
}

function compileUnary(operator: string, word: Word, shell: Shell): Test {
  const { options } = shell;
  const operand = operator === "-v" ? shell.words.expressionText(word) : shell.words.text(word);
  const shown = operator === "" ? "-n" : operator;
  return (not) => {
    const text = operand();
    if (options.xtrace) traceLine(shell, `[[ ${not}${shown} ${text === "" ? "''" : text} ]]`);
    if (operator === "-v") return isExpandedVariableSet(shell, text);
    return operator === "" ? text !== "" : unaryTest(shell, operator, text);
  };
}

const QUOTED_CHARACTER = new RegExp(`${QUOTED}([^])`, "gu");
const quoteSpecial = (_: string, character: string) => /[\\^$.[*+?(){|]/.test(character) ? `\\${character}` : character;

function compileBinary(expression: Binary, shell: Shell): Test {
  const { options, words } = shell;
  const { operator } = expression;
  // What is expanded in subscripts of expressions is not expanded again.
  const text = (word: Word) =>
    isIntegerComparison(operator) && holdsBracket(word) ? words.expressionText(word) : words.text(word);
  const left = text(expression.left);
  const isPattern = operator === "=" || operator === "==" || operator === "!=";
  const marked = isPattern || operator === "=~" ? words.regularExpression(expression.right) : null;
  const right = isPattern ? words.pattern(expression.right) : marked ?? text(expression.right);
  const compare = comparison(operator, shell, holdsBracket(expression.left), holdsBracket(expression.right));
  const pattern = isPattern ? new PreparedPattern(right) : null;
  const compareNumbers = compileNumbers(expression, shell);
  return (not) => {
    const known = compareNumbers === null || options.xtrace ? null : compareNumbers();
    if (known !== null) return known;
    const first = left();
    if (!options.xtrace) {
      // Extended globs are always on here.
      if (pattern !== null) return pattern.expand(true, options.nocasematch).matches(first) === (operator !== "!=");
      return compare(first, right());
    }
    // The trace shows what was quoted: everything in a pattern, and what is special in a regular expression.
    const second = (marked ?? right)();
    const shown = isPattern ? second.replaceAll(QUOTED, "\\") : second.replace(QUOTED_CHARACTER, quoteSpecial);
    traceLine(shell, `[[ ${not}${first === "" ? "''" : first} ${operator} ${shown === "" ? "''" : shown} ]]`);
    return compare(first, isPattern ? shown : second);
  };
}

/** Compares the numbers that the operands are, if that can be told without expanding them, or gives `null`. */
function compileNumbers({ operator, left, right }: Binary, { words }: Shell): (() => boolean | null) | null {
  if (!isIntegerComparison(operator)) return null;
  const first = words.operand(left);
  const second = words.operand(right);
  if (first === null || second === null || !first.pure || !second.pure) return null;
  return () => {
    const a = first.number();
    const b = a === null ? null : second.number();
    return a === null || b === null ? null : compareIntegers(operator, a, b);
  };
}

/** Whether a word has a bracket outside of quotes, which may begin a subscript. */
function holdsBracket({ parts }: Word): boolean {
  return parts.some((part) => part.kind === "literal" && part.text.includes("["));
}

/**
 * What an operator does with its expanded operands.
 *
 * @param leftExpanded whether the left operand has the subscripts of an expression with backslashes that keep them from being
 * expanded again
 * @param rightExpanded the same of the right one
 */
function comparison(
  operator: string,
  shell: Shell,
  leftExpanded: boolean,
  rightExpanded: boolean,
): (left: string, right: string) => boolean {
  const { options, words } = shell;
  switch (operator) {
    case "=":
    case "==":
    case "!=": {
      const wanted = operator !== "!=";
      // Extended globs are always on here.
      return (text, pattern) =>
        compilePattern(pattern, { extglob: true, ignoreCase: options.nocasematch }).matches(text) === wanted;
    }
    case "=~":
      return (text, expression) => matchRegularExpression(shell, text, expression);
    case "<":
    case ">": {
      const sign = operator === "<" ? -1 : 1;
      return (left, right) => Math.sign(compareText(left, right)) === sign;
    }
  }
  if (isFileComparison(operator)) return (left, right) => compareFiles(shell, operator, left, right);
  const integer = (text: string, expanded: boolean) => words.arithmetic.evaluate(text, "[[: ", expanded);
  return (left, right) => {
    try {
      const a = integer(left, leftExpanded);
      return compareIntegers(operator, a, integer(right, rightExpanded))!;
    } catch (error) {
      // The comparison is false if an operand is no number; what it is part of goes on.
      if (!(error instanceof ExpansionFailure) || error.consequence !== "top") throw error;
      shell.report(error.behind("[[: ").message);
      return false;
    }
  };
}

/** `=~`: puts what matched, and what its groups matched, into BASH_REMATCH. */
function matchRegularExpression(shell: Shell, text: string, expression: string): boolean {
  const compiled = compileRegularExpression(expression, shell.options.nocasematch);
  if (compiled === null) throw new InvalidCondition();
  const texts = compiled.match(text);
  const matches = shell.variables.get("BASH_REMATCH");
  matches.beginArray(false);
  for (const each of texts ?? []) matches.appendElement(each);
  return texts !== null;
}
