/**
 * The history room: the commands that were entered, to be edited, searched, expanded (`!`) and kept in a file.
 *
 * {@link History} holds the list; `recording.ts` says what gets into it, `file.ts` how it is kept, `expansion.ts` what `!` means.
 * Shells that keep no history never load this room: {@link historyOf} makes the list of a shell when it is first asked for.
 */

import type { Shell } from "../execution/shell.ts";

export interface HistoryEntry {
  /** The command; more than one line, maybe, without a newline at its end. */
  readonly text: string;
  /** When it was entered, in seconds since the epoch; `null` if that is not known. */
  readonly time: number | null;
}

export class History {
  private entries: HistoryEntry[] = [];
  /** The number of the first entry: grows when old entries are dropped. */
  first = 1;
  /** How many entries at the end have not been written to the file yet. */
  unsaved = 0;
  /** Whether the command that is being executed is the last entry. */
  lastIsCurrent = false;

  get length(): number {
    return this.entries.length;
  }

  /** The number that the next entry will have. */
  get next(): number {
    return this.first + this.entries.length;
  }

  at(index: number): HistoryEntry | undefined {
    return this.entries.at(index);
  }

  /** The text of an entry by its index. */
  line(index: number): string {
    return this.entries[index]?.text ?? "";
  }

  /** The text of the entry with this number. */
  numbered(number: number): string | undefined {
    return this.entries[number - this.first]?.text;
  }

  /** The entries from the index `start` up to `end`, which is not included. */
  slice(start: number, end?: number): readonly HistoryEntry[] {
    return this.entries.slice(start, end);
  }

  add(entry: HistoryEntry): void {
    this.entries.push(entry);
    this.unsaved++;
  }

  /** Adds entries that a file has already. */
  addSaved(entries: readonly HistoryEntry[]): void {
    for (const entry of entries) this.entries.push(entry);
    // New ones among them count as saved, or the older would be written twice.
    if (entries.length > 0 && this.unsaved > 0) this.unsaved += entries.length;
  }

  replace(index: number, text: string): void {
    this.entries[index] = { ...this.entries[index]!, text };
  }

  /** Takes out the entries from the index `start` up to `end`, which is not included. */
  remove(start: number, end = start + 1): void {
    const unsavedFrom = this.entries.length - this.unsaved;
    this.unsaved -= Math.max(0, end - Math.max(start, unsavedFrom));
    this.entries.splice(start, end - start);
    if (end > this.entries.length) this.lastIsCurrent = false;
  }

  /** Takes out every entry with this text. */
  removeAll(text: string): void {
    for (let index = this.entries.length - 1; index >= 0; index--) {
      if (this.entries[index]!.text === text) this.remove(index);
    }
  }

  clear(): void {
    this.entries = [];
    this.first = 1;
    this.unsaved = 0;
    this.lastIsCurrent = false;
  }

  /** Drops the oldest entries, so that at most `most` stay. */
  limit(most: number): void {
    const surplus = this.entries.length - most;
    if (surplus <= 0) return;
    this.entries.splice(0, surplus);
    this.first += surplus;
    this.unsaved = Math.min(this.unsaved, this.entries.length);
  }
}

const histories = new WeakMap<Shell, History>();

/** The history of a shell. */
export function historyOf(shell: Shell): History {
  let history = histories.get(shell);
  if (history === undefined) histories.set(shell, history = new History());
  return history;
}

/** Takes the command that is being executed out of the history: a command that speaks of the history does not mean itself. */
export function dropCurrent(history: History): void {
  if (!history.lastIsCurrent) return;
  history.remove(history.length - 1);
  history.lastIsCurrent = false;
}
