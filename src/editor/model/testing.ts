/** For tests of the editor's model: keys as people write them, and an editor that shows where its cursor is. */

import type { Candidate, Completions } from "./completion.ts";
import { type Advisor, Editing, type Effect } from "./editing.ts";
import { EMACS_KEYS, FUNCTION_KEYS } from "./emacs_keys.ts";
import { Keymap } from "./keymap.ts";
import type { Key } from "../terminal/key_decoder.ts";

const NAMED: Readonly<Record<string, string>> = {
  Enter: "\r",
  Tab: "\t",
  Backspace: "\x7f",
  Escape: "\x1b",
  Up: "\x1b[A",
  Down: "\x1b[B",
  Right: "\x1b[C",
  Left: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  Delete: "\x1b[3~",
  PageUp: "\x1b[5~",
  PageDown: "\x1b[6~",
  CtrlRight: "\x1b[1;5C",
  CtrlLeft: "\x1b[1;5D",
};

/** Keys from text in which those without a character are written as `<C-a>`, `<M-b>`, `<Up>`; `<lt>` is a less-than sign. */
export function keysOf(text: string): Key[] {
  return Array.from(text.matchAll(/<([^<> ]+)>|([^])/gu), ([, name, character]) => {
    if (character !== undefined) return { sequence: character };
    if (name!.startsWith("paste:")) return { sequence: "", pasted: name!.slice(6).replaceAll("\\n", "\n") };
    return { sequence: sequenceOf(name!) };
  });
}

function sequenceOf(name: string): string {
  if (name === "lt") return "<";
  if (name in NAMED) return NAMED[name]!;
  if (name.startsWith("M-")) return "\x1b" + sequenceOf(name.slice(2));
  if (!name.startsWith("C-")) return name;
  return name === "C-?" ? "\x7f" : String.fromCharCode(name.charCodeAt(2) & 0x1f);
}

/** Completes among words that are given. */
export function completionsAmong(words: readonly string[], text: string, cursor: number): Completions {
  const start = text.lastIndexOf(" ", cursor - 1) + 1;
  const word = text.slice(start, cursor);
  const candidates: Candidate[] = words.filter((candidate) => candidate.startsWith(word))
    .map((candidate) => ({ text: candidate, shown: candidate, suffix: candidate.endsWith("/") ? "" : " " }));
  let common = candidates[0]?.text ?? "";
  for (const { text } of candidates) while (!text.startsWith(common)) common = common.slice(0, -1);
  return { start, end: cursor, candidates, common };
}

/** An editor at which somebody types. */
export class Typist {
  readonly editing: Editing;
  readonly effects: Effect[] = [];
  past: string[];
  /** What can be completed. */
  words: readonly string[] = [];

  constructor(past: readonly string[] = [], keymap = new Keymap([...EMACS_KEYS, ...FUNCTION_KEYS])) {
    this.past = [...past];
    const lines = this.past;
    const advisor: Advisor = {
      complete: (text, cursor) => completionsAmong(this.words, text, cursor),
      isLongList: (candidates) => candidates.length > 5,
      isComplete: (text) => !/\\$|^if\b(?![^]*\bfi$)/.test(text),
      expandHistory: (text) => text.replaceAll("!!", lines.at(-1) ?? ""),
      expandLine: (text) => text.replaceAll("$x", "value"),
      expandTilde: (word) => word.replace(/^~/, "/home/me"),
      version: "1.0",
    };
    this.editing = new Editing(keymap, {
      get length() {
        return lines.length;
      },
      line: (index) => lines[index]!,
    }, advisor);
    this.editing.begin();
  }

  /** Types keys, in the notation of {@link keysOf}. Returns {@link shown}. */
  type(keys: string): string {
    for (const key of keysOf(keys)) {
      for (const effect of this.editing.feed(key)) {
        this.effects.push(effect);
        if (effect.kind !== "accept") continue;
        this.past.push(this.editing.line.text);
        this.editing.begin();
      }
    }
    return this.shown;
  }

  /** Begins anew with a line in which `|` shows where the cursor is. */
  load(shown: string): void {
    this.editing.begin();
    this.editing.line.load(shown.replace("|", ""), shown.indexOf("|"));
  }

  /** The line, with `|` where the cursor is. */
  get shown(): string {
    const { text, cursor } = this.editing.line;
    return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
  }

  /** How often the bell has been rung since this was asked for last. */
  get bells(): number {
    const count = this.effects.filter(({ kind }) => kind === "bell").length;
    this.effects.length = 0;
    return count;
  }
}
