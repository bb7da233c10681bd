/**
 * Regular expressions for `=~` in `[[ ]]` (bash manual 3.2.5.2): extended ones, of which the longest of the leftmost matches
 * counts (XBD 9.1).
 *
 * In comes the text of an expression, out come the texts of the match and of its groups. The whole match is found in one
 * pass ({@link Program.find}). What the groups matched is then worked out from the outside in: within a span that is known to match
 * a node, each part of the node takes as much as it can while the rest can still match (XBD 9.1, "consistent with the
 * whole match being the longest"). Nothing is tried twice.
 */

import { characterUnits, fromCharacterUnits, locale } from "../../system/locale.ts";
import { type Characters, Program } from "./program.ts";
import { matchWithReferences, type Spans } from "./references.ts";
import { EMPTY, InvalidExpression, type Parsed, parseRegularExpression, type RegularNode } from "./syntax.ts";

type MutableSpans = [number, number][];

export class RegularExpression {
  private readonly program: Program;
  private readonly parsed: Parsed;
  private readonly programs = new Map<RegularNode, { forward: Program; backward: Program }>();
  private readonly grouped = new Map<RegularNode, boolean>();

  /** @param text the expression, with `QUOTED` before quoted characters. Throws an InvalidExpression. */
  constructor(text: string, private readonly ignoreCase: boolean) {
    this.parsed = parseRegularExpression(text);
    this.program = new Program(this.parsed.node, ignoreCase, false);
  }

  /** The text of the match and those of its groups (empty where one took no part), or `null` if there is no match. */
  match(text: string): string[] | null {
    const units = characterUnits(text);
    const characters = Array.from(units, (character) => character.codePointAt(0)!);
    const spans = this.parsed.hasReferences
      ? matchWithReferences(this.parsed.node, characters, this.ignoreCase)
      : this.spans(characters);
    if (spans === null) return null;
    const texts: string[] = [];
    for (let i = 0; i <= this.parsed.groups; i++) {
      const [start, end] = spans[i] ?? [0, 0];
      // Most texts have one unit for each character.
      texts.push(
        characters.length === units.length
          ? fromCharacterUnits(units.slice(start, end))
          : characters.slice(start, end).map((codePoint) => String.fromCodePoint(codePoint)).join(""),
      );
    }
    return texts;
  }

  private spans(text: Characters): Spans | null {
    const found = this.program.find(text);
    if (found === null) return null;
    const spans: MutableSpans = [[found.start, found.end]];
    this.settle(this.parsed.node, text, found.start, found.end, spans);
    return spans;
  }

  private hasGroup(node: RegularNode): boolean {
    let has = this.grouped.get(node);
    if (has === undefined) {
      if (node.kind === "sequence") has = node.parts.some((part) => this.hasGroup(part));
      else if (node.kind === "choice") has = node.alternatives.some((part) => this.hasGroup(part));
      else if (node.kind === "repeat") has = this.hasGroup(node.operand);
      else has = node.kind === "group";
      this.grouped.set(node, has);
    }
    return has;
  }

  private programsOf(node: RegularNode): { forward: Program; backward: Program } {
    let programs = this.programs.get(node);
    if (programs === undefined) {
      programs = {
        forward: new Program(node, this.ignoreCase, false),
        backward: new Program(node, this.ignoreCase, true),
      };
      this.programs.set(node, programs);
    }
    return programs;
  }

  /** Where a match of `node` that begins at `start` can end, up to `end`. */
  private ends(node: RegularNode, text: Characters, start: number, end: number): Uint8Array {
    const starts = new Uint8Array(text.length + 1);
    starts[start] = 1;
    return this.programsOf(node).forward.stops(text, starts, start, end);
  }

  /** Notes what the groups of `node` match, given that `node` matches `[start, end]`. */
  private settle(node: RegularNode, text: Characters, start: number, end: number, spans: MutableSpans): void {
    if (!this.hasGroup(node)) return;
    switch (node.kind) {
      case "group":
        spans[node.index] = [start, end];
        return this.settle(node.operand, text, start, end, spans);
      case "choice": {
        // What may be left out is not taken for nothing's sake: that would undo what its groups have matched before.
        if (start === end && node.alternatives.includes(EMPTY)) return;
        const chosen = node.alternatives.find((alternative) => this.ends(alternative, text, start, end)[end] === 1);
        if (chosen !== undefined) this.settle(chosen, text, start, end, spans);
        return;
      }
      case "sequence":
        return this.settleSequence(node.parts, text, start, end, spans);
      case "repeat":
        return this.settleRepeat(node, text, start, end, spans);
    }
  }

  private settleSequence(
    parts: readonly RegularNode[],
    text: Characters,
    start: number,
    end: number,
    spans: MutableSpans,
  ): void {
    // From where on the parts behind each one can match up to the end.
    const rests: Uint8Array[] = [];
    let rest = new Uint8Array(text.length + 1);
    rest[end] = 1;
    for (let i = parts.length - 1; i >= 0; i--) {
      rests[i] = rest;
      if (i > 0) rest = this.programsOf(parts[i]!).backward.stops(text, rest, start, end) as Uint8Array<ArrayBuffer>;
    }
    let at = start;
    parts.forEach((part, i) => {
      const ends = this.ends(part, text, at, end);
      let last = end;
      while (last > at && !(ends[last] === 1 && rests[i]![last] === 1)) last--;
      this.settle(part, text, at, last, spans);
      at = last;
    });
  }

  private settleRepeat(
    node: Extract<RegularNode, { kind: "repeat" }>,
    text: Characters,
    start: number,
    end: number,
    spans: MutableSpans,
  ): void {
    const last = new Uint8Array(text.length + 1);
    last[end] = 1;
    const rest = this.programsOf(node).backward.stops(text, last, start, end);
    for (let at = start; at < end;) {
      const ends = this.ends(node.operand, text, at, end);
      let next = end;
      while (next > at + 1 && !(ends[next] === 1 && rest[next] === 1)) next--;
      this.settle(node.operand, text, at, next, spans);
      at = next;
    }
  }
}

const CACHE_SIZE = 200;
const cache = new Map<string, RegularExpression | null>();

/** Compiles an expression; those used lately are remembered. Returns `null` if it is not valid. */
export function compileRegularExpression(text: string, ignoreCase: boolean): RegularExpression | null {
  const key = (ignoreCase ? "i" : "c") + (locale.utf8 ? "u" : "b") + text;
  let compiled = cache.get(key);
  if (compiled === undefined) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    try {
      compiled = new RegularExpression(characterUnits(text), ignoreCase);
    } catch (error) {
      if (!(error instanceof InvalidExpression)) throw error;
      compiled = null;
    }
    cache.set(key, compiled);
  }
  return compiled;
}
