/** Modifiers (bash manual 9.3.3): what becomes of the words that are meant. */

import { ExpansionError, type Remembered } from "./expansion.ts";
import type { Scanner } from "./scanner.ts";
import { shellWords } from "./words.ts";

type Change = (text: string) => string;

const SIMPLE: Readonly<Record<string, Change>> = {
  h: (text) => text.includes("/") ? text.slice(0, text.lastIndexOf("/")) || "/" : text,
  t: (text) => text.slice(text.lastIndexOf("/") + 1),
  r: (text) => text.replace(/\.[^./]*$/, ""),
  e: (text) => /\.[^./]*$/.exec(text)?.[0] ?? text,
};

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How the result is quoted, after everything else. */
const QUOTING: Readonly<Record<string, Change>> = {
  q: quote,
  x: (text) => text.split(/[ \t\n]/).map(quote).join(" "),
};

export interface Modified {
  readonly text: string;
  /** Whether the line is only to be shown. */
  readonly printOnly: boolean;
}

/** Reads modifiers and applies them to `words`. */
export function applyModifiers(scanner: Scanner, words: string, remembered: Remembered): Modified {
  let text = words;
  let printOnly = false;
  let quoting: Change = (unquoted) => unquoted;
  for (;;) {
    const colon = scanner.take(/:([gaG]?)/y);
    if (colon === null) return { text: quoting(text), printOnly };
    const letter = scanner.takeCharacter();
    if (letter === "p") printOnly = true;
    else if (letter === "s" || letter === "&") {
      if (letter === "s") remembered.substitution = readSubstitution(scanner, remembered);
      text = substitute(text, colon[1]!, remembered, scanner.text.slice(colon.index, scanner.index));
    } else if (Object.hasOwn(SIMPLE, letter)) text = SIMPLE[letter]!(text);
    else if (Object.hasOwn(QUOTING, letter)) quoting = QUOTING[letter]!;
    else throw new ExpansionError(`${letter}: unrecognized history modifier`);
  }
}

/** Reads `/old/new/` with any delimiter; the last one may be missing at the end of the line. */
function readSubstitution(scanner: Scanner, remembered: Remembered): { from: string; to: string } {
  const delimiter = scanner.takeCharacter();
  const part = () => {
    let text = "";
    for (;;) {
      let character = scanner.takeCharacter();
      if (character === delimiter || character === "") return text;
      if (character === "\\" && scanner.next === delimiter) character = scanner.takeCharacter();
      text += character;
    }
  };
  const old = part();
  const from = old !== "" ? old : remembered.substitution?.from ?? remembered.search;
  const to = part().replaceAll(/\\&|&/g, (mark) => mark === "&" ? from : "&");
  return { from, to };
}

function substitute(text: string, scope: string, { substitution }: Remembered, modifier: string): string {
  if (substitution === null || substitution.from === "") {
    throw new ExpansionError(`${modifier}: no previous substitution`);
  }
  const { from, to } = substitution;
  if (!text.includes(from)) throw new ExpansionError(`${modifier}: substitution failed`);
  if (scope === "g" || scope === "a") return text.replaceAll(from, () => to);
  if (scope === "") return text.replace(from, () => to);
  // Once in each word.
  let changed = "";
  let at = 0;
  for (const { start, end } of shellWords(text)) {
    changed += text.slice(at, start) + text.slice(start, end).replace(from, () => to);
    at = end;
  }
  return changed + text.slice(at);
}
