/** Alias substitution (XCU 2.3.1): the value of an alias is read in place of its name. */

import { BACKQUOTE, BACKSLASH, DOUBLE_QUOTE, GREATER, LEFT_PARENTHESIS, LESS, SINGLE_QUOTE } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import { literalText } from "./nodes.ts";
import { DO, ESAC, IN, NOT_RESERVED, reservedWord } from "./reserved_words.ts";
import type { Word } from "./tree.ts";
import { COMMAND_START, RESERVED } from "./word_mode.ts";

/**
 * Puts the value of an alias in place of the word that has just been read, if it is the name of one.
 *
 * @param follows whether the word stands behind an alias that ends in a blank
 */
export function substituteAlias(lexer: Lexer, mode: number, follows: boolean): boolean {
  if ((mode & COMMAND_START) === 0 && !follows) return false;
  const name = literalText(lexer.word as Word);
  if (name === null || (lexer.posix && isReserved(name, mode))) return false;
  for (let active = lexer.aliases; active !== null; active = active.outer) {
    if (active.name === name) return false;
  }
  const value = lexer.alias!(name);
  if (value === undefined) return false;
  const delimiter = wouldJoin(value, lexer.text.charCodeAt(lexer.index)) ? " " : "";
  lexer.substituteAlias(name, lexer.tokenStart, lexer.index, value + delimiter);
  return true;
}

/** Whether the word is a reserved word in its place. */
function isReserved(name: string, mode: number): boolean {
  const reserved = reservedWord(name);
  if ((mode & RESERVED) !== 0) return reserved === IN || reserved === DO || reserved === ESAC;
  return (mode & COMMAND_START) !== 0 && reserved !== NOT_RESERVED;
}

/**
 * Whether the last word of the value would become one token with the character behind the alias's name: `2` with `>`. An
 * operator may be made of both, and a quotation that the value opens goes on.
 */
function wouldJoin(value: string, next: number): boolean {
  return (next === LESS || next === GREATER || next === LEFT_PARENTHESIS) && !/[\s|&;()<>]$/.test(value) &&
    !endsQuoted(value);
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
