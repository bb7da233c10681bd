/** Parses `[[ … ]]` (bash manual 3.2.5.2), with the wording of bash for what is wrong in it. */

import { ShellSyntaxError } from "./error.ts";
import { literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { Lexer } from "./lexer.ts";
import * as Token from "./tokens.ts";
import type { ConditionalCommand, ConditionalExpression, Word } from "./tree.ts";
import { ARGUMENT, PATTERN, REGULAR_EXPRESSION } from "./word_mode.ts";

const UNARY_OPERATORS = "abcdefghknoprstuvwxzGLNORS";

const BINARY_OPERATORS = new Set(
  ["=", "==", "!=", "=~", "-ef", "-nt", "-ot", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"],
);

export function parseConditional(parser: Parser): ConditionalCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  const expression = parseOr(lexer);
  if (!wordIs(lexer, "]]")) throw wrongEnd(lexer, line);
  lexer.take();
  const redirections = parser.parseRedirections();
  return { kind: "conditional", start, end: lexer.previousEnd, line, redirections, expression };
}

function parseOr(lexer: Lexer): ConditionalExpression {
  const left = parseAnd(lexer);
  if (lexer.peek(ARGUMENT) !== Token.OR_IF) return left;
  lexer.take();
  lexer.enter();
  const right = parseOr(lexer);
  lexer.leave();
  return { kind: "or", left, right };
}

function parseAnd(lexer: Lexer): ConditionalExpression {
  const left = parseTerm(lexer);
  if (lexer.peek(ARGUMENT) !== Token.AND_IF) return left;
  lexer.take();
  lexer.enter();
  const right = parseAnd(lexer);
  lexer.leave();
  return { kind: "and", left, right };
}

function parseTerm(lexer: Lexer): ConditionalExpression {
  skipNewlines(lexer);
  const kind = lexer.peek(ARGUMENT);
  if (kind === Token.LEFT_PARENTHESIS) return parseParentheses(lexer);
  if (kind !== Token.WORD || wordIs(lexer, "]]")) {
    throw wrong(lexer, `unexpected token \`${tokenText(lexer)}' in conditional command`);
  }
  const word = lexer.takeWord();
  const text = literalText(word);
  if (text === "!") {
    lexer.enter();
    const operand = parseTerm(lexer);
    lexer.leave();
    return operand.kind === "not" ? operand.operand : { kind: "not", operand };
  }
  if (text !== null && text.length === 2 && text[0] === "-" && UNARY_OPERATORS.includes(text[1]!)) {
    const operand = parseOperand(lexer, ARGUMENT, "unary");
    return { kind: "unary", operator: text, operand };
  }
  return parseBinary(lexer, word);
}

function parseParentheses(lexer: Lexer): ConditionalExpression {
  const line = lexer.line;
  lexer.take();
  lexer.enter();
  let operand: ConditionalExpression;
  try {
    operand = parseOr(lexer);
  } catch (error) {
    // bash complains about the parenthesis too.
    if (!(error instanceof ShellSyntaxError) || error.sourceLine !== null) throw error;
    throw error.withMessage("expected `)'");
  }
  lexer.leave();
  if (lexer.peek(ARGUMENT) !== Token.RIGHT_PARENTHESIS) {
    const text = operatorText(lexer);
    throw lexer.error(line, [text === null ? "expected `)'" : `unexpected token \`${text}', expected \`)'`]);
  }
  lexer.take();
  skipNewlines(lexer);
  return { kind: "parentheses", operand };
}

/** Parses what follows a word that may be the left side of a binary operator. */
function parseBinary(lexer: Lexer, left: Word): ConditionalExpression {
  const kind = lexer.peek(ARGUMENT);
  const isWord = kind === Token.WORD;
  const text = isWord ? literalText(lexer.word as Word) : operatorText(lexer);
  if (isWord && text !== null && BINARY_OPERATORS.has(text) || kind === Token.LESS || kind === Token.GREATER) {
    const operator = text!;
    lexer.take();
    const right = parseOperand(lexer, rightSideMode(operator), "binary");
    return { kind: "binary", operator, left, right };
  }
  if (
    isWord && text === "]]" || kind === Token.AND_IF || kind === Token.OR_IF || kind === Token.RIGHT_PARENTHESIS
  ) {
    return { kind: "unary", operator: "", operand: left };
  }
  if (isWord || text === null) throw wrong(lexer, "conditional binary operator expected");
  throw wrong(lexer, `unexpected token \`${text}', conditional binary operator expected`);
}

function rightSideMode(operator: string): number {
  if (operator === "=~") return REGULAR_EXPRESSION;
  return operator === "=" || operator === "==" || operator === "!=" ? PATTERN : ARGUMENT;
}

/** An operator's operand, and the newlines behind it. */
function parseOperand(lexer: Lexer, mode: number, arity: "unary" | "binary"): Word {
  if (lexer.peek(mode) !== Token.WORD || wordIs(lexer, "]]")) {
    const text = tokenText(lexer);
    throw wrong(lexer, `unexpected argument \`${text}' to conditional ${arity} operator`);
  }
  const operand = lexer.takeWord();
  skipNewlines(lexer);
  return operand;
}

function wordIs(lexer: Lexer, text: string): boolean {
  return lexer.peek(ARGUMENT) === Token.WORD && literalText(lexer.word as Word) === text;
}

function skipNewlines(lexer: Lexer): void {
  while (lexer.peek(ARGUMENT) === Token.NEWLINE) lexer.take();
}

/** How messages show the token read ahead. */
function tokenText(lexer: Lexer): string {
  return lexer.peek(ARGUMENT) === Token.END ? "EOF" : lexer.tokenText();
}

/** The same for operators and `]]`; `null` for other words, which messages do not show. */
function operatorText(lexer: Lexer): string | null {
  return lexer.peek(ARGUMENT) === Token.WORD && !wordIs(lexer, "]]") ? null : tokenText(lexer);
}

function wrong(lexer: Lexer, message: string): ShellSyntaxError {
  const kind = lexer.peek(ARGUMENT);
  const line = kind === Token.NEWLINE ? lexer.tokenLine : lexer.line;
  return lexer.error(line, [message], null, kind === Token.END);
}

/** The error for what follows the expression in place of `]]`. */
function wrongEnd(lexer: Lexer, line: number): ShellSyntaxError {
  if (lexer.peek(ARGUMENT) === Token.END) {
    return lexer.error(line, ["unexpected EOF while looking for `]]'"], null, true);
  }
  const text = operatorText(lexer);
  const token = text === null ? "" : `: unexpected token \`${text}'`;
  return lexer.error(line, [`syntax error in conditional expression${token}`]);
}
