/** Reads arithmetic expressions, as text with expansions (XCU 2.6.4): evaluation parses them. */

import { RIGHT_PARENTHESIS, SEMICOLON } from "./characters.ts";
import { BRACKETED_EXPRESSION, EXPRESSION, FOR_EXPRESSION } from "./context.ts";
import type { Lexer } from "./lexer.ts";
import { makeLiteral, makeWord } from "./nodes.ts";
import type { ArithmeticPart, Word, WordPart } from "./tree.ts";

/**
 * Reads the expression behind `((`, and its `))`. If the parentheses turn out not to close together, they begin
 * subshells (XCU 2.6.3, 2.9.4.1): the index is then back where it was, and `null` is returned.
 *
 * @param expansion whether it is that of `$((…))`, where both parentheses must have their partners even so
 */
export function readDoubleParentheses(lexer: Lexer, expansion: boolean): Word | null {
  const place = lexer.place();
  if (lexer.notArithmetic?.has(place)) return null;
  const start = lexer.position(lexer.index);
  const line = lexer.line;
  const mark = lexer.mark();
  const parts: WordPart[] = [];
  lexer.enter();
  if (!lexer.readText(parts, EXPRESSION)) throw lexer.unmatched(")", line);
  lexer.leave();
  if (lexer.peekCode(1) !== RIGHT_PARENTHESIS) {
    lexer.index++;
    if (expansion && !lexer.readText(parts, EXPRESSION)) throw lexer.unmatched(")", line);
    lexer.restore(mark);
    // Else a nest of these would be read twice at each level: in time that doubles with each.
    (lexer.notArithmetic ??= new Set()).add(place);
    return null;
  }
  lexer.release();
  const expression = makeWord(start, lexer.position(lexer.index), parts);
  lexer.index += 2;
  return expression;
}

/** Reads `$[…]` from its dollar sign on, which is at `start`. */
export function readBracketedExpression(lexer: Lexer, start: number): ArithmeticPart {
  const line = lexer.line;
  const parts: WordPart[] = [];
  lexer.index += 2;
  const from = lexer.position(lexer.index);
  lexer.enter();
  if (!lexer.readText(parts, BRACKETED_EXPRESSION)) throw lexer.unmatched("]", line);
  lexer.leave();
  const expression = makeWord(from, lexer.position(lexer.index), parts);
  lexer.index++;
  return { kind: "arithmetic", start, end: lexer.position(lexer.index), form: "brackets", expression };
}

/**
 * Reads the expressions of `for ((…; …; …))` behind the first two parentheses, with the two last ones. `null` stands
 * for an empty expression.
 */
export function readForExpressions(lexer: Lexer): (Word | null)[] {
  const line = lexer.line;
  const expressions: (Word | null)[] = [];
  let more = true;
  while (more) {
    const start = lexer.position(lexer.index);
    const parts: WordPart[] = [];
    if (!lexer.readText(parts, FOR_EXPRESSION)) throw lexer.unmatched(")", line);
    expressions.push(withoutLeadingBlanks(makeWord(start, lexer.position(lexer.index), parts)));
    more = lexer.text.charCodeAt(lexer.index) === SEMICOLON;
    lexer.index++;
  }
  return expressions;
}

function withoutLeadingBlanks(word: Word): Word | null {
  const first = word.parts[0];
  if (first === undefined) return null;
  if (first.kind !== "literal") return word;
  const text = first.text.trimStart();
  if (text === first.text) return word;
  const rest = word.parts.slice(1);
  if (text === "") return rest.length === 0 ? null : makeWord(word.start, word.end, rest);
  const literal = makeLiteral(first.end - text.length, first.end, text);
  return makeWord(literal.start, word.end, [literal, ...rest]);
}
