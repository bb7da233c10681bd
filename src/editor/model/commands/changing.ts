/** Commands that type and change text. */

import type { Command, CommandTable } from "../command.ts";
import type { Editing, Mode } from "../editing.ts";
import { nextCluster, previousCluster } from "../graphemes.ts";
import { alphanumeric, wordEnd, wordStart } from "../words.ts";
import { killTo } from "./killing.ts";

const selfInsert: Command = ({ line, overwrite }, count, { sequence }) => {
  if (count < 1) return;
  if (overwrite && line.cursor < line.lineEnd) {
    line.replace(line.cursor, nextCluster(line.text, line.cursor), sequence.repeat(count));
  } else if (count > 1) line.insert(sequence.repeat(count));
  else line.type(sequence);
};

/** Deletes characters; with a numeric argument, kills them. */
const deleteChars: Command = (editing, count) => {
  const { line } = editing;
  const from = line.cursor;
  const whole = line.move(count);
  const to = line.cursor;
  line.cursor = from;
  if (editing.argument !== null) killTo(editing, to);
  else line.delete(Math.min(from, to), Math.max(from, to));
  if (!whole) editing.bell();
};

const deleteChar: Command = (editing, count, key) => {
  const { line } = editing;
  // The end of the input is where there is nothing to delete, and nobody is holding the key down.
  if (
    line.text === "" && editing.argument === null && key.sequence.length === 1 && editing.previous !== "delete-char"
  ) {
    return editing.addEffect({ kind: "end" });
  }
  deleteChars(editing, count, key);
};

/** Inserts the next key as it is. */
class QuotedInsert implements Mode {
  constructor(private readonly count: number) {}

  handle(editing: Editing, { sequence, pasted }: { readonly sequence: string; readonly pasted?: string }): boolean {
    editing.mode = null;
    editing.line.insert((pasted ?? sequence).repeat(Math.max(0, this.count)));
    return true;
  }
}

const transposeChars: Command = (editing, count) => {
  const { line } = editing;
  const { text, cursor } = line;
  if (previousCluster(text, cursor) === cursor || nextCluster(text, 0) === text.length) return editing.bell();
  // At the end of the line, the two characters before it.
  const middle = cursor === line.lineEnd ? previousCluster(text, cursor) : cursor;
  const start = previousCluster(text, middle);
  let end = middle;
  for (let left = count; left > 0; left--) end = nextCluster(text, end);
  line.replace(start, end, text.slice(middle, end) + text.slice(start, middle));
};

const transposeWords: Command = (editing) => {
  const { line } = editing;
  const { text } = line;
  let rightEnd = wordEnd(text, line.cursor, alphanumeric);
  let rightStart = wordStart(text, rightEnd, alphanumeric);
  let leftStart = wordStart(text, rightStart, alphanumeric);
  if (leftStart === rightStart) {
    rightEnd = wordEnd(text, rightEnd, alphanumeric);
    rightStart = wordStart(text, rightEnd, alphanumeric);
    leftStart = wordStart(text, rightStart, alphanumeric);
  }
  const leftEnd = wordEnd(text, leftStart, alphanumeric);
  if (leftEnd > rightStart) return editing.bell();
  line.replace(
    leftStart,
    rightEnd,
    text.slice(rightStart, rightEnd) + text.slice(leftEnd, rightStart) + text.slice(leftStart, leftEnd),
  );
};

/** Changes the letters of words; of those before the cursor with a negative count, which leaves the cursor. */
const changeCase = (change: (word: string) => string): Command => ({ line }, count) => {
  const { text, cursor } = line;
  if (count < 0) {
    let start = cursor;
    for (let left = count; left < 0; left++) start = wordStart(text, start, alphanumeric);
    line.replace(start, cursor, change(text.slice(start, cursor)));
    return;
  }
  let end = cursor;
  for (let left = count; left > 0; left--) end = wordEnd(text, end, alphanumeric);
  line.replace(cursor, end, change(text.slice(cursor, end)));
};

const capitalize = (text: string) =>
  text.replaceAll(/([\p{L}\p{N}])([\p{L}\p{N}\p{M}]*)/gu, (_, first, rest) => first.toUpperCase() + rest.toLowerCase());

const undo: Command = (editing, count) => {
  for (let left = count; left > 0; left--) if (!editing.line.undo()) return editing.bell();
};

const insertNewline: Command = ({ line }) => line.insert("\n");

const insertComment: Command = (editing) => {
  const { line } = editing;
  line.cursor = 0;
  line.replace(0, line.text.length, line.text.replaceAll(/^/gm, "#"));
  editing.addEffect({ kind: "accept" });
};

const tildeExpand: Command = (editing) => {
  const { line, advisor } = editing;
  const start = line.cursor - /\S*$/.exec(line.text.slice(0, line.cursor))![0].length;
  const end = line.cursor + /^\S*/.exec(line.text.slice(line.cursor))![0].length;
  line.replace(start, end, advisor.expandTilde(line.text.slice(start, end)));
};

/** Replaces the line by what `expand` makes of it. */
const expandBy = (expand: (editing: Editing, text: string) => string | null): Command => (editing) => {
  const { line } = editing;
  const text = expand(editing, line.text);
  if (text === null) editing.bell();
  else if (text !== line.text) line.replace(0, line.text.length, text);
};

const expandHistory = expandBy(({ advisor }, text) => advisor.expandHistory(text));
const expandLine = expandBy(({ advisor }, text) => advisor.expandLine(text));

export const CHANGING: CommandTable = {
  "self-insert": selfInsert,
  "delete-char": deleteChar,
  "backward-delete-char": (editing, count, key) => {
    if (editing.overwrite && editing.line.cursor === editing.line.text.length) editing.overwrite = false;
    deleteChars(editing, -count, key);
  },
  "forward-backward-delete-char": (editing, count, key) => {
    deleteChars(editing, editing.line.cursor === editing.line.text.length ? -count : count, key);
  },
  "quoted-insert": (editing, count) => {
    editing.mode = new QuotedInsert(count);
  },
  "tab-insert": ({ line }, count) => line.insert("\t".repeat(Math.max(0, count))),
  "insert-newline": insertNewline,
  "overwrite-mode": (editing) => {
    editing.overwrite = editing.argument === null ? !editing.overwrite : editing.argument > 0;
  },
  "transpose-chars": transposeChars,
  "transpose-words": transposeWords,
  "upcase-word": changeCase((word) => word.toUpperCase()),
  "downcase-word": changeCase((word) => word.toLowerCase()),
  "capitalize-word": changeCase(capitalize),
  undo,
  "revert-line": ({ line }) => line.revert(),
  "insert-comment": insertComment,
  "tilde-expand": tildeExpand,
  "history-expand-line": expandHistory,
  "shell-expand-line": expandLine,
  "history-and-alias-expand-line": expandLine,
  "alias-expand-line": expandLine,
  "magic-space": (editing, count, key) => {
    expandHistory(editing, 1, key);
    selfInsert(editing, count, { sequence: " " });
  },
};
