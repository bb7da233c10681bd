/** Parses text that came about when commands ran, as words and expressions are parsed with their command. */

import { IN_EXPRESSION } from "./characters.ts";
import { BODY, type Context, context, QUOTED } from "./context.ts";
import { makeLiteral, makeWord } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { Word, WordPart } from "./tree.ts";

/** How text is read: as a word, its blanks and operators literal; as in double quotes; as an arithmetic expression. */
export type TextForm = "word" | "quoted" | "arithmetic";

const CONTEXTS: Readonly<Record<TextForm, Context>> = {
  word: context(IN_EXPRESSION, 0),
  quoted: BODY,
  arithmetic: context(IN_EXPRESSION, 0, QUOTED),
};

/**
 * Reads `text` as one word. Throws a `ShellSyntaxError`.
 *
 * @param parserOf makes a parser of its text
 */
export function parseWholeText(text: string, form: TextForm, parserOf: (text: string) => Parser): Word {
  // A backslash at the end has nothing to quote; the newline is what a lexer wants at the end.
  const open = /(?:^|[^\\])(?:\\\\)*\\$/.test(text) ? "\\" : "";
  const { lexer } = parserOf(`${text}${open}\n`);
  const parts: WordPart[] = [];
  lexer.begin();
  const start = lexer.position(lexer.index);
  lexer.readText(parts, CONTEXTS[form]);
  const last = parts.pop();
  if (last?.kind === "literal" && last.text !== "\n") {
    parts.push(makeLiteral(last.start, last.end - 1, last.text.slice(0, -1)));
  }
  return makeWord(start, lexer.position(lexer.index) - 1, parts);
}
