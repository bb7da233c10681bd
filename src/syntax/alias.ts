/** Alias substitution (XCU 2.3.1): the value of an alias is read in place of its name. */

import { BACKQUOTE, BACKSLASH, DOUBLE_QUOTE, SINGLE_QUOTE } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import { literalText } from "./nodes.ts";
import { NOT_RESERVED, reservedWord } from "./reserved_words.ts";
import type { Word } from "./tree.ts";
import { COMMAND_START } from "./word_mode.ts";

/** Puts the value of an alias in place of the word that has just been read, if it is the name of one. */
export function substituteAlias(lexer: Lexer, mode: number): boolean {
  if ((mode & COMMAND_START) === 0 && !lexer.aliasFollows) return false;
  const name = literalText(lexer.word as Word);
  if (name === null || (lexer.posix && reservedWord(name) !== NOT_RESERVED)) return false;
  for (let active = lexer.aliases; active !== null; active = active.outer) {
    if (active.name === name) return false;
  }
  const value = lexer.alias!(name);
  if (value === undefined) return false;
  lexer.substituteAlias(name, lexer.tokenStart, lexer.index, delimited(value));
  return true;
}

/**
 * The value with a blank behind it, so that what follows the name does not become part of its last word or operator;
 * unless a quotation that it opens is to go on there.
 */
function delimited(value: string): string {
  const last = value.at(-1);
  return last === " " || last === "\t" || last === "\n" || endsQuoted(value) ? value : value + " ";
}

/** Whether a quotation is open at the end of `text`. */
function endsQuoted(text: string): boolean {
  let quote = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH && quote !== SINGLE_QUOTE) {
      if (++i === text.length) return true;
    } else if (code === quote) quote = 0;
    else if (quote === 0 && (code === SINGLE_QUOTE || code === DOUBLE_QUOTE || code === BACKQUOTE)) quote = code;
  }
  return quote !== 0;
}
