/** Commands that complete words. */

import type { Key } from "../../terminal/key_decoder.ts";
import type { Command, CommandTable } from "../command.ts";
import type { Candidate, CompletionKind, CompletionPurpose, Completions } from "../completion.ts";
import type { Editing, Mode } from "../editing.ts";

const find = (editing: Editing, kind: CompletionKind, purpose: CompletionPurpose) =>
  editing.advisor.complete(editing.line.text, editing.line.cursor, kind, purpose);

/** Completes as far as all candidates agree; called again, lists them. */
const complete = (kind: CompletionKind): Command => (editing) => {
  const { line } = editing;
  const completions = find(editing, kind, editing.recall() === null ? "complete" : "list");
  const { start, end, candidates, common } = completions;
  if (candidates.length === 0) return editing.bell();
  const word = line.text.slice(start, end);
  if (candidates.length === 1) {
    const { text, suffix } = candidates[0]!;
    return insert(editing, completions, text + (line.text.startsWith(suffix, end) ? "" : suffix));
  }
  if (common !== word && common.length > 0) return insert(editing, completions, common);
  if (editing.recall() === word) return list(editing, candidates);
  editing.remember(word);
  editing.bell();
};

function insert({ line }: Editing, { start, end }: Completions, text: string): void {
  if (line.text.slice(start, end) !== text) line.replace(start, end, text);
  else line.cursor = end;
}

/** Shows what there is to choose from; asks first if that is much. */
function list(editing: Editing, candidates: readonly Candidate[]): void {
  if (editing.advisor.isLongList(candidates)) editing.mode = new ListQuestion(candidates);
  else editing.listed = candidates;
}

/** Asks whether so many candidates are to be shown. */
class ListQuestion implements Mode {
  readonly prompt: string;

  constructor(private readonly candidates: readonly Candidate[]) {
    this.prompt = `Display all ${candidates.length} possibilities? (y or n) `;
  }

  handle(editing: Editing, { sequence }: Key): boolean {
    if (/^[yY \t]$/.test(sequence)) editing.addEffect({ kind: "list", candidates: this.candidates });
    else if (!["n", "N", "\x7f", "\x07", "\x1b"].includes(sequence)) {
      editing.bell();
      return true;
    }
    editing.mode = null;
    return true;
  }
}

const listPossible = (kind: CompletionKind): Command => (editing) => {
  const { candidates } = find(editing, kind, "list");
  if (candidates.length === 0) editing.bell();
  else list(editing, candidates);
};

const insertAll = (kind: CompletionKind): Command => (editing) => {
  const { start, end, candidates } = find(editing, kind, "insert all");
  if (candidates.length === 0) return editing.bell();
  editing.line.replace(
    start,
    end,
    candidates.map(({ text, suffix }) => text + (suffix === "/" ? "/" : "")).join(" ") + " ",
  );
};

/** The candidates that one goes round by `menu-complete`. */
interface Menu {
  readonly completions: Completions;
  readonly original: string;
  /** The candidate that is in the line; that many as there are candidates: the original text. */
  index: number;
  end: number;
}

/** Puts the next candidate into the line; after the last one, what was there before. */
const menuComplete = (direction: 1 | -1): Command => (editing, count) => {
  const { line } = editing;
  editing.current = MENU;
  let menu = editing.recall() as Menu | null;
  if (menu === null) {
    const completions = find(editing, "by place", "menu");
    if (completions.candidates.length === 0) return editing.bell();
    const { start, end, candidates } = completions;
    menu = { completions, original: line.text.slice(start, end), index: candidates.length, end };
  }
  const { start, candidates } = menu.completions;
  const places = candidates.length + 1;
  menu.index = (((menu.index + direction * count) % places) + places) % places;
  const candidate = candidates[menu.index];
  const text = candidate === undefined
    ? menu.original
    : candidate.text + (candidates.length === 1 ? candidate.suffix : "");
  line.replace(start, menu.end, text);
  menu.end = start + text.length;
  editing.remember(menu);
};

const MENU = "menu";

const completeByPlace = complete("by place");
const listByPlace = listPossible("by place");

export const COMPLETING: CommandTable = {
  "complete": completeByPlace,
  "possible-completions": listByPlace,
  "insert-completions": insertAll("by place"),
  "menu-complete": menuComplete(1),
  "menu-complete-backward": menuComplete(-1),
  "old-menu-complete": menuComplete(1),
  "delete-char-or-list": (editing, count, key) => {
    if (editing.line.cursor < editing.line.text.length || editing.line.text === "") {
      editing.run("delete-char", key);
      return;
    }
    listByPlace(editing, count, key);
  },
  "complete-filename": complete("filename"),
  "possible-filename-completions": listPossible("filename"),
  "complete-username": complete("username"),
  "possible-username-completions": listPossible("username"),
  "complete-variable": complete("variable"),
  "possible-variable-completions": listPossible("variable"),
  "complete-hostname": complete("hostname"),
  "possible-hostname-completions": listPossible("hostname"),
  "complete-command": complete("command"),
  "possible-command-completions": listPossible("command"),
  "glob-complete-word": complete("glob"),
  "glob-list-expansions": listPossible("glob"),
  "glob-expand-word": insertAll("glob"),
};
