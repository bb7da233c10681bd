/**
 * Reads hexsh's stream operators: `|N>M`, which connects descriptor N of the command on its left to descriptor M of the
 * one on its right, and `|N>M,N>M`. Without M, stream 5 leads to 4 and any other to 0.
 */

import { AMPERSAND, BAR, COMMA, DIGIT, GREATER, IN_WORD, isIn, LEFT_PARENTHESIS } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import type { Joint } from "./tree.ts";

/** Reads the operator that begins with the `|` at the index, which stays there if it is a plain `|`: `null`. */
export function readJoint(lexer: Lexer): Joint | null {
  const { text, index } = lexer;
  const connections: { from: number; to: number }[] = [];
  let at = index;
  do {
    const source = numberAt(text, at + 1);
    at += 1 + source.length;
    if (source === "" || text.charCodeAt(at) !== GREATER) return null;
    at++;
    let target = numberAt(text, at);
    const next = text.charCodeAt(at + target.length);
    // `|2>3x` is the operator `|2>` and the command `3x`.
    if (target !== "" && next !== COMMA && (next >= 128 || isIn(next, IN_WORD))) target = "";
    at += target.length;
    connections.push({ from: Number(source), to: target !== "" ? Number(target) : source === "5" ? 4 : 0 });
  } while (text.charCodeAt(at) === COMMA && isIn(text.charCodeAt(at + 1), DIGIT));
  if (continuesRedirection(text.charCodeAt(at))) return null;
  lexer.index = at;
  return { form: "streams", connections };
}

/** Whether `|2>` goes on as `|2>&1`, `|2>>file`, `|2>|file` or `|2>(…)`: a pipe, and a redirection or a word. */
function continuesRedirection(code: number): boolean {
  return code === AMPERSAND || code === GREATER || code === BAR || code === LEFT_PARENTHESIS;
}

function numberAt(text: string, index: number): string {
  let end = index;
  while (isIn(text.charCodeAt(end), DIGIT)) end++;
  return text.slice(index, end);
}
