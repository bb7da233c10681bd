/** Parses text that came about when commands ran, as words and expressions are parsed with their command. */

import { IN_EXPRESSION } from "./characters.ts";
import { BODY, type Context, context, QUOTED } from "./context.ts";
import { makeWord } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import type { Word, WordPart } from "./tree.ts";

/** How text is read: as a word, its blanks and operators literal; as in double quotes; as an arithmetic expression. */
export type TextForm = "word" | "quoted" | "arithmetic";

const CONTEXTS: Readonly<Record<TextForm, Context>> = {
  word: context(IN_EXPRESSION, 0),
  quoted: BODY,
  arithmetic: context(IN_EXPRESSION, 0, QUOTED),
};

/** Reads all that the parser's input has as one word. Throws a `ShellSyntaxError`. */
export function parseWholeText(parser: Parser, form: TextForm): Word {
  const { lexer } = parser;
  const parts: WordPart[] = [];
  lexer.begin();
  const start = lexer.position(lexer.index);
  lexer.readText(parts, CONTEXTS[form]);
  return makeWord(start, lexer.position(lexer.index), parts);
}
