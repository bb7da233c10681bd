/** Writes random patterns (bash manual 3.5.8.1). */
import type { Choices } from "./choices.ts";

const PLAIN = ["a", "b", "c", "x", "X", ".", "/", "1", " ", "é", "ab", "o", ":", "-"];
const BRACKETS = [
  "[abc]",
  "[a-c]",
  "[!a]",
  "[^b-z]",
  "[[:alpha:]]",
  "[[:digit:][:space:]]",
  "[![:upper:]]",
  "[]x]",
  "[!]]",
  "[a-]",
  "[x.]",
  "[\\]]",
  "[[:punct:]]",
];

/**
 * A pattern as it may stand in a word, with blanks quoted. `extended` allows for extended globs, and `expansion` writes an
 * expansion that may be part of it.
 */
export function pattern(random: Choices, extended: boolean, expansion: () => string, depth = 2): string {
  const parts = random.several(65, 3, () => part(random, extended, expansion, depth));
  // Without anything in it the word of a command would be missing.
  // Bash goes wrong with what follows an asterisk, if that is all but something.
  return parts.length === 0 ? "a" : parts.join("").replaceAll("*!(", "*@(");
}

function part(random: Choices, extended: boolean, expansion: () => string, depth: number): string {
  const kind = random.below(14);
  if (kind < 3) return "*";
  if (kind < 5) return "?";
  if (kind < 7) return random.pick(BRACKETS);
  if (kind === 7) return random.pick(["'*'", "\\*", '"?"', "\\\\", "'[a]'", "\\a", '"a b"', "''"]);
  if (kind === 8 && depth > 0) return random.chance(50) ? expansion() : `"${expansion()}"`;
  if (kind < 11 && extended && depth > 0) {
    const alternatives = random.several(
      60,
      3,
      () => random.chance(15) ? "" : pattern(random, extended, expansion, depth - 1),
    );
    // Bash has bugs in groups of nothing but the empty alternative.
    const group = alternatives.some((text) => text !== "") ? alternatives.join("|") : "a";
    return `${random.pick(["?", "*", "+", "@", "!"])}(${group})`;
  }
  return random.pick(PLAIN).replace(" ", "\\ ");
}
