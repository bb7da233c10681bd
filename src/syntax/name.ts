/** Reads names (XBD 3.216). */

import { BACKSLASH, CLASS, IN_NAME, NEWLINE } from "./characters.ts";
import type { Lexer } from "./lexer.ts";

/** Reads a name that begins at the index. */
export function readName(lexer: Lexer): string {
  let length = nameLength(lexer.text, lexer.index);
  let end = lexer.index + length;
  while (lexer.text.charCodeAt(end) === BACKSLASH && lexer.text.charCodeAt(end + 1) === NEWLINE) {
    lexer.joinLines(length);
    length = nameLength(lexer.text, lexer.index);
    end = lexer.index + length;
  }
  const name = lexer.text.slice(lexer.index, end);
  lexer.index = end;
  return name;
}

function nameLength(text: string, index: number): number {
  let end = index;
  let code = text.charCodeAt(end);
  while (code < 128 && (CLASS[code]! & IN_NAME) !== 0) code = text.charCodeAt(++end);
  return end - index;
}
