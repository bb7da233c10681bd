/** Parses the loops over words (XCU 2.9.4.2): `for` and `select`, and the arithmetic `for`. */

import { readForExpressions } from "./arithmetic.ts";
import { LEFT_PARENTHESIS, RIGHT_PARENTHESIS } from "./characters.ts";
import type { ShellSyntaxError } from "./error.ts";
import type { Lexer } from "./lexer.ts";
import { literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { printParts } from "./printer.ts";
import * as Reserved from "./reserved_words.ts";
import * as Token from "./tokens.ts";
import type { ArithmeticForCommand, ForCommand, List, SelectCommand, Word } from "./tree.ts";
import { ARGUMENT, LOOP_START, RESERVED } from "./word_mode.ts";

export function parseFor(parser: Parser): ForCommand | ArithmeticForCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  if (lexer.peek(ARGUMENT) === Token.LEFT_PARENTHESIS && lexer.peekCode(0) === LEFT_PARENTHESIS) {
    return parseArithmeticFor(parser, start, line);
  }
  const { variable, words, body } = parseLoop(parser);
  const redirections = parser.parseRedirections();
  return { kind: "for", start, end: lexer.previousEnd, line, redirections, variable, words, body };
}

export function parseSelect(parser: Parser): SelectCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  const { variable, words, body } = parseLoop(parser);
  const redirections = parser.parseRedirections();
  return { kind: "select", start, end: lexer.previousEnd, line, redirections, variable, words, body };
}

/**
 * `name [in word …] do … done`. The name is any word, as it is written: bash refuses what is no name when the loop is
 * run.
 */
function parseLoop(parser: Parser): { variable: string; words: readonly Word[] | null; body: List } {
  const lexer = parser.lexer;
  if (lexer.peek(ARGUMENT) !== Token.WORD) throw lexer.unexpected();
  const name = lexer.takeWord();
  const variable = literalText(name) ?? printParts(name.parts, false);
  let words: Word[] | null = null;
  let kind = lexer.peek(RESERVED);
  // Directly behind the name, `{` is no reserved word.
  let braces = kind !== Token.WORD;
  if (kind === Token.SEMICOLON) lexer.take();
  else {
    while (kind === Token.NEWLINE) {
      lexer.take();
      kind = lexer.peek(RESERVED);
    }
    if (kind === Token.WORD && literalText(lexer.word as Word) === "in") {
      lexer.take();
      words = parseWords(parser);
      braces = true;
    }
  }
  while (lexer.peek(LOOP_START) === Token.NEWLINE) lexer.take();
  return { variable, words, body: parseBody(parser, braces) };
}

/** The words behind `in`, and the `;` or newline that ends them. */
function parseWords(parser: Parser): Word[] {
  const lexer = parser.lexer;
  const words: Word[] = [];
  while (lexer.peek(ARGUMENT) === Token.WORD) words.push(lexer.takeWord());
  const kind = lexer.peek(ARGUMENT);
  if (kind !== Token.SEMICOLON && kind !== Token.NEWLINE) throw lexer.unexpected();
  lexer.take();
  return words;
}

/** `do … done`, or `{ … }` as in bash. */
function parseBody(parser: Parser, braces: boolean): List {
  const group = braces && parser.reserved() === Reserved.LEFT_BRACE;
  parser.expect(group ? Reserved.LEFT_BRACE : Reserved.DO);
  const body = parser.parseCompoundList();
  parser.expect(group ? Reserved.RIGHT_BRACE : Reserved.DONE);
  return body;
}

/** Parses from the first of the two parentheses on, which is read ahead. */
function parseArithmeticFor(parser: Parser, start: number, line: number): ArithmeticForCommand {
  const lexer = parser.lexer;
  lexer.index++;
  const mark = lexer.mark();
  const expressions = readForExpressions(lexer);
  if (lexer.text.charCodeAt(lexer.index) !== RIGHT_PARENTHESIS) {
    throw lexer.error(lexer.line, ["syntax error: `))' expected"], lexer.currentLine());
  }
  if (expressions.length !== 3) throw wrongExpressions(lexer, expressions.length, lexer.textSince(mark, 1));
  lexer.release();
  lexer.index++;
  lexer.take();
  const kind = lexer.peek(ARGUMENT);
  if (kind === Token.SEMICOLON) lexer.take();
  while (lexer.peek(LOOP_START) === Token.NEWLINE) lexer.take();
  const body = parseBody(parser, true);
  const redirections = parser.parseRedirections();
  const [initial, condition, step] = expressions as [Word | null, Word | null, Word | null];
  return {
    kind: "arithmetic-for",
    start,
    end: lexer.previousEnd,
    line,
    redirections,
    initial,
    condition,
    step,
    body,
  };
}

function wrongExpressions(lexer: Lexer, count: number, written: string): ShellSyntaxError {
  const wrong = count < 3 ? "arithmetic expression required" : "`;' unexpected";
  return lexer.error(lexer.line, [`syntax error: ${wrong}`, `syntax error: \`((${written}))'`]);
}
