/** Words as they are typed and what they stand for: quotations taken off, as far as nothing has to be run, and put on again. */

import type { OpenQuote } from "./scanner.ts";

/** What a word stands for. */
export interface Unquoted {
  readonly text: string;
  /** The quotation that is open at its end, and the index in the word at which it was opened. */
  readonly quote: Exclude<OpenQuote, "`">;
  readonly opened: number;
}

export interface Lookup {
  /** The value of a variable. */
  variable(name: string): string | undefined;
  /** The home directory of a user; of the user of the shell for the empty name. */
  home(user: string): string | undefined;
}

const PART =
  /\\([^])|\$'((?:\\[^]|[^'\\])*)('?)|'([^']*)('?)|(")|(~[^/\\'"$`]*)|\$\{(\w+)\}|\$(\w+)|(\$\(|`|\$\{)|([^])/y;
const IN_QUOTES = /\\([$`"\\\n])|(")|\$\{(\w+)\}|\$([A-Za-z_]\w*|\d)|(\$\(|`|\$\{)|([^])/y;

/** What `word` stands for, in which commands are not run; `null` if that would be needed. */
export function unquote(word: string, lookup: Lookup): Unquoted | null {
  let text = "";
  let quote: Unquoted["quote"] = null;
  let opened = -1;
  for (let index = 0; index < word.length;) {
    const pattern = quote === '"' ? IN_QUOTES : PART;
    pattern.lastIndex = index;
    const match = pattern.exec(word)!;
    const start = index;
    index = pattern.lastIndex;
    if (quote === '"') {
      const [, escaped, closing, braced, plain, command, character] = match;
      const name = braced ?? plain;
      if (command !== undefined) return null;
      if (closing !== undefined) quote = null;
      else if (name !== undefined) text += lookup.variable(name) ?? "";
      else text += escaped === "\n" ? "" : escaped ?? character!;
      continue;
    }
    const [, escaped, ansi, ansiEnd, single, singleEnd, double, tilde, braced, plain, command, character] = match;
    const name = braced ?? plain;
    if (command !== undefined) return null;
    if (escaped !== undefined) text += escaped === "\n" ? "" : escaped;
    else if (ansi !== undefined) {
      text += decodeAnsi(ansi);
      if (ansiEnd === "") [quote, opened] = ["$'", start];
    } else if (single !== undefined) {
      text += single;
      if (singleEnd === "") [quote, opened] = ["'", start];
    } else if (double !== undefined) [quote, opened] = ['"', start];
    else if (tilde !== undefined) text += start === 0 ? lookup.home(tilde.slice(1)) ?? tilde : tilde;
    else if (name !== undefined) text += lookup.variable(name) ?? "";
    else text += character;
  }
  return { text, quote, opened };
}

const ANSI: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  e: "\x1b",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

function decodeAnsi(text: string): string {
  return text.replaceAll(/\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|([^]))/g, (_, hex, octal, letter) => {
    const code = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) : -1;
    return code >= 0 ? String.fromCharCode(code >= 0x80 ? 0xdc00 + code : code) : ANSI[letter] ?? letter;
  });
}

const SPECIAL = /[\s\\'"`$&|;<>()*?[\]{}!]|^[~#]/g;
// deno-lint-ignore no-control-regex
const CONTROL = /[\x00-\x1f\x7f\udc80-\udcff]/;

/** `text` with its special characters quoted, so that it can stand where `quote` is open, or nothing. */
export function quoteFor(text: string, quote: Unquoted["quote"]): string {
  switch (quote) {
    case '"':
      return text.replaceAll(/[\\"$`]/g, "\\$&");
    case "'":
      return text.replaceAll("'", "'\\''");
    case "$'":
      return ansiEscapes(text);
    case null:
      return CONTROL.test(text) ? `$'${ansiEscapes(text)}'` : text.replaceAll(SPECIAL, "\\$&");
  }
}

function ansiEscapes(text: string): string {
  return text.replaceAll(/[\\']/g, "\\$&").replaceAll(new RegExp(CONTROL, "g"), (character) => {
    const letter = Object.entries(ANSI).find(([, meant]) => meant === character)?.[0];
    const code = character.charCodeAt(0) & 0xff;
    return letter === undefined ? `\\x${code.toString(16).padStart(2, "0")}` : `\\${letter}`;
  });
}
