/** Commands for an interactive shell without a line editor: a prompt on standard error, a line from standard input. */

import type { Shell } from "../execution/shell.ts";
import { StandardInput } from "../streams/standard_input.ts";
import type { Input } from "../syntax/input.ts";
import { expandPrompt, type PromptContext } from "./prompt.ts";

export class PromptedInput implements Input {
  private readonly lines: StandardInput;

  constructor(private readonly shell: Shell, private readonly context: PromptContext) {
    this.lines = new StandardInput(shell);
  }

  read(continuation: boolean): string | null {
    const { shell } = this;
    shell.streams.settle();
    shell.streams.write(2, expandPrompt(shell, continuation ? "PS2" : "PS1", this.context));
    return this.lines.read();
  }
}
