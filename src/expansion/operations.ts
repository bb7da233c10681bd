/** What the operators of `${…}` do to a text (XCU 2.6.2; bash manual 3.5.3), with offsets and lengths in characters. */

import { characterUnits, fromCharacterUnits, locale } from "../system/locale.ts";
import type { Pattern } from "./pattern.ts";

/** Above that length, V8 finds out faster than a loop whether there are surrogates: of most texts it knows. */
const SHORT = 16;
const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** The number of characters of the locale. */
export function lengthInCharacters(text: string): number {
  return countPoints(locale.utf8 ? text : characterUnits(text));
}

/** The number of code points: a surrogate pair is one. */
function countPoints(text: string): number {
  let length = text.length;
  if (length > SHORT && !HIGH_SURROGATE.test(text)) return length;
  for (let i = 0; i + 1 < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--;
      i++;
    }
  }
  return length;
}

export function trim(text: string, pattern: Pattern, side: "#" | "%", longest: boolean): string {
  const units = characterUnits(text);
  if (side === "#") {
    const end = pattern.prefix(units, longest);
    return end < 0 ? text : fromCharacterUnits(units.slice(end));
  }
  const start = pattern.suffix(units, longest);
  return start < 0 ? text : fromCharacterUnits(units.slice(0, start));
}

/**
 * Offsets from the end, if negative; `undefined` where bash says "substring expression < 0". `lengthOf` is not asked if the offset lies
 * beyond the text.
 */
export function substring(text: string, offset: number, lengthOf: () => number | undefined): string | undefined {
  const units = characterUnits(text);
  const characters = countPoints(units) === units.length ? units : [...units];
  const total = characters.length;
  const start = offset < 0 ? total + offset : offset;
  if (start < 0 || start > total) return "";
  const length = lengthOf();
  const end = length === undefined ? total : length < 0 ? total + length : Math.min(total, start + length);
  if (end < start) return undefined;
  const piece = characters.slice(start, end);
  return fromCharacterUnits(typeof piece === "string" ? piece : piece.join(""));
}

/** Replaces what matches; `replacement` is given the text that matched. */
export function replace(
  text: string,
  pattern: Pattern,
  mode: "first" | "all" | "start" | "end",
  replacement: (matched: string) => string,
): string {
  return fromCharacterUnits(replaceUnits(characterUnits(text), pattern, mode, replacement));
}

function replaceUnits(
  text: string,
  pattern: Pattern,
  mode: "first" | "all" | "start" | "end",
  replacement: (matched: string) => string,
): string {
  // In a text without characters bash finds no pattern that does not begin with `*`, but at its end.
  if (text === "" && mode !== "end" && pattern.literal !== "" && !pattern.beginsWithStar) return text;
  if (mode === "start") {
    const end = pattern.prefix(text, true);
    return end < 0 ? text : replacement(text.slice(0, end)) + text.slice(end);
  }
  if (mode === "end") {
    const start = pattern.suffix(text, true);
    return start < 0 ? text : text.slice(0, start) + replacement(text.slice(start));
  }
  if (pattern.literal === "") return text;
  if (pattern.only !== null) return replaceLiteral(text, pattern.only, mode, replacement);
  if (text === "") return pattern.matches("") ? replacement("") : "";
  let result = "";
  let position = 0;
  while (position < text.length) {
    const match = pattern.find(text, position);
    if (match === null || match.start === text.length) break;
    result += text.slice(position, match.start) + replacement(text.slice(match.start, match.end));
    position = match.end;
    if (mode === "first") break;
    if (match.end === match.start) {
      // The next one is looked for behind the character that an empty match stands before.
      position += text.codePointAt(match.start)! > 0xffff ? 2 : 1;
      result += text.slice(match.start, position);
    }
  }
  return result + text.slice(position);
}

function replaceLiteral(
  text: string,
  literal: string,
  mode: "first" | "all",
  replacement: (matched: string) => string,
): string {
  let start = text.indexOf(literal);
  if (start < 0) return text;
  const fill = replacement(literal);
  let result = "";
  let position = 0;
  do {
    result += text.slice(position, start) + fill;
    position = start + literal.length;
    start = mode === "first" ? -1 : text.indexOf(literal, position);
  } while (start >= 0);
  return result + text.slice(position);
}

/** `^` `,` `~`, doubled for all characters: changes the case of those that match `pattern`, or of any. */
export function changeCase(text: string, operator: string, pattern: Pattern | null): string {
  const all = operator.length === 2;
  const change = CHANGES[operator[0]!]!;
  let result = "";
  let first = true;
  for (const character of characterUnits(text)) {
    const changes = (first || all) && (pattern === null || pattern.matches(character));
    result += changes ? change(character) : character;
    first = false;
  }
  return fromCharacterUnits(result);
}

/** One character for one: where upper case would need two, as for U+00DF, it stays. */
function single(original: string, changed: string): string {
  return countPoints(changed) === 1 ? changed : original;
}

const CHANGES: Readonly<Record<string, (character: string) => string>> = {
  "^": (character) => single(character, character.toUpperCase()),
  ",": (character) => single(character, character.toLowerCase()),
  "~": (character) => {
    const upper = single(character, character.toUpperCase());
    return upper !== character ? upper : single(character, character.toLowerCase());
  },
};

/**
 * Makes the function that gives the replacement of a match. In `text` an unescaped `&` stands for what matched, a
 * backslash quotes it and another backslash (bash manual, patsub_replacement).
 */
export function replacementOf(text: string): (matched: string) => string {
  if (!/[&\\]/.test(text)) return () => text;
  return (matched) => text.replace(/\\([&\\])|&/g, (_, quoted: string | undefined) => quoted ?? matched);
}
