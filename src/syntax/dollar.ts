/** Reads what begins with a dollar sign (XCU 2.6). */

import { readBracketedExpression, readDoubleParentheses } from "./arithmetic.ts";
import {
  DIGIT,
  DOUBLE_QUOTE,
  isIn,
  LEFT_BRACE,
  LEFT_BRACKET,
  LEFT_PARENTHESIS,
  SINGLE_QUOTE,
  STARTS_NAME,
} from "./characters.ts";
import type { Context } from "./context.ts";
import { readDoubleQuotes } from "./double_quotes.ts";
import type { Lexer } from "./lexer.ts";
import { readName } from "./name.ts";
import { appendLiteral } from "./nodes.ts";
import { isSpecialParameter, readBraces } from "./parameter.ts";
import { readAnsiQuotes } from "./quotes.ts";
import { readSubstitutedList } from "./substitution.ts";
import type { CommandPart, ParameterPart, WordPart } from "./tree.ts";

/** Reads an expansion from its dollar sign on; where it begins none, the dollar sign is literal text. */
export function readDollar(lexer: Lexer, parts: WordPart[], context: Context): void {
  const start = lexer.position(lexer.index);
  const code = lexer.peekCode(1);
  if (isIn(code, STARTS_NAME)) parts.push(readNamedParameter(lexer, start));
  else if (isIn(code, DIGIT) || isSpecialParameter(code)) parts.push(readShortParameter(lexer, start));
  else if (code === LEFT_BRACE) parts.push(readBraces(lexer, start, context));
  else if (code === LEFT_PARENTHESIS) parts.push(readParentheses(lexer, start));
  else if (code === LEFT_BRACKET) parts.push(readBracketedExpression(lexer, start));
  else if (code === SINGLE_QUOTE && context.dollarQuotes) parts.push(readAnsiQuotes(lexer, start));
  else if (code === DOUBLE_QUOTE && context.dollarQuotes) {
    lexer.index++;
    parts.push(readDoubleQuotes(lexer, start, true));
  } else {
    lexer.index++;
    appendLiteral(parts, start, start + 1, "$");
  }
}

/** `$name`: the longest name (XCU 2.6.2). */
function readNamedParameter(lexer: Lexer, start: number): ParameterPart {
  lexer.index++;
  const name = readName(lexer);
  return parameter(start, lexer.position(lexer.index), name);
}

/** `$1`, `$@` and their kin: one character. */
function readShortParameter(lexer: Lexer, start: number): ParameterPart {
  const name = lexer.text[lexer.index + 1]!;
  lexer.index += 2;
  return parameter(start, lexer.position(lexer.index), name);
}

function parameter(start: number, end: number, name: string): ParameterPart {
  return {
    kind: "parameter",
    start,
    end,
    name,
    subscript: null,
    prefix: "none",
    operation: null,
    braces: false,
  };
}

/** `$(…)`, or `$((…))`, which takes precedence (XCU 2.6.3). */
function readParentheses(lexer: Lexer, start: number): WordPart {
  if (lexer.peekCode(2) === LEFT_PARENTHESIS) {
    lexer.index += 3;
    const expression = readDoubleParentheses(lexer, true);
    if (expression !== null) {
      return { kind: "arithmetic", start, end: lexer.position(lexer.index), form: "parentheses", expression };
    }
    lexer.index -= 3;
  }
  lexer.index += 2;
  const { body, text, line, aliased } = readSubstitutedList(lexer);
  const part: CommandPart = {
    kind: "command",
    start,
    end: lexer.position(lexer.index),
    form: "dollar",
    body,
    text,
    aliased,
    line,
    written: null,
  };
  return part;
}
