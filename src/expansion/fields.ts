/**
 * Makes fields from the parts of one word: field splitting (XCU 2.6.5), and what pathname expansion (XCU 2.6.6) must know.
 *
 * The parts come in order, each by the method that says what it is; {@link FieldBuilder.end} closes the word. What was
 * quoted is remembered as ranges of the field, and only when there are glob characters outside of them does a field become a
 * pattern.
 */

import { canonical, continuesCharacter } from "../system/bytes.ts";
import { escapeForPattern } from "./pattern.ts";
import type { Separators } from "./separators.ts";

/** Turns a pattern into the paths that match it; `null` when it is to stand for itself. */
export type PathnameExpander = (pattern: string) => string[] | null;

/** Gives a part of a word to the builder of its fields. */
export type FieldPart = (builder: FieldBuilder) => void;

export class FieldBuilder {
  private text = "";
  /** A field has begun: it has text, or quotes that make it a field though it be empty. */
  private begun = false;
  /** The last thing was IFS white space that ended a field; a delimiter that follows belongs to it. */
  private afterWhiteSpace = false;
  /** Some unquoted text may hold glob characters. */
  private glob = false;
  /** Start and end offsets in `text` of what was quoted, in pairs; those at odd places in turn end them. */
  private quotedRanges: number[] | null = null;
  /** Some piece begins within a character, of bytes that came from different places. */
  private torn = false;

  /**
   * @param out takes the fields
   * @param separators what IFS says now
   * @param expand pathname expansion, or `null` for none (`set -f`)
   */
  constructor(
    private readonly out: string[],
    private readonly separators: Separators,
    private readonly expand: PathnameExpander | null,
  ) {}

  /** Unquoted literal text: not split; `glob` says whether it holds glob characters. */
  literal(text: string, glob: boolean): void {
    if (continuesCharacter(text)) this.torn = true;
    this.text += text;
    this.begun = true;
    this.afterWhiteSpace = false;
    if (glob) this.glob = true;
  }

  /** Quoted text: makes a field even if it is empty. */
  quoted(text: string): void {
    if (text !== "" && this.expand !== null) {
      const ranges = this.quotedRanges ??= [];
      ranges.push(this.text.length, this.text.length + text.length);
    }
    if (continuesCharacter(text)) this.torn = true;
    this.text += text;
    this.begun = true;
    this.afterWhiteSpace = false;
  }

  /** Quoted text that is not there when it is empty: what stands beside an empty `$@` in double quotes. */
  quotedIfAny(text: string): void {
    if (text !== "") this.quoted(text);
  }

  /** The result of an unquoted expansion: split by IFS, open to pathname expansion. */
  expansion(text: string): void {
    if (text === "") return;
    const separators = this.separators;
    if (separators.none || !separators.occursIn(text)) {
      this.literal(text, hasGlobCharacter(text));
      return;
    }
    let start = -1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!separators.isSeparator(code)) {
        if (start < 0) start = i;
        continue;
      }
      if (start >= 0) {
        const piece = text.slice(start, i);
        this.literal(piece, hasGlobCharacter(piece));
        start = -1;
      }
      if (separators.isWhiteSpace(code)) {
        if (this.begun) {
          this.finishField();
          this.afterWhiteSpace = true;
        }
      } else if (this.afterWhiteSpace) {
        this.afterWhiteSpace = false;
      } else {
        this.finishField();
      }
    }
    if (start >= 0) {
      const piece = text.slice(start);
      this.literal(piece, hasGlobCharacter(piece));
    }
  }

  /** The fields of `"$@"` and its kin: the first joins what stands before, the last what comes after. */
  quotedList(values: readonly string[]): void {
    const last = values.length - 1;
    for (let i = 0; i <= last; i++) {
      if (i > 0 && this.begun) this.finishField();
      // Nothing is joined to those between.
      if (i > 0 && i < last) this.out.push(values[i]!);
      else this.quoted(values[i]!);
    }
  }

  /**
   * The fields of an unquoted `$@` or `$*`: each is split further. Where IFS begins with no white space, bash has its first
   * character between them, and so keeps the empty ones.
   */
  expansionList(values: readonly string[]): void {
    const { separators } = this;
    if (separators.joiner !== "" && !separators.isWhiteSpace(separators.joiner.charCodeAt(0))) {
      this.expansion(values.join(separators.joiner));
      return;
    }
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.fieldBreak();
      this.expansion(values[i]!);
    }
  }

  /** Between two elements of an unquoted list: ends the field, if there is one. */
  private fieldBreak(): void {
    if (this.begun) this.finishField();
    this.afterWhiteSpace = false;
  }

  /** Ends the word. A word of which nothing is left makes no field. */
  end(): void {
    if (this.begun) this.finishField();
  }

  private finishField(): void {
    const text = this.torn ? canonical(this.text) : this.text;
    if (this.glob && this.expand !== null && isPattern(text, this.quotedRanges)) {
      const pattern = this.asPattern();
      const paths = this.expand(this.torn ? canonical(pattern) : pattern);
      if (paths === null) this.out.push(text);
      else for (let i = 0; i < paths.length; i++) this.out.push(paths[i]!);
    } else this.out.push(text);
    this.text = "";
    this.begun = false;
    this.glob = false;
    this.quotedRanges = null;
    this.torn = false;
  }

  /** The field as a pattern: what was quoted is escaped. */
  private asPattern(): string {
    const ranges = this.quotedRanges;
    if (ranges === null) return this.text;
    let pattern = "";
    let position = 0;
    for (let i = 0; i < ranges.length; i += 2) {
      pattern += this.text.slice(position, ranges[i]) + escapeForPattern(this.text.slice(ranges[i], ranges[i + 1]));
      position = ranges[i + 1]!;
    }
    return pattern + this.text.slice(position);
  }
}

/**
 * Whether a field is a pattern: what is not quoted holds `*`, `?`, both brackets with no slash between, or the parenthesis of an
 * extended glob.
 *
 * @param quoted start and end offsets of what is quoted, in pairs
 */
export function isPattern(text: string, quoted: readonly number[] | null): boolean {
  let open = false;
  let range = 0;
  for (let i = 0; i < text.length; i++) {
    if (quoted !== null && i === quoted[range]) {
      i = quoted[range + 1]! - 1;
      range += 2;
      continue;
    }
    const code = text.charCodeAt(i);
    if (code === 42 || code === 63 || (code === 93 && open)) return true;
    if (code === 91) open = true;
    else if (code === 47) open = false;
    else if (code === 92) i++;
    else if (code === 40 && i > 0 && isExtendedGlobPrefix(text.charCodeAt(i - 1))) return true;
  }
  return false;
}

/** Whether unquoted `text` may be a pattern: it holds `*`, `?`, `[`, or the parenthesis of an extended glob. */
export function hasGlobCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 42 || code === 63 || code === 91) return true;
    if (code === 40 && i > 0 && isExtendedGlobPrefix(text.charCodeAt(i - 1))) return true;
  }
  return false;
}

/** `?` `*` `+` `@` `!` */
function isExtendedGlobPrefix(code: number): boolean {
  return code === 63 || code === 42 || code === 43 || code === 64 || code === 33;
}
