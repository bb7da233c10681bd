/** Matching one part of a pattern after the other, and moving from character to character. Offsets are in UTF-16 units. */

import { foldedSetHas, setHas } from "./bracket.ts";
import type { PatternNode } from "./pattern_parser.ts";

const ASCII = 128;

/** The offset after the character at `at`; one more than the length at the end, so that loops stop. */
export function next(text: string, at: number): number {
  if (text.charCodeAt(at) < ASCII) return at + 1;
  const code = text.codePointAt(at);
  return code !== undefined && code > 0xffff ? at + 2 : at + 1;
}

/** The offset of a character at `at` or behind it. */
export function characterAt(text: string, at: number): number {
  return at > 0 && text.codePointAt(at - 1)! > 0xffff ? at + 1 : at;
}

export function previous(text: string, at: number): number {
  const pair = at >= 2 && text.codePointAt(at - 2)! > 0xffff;
  return pair ? at - 2 : at - 1;
}

/** The offset after one match of a node that is no star and no group, or -1. */
export function step(node: PatternNode, text: string, at: number, end: number, ignoreCase: boolean): number {
  if (node.kind === "text") {
    const after = at + node.text.length;
    if (after > end) return -1;
    const differs = text.charCodeAt(at) !== node.text.charCodeAt(0);
    if (!differs && text.startsWith(node.text, at)) return after;
    return ignoreCase && text.slice(at, after).toLowerCase() === node.text.toLowerCase() ? after : -1;
  }
  if (at >= end) return -1;
  const codePoint = text.codePointAt(at)!;
  const after = at + (codePoint > 0xffff ? 2 : 1);
  if (after > end) return -1;
  if (node.kind !== "set") return after;
  const found = ignoreCase ? foldedSetHas(node.set, codePoint) : setHas(node.set, codePoint, false);
  return found ? after : -1;
}

/** Matches `nodes`, among which there are neither stars nor groups, at `at`. Returns the offset after them, or -1. */
function steps(nodes: readonly PatternNode[], text: string, at: number, ignoreCase: boolean): number {
  for (let i = 0; i < nodes.length && at >= 0; i++) at = step(nodes[i]!, text, at, text.length, ignoreCase);
  return at;
}

/** What {@link PlainPattern.end} gives where nothing matches at any later offset either. */
export const NOWHERE = -2;

/**
 * A pattern without groups, taken apart at its stars. Each part takes a certain number of characters, so that the first place where
 * one matches is as good as any for those behind it: no place is tried twice.
 */
export class PlainPattern {
  private readonly parts: PatternNode[][] = [[]];

  constructor(nodes: readonly PatternNode[], private readonly ignoreCase: boolean) {
    for (const node of nodes) {
      if (node.kind === "star") this.parts.push([]);
      else this.parts.at(-1)!.push(node);
    }
  }

  /** The end of the shortest or longest match that begins at `start`; -1 if there is none, or {@link NOWHERE}. */
  end(text: string, start: number, longest: boolean): number {
    const { parts, ignoreCase } = this;
    const last = parts.length - 1;
    let at = steps(parts[0]!, text, start, ignoreCase);
    if (at < 0) return -1;
    for (let i = 1; i <= last; i++) {
      at = longest && i === last ? this.lastEnd(parts[i]!, text, at) : this.firstEnd(parts[i]!, text, at);
      if (at < 0) return NOWHERE;
    }
    return at;
  }

  /** Where the shortest and only suffix begins that matches, or -1. For patterns without stars. */
  suffix(text: string): number {
    const [nodes] = this.parts;
    let at = text.length;
    for (let i = nodes!.length - 1; i >= 0 && at >= 0; i--) {
      const node = nodes![i]!;
      at = node.kind === "text" ? at - node.text.length : previous(text, at);
    }
    return at >= 0 && steps(nodes!, text, at, this.ignoreCase) === text.length ? at : -1;
  }

  get hasStar(): boolean {
    return this.parts.length > 1;
  }

  /** The first offset from `from` on at which the pattern may match. */
  candidate(text: string, from: number): number {
    const [first] = this.parts[0]!;
    if (first?.kind !== "text" || this.ignoreCase) return from;
    const at = text.indexOf(first.text, from);
    return at < 0 ? text.length + 1 : at;
  }

  /** The end of the first match of `part` at `from` or behind it, or -1. */
  private firstEnd(part: readonly PatternNode[], text: string, from: number): number {
    const [first] = part;
    const literal = first?.kind === "text" && !this.ignoreCase ? first.text : null;
    for (let at = from; at <= text.length; at = next(text, at)) {
      if (literal !== null) {
        at = text.indexOf(literal, at);
        if (at < 0) return -1;
      }
      const end = steps(part, text, at, this.ignoreCase);
      if (end >= 0) return end;
    }
    return -1;
  }

  /** The end of the last match of `part` at `from` or behind it, or -1. */
  private lastEnd(part: readonly PatternNode[], text: string, from: number): number {
    const [first] = part;
    const literal = first?.kind === "text" && !this.ignoreCase ? first.text : null;
    for (let at = text.length; at >= from; at = previous(text, at)) {
      if (literal !== null) {
        at = text.lastIndexOf(literal, at);
        if (at < from) return -1;
      }
      const end = steps(part, text, at, this.ignoreCase);
      if (end >= 0) return end;
    }
    return -1;
  }
}
