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

/** Whether `at` is within a pair of surrogates. */
function splitsPair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 && at > 0 && text.codePointAt(at - 1)! > 0xffff;
}

export function previous(text: string, at: number): number {
  return splitsPair(text, at - 1) ? at - 2 : at - 1;
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

/**
 * Matches the nodes from `from` up to `to`, among which there are neither stars nor groups, at `at`. Returns the offset after
 * them, which is not behind `end`, or -1.
 */
export function steps(
  nodes: readonly PatternNode[],
  from: number,
  to: number,
  text: string,
  at: number,
  end: number,
  ignoreCase: boolean,
): number {
  for (let i = from; i < to && at >= 0; i++) {
    const node = nodes[i]!;
    const code = at < end ? text.charCodeAt(at) : ASCII;
    // ASCII first, without a call.
    if (code >= ASCII || node.kind !== "set" || node.set.ascii === null || ignoreCase) {
      at = step(node, text, at, end, ignoreCase);
    } else at = node.set.ascii[code] !== node.set.negated ? at + 1 : -1;
  }
  return at;
}

/** Where the one match of the nodes from `from` on begins that may end at `end`, if that is not before `least`; else -1. */
export function onlyStart(
  nodes: readonly PatternNode[],
  from: number,
  text: string,
  least: number,
  end: number,
): number {
  let at = end;
  for (let i = nodes.length - 1; i >= from && at >= least; i--) {
    const node = nodes[i]!;
    at = node.kind === "text" ? at - node.text.length : previous(text, at);
  }
  return at < least || (at < end && splitsPair(text, at)) ? -1 : at;
}

function allSteps(nodes: readonly PatternNode[], text: string, at: number, ignoreCase: boolean): number {
  return steps(nodes, 0, nodes.length, text, at, text.length, ignoreCase);
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
    let at = allSteps(parts[0]!, text, start, ignoreCase);
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
    const at = onlyStart(nodes!, 0, text, 0, text.length);
    return at >= 0 && allSteps(nodes!, text, at, this.ignoreCase) === text.length ? at : -1;
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
      const end = allSteps(part, text, at, this.ignoreCase);
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
      const end = allSteps(part, text, at, this.ignoreCase);
      if (end >= 0) return end;
    }
    return -1;
  }
}
