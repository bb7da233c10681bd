/** Commands that go through the history, and take from it. */

import { shellWords } from "../../../history/words.ts";
import type { Command, CommandTable } from "../command.ts";
import type { Editing } from "../editing.ts";
import { IncrementalSearch } from "../incremental_search.ts";
import { PromptedSearch } from "../prompted_search.ts";
import { moveByLine } from "./movement.ts";

/** Shows another line of the history, if there is such a line. */
function goTo(editing: Editing, index: number): void {
  const { walk, line } = editing;
  if (index < 0 || index >= walk.length) return editing.bell();
  if (index !== walk.position) line.load(walk.goTo(index, line.text));
}

const step = (direction: -1 | 1): Command => (editing, count) => {
  goTo(editing, editing.walk.position + direction * count);
};

/** Up and down within the text while it has lines there, else in the history. */
const lineOrStep = (direction: -1 | 1): Command => (editing, count, key) => {
  // Having gone through the history, one goes on, though the lines of it may have several lines.
  const walking = editing.previous === WALKED;
  if (!walking && moveByLine(editing, direction)) return;
  step(direction)(editing, count, key);
  editing.current = WALKED;
};

const WALKED = "history";

/** What a search for the beginning of the line remembers. */
interface Beginning {
  readonly text: string;
  readonly cursor: number;
}

/** Looks for lines that go with what is before the cursor; at the beginning of the line, for any. */
const searchFor = (direction: -1 | 1, matches: (line: string, wanted: string) => boolean): Command => (editing) => {
  const { walk, line } = editing;
  editing.current = SEARCHED;
  const beginning = (editing.recall() as Beginning | null) ??
    { text: line.text.slice(0, line.cursor), cursor: line.cursor };
  editing.remember(beginning);
  const index = walk.search(walk.position, direction, (past) => matches(past, beginning.text), line.text);
  if (index < 0) return editing.bell();
  line.load(walk.goTo(index, line.text));
  if (beginning.cursor > 0 && line.text.startsWith(beginning.text)) line.cursor = beginning.cursor;
};

const SEARCHED = "history search";

const startsWith = (line: string, wanted: string) => line.startsWith(wanted);
const contains = (line: string, wanted: string) => line.includes(wanted);

interface Insertion {
  /** How many lines back the argument was found. */
  readonly back: number;
  /** Which argument was asked for; `null` is the last. */
  readonly which: number | null;
  readonly start: number;
  readonly end: number;
}

/** The word of a line: by number from the beginning or, if negative, from the end. */
function argumentOf(text: string, which: number | null): string | undefined {
  const words = shellWords(text).map(({ start, end }) => text.slice(start, end));
  return which === null ? words.at(-1) : which < 0 ? words.at(which) : words[which];
}

/** Inserts the last word of the line before; again, of the one before that (bash manual 8.4.2). */
const yankLastArgument: Command = (editing, count) => {
  const { walk, line } = editing;
  const before = editing.recall() as Insertion | null;
  const which = before !== null ? before.which : editing.argument === null ? null : count;
  const step = before !== null && editing.argument !== null && count < 0 ? -1 : 1;
  for (let back = (before?.back ?? 0) + step; back > 0 && back <= walk.past.length; back += step) {
    const word = argumentOf(walk.past.line(walk.past.length - back), which);
    if (word === undefined) continue;
    const start = before?.start ?? line.cursor;
    line.replace(start, before?.end ?? start, word);
    editing.remember({ back, which, start, end: start + word.length } satisfies Insertion);
    return;
  }
  editing.bell();
};

const yankNthArgument: Command = (editing, count) => {
  const { walk, line } = editing;
  const { length } = walk.past;
  const word = length === 0 ? undefined : argumentOf(walk.past.line(length - 1), count);
  if (word === undefined) editing.bell();
  else line.insert(word);
};

/** Accepts the line; the next one begins as the line of the history behind this one. */
const operateAndGetNext: Command = (editing, _count, key) => {
  const { walk } = editing;
  const next = editing.argument !== null ? editing.argument : walk.position + 1;
  acceptLine(editing, 1, key);
  editing.nextIndex = next;
};

const acceptLine: Command = (editing) => {
  const { line, advisor } = editing;
  if (advisor.isComplete(line.text)) return editing.addEffect({ kind: "accept" });
  line.cursor = line.text.length;
  line.insert("\n");
};

export const HISTORY: CommandTable = {
  "accept-line": acceptLine,
  "previous-history": step(-1),
  "next-history": step(1),
  "previous-line-or-history": lineOrStep(-1),
  "next-line-or-history": lineOrStep(1),
  "beginning-of-history": (editing) => goTo(editing, 0),
  "end-of-history": (editing) => goTo(editing, editing.walk.length - 1),
  "fetch-history": (editing, count) => {
    goTo(editing, editing.argument === null ? 0 : count < 0 ? editing.walk.length - 1 + count : count - 1);
  },
  "reverse-search-history": (editing) => IncrementalSearch.begin(editing, -1),
  "forward-search-history": (editing) => IncrementalSearch.begin(editing, 1),
  "non-incremental-reverse-search-history": (editing) => PromptedSearch.begin(editing, -1),
  "non-incremental-forward-search-history": (editing) => PromptedSearch.begin(editing, 1),
  "history-search-backward": searchFor(-1, startsWith),
  "history-search-forward": searchFor(1, startsWith),
  "history-substring-search-backward": searchFor(-1, contains),
  "history-substring-search-forward": searchFor(1, contains),
  "yank-last-arg": yankLastArgument,
  "insert-last-argument": yankLastArgument,
  "yank-nth-arg": yankNthArgument,
  "operate-and-get-next": operateAndGetNext,
  "edit-and-execute-command": (editing) => editing.addEffect({ kind: "edit elsewhere" }),
};
