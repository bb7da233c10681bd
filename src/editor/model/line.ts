/** The text being edited, with its cursor, its mark and what undoes its changes. May be several lines. */

import { nextCluster, previousCluster } from "./graphemes.ts";

interface Snapshot {
  readonly text: string;
  readonly cursor: number;
}

/** A change that may be undone together with the one before it: typing, character by character. */
const GROUP = 20;

export class Line {
  private content = "";
  /** An index into the text, never within a character. */
  cursor = 0;
  /** The other end of the region; an index, which may be beyond the end after changes. */
  mark = 0;
  private undos: Snapshot[] = [];
  /** How many characters have been typed in a row since the latest snapshot; 0 if the last change was another. */
  private typed = 0;

  get text(): string {
    return this.content;
  }

  /** Replaces everything, with nothing to undo: another line is being edited. */
  load(text: string, cursor = text.length): void {
    this.content = text;
    this.cursor = cursor;
    this.mark = 0;
    this.undos = [];
    this.typed = 0;
  }

  /** Inserts at the cursor, which goes behind it. */
  insert(text: string): void {
    this.replace(this.cursor, this.cursor, text);
  }

  /** As {@link insert}, for what a key types: undone together with what was typed before it. */
  type(text: string): void {
    const { typed } = this;
    if (typed > 0 && typed < GROUP) this.change(this.cursor, this.cursor, text);
    else this.insert(text);
    this.typed = typed % GROUP + 1;
  }

  /** Replaces what is from `start` to `end`. The cursor goes behind the new text. */
  replace(start: number, end: number, text: string): void {
    if (start === end && text === "") return;
    this.undos.push({ text: this.content, cursor: this.cursor });
    this.typed = 0;
    this.change(start, end, text);
  }

  private change(start: number, end: number, text: string): void {
    this.content = this.content.slice(0, start) + text + this.content.slice(end);
    this.cursor = start + text.length;
  }

  /** Deletes what is from `start` to `end`, and returns it. The cursor goes there. */
  delete(start: number, end: number): string {
    const text = this.content.slice(start, end);
    this.replace(start, end, "");
    return text;
  }

  /** The next typed character is undone by itself: the cursor has been moved. */
  endTyping(): void {
    this.typed = 0;
  }

  /** Takes the last change back. Returns false if there is none. */
  undo(): boolean {
    const last = this.undos.pop();
    if (last === undefined) return false;
    this.content = last.text;
    this.cursor = last.cursor;
    this.typed = 0;
    return true;
  }

  /** Whether something can be undone. */
  get changed(): boolean {
    return this.undos.length > 0;
  }

  /** Takes everything back. */
  revert(): void {
    while (this.undos.length > 1) this.undos.pop();
    this.undo();
  }

  /** Moves by so many characters, forward or back. Returns false if it came to an end before. */
  move(count: number): boolean {
    for (let left = Math.abs(count); left > 0; left--) {
      const next = count > 0 ? nextCluster(this.content, this.cursor) : previousCluster(this.content, this.cursor);
      if (next === this.cursor) return false;
      this.cursor = next;
    }
    return true;
  }

  /** The index of the first character of the line of the text that the cursor is on. */
  get lineStart(): number {
    return this.cursor === 0 ? 0 : this.content.lastIndexOf("\n", this.cursor - 1) + 1;
  }

  /** The index of the newline that ends that line, or of the end of the text. */
  get lineEnd(): number {
    const newline = this.content.indexOf("\n", this.cursor);
    return newline < 0 ? this.content.length : newline;
  }
}
