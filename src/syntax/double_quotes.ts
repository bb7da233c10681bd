/** Reads double quotes (XCU 2.2.3). */

import { type Context, IN_QUOTES } from "./context.ts";
import type { Lexer } from "./lexer.ts";
import type { DoubleQuotedPart, WordPart } from "./tree.ts";

/**
 * Reads `"…"` from its first quote on. It begins at `start`, with a dollar sign if it is `localized`.
 *
 * @param context what holds in it: {@link IN_QUOTES} or {@link IN_NESTED_QUOTES}
 */
export function readDoubleQuotes(
  lexer: Lexer,
  start: number,
  localized: boolean,
  context: Context = IN_QUOTES,
): DoubleQuotedPart {
  const line = lexer.line;
  const parts: WordPart[] = [];
  lexer.index++;
  lexer.enter();
  if (!lexer.readText(parts, context)) throw lexer.unmatched('"', line);
  lexer.leave();
  lexer.index++;
  return { kind: "double", start, end: lexer.position(lexer.index), localized, parts };
}
