/** Going up and down in the history. What is changed on the way is kept until the line is accepted. */

/** The lines of the past, the oldest first. */
export interface PastLines {
  readonly length: number;
  line(index: number): string;
}

export class HistoryWalk {
  /** Where the walk is; `past.length` is the line that is new. */
  private index = 0;
  private readonly edits = new Map<number, string>();

  constructor(readonly past: PastLines) {}

  /** A new line begins. With `at`, a line of the history is what it begins with. */
  begin(): void {
    this.index = this.past.length;
    this.edits.clear();
  }

  get position(): number {
    return this.index;
  }

  /** How many lines there are, the new one among them. */
  get length(): number {
    return this.past.length + 1;
  }

  /** The line at `index` with what has been changed in it. */
  lineAt(index: number): string {
    return this.edits.get(index) ?? (index < this.past.length ? this.past.line(index) : "");
  }

  /** Leaves the present line, which is `text` now, for another. Returns that. */
  goTo(index: number, text: string): string {
    if (text !== this.lineAt(this.index)) this.edits.set(this.index, text);
    this.index = index;
    return this.lineAt(index);
  }

  /**
   * The nearest line from `from` on (in the direction of `step`, without `from` itself) that `matches` and does not equal
   * `than`; -1 if there is none.
   */
  search(from: number, step: -1 | 1, matches: (line: string) => boolean, than?: string): number {
    for (let index = from + step; index >= 0 && index < this.length; index += step) {
      const line = this.lineAt(index);
      if (line !== than && matches(line)) return index;
    }
    return -1;
  }
}
