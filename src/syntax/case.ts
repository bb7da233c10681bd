/** Parses the case command (XCU 2.9.4.3). */

import { emptyList, literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import * as Reserved from "./reserved_words.ts";
import * as Token from "./tokens.ts";
import type { CaseCommand, CaseItem, Word } from "./tree.ts";
import { ARGUMENT, COMMAND, RESERVED } from "./word_mode.ts";

export function parseCase(parser: Parser): CaseCommand {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  if (lexer.peek(ARGUMENT) !== Token.WORD) throw lexer.unexpected();
  const subject = lexer.takeWord();
  skipNewlines(parser);
  if (!wordIs(parser, "in")) throw lexer.unexpected();
  lexer.take();
  const items: CaseItem[] = [];
  skipNewlines(parser);
  while (!wordIs(parser, "esac")) {
    const item = parseItem(parser);
    items.push(item);
    if (!isTerminator(lexer.peek(COMMAND))) break;
    lexer.take();
    skipNewlines(parser);
  }
  parser.expect(Reserved.ESAC);
  const redirections = parser.parseRedirections();
  return { kind: "case", start, end: lexer.previousEnd, line, redirections, subject, items };
}

/** Goes on to a token that is no command's: no alias is substituted there. */
function skipNewlines(parser: Parser): void {
  while (parser.lexer.peek(RESERVED) === Token.NEWLINE) parser.lexer.take();
}

function wordIs(parser: Parser, text: string): boolean {
  const lexer = parser.lexer;
  return lexer.peek(RESERVED) === Token.WORD && literalText(lexer.word as Word) === text;
}

function isTerminator(kind: number): boolean {
  return kind >= Token.DOUBLE_SEMICOLON && kind <= Token.DOUBLE_SEMICOLON_AND;
}

/** Parses an item, up to its terminator, which is left to be taken. */
function parseItem(parser: Parser): CaseItem {
  const lexer = parser.lexer;
  const start = lexer.tokenPosition;
  if (lexer.peek(ARGUMENT) === Token.LEFT_PARENTHESIS) lexer.take();
  const patterns = parsePatterns(parser);
  parser.skipNewlines();
  const body = parser.commandFollows() ? parser.parseCompoundList() : emptyList(lexer.previousEnd);
  const kind = lexer.peek(COMMAND);
  const terminator = isTerminator(kind) ? Token.TOKEN_TEXTS[kind] as CaseItem["terminator"] : ";;";
  return { start, end: lexer.previousEnd, patterns, body, terminator };
}

/** The patterns, with `|` between them, and the `)` behind them. */
function parsePatterns(parser: Parser): Word[] {
  const lexer = parser.lexer;
  const patterns: Word[] = [];
  let kind: number;
  do {
    if (lexer.peek(ARGUMENT) !== Token.WORD) throw lexer.unexpected();
    patterns.push(lexer.takeWord());
    kind = lexer.peek(ARGUMENT);
    if (kind !== Token.PIPE && kind !== Token.RIGHT_PARENTHESIS) throw lexer.unexpected();
    lexer.take();
  } while (kind === Token.PIPE);
  return patterns;
}
