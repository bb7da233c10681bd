/**
 * Lines on their way to the parser: `set -v` shows them (XCU set, -v), and with `set -o history` a script has a history too. Both go
 * by single lines.
 */

import type { Input } from "../syntax/input.ts";
import type { Lexer } from "../syntax/lexer.ts";
import type { Shell } from "./shell.ts";

export class EchoedInput implements Input {
  /** What `input` gave that has not been read. */
  private rest = "";

  /**
   * @param recorded whether what is read belongs into the history, if there is one
   * @param place where the parser is
   */
  constructor(
    private readonly input: Input,
    private readonly shell: Shell,
    private readonly recorded: boolean,
    private readonly place: () => Pick<Lexer, "line" | "inHereDocument">,
  ) {}

  read(continuation: boolean): string | null {
    const { options } = this.shell;
    for (;;) {
      const text = this.rest !== "" ? this.rest : this.input.read(continuation);
      this.rest = "";
      if (text === null) return null;
      const recorded = this.recorded && (options.history || options.histexpand);
      if (!options.verbose && !recorded) return text;
      const line = this.firstLine(text);
      if (!recorded) return line;
      const { line: number, inHereDocument } = this.place();
      this.shell.state.line = number;
      const entered = this.shell.deferred().enterLine(this.shell, line, continuation, inHereDocument);
      if (entered !== null) return entered;
    }
  }

  /** Takes the first line of `text`, and keeps the rest. */
  private firstLine(text: string): string {
    const newline = text.indexOf("\n");
    const line = newline < 0 ? text : text.slice(0, newline + 1);
    this.rest = text.slice(line.length);
    if (this.shell.options.verbose) this.shell.streams.write(2, newline < 0 ? line + "\n" : line);
    return line;
  }

  unread(text: string): void {
    this.rest = text + this.rest;
  }
}
