/**
 * The editor as a machine: a key goes in, and the text, the cursor and what else there is to show change. No input, no output: what
 * only the terminal or the shell can do comes out as an {@link Effect}, or is asked of an {@link Advisor}.
 *
 * A key goes first to the {@link Mode} that is on, if any: an incremental search, a quoted character that is awaited. Then the
 * key map says what its sequence, together with the keys before it, is bound to. Commands are in `commands/`, by what they work on.
 */

import type { Key } from "../terminal/key_decoder.ts";
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands/all.ts";
import type { Candidate, CompletionKind, CompletionPurpose, Completions } from "./completion.ts";
import { HistoryWalk, type PastLines } from "./history_walk.ts";
import type { Binding, Keymap } from "./keymap.ts";
import { KillRing } from "./kill_ring.ts";
import { Line } from "./line.ts";

/** What only others can do. */
export type Effect =
  /** The line is complete. */
  | { readonly kind: "accept" }
  /** The end of the input. */
  | { readonly kind: "end" }
  | { readonly kind: "bell" }
  | { readonly kind: "clear screen"; readonly everything: boolean }
  /** Lets the user edit the text in an editor of its own, and accepts what comes of it. */
  | { readonly kind: "edit elsewhere" }
  /** Runs a command of the shell that a key is bound to. */
  | { readonly kind: "run"; readonly command: string; readonly key: string }
  /** Shows candidates for good, above the prompt. */
  | { readonly kind: "list"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "read bindings" }
  | { readonly kind: "change mode"; readonly vi: boolean };

/** What the machine has to know of the shell. */
export interface Advisor {
  complete(text: string, cursor: number, kind: CompletionKind, purpose: CompletionPurpose): Completions;
  /** Whether a list of so many candidates is too long to be shown without asking. */
  isLongList(candidates: readonly Candidate[]): boolean;
  /** Whether the text is all of a command, so that it can be accepted. */
  isComplete(text: string): boolean;
  /** The text with history expanded; `null` if that can't be done. */
  expandHistory(text: string): string | null;
  /** The text with aliases, history and words expanded as the shell would do it; `null` if that can't be done. */
  expandLine(text: string): string | null;
  /** The word with its tilde expanded. */
  expandTilde(word: string): string;
  /** What `print` shows for `display-shell-version`. */
  readonly version: string;
}

/** Takes keys before anything else does. */
export interface Mode {
  /** Takes a key. Returns false if it is not for the mode, which has ended then. */
  handle(editing: Editing, key: Key): boolean;
  /** What is shown instead of the prompt's last line. */
  readonly prompt?: string;
  /** What of the text is pointed out: indices. */
  readonly match?: { readonly start: number; readonly end: number };
}

/** Macros that call each other come to an end here. */
const LONGEST_QUEUE = 10_000;

export class Editing {
  readonly line = new Line();
  readonly kills = new KillRing();
  readonly walk: HistoryWalk;
  /** The maps from which keys are looked up now. */
  keymap: Keymap;
  mode: Mode | null = null;
  /** The number given before a command; `null` without one. */
  argument: number | null = null;
  /** Keys of a sequence that is not complete. */
  private sequence = "";
  /** The command before this one, by its name; empty after typing. */
  previous = "";
  /** The name of the command that runs; it may take another, so that commands count as the same. */
  current = "";
  private memory: unknown = null;
  /** The command whose memory it is. */
  private memoryOf = "";
  /** Whether typing overwrites what is there. */
  overwrite = false;
  /** Candidates to be shown below the text until the next key. */
  listed: readonly Candidate[] = [];
  /** What is suggested behind the text. */
  suggestion = "";
  /** What incremental searches looked for last. */
  lastSearch = "";
  /** The index in the history of the line that is to be the next one's beginning: after `operate-and-get-next`. */
  nextIndex: number | null = null;
  /** Keys of the macro that is being recorded; `null` if none is. */
  recording: Key[] | null = null;
  macro: readonly Key[] = [];
  private effects: Effect[] = [];
  /** Keys that are as if typed. */
  private queue: Key[] = [];

  constructor(keymap: Keymap, past: PastLines, readonly advisor: Advisor) {
    this.keymap = keymap;
    this.walk = new HistoryWalk(past);
  }

  /** Begins a new line. */
  begin(): void {
    this.walk.begin();
    this.line.load("");
    this.mode = null;
    this.argument = null;
    this.sequence = "";
    this.previous = "";
    this.listed = [];
    this.overwrite = false;
    if (this.nextIndex === null) return;
    if (this.nextIndex < this.walk.length) this.line.load(this.walk.goTo(this.nextIndex, ""));
    this.nextIndex = null;
  }

  /** Whether keys have come that may go on, or may be all. */
  get awaitsMore(): boolean {
    return this.sequence !== "" && this.keymap.find(this.sequence).binding !== undefined;
  }

  /** What is left of keys that were put in as if typed when the line was accepted. */
  get hasQueue(): boolean {
    return this.queue.length > 0;
  }

  /** Takes a key. Returns what others have to do. */
  feed(key: Key): readonly Effect[] {
    this.queue.push(key);
    return this.drain();
  }

  /** Works on keys that are as if typed, until an effect asks for others. */
  drain(): readonly Effect[] {
    this.effects = [];
    while (this.queue.length > 0 && !this.effects.some(({ kind }) => kind !== "bell")) this.take(this.queue.shift()!);
    return this.effects;
  }

  /** No key has come that would make the sequence longer: takes it as it is. */
  endSequence(): readonly Effect[] {
    this.effects = [];
    const { binding } = this.keymap.find(this.sequence);
    const { sequence } = this;
    this.sequence = "";
    if (binding !== undefined) this.perform(binding, { sequence });
    return this.effects;
  }

  /** Drops keys that are as if typed: something went wrong. */
  dropQueue(): void {
    this.queue = [];
  }

  addEffect(effect: Effect): void {
    this.effects.push(effect);
  }

  bell(): void {
    this.effects.push({ kind: "bell" });
  }

  private take(key: Key): void {
    this.recording?.push(key);
    this.listed = [];
    if (this.mode !== null) {
      const { mode } = this;
      if (mode.handle(this, key)) return;
      if (this.mode === mode) this.mode = null;
    }
    if (key.pasted !== undefined) return this.paste(key.pasted);
    if (this.takeDigit(key)) return;
    const sequence = this.sequence + key.sequence;
    const { binding, prefix } = this.keymap.find(sequence);
    // An escape that came alone is one, though sequences begin with it.
    if (prefix && !(binding !== undefined && key.sequence === "\x1b")) {
      this.sequence = sequence;
      return;
    }
    this.sequence = "";
    if (binding !== undefined) return this.perform(binding, { sequence });
    this.unbound(sequence, key);
  }

  /** A digit behind `digit-argument` belongs to it. */
  private takeDigit(key: Key): boolean {
    if (this.argument === null || this.sequence !== "" || !/^[0-9]$/.test(key.sequence)) return false;
    this.run("digit-argument", key);
    return true;
  }

  private unbound(sequence: string, key: Key): void {
    if (sequence === key.sequence && isText(sequence)) return this.run("self-insert", key);
    // With vi's keys an escape may be followed so soon by another key that the two look like one with Alt.
    if (sequence.length > 1 && sequence[0] === "\x1b" && this.keymap.find("\x1b").binding !== undefined) {
      const rest = sequence.slice(1);
      if (!/^[[O]./.test(rest)) {
        this.queue.unshift({ sequence: "\x1b" }, { sequence: rest });
        return;
      }
    }
    this.argument = null;
    this.previous = "";
    // What a terminal sends for keys that nobody has bound is no mistake.
    if (!FUNCTION_KEY.test(sequence)) this.bell();
  }

  private perform(binding: Binding, key: Key): void {
    switch (binding.kind) {
      case "command":
        return this.run(binding.name, key);
      case "macro":
        return this.type(binding.text);
      case "shell":
        this.argument = null;
        this.addEffect({ kind: "run", command: binding.command, key: key.sequence });
    }
  }

  /** Has keys taken next that are as if typed. */
  type(text: string): void {
    this.typeKeys(Array.from(text, (sequence) => ({ sequence })));
  }

  typeKeys(keys: readonly Key[]): void {
    this.queue.unshift(...keys);
    if (this.queue.length <= LONGEST_QUEUE) return;
    this.queue = [];
    this.bell();
  }

  /** Runs a command by its name. */
  run(name: string, key: Key): void {
    const command: Command | undefined = COMMANDS.get(name);
    if (command === undefined) return this.bell();
    this.current = name;
    const { argument } = this;
    if (!KEEPS_TYPING.has(name)) this.line.endTyping();
    command(this, argument ?? 1, key);
    if (this.current !== "digit-argument") this.argument = null;
    this.previous = this.current;
  }

  /** Keeps something for the same command, called once more right behind; see {@link recall}. */
  remember(memory: unknown): void {
    this.memory = memory;
    this.memoryOf = this.current;
  }

  /** What the command before this one has remembered, if it was one of the name `current`; else `null`. */
  recall(): unknown {
    return this.previous === this.memoryOf && this.current === this.memoryOf ? this.memory : null;
  }

  /** Inserts what was pasted, as it is. */
  private paste(text: string): void {
    this.line.insert(text.replaceAll(/\r\n?/g, "\n"));
    this.argument = null;
    this.previous = "";
    this.sequence = "";
  }
}

/** What keys send that are neither characters nor such with Ctrl or Alt. */
// deno-lint-ignore no-control-regex
const FUNCTION_KEY = /^\x1b+[[O]./;

const KEEPS_TYPING: ReadonlySet<string> = new Set(["self-insert"]);

/** Whether a key stands for the character that it sends. */
function isText(sequence: string): boolean {
  return sequence >= " " && sequence !== "\x7f" && !sequence.startsWith("\x1b");
}
