/**
 * Pattern matching notation (XCU 2.14), with bash's extended globs: a pattern is compiled once and matched many times.
 *
 * In the text of a pattern, what is to stand for itself is escaped by backslashes; {@link escapeForPattern} does that to
 * what was quoted. A text without special characters, and the shapes `*literal`, `literal*` and `literal*literal`, which make up
 * most of what scripts use, are matched by string search alone.
 */

import { characterUnits, locale } from "../system/locale.ts";
import { parsePattern, type PatternNode } from "./pattern_parser.ts";
import { next, NOWHERE, onlyStart, PlainPattern, previous, step, steps } from "./pattern_step.ts";

export interface PatternOptions {
  /** Whether `?( *( +( @( !(` are special. */
  readonly extglob: boolean;
  readonly ignoreCase: boolean;
}

/** A compiled pattern. Offsets are in UTF-16 units, of a text in which each character of the locale has its own. */
export class Pattern {
  /** The text that the pattern stands for when nothing in it is special, else `null`. */
  readonly literal: string | null;
  private readonly shape: "literal" | "star-literal" | "literal-star" | "around-star" | "general";
  /** The literal of the two star shapes. */
  private readonly fixed: string = "";
  /** What each text begins with, and what it ends with, that matches, as far as that is known. */
  readonly beginning: string = "";
  readonly ending: string = "";
  private readonly grouped: boolean;
  /** `null` with groups; made when a part of a text is to match. */
  private partial: PlainPattern | null = null;
  /** The indices of the first star and of the last one, or -1. */
  private readonly firstStar: number;
  private readonly lastStar: number;

  /** @param bytes whether every byte is a character */
  constructor(
    private readonly nodes: readonly PatternNode[],
    private readonly ignoreCase: boolean,
    private readonly bytes: boolean,
  ) {
    const [first, second] = nodes;
    this.literal = nodes.length === 0 ? "" : nodes.length === 1 && first!.kind === "text" ? first!.text : null;
    this.shape = "general";
    this.grouped = nodes.some((node) => node.kind === "group");
    this.firstStar = nodes.findIndex((node) => node.kind === "star");
    this.lastStar = nodes.findLastIndex((node) => node.kind === "star");
    if (ignoreCase) return;
    if (!bytes && first?.kind === "text") this.beginning = first.text;
    const last = nodes.at(-1);
    if (!bytes && nodes.length > 1 && last!.kind === "text") this.ending = last!.text;
    if (this.literal !== null) this.shape = "literal";
    else if (nodes.length === 2 && first!.kind === "star" && second!.kind === "text") {
      this.shape = "star-literal";
      this.fixed = second!.text;
    } else if (nodes.length === 2 && first!.kind === "text" && second!.kind === "star") {
      this.shape = "literal-star";
      this.fixed = first!.text;
    } else if (
      !bytes && nodes.length === 3 && first!.kind === "text" && second!.kind === "star" && last!.kind === "text"
    ) {
      this.shape = "around-star";
    }
  }

  /** The one text that matches; `null` if there are others, such as {@link literal} with letters in the other case. */
  get only(): string | null {
    return this.shape === "literal" ? this.literal : null;
  }

  /** Whether the pattern begins with `*`, be it that of `*(…)`. */
  get beginsWithStar(): boolean {
    const [first] = this.nodes;
    return first !== undefined && (first.kind === "star" || (first.kind === "group" && first.operator === "*"));
  }

  /** Whether the whole of `text` matches. */
  matches(text: string): boolean {
    return this.matchesUnits(this.bytes ? characterUnits(text) : text);
  }

  private matchesUnits(text: string): boolean {
    switch (this.shape) {
      case "literal":
        return text === this.literal;
      case "star-literal":
        return text.endsWith(this.fixed);
      case "literal-star":
        return text.startsWith(this.fixed);
      case "around-star":
        return text.length >= this.beginning.length + this.ending.length && text.startsWith(this.beginning) &&
          text.endsWith(this.ending);
      default: {
        const { ending } = this;
        if (ending !== "" && text.charCodeAt(text.length - 1) !== ending.charCodeAt(ending.length - 1)) return false;
        return this.matchesRange(text, 0, text.length);
      }
    }
  }

  /** Whether each text matches, bytes or characters, that begins and ends as those do that match, the one behind the other. */
  get onlyEndsCount(): boolean {
    const { shape, beginning, ending } = this;
    return (shape === "around-star" || shape === "star-literal" || shape === "literal-star") && !this.bytes &&
      beginning.isWellFormed() && ending.isWellFormed();
  }

  /**
   * Whether the whole of a file name matches, which is the text from `start` to `end`.
   *
   * @param guarded whether a period at its beginning is matched by nothing but a period
   */
  matchesName(text: string, start: number, end: number, guarded: boolean): boolean {
    if (!this.bytes && !this.grouped) return this.matchesNameUnits(text, start, end, guarded);
    const name = this.bytes ? characterUnits(text.slice(start, end)) : text.slice(start, end);
    return this.matchesNameUnits(name, 0, name.length, guarded);
  }

  private matchesNameUnits(text: string, start: number, end: number, guarded: boolean): boolean {
    if (!guarded) return this.matchesRange(text, start, end);
    if (this.grouped) {
      return matchGrouped(this.nodes, 0, text, start, end, this.ignoreCase, true, (at) => at === end);
    }
    const [first] = this.nodes;
    return first?.kind === "text" && first.text.startsWith(".") && this.matchPlain(text, start, end);
  }

  /** The length of the shortest or longest prefix of `text` that matches, or -1. */
  prefix(text: string, longest: boolean): number {
    if (this.shape === "literal") return text.startsWith(this.literal!) ? this.literal!.length : -1;
    if (this.shape === "star-literal") {
      const at = longest ? text.lastIndexOf(this.fixed) : text.indexOf(this.fixed);
      return at < 0 ? -1 : at + this.fixed.length;
    }
    if (this.shape === "literal-star") {
      return text.startsWith(this.fixed) ? (longest ? text.length : this.fixed.length) : -1;
    }
    return this.end(text, 0, longest);
  }

  /** Where the shortest or longest suffix of `text` that matches begins, or -1. */
  suffix(text: string, longest: boolean): number {
    if (this.shape === "literal") return text.endsWith(this.literal!) ? text.length - this.literal!.length : -1;
    if (this.shape === "literal-star") return longest ? text.indexOf(this.fixed) : text.lastIndexOf(this.fixed);
    if (this.shape === "star-literal") {
      return text.endsWith(this.fixed) ? (longest ? 0 : text.length - this.fixed.length) : -1;
    }
    const { plain } = this;
    if (plain !== null && !plain.hasStar) return plain.suffix(text);
    if (longest) {
      for (let start = 0; start <= text.length; start = next(text, start)) {
        if (this.matchesRange(text, start, text.length)) return start;
      }
    } else {
      for (let start = text.length; start >= 0; start = previous(text, start)) {
        if (this.matchesRange(text, start, text.length)) return start;
      }
    }
    return -1;
  }

  /** The first longest match in `text` at or after `from`, as its start and end, or `null`. */
  find(text: string, from: number): { start: number; end: number } | null {
    if (this.shape === "literal") {
      const start = text.indexOf(this.literal!, from);
      return start < 0 ? null : { start, end: start + this.literal!.length };
    }
    const { plain } = this;
    for (let start = from; start <= text.length; start = next(text, start)) {
      if (plain !== null) start = plain.candidate(text, start);
      const end = plain === null ? this.end(text, start, true) : plain.end(text, start, true);
      if (end >= 0) return { start, end };
      if (end === NOWHERE) return null;
    }
    return null;
  }

  private get plain(): PlainPattern | null {
    return this.grouped ? null : this.partial ??= new PlainPattern(this.nodes, this.ignoreCase);
  }

  /** The end of the shortest or longest match that begins at `start`, or -1. */
  end(text: string, start: number, longest: boolean): number {
    const { plain } = this;
    if (plain !== null) return Math.max(-1, plain.end(text, start, longest));
    // Mostly nothing matches here at all.
    if (!matchGrouped(this.nodes, 0, text, start, text.length, this.ignoreCase, false, () => true)) return -1;
    if (longest) {
      for (let end = text.length; end >= start; end = previous(text, end)) {
        if (this.matchesRange(text, start, end)) return end;
      }
    } else {
      for (let end = start; end <= text.length; end = next(text, end)) {
        if (this.matchesRange(text, start, end)) return end;
      }
    }
    return -1;
  }

  private matchesRange(text: string, start: number, end: number): boolean {
    return this.grouped
      ? matchGrouped(this.nodes, 0, text, start, end, this.ignoreCase, false, (at) => at === end)
      : this.matchPlain(text, start, end);
  }

  /** Without groups: what is before the first star and behind the last one can match in one place only. */
  private matchPlain(text: string, start: number, end: number): boolean {
    const { nodes, firstStar, lastStar, ignoreCase } = this;
    const { length } = nodes;
    if (firstStar < 0) return steps(nodes, 0, length, text, start, end, ignoreCase) === end;
    const from = steps(nodes, 0, firstStar, text, start, end, ignoreCase);
    if (from < 0) return false;
    const to = onlyStart(nodes, lastStar + 1, text, from, end);
    if (to < 0 || steps(nodes, lastStar + 1, length, text, to, end, ignoreCase) !== end) return false;
    return firstStar === lastStar || this.matchBetweenStars(text, from, to);
  }

  /** Only the latest star need be tried again, which keeps the time to a product of lengths. */
  private matchBetweenStars(text: string, start: number, end: number): boolean {
    const { nodes, firstStar, lastStar, ignoreCase } = this;
    let index = firstStar;
    let at = start;
    let starIndex = firstStar;
    let starAt = start;
    while (index < lastStar) {
      const node = nodes[index]!;
      if (node.kind === "star") {
        starIndex = ++index;
        starAt = at;
        continue;
      }
      const after = step(node, text, at, end, ignoreCase);
      if (after >= 0) {
        at = after;
        index++;
      } else if (starAt < end) {
        starAt = next(text, starAt);
        at = starAt;
        index = starIndex;
      } else return false;
    }
    return true;
  }
}

/**
 * With groups: tries every way, calling `accept` with the offset where the nodes end.
 *
 * @param guarded whether the first character, a period, is matched by nothing but a period
 */
function matchGrouped(
  nodes: readonly PatternNode[],
  index: number,
  text: string,
  at: number,
  end: number,
  ignoreCase: boolean,
  guarded: boolean,
  accept: (at: number) => boolean,
): boolean {
  const node = nodes[index];
  if (node === undefined) return accept(at);
  if (guarded && at === 0 && node.kind !== "text" && !(node.kind === "group" && node.operator !== "!")) return false;
  const rest = (from: number) => matchGrouped(nodes, index + 1, text, from, end, ignoreCase, guarded, accept);
  if (node.kind === "star") {
    for (let from = at; from <= end; from = next(text, from)) if (rest(from)) return true;
    return false;
  }
  if (node.kind !== "group") {
    const after = step(node, text, at, end, ignoreCase);
    return after >= 0 && rest(after);
  }
  const alternatives = node.alternatives;
  const anyOf = (from: number, then: (at: number) => boolean) =>
    alternatives.some((alternative) => matchGrouped(alternative, 0, text, from, end, ignoreCase, guarded, then));
  switch (node.operator) {
    case "?":
      return rest(at) || anyOf(at, rest);
    case "@":
      return anyOf(at, rest);
    case "!":
      for (let to = at; to <= end; to = next(text, to)) {
        if (!anyOf(at, (reached) => reached === to) && rest(to)) return true;
      }
      return false;
    default: {
      // `*` and `+`. An offset from which the repetition has failed once fails always.
      const failed = new Set<number>();
      const repeat = (from: number): boolean => {
        if (failed.has(from)) return false;
        failed.add(from);
        return rest(from) || anyOf(from, (reached) => reached > from && repeat(reached));
      };
      return node.operator === "*" ? repeat(at) : anyOf(at, (reached) => reached === at ? rest(at) : repeat(reached));
    }
  }
}

/** Quotes everything in `text` that could be special in a pattern. */
export function escapeForPattern(text: string): string {
  return text.replace(/[!-.:-@[-`{-~]/g, "\\$&");
}

/** Takes the backslashes of a pattern away. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\([^])/g, "$1");
}

const CACHE_SIZE = 500;
/** Longer patterns are not remembered. */
const CACHE_LENGTH = 200;
/** What can make a text more than itself. */
const SPECIAL = /[\\?*[]|[+@!]\(/;
const caches = new Map<string, Map<string, Pattern>>();

/** Compiles `text`; patterns used lately are remembered. */
export function compilePattern(text: string, options: PatternOptions): Pattern {
  const key = (options.extglob ? "e" : "") + (options.ignoreCase ? "i" : "") + (locale.utf8 ? "" : "b");
  let cache = caches.get(key);
  if (cache === undefined) caches.set(key, cache = new Map());
  let pattern = cache.get(text);
  if (pattern === undefined) {
    pattern = compile(text, options);
    if (text.length > CACHE_LENGTH) return pattern;
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, pattern);
  }
  return pattern;
}

function compile(text: string, { extglob, ignoreCase }: PatternOptions): Pattern {
  const units = characterUnits(text);
  const nodes = SPECIAL.test(units)
    ? parsePattern(units, 0, extglob, false)!.nodes
    : [{ kind: "text", text: units } as const];
  return new Pattern(nodes, ignoreCase, !locale.utf8);
}

/** A pattern in a script, whose text mostly is what it was before. */
export class PreparedPattern {
  private latest: Pattern | null = null;
  private latestText = "";
  private extglob = false;
  private ignoreCase = false;
  private utf8 = true;

  /** @param text expands the pattern */
  constructor(private readonly text: () => string) {}

  /** Expands it, and gives what it is now. */
  expand(extglob: boolean, ignoreCase: boolean): Pattern {
    return this.of(this.text(), extglob, ignoreCase);
  }

  private of(text: string, extglob: boolean, ignoreCase: boolean): Pattern {
    const known = text === this.latestText && extglob === this.extglob && ignoreCase === this.ignoreCase &&
      locale.utf8 === this.utf8;
    if (known && this.latest !== null) return this.latest;
    this.latestText = text;
    this.extglob = extglob;
    this.ignoreCase = ignoreCase;
    this.utf8 = locale.utf8;
    return this.latest = compilePattern(text, { extglob, ignoreCase });
  }
}
