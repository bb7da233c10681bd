/** Search in the history for a string that is typed at a prompt of its own, and then looked for. */

import type { Key } from "../terminal/key_decoder.ts";
import type { Editing, Mode } from "./editing.ts";
import { previousCluster } from "./graphemes.ts";

export class PromptedSearch implements Mode {
  readonly prompt = ":";

  private constructor(
    private readonly direction: -1 | 1,
    private readonly before: { readonly text: string; readonly cursor: number },
    private readonly marks: string,
  ) {}

  /** @param marks what the line may begin with to be looked for at the beginning of lines only */
  static begin(editing: Editing, direction: -1 | 1, marks = "^"): void {
    const { line } = editing;
    const before = { text: line.text, cursor: line.cursor };
    line.load("");
    editing.mode = new PromptedSearch(direction, before, marks);
  }

  handle(editing: Editing, { sequence, pasted }: Key): boolean {
    const { line } = editing;
    if (pasted !== undefined) line.insert(pasted);
    else if (sequence === "\r" || sequence === "\n") this.look(editing);
    else if (sequence === "\x07" || sequence === "\x1b") this.end(editing);
    else if (sequence === "\x7f" || sequence === "\x08") {
      if (line.text === "") this.end(editing);
      else line.delete(previousCluster(line.text, line.cursor), line.cursor);
    } else if (sequence === "\x15") line.delete(0, line.cursor);
    else if (sequence >= " " && !sequence.startsWith("\x1b")) line.insert(sequence);
    else editing.bell();
    return true;
  }

  private end(editing: Editing): void {
    editing.line.load(this.before.text, this.before.cursor);
    editing.mode = null;
  }

  private look(editing: Editing): void {
    const wanted = editing.line.text === "" ? editing.lastSearch : editing.line.text;
    this.end(editing);
    editing.lastSearch = wanted;
    searchAgain(editing, this.direction, this.marks);
  }
}

/** Looks for what was looked for last. */
export function searchAgain(editing: Editing, direction: -1 | 1, marks = "^"): void {
  const { walk, line, lastSearch } = editing;
  const anchored = marks !== "" && lastSearch.startsWith(marks);
  const matches = (past: string) => anchored ? past.startsWith(lastSearch.slice(1)) : past.includes(lastSearch);
  const index = lastSearch === "" ? -1 : walk.search(walk.position, direction, matches, line.text);
  if (index < 0) editing.bell();
  else line.load(walk.goTo(index, line.text));
}
