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

/** Whether `text` holds no brace, tilde, glob character or parenthesis, and nothing beyond ASCII. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 122 || code === 91 || code === 63 || code === 42 || code === 40) return false;
  }
  return true;
}
