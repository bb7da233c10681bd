/** Attributes of variables (bash manual 4.2, declare), as bits. */

export const EXPORTED = 1;
export const READ_ONLY = 2;
/** What is assigned is an arithmetic expression. */
export const INTEGER = 4;
export const LOWERCASE = 8;
export const UPPERCASE = 16;
/** The first letter upper, all others lower case. */
export const CAPITALIZED = 32;
/** Its value names another variable, for which it stands (bash manual 3.4). */
export const REFERENCE = 64;
/** How many such variables may lead to one another. */
export const LONGEST_REFERENCE_CHAIN = 8;
export const TRACED = 128;
/** Declared, and without a value since. */
export const VALUELESS = 256;
/** Assigned before the command that runs: gone after it, and not listed as local. */
export const TEMPORARY = 512;
/** It was {@link TEMPORARY} until the function declared it local. */
export const GIVEN = 2048;
/** Such a variable of a function that has exported it or made it read-only: it stays behind when the function returns. */
export const OUTLASTING = 1024;
/** Exported as long as the special builtin runs before which it was assigned. */
export const LENT = 4096;

/** Those that change what is assigned. */
export const CONVERTING = INTEGER | LOWERCASE | UPPERCASE | CAPITALIZED;
/** Those that `declare` sets and shows. */
export const DECLARABLE = EXPORTED | READ_ONLY | CONVERTING | REFERENCE | TRACED;

/** The kind of array that a variable is. */
export type ArrayKind = "indexed" | "associative" | null;

const LETTERS: readonly (readonly [number, string])[] = [
  [INTEGER, "i"],
  [REFERENCE, "n"],
  [READ_ONLY, "r"],
  [TRACED, "t"],
  [EXPORTED, "x"],
  [CAPITALIZED, "c"],
  [LOWERCASE, "l"],
  [UPPERCASE, "u"],
];

/** The letters of `declare` that stand for the attributes, in its order; empty for none. */
export function attributeLetters(attributes: number, kind: ArrayKind): string {
  let letters = kind === null ? "" : kind === "indexed" ? "a" : "A";
  for (const [attribute, letter] of LETTERS) if ((attributes & attribute) !== 0) letters += letter;
  return letters;
}

/** The attribute that a letter of `declare` stands for; 0 for any other letter. */
export function attributeOf(letter: string): number {
  return LETTERS.find(([, candidate]) => candidate === letter)?.[0] ?? 0;
}
