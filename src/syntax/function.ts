/** Parses function definitions (XCU 2.9.5), and bash's with the word `function`. */

import { literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { printParts } from "./printer.ts";
import * as Token from "./tokens.ts";
import type { FunctionDefinition, Word } from "./tree.ts";
import { ARGUMENT } from "./word_mode.ts";

/**
 * Parses from the `(` behind the name. The name is any word, as it is written: bash refuses those that hold quoting or
 * expansions when it comes to define the function.
 */
export function parseFunctionBody(parser: Parser, name: Word, start: number, line: number): FunctionDefinition {
  parser.expectToken(Token.LEFT_PARENTHESIS);
  parser.expectToken(Token.RIGHT_PARENTHESIS);
  return parseBody(parser, name, false, start, line);
}

/** Parses from the word `function`. */
export function parseFunctionKeyword(parser: Parser): FunctionDefinition {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  if (lexer.peek(ARGUMENT) !== Token.WORD) throw lexer.unexpected();
  const name = lexer.takeWord();
  // `function f (list)` is a subshell as the body, `function f ()` is not: only what follows the `(` tells.
  if (lexer.followedByParentheses()) {
    parser.expectToken(Token.LEFT_PARENTHESIS);
    parser.expectToken(Token.RIGHT_PARENTHESIS);
  }
  return parseBody(parser, name, true, start, line);
}

function parseBody(parser: Parser, name: Word, keyword: boolean, start: number, line: number): FunctionDefinition {
  const lexer = parser.lexer;
  parser.skipNewlines();
  const body = parser.parseCompoundCommand(parser.reserved());
  const written = literalText(name) ?? printParts(name.parts, false);
  return { kind: "function", start, end: lexer.previousEnd, line, name: written, keyword, body };
}
