/** Commands that move the cursor. */

import type { Command, CommandTable } from "../command.ts";
import type { Editing, Mode } from "../editing.ts";
import { alphanumeric, wordEnd, wordStart, type WordTest } from "../words.ts";
import { shellWords } from "../../../history/words.ts";

/** Where going by words leads: a negative count goes back. */
export function byWords(text: string, cursor: number, count: number, test: WordTest): number {
  let at = cursor;
  for (let left = count; left > 0; left--) at = wordEnd(text, at, test);
  for (let left = count; left < 0; left++) at = wordStart(text, at, test);
  return at;
}

/** Where going by words as the shell reads them leads. */
export function byShellWords(text: string, cursor: number, count: number): number {
  const words = shellWords(text);
  let at = cursor;
  for (let left = count; left > 0; left--) at = words.find(({ end }) => end > at)?.end ?? text.length;
  for (let left = count; left < 0; left++) at = words.findLast(({ start }) => start < at)?.start ?? 0;
  return at;
}

function moveChars(editing: Editing, count: number): void {
  if (!editing.line.move(count)) editing.bell();
}

/** With a suggestion behind the end of the text, moving on takes it. */
export function acceptSuggestion(editing: Editing, part: (suggestion: string) => string = (all) => all): boolean {
  const { line, suggestion } = editing;
  if (suggestion === "" || line.cursor < line.text.length) return false;
  line.insert(part(suggestion));
  return true;
}

const forwardWord: Command = (editing, count) => {
  const { line } = editing;
  if (count > 0 && acceptSuggestion(editing, (all) => all.slice(0, byWords(all, 0, count, alphanumeric)))) return;
  line.cursor = byWords(line.text, line.cursor, count, alphanumeric);
};

/** Goes up or down by lines of the text, as far as it has any. Returns false at its first or last line. */
export function moveByLine(editing: Editing, step: -1 | 1): boolean {
  const { line } = editing;
  const { text, lineStart, lineEnd } = line;
  if (step < 0 ? lineStart === 0 : lineEnd === text.length) return false;
  const column = line.cursor - lineStart;
  line.cursor = step < 0 ? lineStart - 1 : lineEnd + 1;
  line.cursor = Math.min(line.lineStart + column, line.lineEnd);
  return true;
}

/** Awaits the character to go to. */
class CharacterSearch implements Mode {
  constructor(private readonly count: number) {}

  handle(editing: Editing, { sequence }: { readonly sequence: string }): boolean {
    editing.mode = null;
    const { line } = editing;
    let at = line.cursor;
    for (let left = Math.abs(this.count); left > 0 && at >= 0; left--) {
      if (this.count > 0) at = line.text.indexOf(sequence, at + 1);
      else at = at === 0 ? -1 : line.text.lastIndexOf(sequence, at - 1);
    }
    if (at < 0) editing.bell();
    else line.cursor = at;
    return true;
  }
}

export const MOVEMENT: CommandTable = {
  "beginning-of-line": ({ line }) => {
    line.cursor = line.lineStart;
  },
  "end-of-line": (editing) => {
    if (!acceptSuggestion(editing)) editing.line.cursor = editing.line.lineEnd;
  },
  "forward-char": (editing, count) => {
    if (count < 1 || !acceptSuggestion(editing)) moveChars(editing, count);
  },
  "backward-char": (editing, count) => moveChars(editing, -count),
  "forward-word": forwardWord,
  "backward-word": (editing, count) => forwardWord(editing, -count, { sequence: "" }),
  "shell-forward-word": ({ line }, count) => {
    line.cursor = byShellWords(line.text, line.cursor, count);
  },
  "shell-backward-word": ({ line }, count) => {
    line.cursor = byShellWords(line.text, line.cursor, -count);
  },
  "previous-screen-line": (editing) => {
    if (!moveByLine(editing, -1)) editing.bell();
  },
  "next-screen-line": (editing) => {
    if (!moveByLine(editing, 1)) editing.bell();
  },
  "character-search": (editing, count) => {
    editing.mode = new CharacterSearch(count);
  },
  "character-search-backward": (editing, count) => {
    editing.mode = new CharacterSearch(-count);
  },
  "clear-screen": (editing) => editing.addEffect({ kind: "clear screen", everything: false }),
  "clear-display": (editing) => editing.addEffect({ kind: "clear screen", everything: true }),
  // What is shown is always up to date.
  "redraw-current-line": () => {},
};
