/** Reads text in which expansions and quoting are recognised, in all the contexts but that of an unquoted word. */

import { readDollar } from "./dollar.ts";
import {
  BACKQUOTE,
  BACKSLASH,
  CLASS,
  COLON,
  DOLLAR,
  DOUBLE_QUOTE,
  GREATER,
  LEFT_PARENTHESIS,
  LESS,
  NEWLINE,
  NUL,
  QUESTION_MARK,
  RIGHT_BRACE,
  SINGLE_QUOTE,
} from "./characters.ts";
import { type Context, IN_NESTED_QUOTES, IN_QUOTES, OFFSET } from "./context.ts";
import { readDoubleQuotes } from "./double_quotes.ts";
import type { Lexer } from "./lexer.ts";
import { appendLiteral } from "./nodes.ts";
import { readBackquotes, readEscape, readSingleQuotes } from "./quotes.ts";
import { readProcessSubstitution } from "./substitution.ts";
import type { WordPart } from "./tree.ts";

/**
 * Reads from the index to the character that ends the context, and stays before it. What was read is added to
 * `parts`. Returns false if the input ended first.
 */
export function readText(lexer: Lexer, parts: WordPart[], context: Context): boolean {
  const mask = context.mask;
  const { end, braced, processes } = context;
  let depth = 0;
  /** In an offset: how many `?` have not met their `:`. */
  let conditionals = 0;
  /** The line of the single quote whose partner is looked for; 0 for none. */
  let pairLine = 0;
  for (;;) {
    const text = lexer.text;
    const from = lexer.index;
    let index = from;
    let code: number;
    for (;;) {
      code = text.charCodeAt(index);
      while (code >= 128 || (CLASS[code]! & mask) !== 0) code = text.charCodeAt(++index);
      if (code === NEWLINE) lexer.endLine(index);
      else if (code === end && depth === 0 && pairLine === 0) break;
      else if (code === RIGHT_BRACE && braced && pairLine === 0) break;
      else if (code === DOLLAR || code === BACKSLASH || code === BACKQUOTE || code === NUL) break;
      else if (code === SINGLE_QUOTE) {
        if (context.singleQuotes === "quote") break;
        if (context.singleQuotes === "pair") pairLine = pairLine === 0 ? lexer.line : 0;
      } else if (code === LESS || code === GREATER) {
        if (processes && text.charCodeAt(index + 1) === LEFT_PARENTHESIS) break;
      } else if (code === DOUBLE_QUOTE) break;
      else if (pairLine === 0) {
        if (code === context.close) depth--;
        else if (code === context.open) depth++;
        else if (depth === 0) {
          if (code === QUESTION_MARK && context === OFFSET) conditionals++;
          else if (code === context.separator) {
            if (code !== COLON || conditionals === 0) break;
            conditionals--;
          }
        }
      }
      index++;
    }
    if (index > from) {
      appendLiteral(parts, lexer.position(from), lexer.position(index), text.slice(from, index));
      lexer.index = index;
    }
    switch (code) {
      case DOLLAR:
        readDollar(lexer, parts, context);
        break;
      case BACKSLASH:
        readEscape(lexer, parts, context.escapable);
        break;
      case BACKQUOTE:
        // In a here-document bash takes no backslash from before a double quote there; POSIX does (XCU 2.6.3, 2.7.4).
        parts.push(readBackquotes(lexer, context.quoted && (!context.body || lexer.posix)));
        break;
      case SINGLE_QUOTE:
        parts.push(readSingleQuotes(lexer));
        break;
      case LESS:
      case GREATER:
        parts.push(readProcessSubstitution(lexer, lexer.position(lexer.index)));
        break;
      case NUL:
        if (lexer.fill()) break;
        if (pairLine > 0) throw lexer.unmatched("'", pairLine);
        return false;
      case DOUBLE_QUOTE:
        if (end === DOUBLE_QUOTE) return true;
        // Between single quotes that quote nothing, one without a partner is taken away.
        if (pairLine > 0 && !hasPartner(lexer, lexer.index)) lexer.index++;
        else {
          const nested = context.quoted && !braced && end === RIGHT_BRACE ? IN_NESTED_QUOTES : IN_QUOTES;
          parts.push(readDoubleQuotes(lexer, lexer.position(lexer.index), false, nested));
        }
        break;
      default:
        return true;
    }
  }
}

/** Whether the double quote at `index`, which stands between two single quotes, has its partner there. */
function hasPartner(lexer: Lexer, index: number): boolean {
  const mark = lexer.mark();
  lexer.index = index + 1;
  let partner = false;
  let end: number;
  do {
    const { text, index } = lexer;
    end = text.indexOf("'", index);
    const next = text.indexOf('"', index);
    partner ||= next >= 0 && (end < 0 || next < end);
  } while (end < 0 && lexer.fill());
  lexer.restore(mark);
  return partner && end >= 0;
}
