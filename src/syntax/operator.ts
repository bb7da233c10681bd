/** Reads operators (XCU 2.10.1), longest first. */

import { AMPERSAND, BAR, GREATER, HYPHEN, LEFT_PARENTHESIS, LESS, RIGHT_PARENTHESIS, SEMICOLON } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import { readJoint } from "./stream_operator.ts";
import * as Token from "./tokens.ts";

/** Reads the operator that begins with the character `code` at the index, or else a word. Returns the kind of token. */
export function readOperator(lexer: Lexer, code: number): number {
  switch (code) {
    case SEMICOLON:
      if (lexer.peekCode(1) === SEMICOLON) {
        return lexer.peekCode(2) === AMPERSAND
          ? operator(lexer, Token.DOUBLE_SEMICOLON_AND, 3)
          : operator(lexer, Token.DOUBLE_SEMICOLON, 2);
      }
      return lexer.peekCode(1) === AMPERSAND
        ? operator(lexer, Token.SEMICOLON_AND, 2)
        : operator(lexer, Token.SEMICOLON, 1);
    case AMPERSAND:
      if (lexer.peekCode(1) === AMPERSAND) return operator(lexer, Token.AND_IF, 2);
      if (lexer.peekCode(1) !== GREATER) return operator(lexer, Token.AND, 1);
      return lexer.peekCode(2) === GREATER
        ? operator(lexer, Token.AND_DOUBLE_GREATER, 3)
        : operator(lexer, Token.AND_GREATER, 2);
    case BAR:
      if (lexer.peekCode(1) === BAR) return operator(lexer, Token.OR_IF, 2);
      if (lexer.peekCode(1) === AMPERSAND) return operator(lexer, Token.PIPE_BOTH, 2);
      if (lexer.streams) {
        lexer.joint = readJoint(lexer);
        if (lexer.joint !== null) return Token.PIPE_STREAMS;
      }
      return operator(lexer, Token.PIPE, 1);
    case LEFT_PARENTHESIS:
      return operator(lexer, Token.LEFT_PARENTHESIS, 1);
    case RIGHT_PARENTHESIS:
      return operator(lexer, Token.RIGHT_PARENTHESIS, 1);
    case LESS:
      switch (lexer.peekCode(1)) {
        case LESS:
          if (lexer.peekCode(2) === LESS) return operator(lexer, Token.HERE_STRING, 3);
          return lexer.peekCode(2) === HYPHEN
            ? operator(lexer, Token.HERE_DOCUMENT_STRIPPED, 3)
            : operator(lexer, Token.HERE_DOCUMENT, 2);
        case AMPERSAND:
          return operator(lexer, Token.LESS_AND, 2);
        case GREATER:
          return operator(lexer, Token.LESS_GREATER, 2);
        case LEFT_PARENTHESIS:
          return lexer.readLongWord();
        default:
          return operator(lexer, Token.LESS, 1);
      }
    case GREATER:
      switch (lexer.peekCode(1)) {
        case GREATER:
          return operator(lexer, Token.DOUBLE_GREATER, 2);
        case AMPERSAND:
          return operator(lexer, Token.GREATER_AND, 2);
        case BAR:
          return operator(lexer, Token.CLOBBER, 2);
        case LEFT_PARENTHESIS:
          return lexer.readLongWord();
        default:
          return operator(lexer, Token.GREATER, 1);
      }
    default:
      return lexer.readLongWord();
  }
}

function operator(lexer: Lexer, kind: number, length: number): number {
  lexer.index += length;
  return kind;
}
