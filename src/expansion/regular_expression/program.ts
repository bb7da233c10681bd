/**
 * Finds where expressions match, without backtracking: all the ways that an expression could go on are followed at the
 * same time, character by character, so that the time is at most a product of the lengths of text and expression.
 */

import { setHas } from "../bracket.ts";
import type { AssertionKind, RegularNode } from "./syntax.ts";

/** The code points of a text; positions are indices in it. */
export type Characters = readonly number[];

/** One step of a program: what it takes, or where it goes on without taking anything. */
interface Instruction {
  readonly node: RegularNode | null;
  readonly match: boolean;
  /** Where it goes on; several for a choice. */
  next: number[];
}

export class Program {
  private readonly instructions: Instruction[] = [];
  private readonly first: number;
  /** The step at which each instruction was last reached. */
  private readonly reached: number[];
  private steps = 0;

  /**
   * @param backward whether it reads the text from the end to the start
   */
  constructor(node: RegularNode, private readonly ignoreCase: boolean, private readonly backward: boolean) {
    const match = this.add(null, true);
    this.first = this.compile(node, match);
    this.reached = this.instructions.map(() => 0);
  }

  private add(node: RegularNode | null, match: boolean, ...next: number[]): number {
    return this.instructions.push({ node, match, next }) - 1;
  }

  /** Adds what matches `node` and goes on with `next`. Returns where it begins. */
  private compile(node: RegularNode, next: number): number {
    switch (node.kind) {
      case "sequence": {
        const parts = this.backward ? node.parts : node.parts.toReversed();
        return parts.reduce((following, part) => this.compile(part, following), next);
      }
      case "choice":
        return this.add(null, false, ...node.alternatives.map((alternative) => this.compile(alternative, next)));
      case "repeat": {
        const loop = this.add(null, false);
        this.instructions[loop]!.next = [this.compile(node.operand, loop), next];
        return loop;
      }
      case "group":
        return this.compile(node.operand, next);
      default:
        return this.add(node, false, next);
    }
  }

  /**
   * Where the program can stop within `[low, high]`, having started at any of the positions for which `starts` is set. Both
   * are by position.
   */
  stops(text: Characters, starts: Uint8Array, low: number, high: number): Uint8Array {
    const stops = new Uint8Array(text.length + 1);
    let current: number[] = [];
    const by = this.backward ? -1 : 1;
    const end = this.backward ? low : high;
    for (let at = this.backward ? high : low;; at += by) {
      this.steps++;
      const waiting: number[] = [];
      if (starts[at] === 1) current.push(this.first);
      for (const instruction of current) if (this.follow(instruction, text, at, waiting)) stops[at] = 1;
      if (at === end) return stops;
      current = [];
      const codePoint = text[this.backward ? at - 1 : at]!;
      for (const index of waiting) {
        const { node, next } = this.instructions[index]!;
        if (this.takes(node!, codePoint)) current.push(next[0]!);
      }
    }
  }

  /**
   * Goes on from an instruction as far as nothing is taken: to those that wait for a character, which are added to
   * `waiting`. Returns whether a match ends here.
   */
  private follow(from: number, text: Characters, at: number, waiting: number[]): boolean {
    let matched = false;
    const pending = [from];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (this.reached[index] === this.steps) continue;
      this.reached[index] = this.steps;
      const { node, match, next } = this.instructions[index]!;
      if (match) matched = true;
      else if (node === null) pending.push(...next);
      else if (node.kind !== "assertion") waiting.push(index);
      else if (holds(node.assertion, text, at)) pending.push(next[0]!);
    }
    return matched;
  }

  /** The longest of the leftmost matches, or `null`. For programs that read forward. */
  find(text: Characters): { start: number; end: number } | null {
    let found: { start: number; end: number } | null = null;
    // What waits for the next character, each with the leftmost place from which it can be reached.
    let waiting: number[] = [];
    let origins: number[] = [];
    for (let at = 0; at <= text.length; at++) {
      this.steps++;
      const nextWaiting: number[] = [];
      const nextOrigins: number[] = [];
      const reach = (index: number, origin: number): void => {
        if (this.follow(index, text, at, nextWaiting) && (found === null || origin <= found.start)) {
          found = { start: origin, end: at };
        }
        while (nextOrigins.length < nextWaiting.length) nextOrigins.push(origin);
      };
      // Those that began further left come first, and so keep what they reach.
      for (let i = 0; i < waiting.length; i++) {
        const { node, next } = this.instructions[waiting[i]!]!;
        if (this.takes(node!, text[at - 1]!)) reach(next[0]!, origins[i]!);
      }
      if (found === null) reach(this.first, at);
      waiting = nextWaiting;
      origins = nextOrigins;
      if (found !== null) {
        const { start } = found as { start: number };
        if (origins.every((origin) => origin > start)) break;
      } else if (waiting.length === 0 && this.anchored) break;
    }
    return found;
  }

  /** Whether it can match at the start of the text only. */
  private get anchored(): boolean {
    const { node } = this.instructions[this.first]!;
    return node?.kind === "assertion" && node.assertion === "start";
  }

  private takes(node: RegularNode, codePoint: number): boolean {
    if (node.kind === "any") return true;
    if (node.kind === "set") return setHas(node.set, codePoint, this.ignoreCase);
    if (node.kind !== "character") return false;
    return node.codePoint === codePoint || (this.ignoreCase && sameLetter(node.codePoint, codePoint));
  }
}

/** Whether two characters differ in case alone. */
export function sameLetter(a: number, b: number): boolean {
  const first = String.fromCodePoint(a);
  const second = String.fromCodePoint(b);
  return first.toLowerCase() === second.toLowerCase() || first.toUpperCase() === second.toUpperCase();
}

/** Whether an assertion holds before the character at `at`. */
export function holds(assertion: AssertionKind, text: Characters, at: number): boolean {
  const before = at > 0 && isWord(text[at - 1]!);
  const after = at < text.length && isWord(text[at]!);
  switch (assertion) {
    case "start":
      return at === 0;
    case "end":
      return at === text.length;
    case "boundary":
      return before !== after;
    case "no boundary":
      return before === after;
    case "word start":
      return !before && after;
    case "word end":
      return before && !after;
  }
}

function isWord(codePoint: number): boolean {
  return /[\p{L}\p{Nd}_]/u.test(String.fromCodePoint(codePoint));
}
