/** `set -v`: shows lines as they are read (XCU 2.15.23). */

import type { Input } from "../syntax/input.ts";

/** An input whose text is shown line by line, as far as the parser has come with it, while `verbose` says so. */
export class ShownInput implements Input {
  /** What the input gave last. */
  private text = "";
  /** The offset in it up to which lines have been shown or passed over. */
  private offset = 0;
  /** The numbers of the line at `offset`, and of the line that the parser has come to. */
  private line: number;
  private reached: number;

  /** @param firstLine the number of the input's first line */
  constructor(
    private readonly input: Input,
    firstLine: number,
    private readonly verbose: () => boolean,
    private readonly show: (text: string) => void,
  ) {
    this.line = this.reached = firstLine;
  }

  read(continuation: boolean): string | null {
    // Whoever asks for more has come to the end of what there was.
    if (this.verbose()) this.advance(Infinity);
    const text = this.input.read(continuation);
    this.line = this.reached;
    this.text = text ?? "";
    this.offset = 0;
    return text;
  }

  /** Tells that the parser has come to the beginning of `line`. */
  consumed(line: number): void {
    if (this.verbose()) this.advance(line);
    this.reached = line;
  }

  /** Shows the lines from the one that had been reached up to `line`. */
  private advance(line: number): void {
    this.skipTo(this.reached);
    const start = this.offset;
    this.skipTo(line);
    const shown = this.text.slice(start, this.offset);
    if (shown !== "") this.show(shown.endsWith("\n") ? shown : `${shown}\n`);
    this.reached = this.line;
  }

  private skipTo(line: number): void {
    while (this.line < line && this.offset < this.text.length) {
      const newline = this.text.indexOf("\n", this.offset);
      this.offset = newline < 0 ? this.text.length : newline + 1;
      this.line++;
    }
  }
}
