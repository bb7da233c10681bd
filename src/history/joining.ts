/** Lines of one command as one entry of the history (`cmdhist`, bash manual 9.2). */

import { shellWords } from "./words.ts";

/** Words behind which a command may begin: a semicolon there would be an error. */
const BEFORE_COMMAND = /^(?:if|then|else|elif|while|until|do|in|\{|\(|&&|\|\||\||\|&|&|;|;;|;&|;;&|!|\(\()$/;

/** Adds the next line of a command to those before it. `literally` keeps the newline wherever it was. */
export function joinLines(before: string, line: string, literally: boolean): string {
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(before) && openQuote(before) !== "'") return before.slice(0, -1) + line;
  if (literally || openQuote(before) !== null || hasOpenHereDocument(before)) return `${before}\n${line}`;
  if (line.trim() === "" || /^\s*#/.test(line)) return `${before}\n${line}`;
  const last = shellWords(before).at(-1);
  const word = last === undefined ? "" : before.slice(last.start, last.end);
  // A function's name and parentheses are followed by its body.
  if (word === "" || BEFORE_COMMAND.test(word) || /\(\s*\)\s*$/.test(before)) return `${before} ${line}`;
  return `${before}; ${line}`;
}

/** The quote that is open at the end of `text`. */
function openQuote(text: string): string | null {
  let open: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === "\\" && open !== "'") index++;
    else if (open !== null) {
      if (character === open) open = null;
    } else if (character === "'" || character === '"' || character === "`") open = character;
  }
  return open;
}

/** Whether a here-document has begun whose end is not there yet. */
function hasOpenHereDocument(text: string): boolean {
  const lines = text.split("\n");
  return lines.some((line, index) => {
    const [, dash, word] = /<<(-?)\s*([^\s;&|<>()]+)/.exec(line) ?? [];
    if (word === undefined || line.includes("<<<")) return false;
    const delimiter = word.replaceAll(/["'\\]/g, "");
    return !lines.slice(index + 1).some((body) => (dash === "-" ? body.replace(/^\t+/, "") : body) === delimiter);
  });
}
