/** A place in a text that goes on as it is read. */

export class Scanner {
  constructor(readonly text: string, public index: number) {}

  /** The character at the place; empty at the end. */
  get next(): string {
    return this.text[this.index] ?? "";
  }

  /** Takes one character; at the end, nothing. */
  takeCharacter(): string {
    return this.text[this.index++] ?? "";
  }

  /** Takes what `pattern`, which is sticky, matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.index;
    const match = pattern.exec(this.text);
    if (match !== null) this.index = pattern.lastIndex;
    return match;
  }
}
