/** Parses redirections (XCU 2.7). */

import { expectHereDocument } from "./here_document.ts";
import type { Lexer } from "./lexer.ts";
import { literalText } from "./nodes.ts";
import * as Token from "./tokens.ts";
import type { HereDocument, Redirection, RedirectionOperator, Word } from "./tree.ts";
import { ARGUMENT } from "./word_mode.ts";

const NONE: readonly never[] = [];

/** Whether a redirection begins with a token of this kind. */
export function isRedirection(kind: number): boolean {
  return kind >= Token.LESS || kind === Token.IO_NUMBER || kind === Token.IO_VARIABLE;
}

/** Parses the redirection that begins with the token read ahead. */
export function parseRedirection(lexer: Lexer): Redirection {
  const start = lexer.tokenPosition;
  const descriptor = parseDescriptor(lexer);
  const kind = lexer.peek(ARGUMENT);
  const operator = Token.TOKEN_TEXTS[kind] as RedirectionOperator;
  lexer.take();
  const next = lexer.peek(ARGUMENT);
  // In `2>&1>file` the number is what is duplicated.
  const isTarget = next === Token.WORD ||
    (next === Token.IO_NUMBER && (kind === Token.LESS_AND || kind === Token.GREATER_AND));
  if (!isTarget) throw lexer.unexpected();
  const target = lexer.takeWord();
  let hereDocument: HereDocument | null = null;
  if (kind === Token.HERE_DOCUMENT || kind === Token.HERE_DOCUMENT_STRIPPED) {
    hereDocument = expectHereDocument(lexer, target, kind === Token.HERE_DOCUMENT_STRIPPED);
  }
  return { kind: "redirection", start, end: target.end, descriptor, operator, target, hereDocument };
}

function parseDescriptor(lexer: Lexer): Redirection["descriptor"] {
  const kind = lexer.peek(ARGUMENT);
  if (kind !== Token.IO_NUMBER && kind !== Token.IO_VARIABLE) return null;
  lexer.take();
  const text = literalText(lexer.word as Word)!;
  return kind === Token.IO_NUMBER ? Number(text) : { variable: text.slice(1, -1) };
}

/** Parses the redirections behind a compound command. */
export function parseRedirections(lexer: Lexer): readonly Redirection[] {
  if (!isRedirection(lexer.peek(ARGUMENT))) return NONE;
  const redirections: Redirection[] = [];
  while (isRedirection(lexer.peek(ARGUMENT))) redirections.push(parseRedirection(lexer));
  // As in bash: a word is a reserved word directly behind a compound command, but not behind its redirections.
  lexer.wordsArePlain = true;
  return redirections;
}
