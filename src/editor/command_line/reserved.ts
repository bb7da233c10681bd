/** Reserved words (XCU 2.4) as they are typed. */

import { NOT_RESERVED, reservedWord } from "../../syntax/reserved_words.ts";

/** Behind these a command may begin. */
export const COMMAND_FOLLOWS: ReadonlySet<string> = new Set([
  "if",
  "then",
  "elif",
  "else",
  "while",
  "until",
  "do",
  "{",
  "!",
  "time",
  "coproc",
]);

export function isReserved(text: string): boolean {
  return reservedWord(text) !== NOT_RESERVED;
}
