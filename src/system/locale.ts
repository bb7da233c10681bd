/**
 * The locale, as far as it shows: whether text is UTF-8, or every byte is a character, as in the locale C (XBD 7.2).
 *
 * It is a property of the process, like that of the C library, and says how the characters of shell strings are counted.
 */

import { canonical, encode } from "./bytes.ts";

export const locale = {
  /** Whether characters are those of UTF-8. */
  utf8: true,
};

/** Sets the locale as the values of LC_ALL, LC_CTYPE and LANG say, in this order (XBD 8.2). */
export function setLocale(names: readonly (string | undefined)[]): void {
  locale.utf8 = /\.utf-?8(?:@|$)/i.test(names.find((name) => name !== undefined && name !== "") ?? "");
}

const NOT_ASCII = /[^\0-\x7f]/;
/** Escapes stand for bytes from here on (see `bytes.ts`). */
const ESCAPE_BASE = 0xdc00;

/** The string of what {@link characterUnits} gave, or of a part of it. */
export function fromCharacterUnits(units: string): string {
  return locale.utf8 ? units : canonical(units);
}

/** `text` with one UTF-16 unit, or a pair, for each character of the locale: unless text is UTF-8, one for each byte. */
export function characterUnits(text: string): string {
  if (locale.utf8 || !NOT_ASCII.test(text)) return text;
  let units = "";
  for (const byte of encode(text)) units += String.fromCharCode(byte < 0x80 ? byte : ESCAPE_BASE + byte);
  return units;
}
