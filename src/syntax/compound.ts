/** Parses compound commands (XCU 2.9.4), each with the redirections behind it. */

import { readDoubleParentheses } from "./arithmetic.ts";
import { parseCase } from "./case.ts";
import { LEFT_PARENTHESIS } from "./characters.ts";
import { parseConditional } from "./conditional.ts";
import { parseFor, parseSelect } from "./for.ts";
import type { Parser } from "./parser.ts";
import * as Reserved from "./reserved_words.ts";
import * as Token from "./tokens.ts";
import type { CompoundCommand, Group, IfCommand, List, Subshell, WhileCommand } from "./tree.ts";

/** Parses the compound command that begins with the reserved word read ahead, or else with `(`. */
export function parseCompound(parser: Parser, reserved: number): CompoundCommand {
  switch (reserved) {
    case Reserved.IF:
      return parseIf(parser);
    case Reserved.FOR:
      return parseFor(parser);
    case Reserved.SELECT:
      return parseSelect(parser);
    case Reserved.WHILE:
    case Reserved.UNTIL:
      return parseWhile(parser, reserved);
    case Reserved.CASE:
      return parseCase(parser);
    case Reserved.LEFT_BRACE:
      return parseGroup(parser);
    case Reserved.DOUBLE_LEFT_BRACKET:
      return parseConditional(parser);
    default:
      return parseParentheses(parser);
  }
}

function parseGroup(parser: Parser): Group {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  const body = parser.parseCompoundList();
  parser.expect(Reserved.RIGHT_BRACE);
  const redirections = parser.parseRedirections();
  return { kind: "group", start, end: lexer.previousEnd, line, redirections, body };
}

/** `( … )`, or `(( … ))` where that is an arithmetic expression. */
function parseParentheses(parser: Parser): CompoundCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  if (lexer.peekCode(0) === LEFT_PARENTHESIS) {
    lexer.index++;
    const expression = readDoubleParentheses(lexer, false);
    if (expression !== null) {
      lexer.take();
      const redirections = parser.parseRedirections();
      return { kind: "arithmetic-command", start, end: lexer.previousEnd, line, redirections, expression };
    }
    lexer.index--;
  }
  const body = parser.parseCompoundList();
  parser.expectToken(Token.RIGHT_PARENTHESIS);
  const redirections = parser.parseRedirections();
  const subshell: Subshell = { kind: "subshell", start, end: lexer.previousEnd, line, redirections, body };
  return subshell;
}

function parseIf(parser: Parser): IfCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  const clauses: { condition: List; body: List }[] = [];
  let otherwise: List | null = null;
  do {
    lexer.take();
    const condition = parser.parseCompoundList();
    parser.expect(Reserved.THEN);
    clauses.push({ condition, body: parser.parseCompoundList() });
  } while (parser.reserved() === Reserved.ELIF);
  if (parser.reserved() === Reserved.ELSE) {
    lexer.take();
    otherwise = parser.parseCompoundList();
  }
  parser.expect(Reserved.FI);
  const redirections = parser.parseRedirections();
  return { kind: "if", start, end: lexer.previousEnd, line, redirections, clauses, otherwise };
}

function parseWhile(parser: Parser, reserved: number): WhileCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  const condition = parser.parseCompoundList();
  parser.expect(Reserved.DO);
  const body = parser.parseCompoundList();
  parser.expect(Reserved.DONE);
  const redirections = parser.parseRedirections();
  const until = reserved === Reserved.UNTIL;
  return { kind: "while", start, end: lexer.previousEnd, line, redirections, until, condition, body };
}
