/** Extended regular expressions (XBD 9.4), with the extensions of the GNU C library: parsed to a tree. */

import { type CharacterSet, classNamed } from "../bracket.ts";

/** Stands before each character that was quoted; no shell string holds it otherwise. */
export const QUOTED = "\0";

export type AssertionKind = "start" | "end" | "boundary" | "no boundary" | "word start" | "word end";

export type RegularNode =
  | { readonly kind: "character"; readonly codePoint: number }
  | { readonly kind: "any" }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "assertion"; readonly assertion: AssertionKind }
  | { readonly kind: "sequence"; readonly parts: readonly RegularNode[] }
  | { readonly kind: "choice"; readonly alternatives: readonly RegularNode[] }
  /** Any number of times. */
  | { readonly kind: "repeat"; readonly operand: RegularNode }
  | { readonly kind: "group"; readonly index: number; readonly operand: RegularNode }
  /** What a group has matched (an extension). */
  | { readonly kind: "reference"; readonly index: number };

export interface Parsed {
  readonly node: RegularNode;
  /** How many groups there are. */
  readonly groups: number;
  readonly hasReferences: boolean;
}

/** The most that an interval may ask for (RE_DUP_MAX). */
const LARGEST_COUNT = 32767;
/** How many nodes intervals may copy before the expression counts as too big. */
const LARGEST_COPY = 100_000;

/** Matches nothing at all. */
export const EMPTY: RegularNode = { kind: "sequence", parts: [] };

const ASSERTIONS: Readonly<Record<string, AssertionKind>> = {
  "`": "start",
  "'": "end",
  b: "boundary",
  B: "no boundary",
  "<": "word start",
  ">": "word end",
};

/** Says that a text is no regular expression. */
export class InvalidExpression {}

/** Parses `text`, in which {@link QUOTED} stands before quoted characters. Throws {@link InvalidExpression}. */
export function parseRegularExpression(text: string): Parsed {
  return new RegularParser(text).parse();
}

class RegularParser {
  /** The expression without its marks. */
  private readonly text: string;
  /** Whether the character at an index was quoted. */
  private readonly quoted: readonly boolean[];
  private index = 0;
  private groups = 0;
  private depth = 0;
  private copied = 0;
  private hasReferences = false;
  /** The groups that a reference may name: those that are complete in the same alternative. */
  private complete = new Set<number>();

  constructor(marked: string) {
    const quoted: boolean[] = [];
    let text = "";
    for (let i = 0; i < marked.length; i++) {
      const isQuoted = marked[i] === QUOTED;
      if (isQuoted) i++;
      text += marked[i];
      quoted.push(isQuoted);
    }
    this.text = text;
    this.quoted = quoted;
  }

  parse(): Parsed {
    const node = this.choice();
    return { node, groups: this.groups, hasReferences: this.hasReferences };
  }

  /** Whether the next character is `character` and means what it means in expressions. */
  private at(character: string): boolean {
    return this.text[this.index] === character && !this.quoted[this.index];
  }

  private take(character: string): boolean {
    const taken = this.at(character);
    if (taken) this.index++;
    return taken;
  }

  /** A `)` without its partner stands for itself. */
  private atEnd(): boolean {
    return this.index >= this.text.length || (this.depth > 0 && this.at(")"));
  }

  private choice(): RegularNode {
    const before = this.complete;
    const alternatives: RegularNode[] = [];
    const after = new Set(before);
    do {
      this.complete = new Set(before);
      alternatives.push(this.sequence());
      for (const index of this.complete) after.add(index);
    } while (this.take("|"));
    this.complete = after;
    return alternatives.length === 1 ? alternatives[0]! : { kind: "choice", alternatives };
  }

  private sequence(): RegularNode {
    const parts: RegularNode[] = [];
    while (!this.atEnd() && !this.at("|")) parts.push(this.repeated());
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  private repeated(): RegularNode {
    const anchor = this.at("^");
    let node = this.simple();
    for (;;) {
      const operator = this.quoted[this.index] ? "" : this.text[this.index] ?? "";
      if (operator === "" || !"*+?{".includes(operator)) return node;
      // What is repeated must not be an anchor.
      if (anchor || (node.kind === "assertion" && node.assertion === "end")) throw new InvalidExpression();
      this.index++;
      if (operator === "*") node = { kind: "repeat", operand: node };
      else if (operator === "+") node = this.times(node, 1, Infinity);
      else if (operator === "?") node = this.times(node, 0, 1);
      else node = this.interval(node);
    }
  }

  /** `{n}`, `{n,}`, `{n,m}`, `{,m}`, behind the brace. */
  private interval(node: RegularNode): RegularNode {
    const close = this.text.indexOf("}", this.index);
    const match = /^(\d*)(?:(,)(\d*))?$/.exec(this.text.slice(this.index, Math.max(close, this.index)));
    if (close < 0 || match === null || match[0] === "") throw new InvalidExpression();
    this.index = close + 1;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === "" ? Infinity : Number(match[3]);
    if (least > most || least > LARGEST_COUNT || (most > LARGEST_COUNT && most !== Infinity)) {
      throw new InvalidExpression();
    }
    return this.times(node, least, most);
  }

  /** At least `least` and at most `most` times `node`. */
  private times(node: RegularNode, least: number, most: number): RegularNode {
    this.copied += (most === Infinity ? least : most) * size(node);
    if (this.copied > LARGEST_COPY) throw new InvalidExpression();
    const parts: RegularNode[] = Array.from({ length: least }, () => node);
    if (most === Infinity) parts.push({ kind: "repeat", operand: node });
    else for (let i = least; i < most; i++) parts.push({ kind: "choice", alternatives: [node, EMPTY] });
    return parts.length === 1 ? parts[0]! : { kind: "sequence", parts };
  }

  private simple(): RegularNode {
    const codePoint = this.text.codePointAt(this.index)!;
    const character = String.fromCodePoint(codePoint);
    const isQuoted = this.quoted[this.index];
    if (!isQuoted) {
      switch (character) {
        case "(":
          return this.group();
        case "[":
          return this.set();
        case ".":
          this.index++;
          return { kind: "any" };
        case "^":
        case "$":
          this.index++;
          return { kind: "assertion", assertion: character === "^" ? "start" : "end" };
        case "\\":
          return this.escape();
        case "*":
        case "+":
        case "?":
        case "{":
          throw new InvalidExpression();
      }
    }
    this.index += character.length;
    return { kind: "character", codePoint };
  }

  private group(): RegularNode {
    this.index++;
    this.depth++;
    const index = ++this.groups;
    const operand = this.choice();
    if (!this.take(")")) throw new InvalidExpression();
    this.depth--;
    this.complete.add(index);
    return { kind: "group", index, operand };
  }

  private escape(): RegularNode {
    const codePoint = this.text.codePointAt(++this.index);
    if (codePoint === undefined) throw new InvalidExpression();
    const character = String.fromCodePoint(codePoint);
    this.index += character.length;
    if (Object.hasOwn(ASSERTIONS, character)) return { kind: "assertion", assertion: ASSERTIONS[character]! };
    if (/[wWsS]/.test(character)) {
      const name = character.toLowerCase() === "w" ? "word" : "space";
      const negated = character < "a";
      return { kind: "set", set: { negated, ranges: [], classes: [classNamed(name)!], ascii: null } };
    }
    if (/[1-9]/.test(character)) {
      if (!this.complete.has(Number(character))) throw new InvalidExpression();
      this.hasReferences = true;
      return { kind: "reference", index: Number(character) };
    }
    return { kind: "character", codePoint };
  }

  /** A bracket expression (XBD 9.3.5). Quoting and backslashes mean nothing in it. */
  private set(): RegularNode {
    const { text } = this;
    this.index++;
    const negated = text[this.index] === "^";
    if (negated) this.index++;
    const ranges: number[] = [];
    const classes: ((codePoint: number) => boolean)[] = [];
    for (let first = true;; first = false) {
      if (this.index >= text.length) throw new InvalidExpression();
      if (text[this.index] === "]" && !first) {
        this.index++;
        return { kind: "set", set: { negated, ranges, classes, ascii: null } };
      }
      const low = this.element();
      const isRange = text[this.index] === "-" && text[this.index + 1] !== "]";
      if (typeof low !== "number") {
        if (isRange) throw new InvalidExpression();
        classes.push(low);
        continue;
      }
      if (!isRange) {
        ranges.push(low, low);
        continue;
      }
      this.index++;
      const high = this.element();
      if (typeof high !== "number" || low > high) throw new InvalidExpression();
      ranges.push(low, high);
      // `a-c-e` is no range.
      if (text[this.index] === "-" && text[this.index + 1] !== "]") throw new InvalidExpression();
    }
  }

  /** What stands for one character in a bracket expression, or a class. */
  private element(): number | ((codePoint: number) => boolean) {
    const { text } = this;
    const mark = text[this.index + 1];
    if (text[this.index] === "[" && mark !== undefined && ".=:".includes(mark)) {
      const close = text.indexOf(`${mark}]`, this.index + 2);
      if (close < 0) throw new InvalidExpression();
      const name = text.slice(this.index + 2, close);
      this.index = close + 2;
      const found = mark === ":" ? classNamed(name) : [...name].length === 1 ? name.codePointAt(0) : undefined;
      if (found === undefined) throw new InvalidExpression();
      // An equivalence class may not end a range; one character is all that is in it.
      return mark === "=" ? (codePoint) => codePoint === found : found;
    }
    const codePoint = text.codePointAt(this.index);
    if (codePoint === undefined) throw new InvalidExpression();
    this.index += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }
}

/** How many nodes there are in `node`. */
function size(node: RegularNode): number {
  switch (node.kind) {
    case "sequence":
      return node.parts.reduce((sum, part) => sum + size(part), 1);
    case "choice":
      return node.alternatives.reduce((sum, part) => sum + size(part), 1);
    case "repeat":
    case "group":
      return 1 + size(node.operand);
    default:
      return 1;
  }
}
