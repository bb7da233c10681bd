/** Reads double quotes (XCU 2.2.3). */

import { IN_QUOTES } from "./context.ts";
import type { Lexer } from "./lexer.ts";
import type { DoubleQuotedPart, WordPart } from "./tree.ts";

/** Reads `"…"` from its first quote on. It begins at `start`, with a dollar sign if it is `localized`. */
export function readDoubleQuotes(lexer: Lexer, start: number, localized: boolean): DoubleQuotedPart {
  const line = lexer.line;
  const parts: WordPart[] = [];
  lexer.index++;
  lexer.enter();
  if (!lexer.readText(parts, IN_QUOTES)) throw lexer.unmatched('"', line);
  lexer.leave();
  lexer.index++;
  return { kind: "double", start, end: lexer.position(lexer.index), localized, parts };
}
