/** Commands that kill text, and bring it back. Kills in a row are one piece. */

import type { Command, CommandTable } from "../command.ts";
import type { Editing } from "../editing.ts";
import { alphanumeric, nonBlank, pathPart, type WordTest } from "../words.ts";
import { byShellWords, byWords } from "./movement.ts";

/** Kills from the cursor to `to`, before it or behind it. */
export function killTo(editing: Editing, to: number): void {
  const { line } = editing;
  const before = to < line.cursor;
  const text = line.delete(Math.min(line.cursor, to), Math.max(line.cursor, to));
  editing.kills.add(text, editing.previous === KILLED ? (before ? "before" : "behind") : "no");
  // So that the next one is added to it.
  editing.current = KILLED;
}

const KILLED = "kill";

/** Kills as far as going by words leads. */
const killWords = (test: WordTest): Command => (editing, count) => {
  const { line } = editing;
  killTo(editing, byWords(line.text, line.cursor, count, test));
};

const backward = (command: Command): Command => (editing, count, key) => command(editing, -count, key);

const killShellWord: Command = (editing, count) => {
  const { line } = editing;
  killTo(editing, byShellWords(line.text, line.cursor, count));
};

const killLine: Command = (editing, count) => {
  const { line } = editing;
  if (count < 0) return killTo(editing, line.lineStart);
  // At the end of one of several lines, its newline.
  killTo(editing, line.lineEnd === line.cursor ? Math.min(line.cursor + 1, line.text.length) : line.lineEnd);
};

const discardLine: Command = (editing) => {
  const { line } = editing;
  if (line.cursor === 0) return editing.bell();
  killTo(editing, line.lineStart === line.cursor ? line.cursor - 1 : line.lineStart);
};

function region({ line }: Editing): [number, number] {
  const mark = Math.min(line.mark, line.text.length);
  return [Math.min(mark, line.cursor), Math.max(mark, line.cursor)];
}

const copyWord: Command = (editing, count) => {
  const { line, kills } = editing;
  const other = byWords(line.text, line.cursor, count, alphanumeric);
  kills.add(line.text.slice(Math.min(other, line.cursor), Math.max(other, line.cursor)), "no");
};

const yank: Command = (editing) => {
  const { kills, line } = editing;
  const text = kills.current;
  if (text === undefined) return editing.bell();
  line.mark = line.cursor;
  line.insert(text);
};

const yankPop: Command = (editing) => {
  const { kills, line, previous } = editing;
  if (previous !== "yank" && previous !== "yank-pop") return editing.bell();
  const start = line.cursor - kills.current!.length;
  kills.rotate();
  line.replace(start, line.cursor, kills.current!);
};

export const KILLING: CommandTable = {
  "kill-line": killLine,
  "backward-kill-line": (editing, count, key) => killLine(editing, count < 0 ? 1 : -1, key),
  "unix-line-discard": discardLine,
  "kill-whole-line": (editing) => {
    editing.line.cursor = editing.line.text.length;
    killTo(editing, 0);
  },
  "kill-word": killWords(alphanumeric),
  "backward-kill-word": backward(killWords(alphanumeric)),
  "shell-kill-word": killShellWord,
  "shell-backward-kill-word": backward(killShellWord),
  "unix-word-rubout": backward(killWords(nonBlank)),
  "unix-filename-rubout": backward(killWords(pathPart)),
  "delete-horizontal-space": ({ line }) => {
    const { text, cursor } = line;
    let start = cursor;
    let end = cursor;
    while (start > 0 && /[ \t]/.test(text[start - 1]!)) start--;
    while (end < text.length && /[ \t]/.test(text[end]!)) end++;
    line.delete(start, end);
  },
  "set-mark": (editing) => {
    editing.line.mark = editing.line.cursor;
  },
  "exchange-point-and-mark": ({ line }) => {
    const mark = Math.min(line.mark, line.text.length);
    line.mark = line.cursor;
    line.cursor = mark;
  },
  "kill-region": (editing) => {
    const [start, end] = region(editing);
    editing.line.cursor = start;
    killTo(editing, end);
  },
  "copy-region-as-kill": (editing) => {
    editing.kills.add(editing.line.text.slice(...region(editing)), "no");
  },
  "copy-forward-word": copyWord,
  "copy-backward-word": backward(copyWord),
  yank,
  "yank-pop": yankPop,
};
