/** Reads unquoted words (XCU 2.3), and the words of patterns and regular expressions in `[[ ]]`. */

import {
  ASTERISK,
  AT,
  BACKQUOTE,
  BACKSLASH,
  BAR,
  CLASS,
  DOLLAR,
  DOUBLE_QUOTE,
  EXCLAMATION_MARK,
  GREATER,
  IN_WORD,
  LEFT_PARENTHESIS,
  LESS,
  PLUS,
  QUESTION_MARK,
  SINGLE_QUOTE,
} from "./characters.ts";
import { GROUP, WORD } from "./context.ts";
import { readDollar } from "./dollar.ts";
import { readDoubleQuotes } from "./double_quotes.ts";
import type { Lexer } from "./lexer.ts";
import { appendLiteral, makeWord } from "./nodes.ts";
import { readBackquotes, readEscape, readSingleQuotes } from "./quotes.ts";
import { readProcessSubstitution } from "./substitution.ts";
import type { Word, WordPart } from "./tree.ts";
import { PATTERN, REGULAR_EXPRESSION } from "./word_mode.ts";

/** Reads the word at the index, as `mode` says; without parts where none begins. */
export function readWord(lexer: Lexer, mode: number): Word {
  const start = lexer.position(lexer.index);
  const parts: WordPart[] = [];
  readWordParts(lexer, parts, mode);
  return makeWord(start, lexer.position(lexer.index), parts);
}

/**
 * Reads up to the end of the word, and adds to `parts`. Unquoted `|` and `(…)` belong to a regular expression; `(…)`
 * belongs to an extended glob.
 */
export function readWordParts(lexer: Lexer, parts: WordPart[], mode: number): void {
  const regularExpression = (mode & REGULAR_EXPRESSION) !== 0;
  const extglob = lexer.extglob || (mode & PATTERN) !== 0;
  for (;;) {
    const text = lexer.text;
    const from = lexer.index;
    let index = from;
    let code = text.charCodeAt(index);
    while (code >= 128 || (CLASS[code]! & IN_WORD) !== 0) code = text.charCodeAt(++index);
    if (index > from) {
      appendLiteral(parts, lexer.position(from), lexer.position(index), text.slice(from, index));
      lexer.index = index;
    }
    switch (code) {
      case DOLLAR:
        readDollar(lexer, parts, WORD);
        break;
      case DOUBLE_QUOTE:
        parts.push(readDoubleQuotes(lexer, lexer.position(index), false));
        break;
      case SINGLE_QUOTE:
        parts.push(readSingleQuotes(lexer));
        break;
      case BACKSLASH:
        readEscape(lexer, parts, null);
        break;
      case BACKQUOTE:
        parts.push(readBackquotes(lexer, false));
        break;
      case LESS:
      case GREATER: {
        const start = lexer.position(index);
        if (lexer.peekCode(1) !== LEFT_PARENTHESIS) return;
        parts.push(readProcessSubstitution(lexer, start));
        break;
      }
      case BAR:
        if (!regularExpression) return;
        readGroupDelimiter(lexer, parts);
        break;
      case LEFT_PARENTHESIS: {
        const pattern = extglob && index > from && beginsPattern(text.charCodeAt(index - 1));
        if (!pattern && !regularExpression) return;
        readGroup(lexer, parts);
        break;
      }
      default:
        return;
    }
  }
}

/** Whether the character, directly before `(`, begins an extended glob (bash manual 3.5.8.1). */
function beginsPattern(code: number): boolean {
  return code === QUESTION_MARK || code === ASTERISK || code === PLUS || code === AT || code === EXCLAMATION_MARK;
}

/** Reads `(…)`, in which blanks and operators are literal text. */
function readGroup(lexer: Lexer, parts: WordPart[]): void {
  const line = lexer.line;
  readGroupDelimiter(lexer, parts);
  lexer.enter();
  if (!lexer.readText(parts, GROUP)) throw lexer.unmatched(")", line);
  lexer.leave();
  readGroupDelimiter(lexer, parts);
}

function readGroupDelimiter(lexer: Lexer, parts: WordPart[]): void {
  const { text, index } = lexer;
  appendLiteral(parts, lexer.position(index), lexer.position(index + 1), text.slice(index, index + 1));
  lexer.index++;
}
