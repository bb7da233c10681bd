/** What becomes of a line between the terminal and the parser: history expansion, and its place in the history. */

import type { Shell } from "../execution/shell.ts";
import { type ExpandedLine, type ExpansionRules, HistoryExpander } from "./expansion.ts";
import { type History, historyOf } from "./history.ts";
import { record } from "./recording.ts";
import { historyFile, saveNew } from "./session_file.ts";

/** `!`, `^` and `#`: the characters of history expansion and of comments. */
const USUAL_CHARACTERS = "!^#";

export class EnteredLines {
  readonly history: History;
  private readonly expander: HistoryExpander;
  /** What the next line begins with, since it is to be looked at once more (`histverify`, `histreedit`). */
  private initial: string | undefined = undefined;
  /** How many entries at the end of the history are of the command that is being entered: `!` does not mean those. */
  private own = 0;

  constructor(private readonly shell: Shell) {
    const history = this.history = historyOf(shell);
    const next = () => history.next - this.own;
    this.expander = new HistoryExpander({
      get next() {
        return next();
      },
      numbered: (number) => number < next() ? history.numbered(number) : undefined,
    });
  }

  /**
   * Takes a line that was read. Returns what the shell is to parse of it; `null` for nothing.
   *
   * @param plain whether history expansion leaves it alone: it is part of a here-document
   * @param editable whether the user can be shown the line again, to change it
   */
  enter(line: string, continuation: boolean, editable: boolean, plain = false): string | null {
    const { shell } = this;
    const { options, streams } = shell;
    const newline = line.endsWith("\n") ? "\n" : "";
    let text = line.slice(0, line.length - newline.length);
    if (options.histexpand && !plain) {
      this.own = continuation && this.history.lastIsCurrent ? 1 : 0;
      const result = this.expander.expand(text, this.rules);
      if (result.kind === "error") {
        shell.report(result.message);
        if (options.histreedit && editable) this.initial = text;
        return null;
      }
      if (result.kind === "expanded") {
        text = result.text;
        if (options.histverify && editable && !result.printOnly) {
          this.initial = text;
          return null;
        }
        streams.write(2, `${text}\n`);
        if (result.printOnly) {
          record(shell, text, continuation);
          return null;
        }
      }
    }
    record(shell, text, continuation);
    return text + newline;
  }

  /** What the next line begins with; asked for once. */
  takeInitial(): string | undefined {
    const { initial } = this;
    this.initial = undefined;
    return initial;
  }

  /** A command is complete: keeps it in the file, where a dying shell can't lose it and other shells find it. */
  save(): void {
    const path = historyFile(this.shell);
    // What can't be written now can be so with the next command.
    if (path !== null && this.shell.options.history) saveNew(this.shell, path);
  }

  /** The text with its history expanded; `null` if that is an error. */
  expanded(text: string): string | null {
    if (!this.shell.options.histexpand) return text;
    const result = this.expander.expand(text, this.rules);
    return result.kind === "same" ? text : result.kind === "expanded" ? result.text : null;
  }

  /** What history expansion makes of `text`, whether the option for it is set or not. */
  expansionOf(text: string): ExpandedLine {
    return this.expander.expand(text, this.rules);
  }

  private get rules(): ExpansionRules {
    const { options, variables } = this.shell;
    const characters = variables.get("histchars").read();
    return { characters: characters ?? USUAL_CHARACTERS, extglob: options.extglob, posix: options.posix };
  }
}
