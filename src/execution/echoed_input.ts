/** `set -v`: the shell shows its input as it reads it (XCU set, -v), a line at a time. */

import type { Input } from "../syntax/input.ts";
import type { Shell } from "./shell.ts";

export class EchoedInput implements Input {
  /** What `input` gave that has not been read. */
  private rest = "";

  constructor(private readonly input: Input, private readonly shell: Shell) {}

  read(continuation: boolean): string | null {
    const text = this.rest !== "" ? this.rest : this.input.read(continuation);
    this.rest = "";
    if (text === null || !this.shell.options.verbose) return text;
    const newline = text.indexOf("\n");
    const line = newline < 0 ? text : text.slice(0, newline + 1);
    this.rest = text.slice(line.length);
    this.shell.streams.write(2, newline < 0 ? line + "\n" : line);
    return line;
  }

  unread(text: string): void {
    this.rest = text + this.rest;
  }
}
