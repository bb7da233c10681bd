/** Makers of the nodes that make up words, so that each kind has one shape. */

import type { List, LiteralPart, QuotedPart, Word, WordPart } from "./tree.ts";

export function makeWord(start: number, end: number, parts: readonly WordPart[]): Word {
  return { kind: "word", start, end, parts };
}

export function makeLiteral(start: number, end: number, text: string): LiteralPart {
  return { kind: "literal", start, end, text };
}

export function makeQuoted(start: number, end: number, style: QuotedPart["style"], text: string): QuotedPart {
  return { kind: "quoted", start, end, style, text };
}

/** Adds literal text to `parts`, joined to what is literal before it. */
export function appendLiteral(parts: WordPart[], start: number, end: number, text: string): void {
  const last = parts.length - 1;
  const before = last >= 0 ? parts[last]! : null;
  if (before !== null && before.kind === "literal") {
    parts[last] = makeLiteral(before.start, end, before.text + text);
  } else {
    parts.push(makeLiteral(start, end, text));
  }
}

/** The text of a word that is nothing but literal text; `null` for any other. */
export function literalText(word: Word): string | null {
  const parts = word.parts;
  if (parts.length !== 1) return null;
  const part = parts[0]!;
  return part.kind === "literal" ? part.text : null;
}

/** A list without commands, such as that of `$()`. */
export function emptyList(position: number): List {
  return { kind: "list", start: position, end: position, items: [] };
}
