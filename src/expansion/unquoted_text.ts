/** A first look at the unquoted text of words: most have nothing in them that any expansion is about. */

import type { WordPart } from "../syntax/tree.ts";

/** Whether there is `character` in the unquoted text. */
export function holdsUnquoted(parts: readonly WordPart[], character: string): boolean {
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.kind === "literal" && part.text.includes(character)) return true;
  }
  return false;
}

/** The text of a word that is nothing but unquoted text in which no expansion finds anything; `null` for any other. */
export function plainText(parts: readonly WordPart[]): string | null {
  if (parts.length !== 1) return null;
  const part = parts[0]!;
  return part.kind === "literal" && isPlain(part.text) ? part.text : null;
}

const LEFT_PARENTHESIS = 40;
const ASTERISK = 42;
const QUESTION_MARK = 63;
const LEFT_BRACKET = 91;
/** Behind it come braces and the tilde, and what is beyond ASCII. */
const SMALL_Z = 122;

/** Whether `text` holds no brace, tilde, glob character or parenthesis, and nothing beyond ASCII. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > SMALL_Z || code === LEFT_BRACKET || code === QUESTION_MARK) return false;
    if (code === ASTERISK || code === LEFT_PARENTHESIS) return false;
  }
  return true;
}
