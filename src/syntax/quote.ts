/** Quotes text so that a shell reads it back as it is. */

import { locale } from "../system/locale.ts";

/** In single quotes, as `trap -p`, `alias` and `set` list values: `it's` as `'it'\''s'`, but a lone quote as `\'`. */
export function quoteSingle(text: string): string {
  if (text === "'") return "\\'";
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In quotes that every shell knows, as POSIX mode lists variables: `it's` as `'it'"'"'s'`. */
export function quotePortable(text: string): string {
  if (text === "") return "''";
  return text.replace(/'+|[^']+/g, (run) => run.startsWith("'") ? `"${run}"` : `'${run}'`);
}

/** In double quotes, as `declare -p` lists values. */
export function quoteDouble(text: string): string {
  return `"${text.replace(/[$`"\\]/g, "\\$&")}"`;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\x1b": "\\E",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  "'": "\\'",
};

/** Characters that mean something to the shell, some only at the beginning of a word. */
const SPECIAL = /[ \t\n'"\\|&;()<>!{}*[\]?^$`]|^[#~]|[=:]~/;

/** Whether `text` has to be quoted to stand for itself; the empty string has not. */
export function needsQuotes(text: string): boolean {
  return SPECIAL.test(text);
}

/**
 * Whether `text` can only be shown in `$'…'`: a terminal does not show control characters, bytes that are no characters and
 * code points without one.
 */
export function needsAnsiQuotes(text: string): boolean {
  // Most texts are ASCII, which needs no tables.
  return /[^ -~]/.test(text) && (!locale.utf8 || /[\p{Cc}\p{Cs}\p{Cn}\u2028\u2029]/u.test(text));
}

/** As `$'…'`, in which `printf %q` and `set` show text with control characters. */
export function quoteAnsi(text: string): string {
  const special = locale.utf8 ? /[\\'\p{Cc}\p{Cs}\p{Cn}\u2028\u2029]/gu : /[^ -&(-[\]-~]/gu;
  return `$'${text.replace(special, escapeCharacter)}'`;
}

function escapeCharacter(character: string): string {
  const simple = SIMPLE_ESCAPES[character];
  if (simple !== undefined) return simple;
  return bytesOf(character).map((byte) => "\\" + byte.toString(8).padStart(3, "0")).join("");
}

/** The bytes of a character of a shell string, in which a lone surrogate stands for one. */
function bytesOf(character: string): number[] {
  const code = character.codePointAt(0)!;
  if (code >= 0xdc80 && code <= 0xdcff) return [code & 0xff];
  return [...new TextEncoder().encode(character)];
}
