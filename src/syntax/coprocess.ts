/** Parses co-processes (bash manual 3.2.6): `coproc [NAME] command`, and hexsh's `coproc -x`. */

import type { Parser } from "./parser.ts";
import { takeOption } from "./pipeline.ts";
import * as Reserved from "./reserved_words.ts";
import { parseSimpleCommand } from "./simple_command.ts";
import * as Token from "./tokens.ts";
import type { Command, Coprocess, Word } from "./tree.ts";
import { COMMAND } from "./word_mode.ts";

export function parseCoprocess(parser: Parser): Coprocess {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  lexer.take();
  const binary = lexer.streams && takeOption(lexer, "-x");
  let name: Word | null = null;
  let body: Command;
  const reserved = parser.reserved();
  if (parser.compoundFollows(reserved)) body = parser.parseCompoundCommand(reserved);
  else if (lexer.peek(COMMAND) !== Token.WORD) {
    if (!parser.commandFollows()) throw lexer.unexpected();
    body = parseSimpleCommand(parser);
  } else {
    if (reserved !== Reserved.NOT_RESERVED && reserved !== Reserved.TIME) throw lexer.unexpected();
    const word = lexer.takeWord();
    // Only before a compound command is the word a name.
    const next = parser.reserved();
    if (parser.compoundFollows(next)) {
      name = word;
      body = parser.parseCompoundCommand(next);
    } else {
      body = parseSimpleCommand(parser, word);
    }
  }
  return { kind: "coprocess", start, end: lexer.previousEnd, line, binary, name, body };
}
