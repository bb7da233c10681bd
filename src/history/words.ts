/** The words of a line as the history counts them, whether the line is complete or not (bash manual 9.3.2). */

/** A word of the shell's: its place in the line. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
}

/** What is quoted or expanded; process substitutions and extended patterns, which belong to the word around them; other text. */
const QUOTED_OR_PLAIN = String.raw`(?:[<>?*+@!]\((?:\\[^]|[^()\\]|\([^()]*\))*\)|` +
  String.raw`\\[^]|'[^']*(?:'|$)|"(?:\\[^]|[^"\\])*(?:"|$)|\$\((?:\\[^]|[^()\\]|\([^()]*\))*\)|` +
  String.raw`\$\{[^}]*\}|\`[^\`]*(?:\`|$)|[^\s;&|<>()\\'"])+`;

const SHELL_WORD = new RegExp(
  `\\d*[<>]&\\d*-?|\\d*(?:<<<|<<-|<<|>>|>\\||[<>](?!\\())|&>|&&|\\|\\||;;|[;&|()]|${QUOTED_OR_PLAIN}|\\\\$`,
  "g",
);

/** The words and operators of `line`. */
export function shellWords(line: string): ShellWord[] {
  return Array.from(line.matchAll(SHELL_WORD), (match) => ({ start: match.index, end: match.index + match[0].length }));
}
