/** Backslash escapes in the arguments of `echo -e`, in `printf`'s format, and in its `%b` (XCU echo, printf). */

import { COMMON_ESCAPES } from "../syntax/ansi_quote.ts";
import { canonical } from "../system/bytes.ts";
import { locale } from "../system/locale.ts";

/** Which escapes there are: octal numbers need a leading 0 in `echo`, may have one in `%b`, and have none in formats. */
export type EscapeStyle = "echo" | "format" | "%b";

const NUMBERS = {
  echo: /0[0-7]{0,3}/y,
  format: /[0-7]{1,3}/y,
  "%b": /0[0-7]{0,3}|[1-7][0-7]{0,2}/y,
} as const;
const HEXADECIMAL = /x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})/y;

/** One byte as a character of a shell string. */
function byte(value: number): string {
  const code = value & 0xff;
  return String.fromCharCode(code < 0x80 ? code : 0xdc00 + code);
}

/** The character with a code point; its escape where the locale has no such character. */
function characterOf(code: number): string {
  if (code > 0x10ffff) return "";
  if (code < 0x80 || locale.utf8) return String.fromCodePoint(code);
  const digits = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

/**
 * Replaces the escapes in `text`. `complain` is told of numbers without digits. `stopped` says that there was a `\c`, behind which nothing is to be printed; formats have
 * none.
 */
export function decodeEscapes(
  text: string,
  style: EscapeStyle,
  complain: (message: string) => void = () => {},
): { text: string; stopped: boolean } {
  let result = "";
  let position = 0;
  for (;;) {
    const backslash = text.indexOf("\\", position);
    if (backslash < 0) break;
    result += text.slice(position, backslash);
    const next = backslash + 1;
    const character = text[next];
    if (character === undefined) {
      position = backslash;
      break;
    }
    const number = NUMBERS[style];
    number.lastIndex = HEXADECIMAL.lastIndex = next;
    const octal = number.exec(text);
    const hexadecimal = octal === null ? HEXADECIMAL.exec(text) : null;
    if (octal !== null) {
      result += byte(parseInt(octal[0], 8));
      position = next + octal[0].length;
    } else if (hexadecimal !== null) {
      const [all, x, u, U] = hexadecimal;
      const code = parseInt(x ?? u ?? U!, 16);
      result += x !== undefined ? byte(code) : characterOf(code);
      position = next + all.length;
    } else if (character === "c" && style !== "format") return { text: canonical(result), stopped: true };
    else if (Object.hasOwn(COMMON_ESCAPES, character)) {
      result += COMMON_ESCAPES[character]!;
      position = next + 1;
    } else if (style === "format" && "\"'?".includes(character)) {
      result += character;
      position = next + 1;
    } else {
      if (character === "x") complain("missing hex digit for \\x");
      else if (character === "u" || character === "U") complain(`missing unicode digit for \\${character}`);
      result += "\\";
      position = next;
    }
  }
  return { text: canonical(result + text.slice(position)), stopped: false };
}
