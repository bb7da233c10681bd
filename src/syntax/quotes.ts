/** Reads what quotes by itself: backslashes, single quotes, `$'…'`; and backquotes, whose text is kept for later. */

import { decodeAnsi } from "./ansi_quote.ts";
import { BACKQUOTE, BACKSLASH, NEWLINE, NUL, SINGLE_QUOTE } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import { appendLiteral, makeQuoted } from "./nodes.ts";
import type { CommandPart, QuotedPart, WordPart } from "./tree.ts";

/** Reads a backslash and what it quotes: any character, or only those of `escapable` (XCU 2.2.1, 2.2.3). */
export function readEscape(lexer: Lexer, parts: WordPart[], escapable: string | null): void {
  const { text, index } = lexer;
  const code = text.charCodeAt(index + 1);
  if (code === NEWLINE) {
    lexer.index = index + 2;
    lexer.skippedLine();
    return;
  }
  const start = lexer.position(index);
  if (code === NUL) {
    // At the end of the input it stands for itself.
    lexer.index = index + 1;
    parts.push(makeQuoted(start, lexer.position(index + 1), "backslash", "\\"));
    return;
  }
  const quoted = String.fromCodePoint(text.codePointAt(index + 1)!);
  lexer.index = index + 1 + quoted.length;
  const end = lexer.position(lexer.index);
  if (escapable === null || escapable.includes(quoted)) parts.push(makeQuoted(start, end, "backslash", quoted));
  else appendLiteral(parts, start, end, "\\" + quoted);
}

/** Reads `'…'` from its first quote on (XCU 2.2.2). */
export function readSingleQuotes(lexer: Lexer): QuotedPart {
  const start = lexer.position(lexer.index);
  const line = lexer.line;
  lexer.index++;
  const text = readUpToQuote(lexer, line);
  return makeQuoted(start, lexer.position(lexer.index), "single", text);
}

function readUpToQuote(lexer: Lexer, line: number): string {
  let gathered = "";
  for (;;) {
    const { text, index } = lexer;
    const quote = text.indexOf("'", index);
    const end = quote < 0 ? text.length - 1 : quote;
    for (let at = text.indexOf("\n", index); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lexer.endLine(at);
    if (quote >= 0) {
      lexer.index = quote + 1;
      const last = text.slice(index, quote);
      return gathered === "" ? last : gathered + last;
    }
    gathered += text.slice(index, end);
    lexer.index = end;
    if (!lexer.fill()) throw lexer.unmatched("'", line);
  }
}

/** Reads `$'…'` from the dollar sign on, which is at `start` (XCU 2.2.4). */
export function readAnsiQuotes(lexer: Lexer, start: number): QuotedPart {
  const line = lexer.line;
  lexer.index += 2;
  let raw = "";
  for (;;) {
    const { text, index } = lexer;
    let end = index;
    let code = text.charCodeAt(end);
    while (code !== SINGLE_QUOTE && code !== NUL) {
      if (code === BACKSLASH && text.charCodeAt(end + 1) !== NUL) end++;
      if (text.charCodeAt(end) === NEWLINE) lexer.endLine(end);
      code = text.charCodeAt(++end);
    }
    raw += text.slice(index, end);
    lexer.index = end;
    if (code === SINGLE_QUOTE) break;
    if (!lexer.fill()) throw lexer.unmatched("'", line);
  }
  lexer.index++;
  return makeQuoted(start, lexer.position(lexer.index), "ansi", decodeAnsi(raw));
}

/**
 * Reads `` `…` `` from its first quote on. Before `$`, `` ` `` and `\`, and in double quotes before `"`, a backslash
 * is taken away (XCU 2.6.3); and with the newline behind it, wherever it is.
 */
export function readBackquotes(lexer: Lexer, quoted: boolean): CommandPart {
  const start = lexer.position(lexer.index);
  const line = lexer.line;
  lexer.index++;
  let written = "";
  let commands = "";
  for (;;) {
    const { text, index } = lexer;
    let end = index;
    let from = index;
    let writtenFrom = index;
    let code = text.charCodeAt(end);
    while (code !== BACKQUOTE && code !== NUL) {
      if (code === BACKSLASH) {
        const next = text[end + 1]!;
        if (next === "\n") {
          // A line continuation, also where it stands in single quotes.
          commands += text.slice(from, end);
          written += text.slice(writtenFrom, end);
          from = end + 2;
          writtenFrom = from;
        } else if (next === "$" || next === "`" || next === "\\" || (quoted && next === '"')) {
          commands += text.slice(from, end);
          from = end + 1;
        }
        if (next !== "\0") end++;
      }
      if (text.charCodeAt(end) === NEWLINE) lexer.endLine(end);
      code = text.charCodeAt(++end);
    }
    written += text.slice(writtenFrom, end);
    commands += text.slice(from, end);
    lexer.index = end;
    if (code === BACKQUOTE) break;
    if (!lexer.fill()) throw lexer.unmatched("`", line);
  }
  lexer.index++;
  return {
    kind: "command",
    start,
    end: lexer.position(lexer.index),
    form: "backquote",
    body: null,
    text: commands,
    aliased: false,
    line,
    written,
  };
}
