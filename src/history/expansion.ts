/**
 * History expansion (bash manual 9.3): `!` and what follows it become words of earlier commands, before a line is parsed.
 *
 * {@link HistoryExpander.expand} takes a line and gives what it stands for. Its parts are `event.ts` (which command), `words_of_event.ts`
 * (which of its words) and `modifiers.ts` (what becomes of them).
 */

import { readEvent } from "./event.ts";
import { applyModifiers, type Modified } from "./modifiers.ts";
import { ShellQuoting } from "./quoting.ts";
import { Scanner } from "./scanner.ts";
import { readWordDesignator } from "./word_designator.ts";

/** The commands that can be meant. */
export interface PastCommands {
  /** The number that the next command will have. */
  readonly next: number;
  /** The command with a number. */
  numbered(number: number): string | undefined;
}

export interface ExpansionRules {
  /** `!`, `^` and `#`, unless `histchars` says otherwise. */
  readonly characters: string;
  /** Whether `!(` begins a pattern. */
  readonly extglob: boolean;
  /** Whether double quotes protect from expansion. */
  readonly posix: boolean;
}

export type ExpandedLine =
  | { readonly kind: "same" }
  | {
    readonly kind: "expanded";
    readonly text: string;
    /** Whether it is only to be shown (`:p`). */
    readonly printOnly: boolean;
  }
  | { readonly kind: "error"; readonly message: string };

/** An error in a designator: its message. */
export class ExpansionError extends Error {}

/** What later expansions refer to. */
export interface Remembered {
  /** The string that the last `!?string?` looked for. */
  search: string;
  /** The word that it found. */
  searchWord: string;
  /** The last substitution, for `&`. */
  substitution: { readonly from: string; readonly to: string } | null;
}

export class HistoryExpander {
  private readonly remembered: Remembered = { search: "", searchWord: "", substitution: null };

  constructor(private readonly past: PastCommands) {}

  expand(line: string, rules: ExpansionRules): ExpandedLine {
    const [bang, caret] = rules.characters;
    if (bang === undefined || (!line.includes(bang) && !line.startsWith(caret ?? "\0"))) return { kind: "same" };
    try {
      return this.expandLine(line, rules);
    } catch (error) {
      if (error instanceof ExpansionError) return { kind: "error", message: error.message };
      throw error;
    }
  }

  private expandLine(line: string, rules: ExpansionRules): ExpandedLine {
    const [bang = "!", caret = "\0", comment = "\0"] = rules.characters;
    const quick = line.startsWith(caret);
    // `^old^new^` is short for `!!:s^old^new^`.
    const text = quick ? `${bang}${bang}:s${line}` : line;
    let result = "";
    let printOnly = false;
    let expanded = false;
    let quote = "";
    const shellQuoting = new ShellQuoting(text);
    for (let index = 0; index < text.length;) {
      const character = text[index]!;
      const meant = character === bang && !(quick && index > 0) && !shellQuoting.quotes(index);
      if (meant && !isPlain(text, index, quote, rules)) {
        const scanner = new Scanner(text, index + 1);
        const replacement = this.designated(scanner, result, bang, quote);
        printOnly ||= replacement.printOnly;
        result += replacement.text;
        index = scanner.index;
        expanded = true;
        continue;
      }
      if (character === comment && quote === "" && isCommentStart(text, index)) {
        result += text.slice(index);
        break;
      }
      const length = character === "\\" && quote !== "'" ? 2 : 1;
      if (length === 1) quote = quoteAfter(quote, character, text, index);
      // With the backslash, a character that would have been expanded stays in the line.
      result += text.slice(index, index + length);
      index += length;
    }
    return expanded ? { kind: "expanded", text: result, printOnly } : { kind: "same" };
  }

  /** What the designator behind `!` stands for. */
  private designated(scanner: Scanner, before: string, bang: string, quote: string): Modified {
    const { past, remembered } = this;
    const event = readEvent(scanner, past, remembered, before, bang, quote);
    const words = readWordDesignator(scanner, event, remembered);
    return applyModifiers(scanner, words, remembered);
  }
}

/** A single quote opens only where no double quotes are, as in the shell's own reading. */
function quoteAfter(quote: string, character: string, text: string, index: number): string {
  if (quote === "") {
    if (character === '"') return '"';
    if (character === "'") return text[index - 1] === "$" ? "$'" : "'";
    return "";
  }
  return (quote === '"' && character === '"') || (quote.endsWith("'") && character === "'") ? "" : quote;
}

/** Whether the `!` at `index` stands for itself. */
function isPlain(text: string, index: number, quote: string, { extglob, posix }: ExpansionRules): boolean {
  const next = text[index + 1];
  if (next === undefined || /[\s=]/.test(next)) return true;
  if (quote.endsWith("'")) return true;
  if (quote === '"' && (posix || next === '"')) return true;
  const rest = text.slice(index + 1);
  if (next === "(" && extglob && rest.includes(")")) return true;
  switch (text[index - 1]) {
    case "[":
      return rest.includes("]");
    case "{":
      return text[index - 2] === "$" && rest.includes("}");
    case "$":
      return true;
  }
  return false;
}

/** A comment begins where a word may. */
function isCommentStart(text: string, index: number): boolean {
  return index === 0 || /[\s;&|()<>]/.test(text[index - 1]!);
}
