/**
 * The text that the lexer stands in, and how it gets more of it.
 *
 * The text comes in pieces of whole lines and is dropped piece by piece; nothing is scanned or copied twice. Each
 * piece ends with a NUL as a sentinel, so that a loop over it need not look for its end. Only what spans
 * lines (quotes, here-documents, arithmetic) goes on over the end of a piece, by {@link Text.fill}. The value
 * of an alias, and what must be read a second time, are pieces too, put before what is still to come.
 */

import { BACKSLASH, NEWLINE, NUL } from "./characters.ts";
import type { Input } from "./input.ts";

/** Text that waits, from `index` on. */
interface Piece {
  readonly text: string;
  readonly index: number;
  readonly base: number;
  readonly next: Piece | null;
}

/** An alias whose value is being read, within which it is not substituted again (XCU 2.3.1). */
export interface ActiveAlias {
  readonly name: string;
  /** The index in the text at which its value ends. */
  readonly end: number;
  /** Whether the value ends in a blank, so that the next word may be an alias too. */
  readonly trailingBlank: boolean;
  readonly outer: ActiveAlias | null;
}

/** A place to come back to. */
export interface Mark {
  readonly text: string;
  readonly index: number;
  readonly base: number;
  readonly line: number;
  readonly waiting: Piece | null;
  readonly aliases: ActiveAlias | null;
  readonly aliasEnd: number;
  readonly aliasPosition: number;
  readonly closed: boolean;
  readonly piecesRead: number;
}

export class Text {
  /** The piece, with its sentinel. */
  text = "\0";
  /** The index in `text` of the next character. */
  index = 0;
  /** The number of the line on which the index is. */
  line: number;
  /** Where in `text` the current token begins: what is before it is not needed any more. */
  tokenStart = 0;
  /** Whether a command has begun: the input is told when it is asked for more. */
  begun = false;
  /** The innermost alias whose value is being read. */
  aliases: ActiveAlias | null = null;

  /** Where in `text` a line begins whose continuation was taken away. */
  private lineStart = 0;
  /** The position in the source of `text[0]`. */
  private base = 0;
  private waiting: Piece | null = null;
  /** What is before this index is the value of an alias that was written at `aliasPosition`. */
  private aliasEnd = 0;
  private aliasPosition = 0;
  /** Set while the text is one that was cut out of the source, such as a here-document's body. */
  private closed = false;
  private ended = false;
  private marks = 0;
  /** What the input gave since the first mark that is still kept. */
  private readonly piecesRead: Piece[] = [];

  constructor(private readonly input: Input, firstLine: number) {
    this.line = firstLine;
  }

  /** The position in the source of `index`; of an alias's text, that of the alias. */
  position(index: number): number {
    return index < this.aliasEnd ? this.aliasPosition : this.base + index;
  }

  /** Whether the index is in the value of an alias. */
  inAlias(): boolean {
    return this.index < this.aliasEnd;
  }

  /** Forgets what was before: the next complete command may be read even where the input had come to an end. */
  begin(): void {
    this.begun = false;
    this.ended = false;
    this.marks = 0;
    this.forgetPieces();
  }

  private forgetPieces(): void {
    // V8 does the change of a length by a call of its runtime, even where it is none.
    if (this.piecesRead.length > 0) this.piecesRead.length = 0;
  }

  /** Goes on to the next piece, from the sentinel; false at the end of the input. */
  fill(): boolean {
    const piece = this.waiting;
    if (piece !== null) {
      this.waiting = piece.next;
      this.enterPiece(piece);
      return true;
    }
    if (this.closed || this.ended) return false;
    let more: string | null;
    do {
      more = this.input.read(this.begun);
      if (more === null) {
        this.ended = true;
        return false;
      }
      // A shell ignores the NULs of a script; here one would look like the sentinel.
      if (more.includes("\0")) more = more.replaceAll("\0", "");
    } while (more === "");
    const read = {
      text: more + (lacksNewline(more) ? "\n\0" : "\0"),
      index: 0,
      base: this.base + this.text.length - 1,
      next: null,
    };
    if (this.marks > 0) this.piecesRead.push(read);
    this.enterPiece(read);
    return true;
  }

  /** Gives back to the input all that is behind the index. */
  giveBack(): void {
    let rest = this.text.slice(this.index, -1);
    for (let piece = this.waiting; piece !== null; piece = piece.next) rest += piece.text.slice(piece.index, -1);
    if (rest === "" || this.input.unread === undefined) return;
    this.input.unread(rest);
    this.waiting = null;
    this.enterPiece({ text: "\0", index: 0, base: this.position(this.index), next: null });
  }

  /** Whether the index is at the end of the input, which is asked for more text where need be. */
  atEnd(): boolean {
    return this.text.charCodeAt(this.index) === NUL && !this.fill();
  }

  private enterPiece(piece: Piece): void {
    this.text = piece.text;
    this.index = piece.index;
    this.base = piece.base;
    this.tokenStart = piece.index;
    this.lineStart = 0;
    // They are left with the next token, which must know whether one ended in a blank.
    this.aliases = shiftAliases(this.aliases, this.aliasEnd);
    this.aliasEnd = 0;
  }

  /**
   * The character `ahead` of the index, line continuations before it taken away (XCU 2.2.1). None of the
   * characters between may be the sentinel.
   */
  peekCode(ahead: number): number {
    let code = this.text.charCodeAt(this.index + ahead);
    while (code === BACKSLASH && this.text.charCodeAt(this.index + ahead + 1) === NEWLINE) {
      this.joinLines(ahead);
      code = this.text.charCodeAt(this.index + ahead);
    }
    return code;
  }

  /**
   * Takes away the line continuation `ahead` of the index. What is before the current token is dropped, and
   * indices change with it; the index goes on to mean the same character.
   */
  joinLines(ahead: number): void {
    const before = this.index - this.tokenStart;
    const head = this.text.slice(this.tokenStart, this.index + ahead);
    this.index += ahead + 2;
    this.skippedLine();
    this.replaceBefore(this.index, head);
    this.index = before;
    this.lineStart = head.length;
  }

  /** Counts the line that the newline at `index` ends. The value of an alias is on the line of its name. */
  endLine(index: number): void {
    if (index >= this.aliasEnd) this.line++;
  }

  /** Called with the index behind a line continuation. */
  skippedLine(): void {
    this.endLine(this.index - 1);
    this.begun = true;
    if (this.text.charCodeAt(this.index) === NUL) this.fill();
  }

  /** Puts the value of an alias in place of its name, which is from `start` to `end`, and the index before it. */
  substituteAlias(name: string, start: number, end: number, value: string): void {
    const nested = start < this.aliasEnd;
    const position = this.position(start);
    const trailingBlank = value.endsWith(" ") || value.endsWith("\t");
    this.replaceBefore(end, value);
    this.index = 0;
    this.aliases = { name, end: value.length, trailingBlank, outer: this.aliases };
    if (!nested) this.aliasEnd = value.length;
    this.aliasPosition = position;
  }

  /** Leaves the aliases whose values are before the index; tells whether one of them ended in a blank. */
  leaveAliases(): boolean {
    let alias = this.aliases;
    let trailingBlank = false;
    while (alias !== null && alias.end <= this.index) {
      trailingBlank ||= alias.trailingBlank;
      alias = alias.outer;
    }
    this.aliases = alias;
    return trailingBlank;
  }

  /** Makes `head` and the rest of the line from `index` on the text, and lets the lines after it wait. */
  private replaceBefore(index: number, head: string): void {
    const text = this.text;
    const newline = text.indexOf("\n", Math.max(index, this.aliasEnd));
    const end = newline < 0 ? text.length - 1 : newline + 1;
    if (end < text.length - 1) this.waiting = { text, index: end, base: this.base, next: this.waiting };
    const shift = index - head.length;
    this.text = head + text.slice(index, end) + "\0";
    this.base += shift;
    this.tokenStart = 0;
    this.lineStart = 0;
    this.aliases = shiftAliases(this.aliases, shift);
    this.aliasEnd = this.aliasEnd > 0 ? this.aliasEnd - shift : 0;
  }

  /** Remembers the place, until {@link restore} or {@link release}. */
  mark(): Mark {
    this.marks++;
    return {
      text: this.text,
      index: this.index,
      base: this.base,
      line: this.line,
      waiting: this.waiting,
      aliases: this.aliases,
      aliasEnd: this.aliasEnd,
      aliasPosition: this.aliasPosition,
      closed: this.closed,
      piecesRead: this.piecesRead.length,
    };
  }

  /** Forgets a mark. */
  release(): void {
    if (--this.marks === 0) this.forgetPieces();
  }

  /** Goes back to a mark and forgets it. */
  restore(mark: Mark): void {
    this.text = mark.text;
    this.index = mark.index;
    this.tokenStart = mark.index;
    this.lineStart = 0;
    this.base = mark.base;
    this.line = mark.line;
    this.waiting = append(mark.waiting, this.piecesRead, mark.piecesRead);
    this.aliases = mark.aliases;
    this.aliasEnd = mark.aliasEnd;
    this.aliasPosition = mark.aliasPosition;
    this.closed = mark.closed;
    this.release();
  }

  /** The text from a mark on, up to the index as it is `behind` characters back, with its line continuations. */
  textSince(mark: Mark, behind: number): string {
    if (this.text === mark.text && this.base === mark.base) return this.text.slice(mark.index, this.index - behind);
    // Pieces were entered and changed since, but what is left is as it was.
    let all = mark.text.slice(mark.index, -1);
    for (let piece = mark.waiting; piece !== null; piece = piece.next) all += piece.text.slice(piece.index, -1);
    for (let i = mark.piecesRead; i < this.piecesRead.length; i++) all += this.piecesRead[i]!.text.slice(0, -1);
    let left = this.text.length - 1 - this.index;
    for (let piece = this.waiting; piece !== null; piece = piece.next) left += piece.text.length - 1 - piece.index;
    return all.slice(0, all.length - left - behind);
  }

  /** Reads `text`, which was cut out of the source at `position`, in place of the input, until it is restored. */
  cut(text: string, position: number, line: number): Mark {
    const mark = this.mark();
    this.waiting = null;
    this.closed = true;
    this.enterPiece({ text: text + "\0", index: 0, base: position, next: null });
    this.line = line;
    return mark;
  }

  /** The line on which the index is, or which it has just ended, as far as it has been read. */
  currentLine(): string {
    const at = this.index > 0 ? this.index - 1 : 0;
    const lineStart = this.lineStart <= this.index ? this.lineStart : 0;
    const start = at === 0 ? 0 : Math.max(this.text.lastIndexOf("\n", at - 1) + 1, lineStart);
    const newline = this.text.indexOf("\n", at);
    return this.text.slice(start, newline < 0 ? this.text.length - 1 : newline);
  }

  /** Skips what is left of the current line, unless the index is at its very end. */
  discardLine(): void {
    if (this.index > 0 && this.text.charCodeAt(this.index - 1) === NEWLINE && this.index >= this.aliasEnd) return;
    const newline = this.text.indexOf("\n", Math.max(this.index, this.aliasEnd));
    if (newline < 0) this.index = this.text.length - 1;
    else {
      this.index = newline + 1;
      this.endLine(newline);
    }
  }
}

/** Whether a last line must be given its newline. Behind a backslash, that would continue the line. */
function lacksNewline(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last !== NEWLINE && last !== BACKSLASH;
}

function shiftAliases(alias: ActiveAlias | null, shift: number): ActiveAlias | null {
  if (alias === null || shift === 0) return alias;
  return { ...alias, end: alias.end - shift, outer: shiftAliases(alias.outer, shift) };
}

/** The pieces of `waiting` and then those of `read` from `from` on. */
function append(waiting: Piece | null, read: readonly Piece[], from: number): Piece | null {
  let chain: Piece | null = null;
  for (let i = read.length - 1; i >= from; i--) chain = { ...read[i]!, next: chain };
  if (chain === null) return waiting;
  const before: Piece[] = [];
  for (let piece = waiting; piece !== null; piece = piece.next) before.push(piece);
  for (let i = before.length - 1; i >= 0; i--) chain = { ...before[i]!, next: chain };
  return chain;
}
