/** `[[ … ]]` (bash manual 3.2.5.2, 6.4). Its operands are neither split nor expanded to pathnames. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { compareText } from "../expansion/pathname.ts";
import { compilePattern } from "../expansion/pattern.ts";
import type { ConditionalCommand, ConditionalExpression } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import { compareFiles, compareIntegers, isFileComparison, unaryTest } from "./primaries.ts";
import type { Run, Shell } from "./shell.ts";
import { FAILURE, SUCCESS, USAGE } from "./status.ts";

type Test = () => boolean;

export function compileConditional(command: ConditionalCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state } = shell;
  const test = compileExpression(command.expression, shell);
  return () => {
    let status: number;
    state.line = command.line;
    shell.streams.settle();
    try {
      status = test() ? SUCCESS : FAILURE;
    } catch (error) {
      status = shell.failed(error);
    }
    state.status = status;
    shell.boundary();
    if (status !== SUCCESS) shell.checkErrexit(status);
    return status;
  };
}

function compileExpression(expression: ConditionalExpression, shell: Shell): Test {
  switch (expression.kind) {
    case "parentheses":
      return compileExpression(expression.operand, shell);
    case "not": {
      const operand = compileExpression(expression.operand, shell);
      return () => !operand();
    }
    case "and":
    case "or": {
      const left = compileExpression(expression.left, shell);
      const right = compileExpression(expression.right, shell);
      return expression.kind === "and" ? () => left() && right() : () => left() || right();
    }
    case "unary": {
      const operand = shell.words.text(expression.operand);
      const { operator } = expression;
      if (operator === "") return () => operand() !== "";
      return () => unaryTest(shell, operator, operand());
    }
    case "binary":
      return compileBinary(expression, shell);
  }
}

function compileBinary(expression: Extract<ConditionalExpression, { kind: "binary" }>, shell: Shell): Test {
  const { operator } = expression;
  const { options, words } = shell;
  const left = words.text(expression.left);
  switch (operator) {
    case "=":
    case "==":
    case "!=": {
      const pattern = words.pattern(expression.right);
      const wanted = operator !== "!=";
      // Extended globs are always on here.
      return () => {
        const text = left();
        return compilePattern(pattern(), { extglob: true, ignoreCase: options.nocasematch }).matches(text) === wanted;
      };
    }
    case "=~":
      return () => {
        throw new ExpansionFailure("[[: =~: not supported", "command", USAGE);
      };
    case "<":
    case ">": {
      const right = words.text(expression.right);
      const sign = operator === "<" ? -1 : 1;
      return () => Math.sign(compareText(left(), right())) === sign;
    }
  }
  const right = words.text(expression.right);
  if (isFileComparison(operator)) return () => compareFiles(shell, operator, left(), right());
  return () => {
    const a = words.arithmetic.evaluate(left(), "[[: ");
    return compareIntegers(operator, a, words.arithmetic.evaluate(right(), "[[: "))!;
  };
}
