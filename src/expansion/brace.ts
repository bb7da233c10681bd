/** Brace expansion (bash manual 3.5.1): one word becomes several, by its text alone, before any other expansion. */

import type { LiteralPart, Word, WordPart } from "../syntax/tree.ts";

/** One character of unquoted text, or a part that braces can't look into. */
type Item = string | WordPart;

/** The words that `word` stands for; `word` itself if it has no brace expression. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.parts.some((part) => part.kind === "literal" && part.text.includes("{"))) return [word];
  const items: Item[] = [];
  for (const part of word.parts) {
    if (part.kind === "literal") items.push(...part.text);
    else items.push(part);
  }
  const results = expand(items);
  if (results.length === 1 && results[0]!.length === items.length) return [word];
  return results.map((result) => ({ ...word, parts: assemble(result, word) }));
}

function expand(items: readonly Item[]): Item[][] {
  for (let open = items.indexOf("{"); open >= 0; open = items.indexOf("{", open + 1)) {
    const group = readGroup(items, open);
    if (group === null) continue;
    const before = items.slice(0, open);
    const after = expand(items.slice(group.end));
    const results: Item[][] = [];
    for (const alternative of group.alternatives) {
      for (const rest of after) results.push([...before, ...alternative, ...rest]);
    }
    return results;
  }
  return [items.slice()];
}

/** Reads the brace expression at `open`; `null` if it is none: no closing brace, no comma, no sequence. */
function readGroup(items: readonly Item[], open: number): { alternatives: Item[][]; end: number } | null {
  let depth = 0;
  let start = open + 1;
  const pieces: Item[][] = [];
  for (let i = open + 1; i < items.length; i++) {
    const item = items[i];
    if (item === "{") depth++;
    else if (item === "}" && depth > 0) depth--;
    else if (item === "," && depth === 0) {
      pieces.push(items.slice(start, i));
      start = i + 1;
    } else if (item === "}") {
      const last = items.slice(start, i);
      if (pieces.length > 0) return { alternatives: [...pieces, last].flatMap(expand), end: i + 1 };
      const sequence = readSequence(last);
      return sequence === null ? null : { alternatives: sequence, end: i + 1 };
    }
  }
  // An inner brace was never closed: the outer one may still be closed before it.
  return depth > 0 ? readUnbalanced(items, open) : null;
}

/** `{a,b{,c}`: where an inner brace has no partner, it is text. */
function readUnbalanced(items: readonly Item[], open: number): { alternatives: Item[][]; end: number } | null {
  const close = items.indexOf("}", open);
  if (close < 0) return null;
  const inner = items.lastIndexOf("{", close);
  if (inner <= open) return null;
  const innerGroup = readGroup(items, inner);
  const after = innerGroup === null ? inner + 1 : innerGroup.end;
  const marked = items.map((item, i) => (i >= inner && i < after && typeof item === "string" ? literal(item) : item));
  return readGroup(marked, open);
}

function literal(text: string): LiteralPart {
  return { kind: "literal", start: 0, end: 0, text };
}

const BACKSLASH = 92;
/** A backslash in a sequence of letters quotes nothing, and so stands for nothing. */
const LONE_BACKSLASH: WordPart = { kind: "quoted", start: 0, end: 0, style: "backslash", text: "" };
const SEQUENCE = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/;

/** `{x..y}` and `{x..y..step}`, of whole numbers or of letters. */
function readSequence(items: readonly Item[]): Item[][] | null {
  if (items.some((item) => typeof item !== "string")) return null;
  const match = SEQUENCE.exec(items.join(""));
  if (match === null) return null;
  const [, from, to, step] = match as unknown as [string, string, string, string | undefined];
  const numeric = /\d/.test(from);
  if (numeric !== /\d/.test(to)) return null;
  const first = numeric ? Number(from) : from.charCodeAt(0);
  const last = numeric ? Number(to) : to.charCodeAt(0);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return null;
  const by = Math.abs(Number(step ?? 1)) || 1;
  // A leading zero asks for equal widths.
  const padded = numeric && (/^-?0\d/.test(from) || /^-?0\d/.test(to));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const results: Item[][] = [];
  const direction = first <= last ? 1 : -1;
  for (let value = first; direction * (last - value) >= 0; value += direction * by) {
    const letter: Item[] = value === BACKSLASH ? [LONE_BACKSLASH] : [String.fromCharCode(value)];
    results.push(numeric ? [...pad(value, width)] : letter);
  }
  return results;
}

function pad(value: number, width: number): string {
  return value < 0 ? "-" + String(-value).padStart(width - 1, "0") : String(value).padStart(width, "0");
}

function assemble(items: readonly Item[], word: Word): WordPart[] {
  const parts: WordPart[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") parts.push({ kind: "literal", start: word.start, end: word.end, text });
    text = "";
  };
  for (const item of items) {
    if (typeof item === "string") text += item;
    else if (item.kind === "literal") text += item.text;
    else {
      flush();
      parts.push(item);
    }
  }
  flush();
  return parts;
}
