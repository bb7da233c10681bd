/**
 * Brace expansion (bash manual 3.5.1): one word becomes several, by its text alone, before any other expansion.
 *
 * Works on items: the characters of unquoted text, and all other parts of the word, which braces can't look into.
 */

import type { ParameterPart, QuotedPart, Word, WordPart } from "../syntax/tree.ts";
import { holdsUnquoted } from "./unquoted_text.ts";

/** One character of unquoted text, or another part. */
type Item = string | WordPart;
/** What a word became: unquoted text, or text and other parts in turn. */
type Result = string | readonly Item[];

/** More words than that are not made of one: the sequence stays as it is written. */
const MAXIMUM = 1 << 25;

/**
 * The words that `word` stands for. Runs of words that are nothing but text are given as texts, of which there may be a
 * million.
 */
export function expandBraces(word: Word): readonly (Word | readonly string[])[] {
  if (!holdsUnquoted(word.parts, "{")) return [word];
  const items: Item[] = [];
  for (const part of word.parts) {
    if (part.kind === "literal") items.push(...part.text);
    else items.push(part);
  }
  const results = expand(items);
  if (results === null) return [word];
  const words: (Word | string[])[] = [];
  for (const result of results) {
    const last = words.at(-1);
    if (typeof result !== "string" || !isPlain(result)) words.push({ ...word, parts: assemble(result, word) });
    else if (Array.isArray(last)) last.push(result);
    else words.push([result]);
  }
  return words;
}

/** Whether braces leave `word` as it is. */
export function isBraceless(word: Word): boolean {
  return !holdsUnquoted(word.parts, "{") || expandBraces(word)[0] === word;
}

/** Whether text stands for itself, without a look at files and home directories; the empty word is none at all. */
function isPlain(text: string): boolean {
  return text !== "" && !/[*?[\]~(]/.test(text);
}

/** What `items` become; `null` if there is no brace expression in them. */
function expand(items: readonly Item[]): readonly Result[] | null {
  for (let open = items.indexOf("{"); open >= 0; open = items.indexOf("{", open + 1)) {
    const close = closing(items, open);
    if (close < 0) continue;
    const inner = items.slice(open + 1, close);
    const behind = items.slice(close + 1);
    const alternatives = split(inner) ?? expandSequence(inner);
    // What looked like a sequence and is none is text.
    if (alternatives === null) {
      const rest = expand(behind);
      return rest === null ? null : product([join(items.slice(0, close + 1))], rest);
    }
    const rest = behind.length === 0 ? [""] : expand(behind) ?? [join(behind)];
    return product([join(items.slice(0, open))], product(alternatives, rest));
  }
  return null;
}

/**
 * The index of the brace that closes the expression at `open`: the first behind a comma or two dots, with nothing open between;
 * -1 if there is none.
 */
function closing(items: readonly Item[], open: number): number {
  let depth = 0;
  let separated = false;
  for (let i = open + 1; i < items.length; i++) {
    const item = items[i];
    if (item === "{") depth++;
    else if (item === "}" && depth > 0) depth--;
    else if (depth > 0) continue;
    else if (item === "," || (item === "." && items[i + 1] === "." && items[i + 2] !== "}")) separated = true;
    else if (item === "}" && separated) return i;
  }
  return -1;
}

/** What the alternatives between the commas become; `null` if there is no comma. */
function split(items: readonly Item[]): readonly Result[] | null {
  const pieces: (readonly Item[])[] = [];
  let depth = 0;
  let start = 0;
  items.forEach((item, i) => {
    if (item === "{") depth++;
    else if (item === "}" && depth > 0) depth--;
    else if (item === "," && depth === 0) {
      pieces.push(items.slice(start, i));
      start = i + 1;
    }
  });
  if (!items.includes(",")) return null;
  pieces.push(items.slice(start));
  return pieces.flatMap((piece) => expand(piece) ?? [join(piece)]);
}

/** Every first before every second. */
function product(firsts: readonly Result[], seconds: readonly Result[]): readonly Result[] {
  if (firsts.length === 1 && firsts[0] === "") return seconds;
  const results: Result[] = [];
  for (const first of firsts) {
    for (const second of seconds) {
      const texts = typeof first === "string" && typeof second === "string";
      results.push(texts ? first + second : [...first, ...second]);
    }
  }
  return results;
}

function join(items: readonly Item[]): Result {
  return items.every((item) => typeof item === "string") ? items.join("") : items;
}

const SEQUENCE = /^([-+]?\d+|[A-Za-z])\.\.([-+]?\d+|[A-Za-z])(?:\.\.([-+]?\d+))?$/;

/** `{x..y}` and `{x..y..step}`, of whole numbers or of letters; `null` for anything else. */
function expandSequence(items: readonly Item[]): readonly Result[] | null {
  const text = join(items);
  const match = typeof text === "string" ? SEQUENCE.exec(text) : null;
  if (match === null) return null;
  const [, from, to, step] = match as unknown as [string, string, string, string | undefined];
  const numeric = /\d/.test(from);
  if (numeric !== /\d/.test(to)) return null;
  const first = numeric ? BigInt(from) : BigInt(from.charCodeAt(0));
  const last = numeric ? BigInt(to) : BigInt(to.charCodeAt(0));
  const by = magnitude(BigInt(step ?? 1)) || 1n;
  if ([first, last, by].some((value) => BigInt.asIntN(64, value) !== value)) return null;
  const count = magnitude(last - first) / by + 1n;
  if (count > MAXIMUM) return null;
  // A leading zero asks for equal widths.
  const padded = numeric && (/^-?0\d/.test(from) || /^-?0\d/.test(to));
  const width = padded ? Math.max(from.length, to.length) : 0;
  return sequence(first, first <= last ? by : -by, Number(count)).map((value) =>
    numeric ? pad(String(value), width) : letter(Number(value))
  );
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** `count` numbers from `first` on. */
function sequence(first: bigint, by: bigint, count: number): (number | bigint)[] {
  const safe = Number.isSafeInteger(Number(first)) && Number.isSafeInteger(Number(first + by * BigInt(count)));
  if (!safe) return Array.from({ length: count }, (_, i) => first + by * BigInt(i));
  const start = Number(first);
  const difference = Number(by);
  return Array.from({ length: count }, (_, i) => start + difference * i);
}

function pad(digits: string, width: number): string {
  return digits.startsWith("-") ? "-" + digits.slice(1).padStart(width - 1, "0") : digits.padStart(width, "0");
}

/** A letter, or what stands between the upper and the lower case ones; of those a backslash would quote what follows. */
function letter(code: number): Result {
  const text = String.fromCharCode(code);
  if (text !== "\\") return text;
  const nothing: QuotedPart = { kind: "quoted", start: 0, end: 0, style: "backslash", text: "" };
  return [nothing];
}

/** The parts of a word that came of `word`. */
function assemble(result: Result, word: Word): WordPart[] {
  const parts: WordPart[] = [];
  let text = "";
  const flush = () => {
    if (text === "") return;
    const last = parts.at(-1);
    const rest = last?.kind === "parameter" ? lengthen(parts, last, text) : text;
    if (rest !== "") parts.push({ kind: "literal", start: word.start, end: word.end, text: rest });
    text = "";
  };
  for (const item of typeof result === "string" ? [result] : result) {
    if (typeof item === "string") text += item;
    else {
      flush();
      parts.push(item);
    }
  }
  flush();
  return parts;
}

/** `$x{y,z}` is `$xy $xz`: text that could be part of its name is. Returns what is left of it. */
function lengthen(parts: WordPart[], last: ParameterPart, text: string): string {
  const more = last.braces || !/^[A-Za-z_]/.test(last.name) ? "" : /^[A-Za-z0-9_]*/.exec(text)![0];
  if (more !== "") parts[parts.length - 1] = { ...last, name: last.name + more };
  return text.slice(more.length);
}
