/** Incremental search in the history (bash manual 8.2.5): with each key, the nearest line that has all of what was typed. */

import type { Key } from "../terminal/key_decoder.ts";
import type { Editing, Mode } from "./editing.ts";

/** How far the search has come; kept for each character, so that it can be taken back. */
interface Step {
  readonly wanted: string;
  /** The line of the history, and the index in it of what was found. */
  readonly line: number;
  readonly at: number;
  readonly failed: boolean;
  readonly direction: -1 | 1;
}

export class IncrementalSearch implements Mode {
  private readonly steps: Step[];

  private constructor(
    private readonly editing: Editing,
    direction: -1 | 1,
    /** The line as it was before. */
    private readonly before: { readonly position: number; readonly text: string; readonly cursor: number },
  ) {
    this.steps = [{ wanted: "", line: before.position, at: before.cursor, failed: false, direction }];
  }

  static begin(editing: Editing, direction: -1 | 1): void {
    const { walk, line } = editing;
    const before = { position: walk.position, text: line.text, cursor: line.cursor };
    editing.mode = new IncrementalSearch(editing, direction, before);
  }

  private get step(): Step {
    return this.steps.at(-1)!;
  }

  get prompt(): string {
    const { wanted, failed, direction } = this.step;
    return `(${failed ? "failed " : ""}${direction < 0 ? "reverse-" : ""}i-search)\`${wanted}': `;
  }

  get match(): { readonly start: number; readonly end: number } {
    const { at, wanted } = this.step;
    return { start: at, end: at + wanted.length };
  }

  handle(editing: Editing, { sequence, pasted }: Key): boolean {
    if (pasted !== undefined) return this.extend(pasted);
    switch (commandOf(editing, sequence)) {
      case "reverse-search-history":
        return this.again(-1);
      case "forward-search-history":
        return this.again(1);
      case "backward-delete-char":
        return this.takeBack();
      case "abort":
        return this.abort();
      case "yank":
        return this.extend(editing.kills.current ?? "");
      case "unix-word-rubout":
        return this.extendByWord();
    }
    if (sequence >= " " && sequence !== "\x7f" && !sequence.startsWith("\x1b")) return this.extend(sequence);
    this.end();
    // These two only end the search.
    return sequence === "\x1b" || sequence === "\n";
  }

  /** Looks for the same once more, further on. */
  private again(direction: -1 | 1): boolean {
    const { step, editing } = this;
    const wanted = step.wanted === "" ? editing.lastSearch : step.wanted;
    if (wanted === "") this.steps.push({ ...step, direction });
    else this.look(wanted, direction, step.line, step.wanted === "" ? step.at : step.at + direction);
    return true;
  }

  private extend(text: string): boolean {
    const { step } = this;
    const wanted = step.wanted + text;
    if (text !== "") this.look(wanted, step.direction, step.line, step.at);
    return true;
  }

  /** Adds the word behind what was found to what is looked for. */
  private extendByWord(): boolean {
    const { at, wanted } = this.step;
    const rest = this.editing.line.text.slice(at + wanted.length);
    return this.extend(/^\s*\S+/.exec(rest)?.[0] ?? "");
  }

  private takeBack(): boolean {
    if (this.steps.length > 1) this.steps.pop();
    else this.editing.bell();
    this.show();
    return true;
  }

  /** Looks for `wanted` from a place on, and goes there. */
  private look(wanted: string, direction: -1 | 1, line: number, at: number): void {
    const { walk } = this.editing;
    const shown = walk.lineAt(line);
    let from = at;
    for (let index = line; index >= 0 && index < walk.length; index += direction) {
      const text = walk.lineAt(index);
      if (index !== line) from = direction < 0 ? text.length : 0;
      const found = direction < 0 ? (from < 0 ? -1 : text.lastIndexOf(wanted, from)) : text.indexOf(wanted, from);
      // The same line once more would look as if nothing had happened.
      if (found < 0 || (index !== line && text === shown)) continue;
      this.steps.push({ wanted, line: index, at: found, failed: false, direction });
      return this.show();
    }
    this.steps.push({ ...this.step, wanted, failed: true, direction });
    this.editing.bell();
  }

  private show(): void {
    const { walk, line } = this.editing;
    const { line: index, at } = this.step;
    line.load(walk.goTo(index, line.text), at);
  }

  private end(): void {
    const { wanted } = this.step;
    if (wanted !== "") this.editing.lastSearch = wanted;
    this.editing.mode = null;
  }

  private abort(): boolean {
    const { editing, before } = this;
    editing.line.load(editing.walk.goTo(before.position, editing.line.text));
    editing.line.load(before.text, before.cursor);
    editing.mode = null;
    editing.bell();
    return true;
  }
}

function commandOf(editing: Editing, sequence: string): string {
  const { binding } = editing.keymap.find(sequence);
  return binding?.kind === "command" ? binding.name : "";
}
