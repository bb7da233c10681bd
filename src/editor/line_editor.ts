/**
 * The line editor: reads a line from a terminal, a key at a time.
 *
 * It joins three layers, each of which is tested without the others. `terminal/` makes keys of bytes; `model/` is a machine into
 * which keys go and whose text changes; `screen/` shows that text. Here is what only a shell with a terminal can do: the modes
 * of the terminal, the size of its window, and the effects that the machine asks for.
 */

import type { Shell } from "../execution/shell.ts";
import { SIGINT } from "../system/signal_numbers.ts";
import { listCandidates, writeList } from "./candidate_list.ts";
import type { LineOutcome, LineRequest, LineSource, PromptWait, Screen } from "./line_source.ts";
import type { Candidate } from "./model/completion.ts";
import type { Editing, Effect } from "./model/editing.ts";
import { layOut, type StyledSpan, type View } from "./screen/layout.ts";
import { Renderer, type ScreenSize } from "./screen/renderer.ts";
import { EditingModes } from "./terminal/editing_modes.ts";
import type { Key } from "./terminal/key_decoder.ts";
import { KeyReader } from "./terminal/key_reader.ts";

/** How long a sequence of keys that is bound, but may go on, waits for more, in milliseconds. */
const SEQUENCE_DELAY = 500;

/** What a terminal without a size of its own is taken for. */
const USUAL_SIZE: ScreenSize = { rows: 24, columns: 80 };

const BRACKETED_PASTE_ON = "\x1b[?2004h";
const BRACKETED_PASTE_OFF = "\x1b[?2004l";

/** For a terminal whose shell dies while a line is being edited. */
const FAREWELL = `${BRACKETED_PASTE_OFF}\x1b[0m\r\n`;

/** Shows where output ended that had no newline at its end. */
const PARTIAL_LINE_MARK = "\x1b[7m%\x1b[0m";

const MORE_PROMPT = "--More--";

/** The style of what a search has found. */
const MATCH_STYLE = "7";

/** What the editor shows beyond the text as it is. */
export interface Decorator {
  /** A new line begins. */
  begin(): void;
  /** The styles of the text. */
  styles(text: string): readonly StyledSpan[];
  /** What might follow the text; empty for nothing. */
  suggest(text: string): string;
  /** The style of what is suggested. */
  readonly suggestionStyle: string;
}

/** What the editor needs others for, while a line is edited. */
export interface EditorHelpers {
  readonly editing: Editing;
  readonly decorator: Decorator;
  /** The prompt for further lines. */
  continuationPrompt(): string;
  /** Lets the user edit a text in an editor of its own. Returns the text, or `null` if there is none. */
  editElsewhere(text: string): string | null;
  /** Runs a command of the shell that a key is bound to. */
  runBound(command: string, key: string): void;
  /** Effects that have nothing to do with the screen. */
  perform(effect: Effect): void;
}

export class LineEditor implements LineSource, Screen {
  readonly editable = true;
  private readonly renderer = new Renderer();
  private readonly modes: EditingModes;
  private readonly keys: KeyReader;
  private prompt = "";
  private continuation = "";
  private input = -1;
  private wait: PromptWait | null = null;
  /** What came of the line, when it has come to an end. */
  private outcome: LineOutcome | null = null;

  constructor(private readonly shell: Shell, private readonly helpers: EditorHelpers) {
    this.modes = new EditingModes(shell.system, FAREWELL);
    this.keys = new KeyReader(shell.system);
  }

  readLine({ prompt, initial }: LineRequest, wait: PromptWait): LineOutcome {
    const { editing } = this.helpers;
    this.input = this.shell.streams.table.get(0)?.descriptor ?? -1;
    this.wait = wait;
    this.prompt = prompt;
    this.continuation = this.helpers.continuationPrompt();
    this.outcome = null;
    editing.begin();
    this.helpers.decorator.begin();
    if (initial !== undefined) editing.line.load(initial);
    this.shell.streams.settle();
    try {
      this.begin();
      this.perform(editing.drain());
      while (this.outcome === null) this.step();
      return this.outcome;
    } finally {
      this.leave();
      this.shell.streams.settle();
    }
  }

  /** Shows what has changed, and waits for keys. */
  private step(): void {
    const { editing } = this.helpers;
    this.show();
    if (editing.awaitsMore && !this.keys.hasInput(this.input, SEQUENCE_DELAY)) {
      return this.perform(editing.endSequence());
    }
    const waited = this.wait!.awaitInput(this.input, this);
    if (waited !== "ready") this.end({ kind: waited });
    else if (!this.keys.read(this.input, (key) => this.take(key))) this.end({ kind: "end" });
  }

  /** Takes a key. Returns false if no more are wanted. */
  private take(key: Key): boolean {
    this.perform(this.helpers.editing.feed(key));
    return this.outcome === null && !this.helpers.editing.awaitsMore;
  }

  private perform(effects: readonly Effect[]): void {
    const { editing } = this.helpers;
    for (const effect of effects) this.performOne(effect);
    if (this.outcome === null && effects.length > 0 && editing.hasQueue) this.perform(editing.drain());
  }

  private performOne(effect: Effect): void {
    const { editing } = this.helpers;
    switch (effect.kind) {
      case "accept":
        return this.end({ kind: "line", text: `${editing.line.text}\n` });
      case "end":
        return this.end({ kind: "end" });
      case "bell":
        return this.write("\x07");
      case "clear screen":
        return this.write(this.renderer.clearScreen() + (effect.everything ? "\x1b[3J" : ""));
      case "list":
        return this.listForGood(effect.candidates);
      case "print":
        return this.aside(() => this.write(`${effect.text}\n`));
      case "edit elsewhere":
        return this.editElsewhere();
      case "run":
        return this.aside(() => this.helpers.runBound(effect.command, effect.key));
      default:
        return this.helpers.perform(effect);
    }
  }

  /** Lets something else write, or use the terminal, with the line out of the way. */
  private aside(action: () => void): void {
    this.leave();
    action();
    this.shell.streams.settle();
    this.begin();
  }

  private editElsewhere(): void {
    const { line } = this.helpers.editing;
    let text: string | null = null;
    this.aside(() => text = this.helpers.editElsewhere(line.text));
    if (text === null) return;
    line.replace(0, line.text.length, text);
    this.end({ kind: "line", text: `${line.text}\n` });
  }

  /** Shows candidates above the prompt, a page at a time. */
  private listForGood(candidates: readonly Candidate[]): void {
    this.showOnly();
    this.write(this.renderer.leave());
    writeList(candidates, this.size, (text) => this.write(text), () => this.wantsMore());
  }

  private wantsMore(): boolean {
    this.write(MORE_PROMPT);
    this.shell.streams.settle();
    let wanted = false;
    if (this.wait!.awaitInput(this.input, null) === "ready") {
      this.keys.read(this.input, ({ sequence }) => {
        wanted = /^[ yY\r\n]$/.test(sequence);
        return false;
      });
    }
    this.write("\r\x1b[K");
    return wanted;
  }

  private end(outcome: LineOutcome): void {
    this.outcome = outcome;
    this.helpers.editing.listed = [];
    this.helpers.editing.mode = null;
    if (outcome.kind !== "line") this.helpers.editing.dropQueue();
    this.showOnly();
    if (outcome.kind === "interrupted" && this.shell.traps.isPending(SIGINT)) this.write("^C");
  }

  // -------------------------------------------------------------------------------------------------------------
  // The screen

  /** The modes for editing, and an empty row. */
  private begin(): void {
    this.modes.begin(this.input);
    const { columns } = this.size;
    // If output ended in the middle of a row, the blanks go beyond its end, and the prompt to the next row; else the mark vanishes.
    this.write(`${BRACKETED_PASTE_ON}${PARTIAL_LINE_MARK}${" ".repeat(columns - 1)}\r \r`);
  }

  leave(): void {
    this.write(BRACKETED_PASTE_OFF + this.renderer.leave());
    this.shell.streams.settle();
    this.modes.end(this.input);
  }

  enter(): void {
    this.begin();
    this.show();
  }

  resized(): void {
    this.write(this.renderer.resized(this.size.columns));
    this.show();
  }

  private get size(): ScreenSize {
    const size = this.shell.system.windowSize(this.shell.streams.table.get(2)?.descriptor ?? -1);
    if (typeof size === "number") return USUAL_SIZE;
    return { rows: size.rows || USUAL_SIZE.rows, columns: size.columns || USUAL_SIZE.columns };
  }

  private show(): void {
    const { editing, decorator } = this.helpers;
    const { line } = editing;
    const atEnd = line.cursor === line.text.length;
    editing.suggestion = atEnd && editing.mode === null ? decorator.suggest(line.text) : "";
    const { columns } = this.size;
    this.render({
      cursor: line.cursor,
      spans: this.spans(),
      suggestion: editing.suggestion,
      below: editing.listed.length > 0 ? listCandidates(editing.listed, columns) : [],
    });
  }

  /** Shows the line as it is to stay on the screen, with the cursor at its end. */
  private showOnly(): void {
    const { line } = this.helpers.editing;
    this.render({ cursor: line.text.length, spans: this.spans(), suggestion: "", below: [] });
  }

  private spans(): readonly StyledSpan[] {
    const { editing, decorator } = this.helpers;
    const match = editing.mode?.match;
    if (match === undefined) return decorator.styles(editing.line.text);
    return match.start < match.end ? [{ ...match, style: MATCH_STYLE }] : [];
  }

  private render(view: Pick<View, "cursor" | "spans" | "suggestion" | "below">): void {
    const { editing } = this.helpers;
    const { size, continuation } = this;
    const { mode, argument, line } = editing;
    const { suggestionStyle } = this.helpers.decorator;
    const prompt = mode?.prompt ?? (argument === null ? this.prompt : `(arg: ${argument}) `);
    const whole = { ...view, prompt, continuation, text: line.text, suggestionStyle };
    this.write(this.renderer.render(layOut(whole, size.columns), size));
    this.shell.streams.settle();
  }

  private write(text: string): void {
    this.shell.streams.write(2, text);
  }
}
