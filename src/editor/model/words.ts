/** Words in a line: of letters and digits, of anything but blanks, of parts of paths. */

import { nextCluster, previousCluster } from "./graphemes.ts";

/** Tells whether what begins at `index` belongs to a word. */
export type WordTest = (text: string, index: number) => boolean;

/** Letters and digits, as most commands understand words. */
export const alphanumeric: WordTest = (text, index) => /^[\p{L}\p{N}\p{M}]/u.test(text.slice(index, index + 2));

/** Everything but blanks. */
export const nonBlank: WordTest = (text, index) => !/\s/.test(text[index]!);

/** Everything but blanks and slashes: a part of a path. */
export const pathPart: WordTest = (text, index) => text[index] !== "/" && nonBlank(text, index);

/** The end of the word that `index` is in, or of the next one. */
export function wordEnd(text: string, index: number, test: WordTest): number {
  let at = index;
  while (at < text.length && !test(text, at)) at = nextCluster(text, at);
  while (at < text.length && test(text, at)) at = nextCluster(text, at);
  return at;
}

/** The beginning of the word that ends at or before `index`. */
export function wordStart(text: string, index: number, test: WordTest): number {
  let at = index;
  const before = () => previousCluster(text, at);
  while (at > 0 && !test(text, before())) at = before();
  while (at > 0 && test(text, before())) at = before();
  return at;
}
