/**
 * What variables hold and words are made of: values that shells have been wrong about. The bytes 1 and 127 aren't among them: bash
 * marks its own text with them, and loses them here and there.
 */

/** Names of variables, by what they are in a program (see `Programs.setUp`). */
export const SCALARS = ["a", "b", "c", "d"];
export const NUMBERS = ["i", "n"];
/** `v` has every element, `w` lacks some. */
export const ARRAYS = ["v", "w"];
export const ASSOCIATIVE = "h";
export const KEYS = ["k", "x y", "1", "*", "a]b"];
export const EMPTY = "e";
export const UNSET = "u";

export const VALUES = [
  "",
  "a",
  "abc",
  "aXbXc",
  "a b",
  " a  b ",
  "a:b:c",
  ":a::b:",
  "x*y",
  "*",
  "?",
  "[ab]",
  "[!x]*",
  "\\",
  "a\\b",
  "\\*",
  "a\\ b",
  "$a",
  "$(echo no)",
  "`",
  "it's",
  '"q"',
  "1",
  "-5",
  "010",
  "0x1f",
  "2+3",
  "9999999999",
  "été",
  "ÀÉ",
  "straße",
  "a\nb",
  "\n",
  "\t",
  "a\tb",
  "a\n\n",
  "/usr/local/lib.so.1",
  "lib.tar.gz",
  "-n",
  "--",
  "-e a",
  "~",
  "{a,b}",
  "!",
  "a=b",
  "b",
  "c d",
  "v",
  "x y z w",
  "HELLO World",
  "aaa",
  "abcabcabc",
  "(x)",
  "a|b",
  "a&b",
  "&",
  ";",
  "#c",
  "%s",
  "日本",
];

/** Values of IFS, none with a digit or a character of patterns, which bash splits or quotes
 * even where it should not, nor with a character of several bytes, which it takes apart: blanks alone, others alone, both, letters, and none. */
export const SEPARATORS = [" \t\n", ":", " :", "", "a", "\n", ", ", "::", "/", "x ", "\t:"];

/** A text as one word in single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
