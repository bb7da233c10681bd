/** The words of a line as the history counts them, whether the line is complete or not (bash manual 9.3.2). */

/** A word of the shell's: its place in the line. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
}

/** A word, with what in it is quoted or expanded, process substitutions and extended patterns; or an operator. */
function wordOrOperator(): RegExp {
  const quotedOrPlain = String.raw`(?:[<>?*+@!]\((?:\\[^]|[^()\\]|\([^()]*\))*\)|` +
    String.raw`\\[^]|'[^']*(?:'|$)|"(?:\\[^]|[^"\\])*(?:"|$)|\$\((?:\\[^]|[^()\\]|\([^()]*\))*\)|` +
    String.raw`\$\{[^}]*\}|\`[^\`]*(?:\`|$)|[^\s;&|<>()\\'"])+`;
  return new RegExp(
    `\\d*[<>]&\\d*-?|\\d*(?:<<<|<<-|<<|>>|>\\||[<>](?!\\())|&>|&&|\\|\\||;;|[;&|()]|${quotedOrPlain}|\\\\$`,
    "g",
  );
}

/** The words and operators of `line`. */
export function shellWords(line: string): ShellWord[] {
  return Array.from(
    line.matchAll(wordOrOperator()),
    (match) => ({ start: match.index, end: match.index + match[0].length }),
  );
}
