/** The words of `-W` (bash manual 8.6): split by IFS as far as nothing is quoted, each expanded, and the results split again. */

import type { Shell } from "../execution/shell.ts";
import { inputOf } from "../syntax/input.ts";
import type { SimpleCommand, Word } from "../syntax/tree.ts";

/** What stays together when a list is split: quoted characters, quotations and substitutions. */
const UNIT = /\\[^]|\$?'(?:\\[^]|[^'])*'|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|[^`\\])*`|\$[({]|[^]/gy;

const CLOSERS: Readonly<Record<string, string>> = { "$(": ")", "${": "}" };

/** What has a meaning in a command that it has not in a word of a list; patterns are not expanded either. */
const SPECIAL = /[;&|<>()#*?[\]!]/;

/** The words of the list `text`, expanded. Throws an ExpansionFailure. */
export function expandWordList(shell: Shell, text: string): string[] {
  const separators = shell.variables.get("IFS").read() ?? " \t\n";
  return split(text, separators).flatMap((word) => expandWord(shell, word));
}

/** Splits at characters of `separators` that stand by themselves. What is special in a command is escaped in the results. */
function split(text: string, separators: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  /** What closes the substitutions around. */
  const open: string[] = [];
  for (const [unit] of text.matchAll(UNIT)) {
    if (open.length === 0 && separators.includes(unit)) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    const plain = open.length === 0 && (SPECIAL.test(unit) || /^\s$/.test(unit)) && unit.length === 1;
    if (unit in CLOSERS) open.push(CLOSERS[unit]!);
    else if (open.length > 0 && unit === "(") open.push(")");
    else if (unit === open.at(-1)) open.pop();
    word = (word ?? "") + (plain ? (unit === "\n" ? "$'\\n'" : `\\${unit}`) : unit);
  }
  if (word !== null) words.push(word);
  return words;
}

function expandWord(shell: Shell, word: string): string[] {
  if (/^[\w./:,@%+-]+$/.test(word)) return [word];
  const source = { name: null, kind: "string", firstLine: shell.state.line } as const;
  const list = shell.parser(inputOf(`: ${word}\n`), source).next();
  const command = list?.items[0]?.command as SimpleCommand | undefined;
  const fields: string[] = [];
  const { options } = shell;
  const { noglob } = options;
  options.noglob = true;
  try {
    const words = command?.words.slice(1).filter((part): part is Word => part.kind === "word") ?? [];
    shell.words.fields(words)(fields);
  } finally {
    options.noglob = noglob;
  }
  return fields;
}
