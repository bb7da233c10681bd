/** What the editor shows beyond the text: its colours, and what might follow it, from the history. */

import type { Shell } from "../execution/shell.ts";
import type { History } from "../history/history.ts";
import { Highlighter } from "./highlighter.ts";
import type { Decorator } from "./line_editor.ts";
import type { StyledSpan } from "./screen/layout.ts";

export class Decorations implements Decorator {
  private readonly highlighter: Highlighter;

  constructor(private readonly shell: Shell, private readonly history: History) {
    this.highlighter = new Highlighter(shell);
  }

  begin(): void {
    this.highlighter.begin();
  }

  styles(text: string): readonly StyledSpan[] {
    return this.shell.options.colors && this.hasColors ? this.highlighter.styles(text) : [];
  }

  suggest(text: string): string {
    if (!this.shell.options.suggestions || text.trim() === "") return "";
    for (let index = this.history.length - 1; index >= 0; index--) {
      const line = this.history.line(index);
      if (line.length > text.length && line.startsWith(text)) return line.slice(text.length);
    }
    return "";
  }

  /** Grey, or where there are to be no colours faint. */
  get suggestionStyle(): string {
    return this.hasColors ? "90" : "2";
  }

  /** Whether the user has not asked all programs for no colours (no-color.org). */
  private get hasColors(): boolean {
    return !this.shell.variables.get("NO_COLOR").read();
  }
}
