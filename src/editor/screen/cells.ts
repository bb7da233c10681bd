/**
 * What a screen is made of, and how text is shown in it.
 *
 * Nothing that could command the terminal gets through: control characters are shown as `^X`, bytes that are no text as `\xFF`,
 * characters that would turn the direction of the text around or hide in it as `<U+202E>`.
 */

import { characterWidth } from "./character_width.ts";

/** One character on the screen with the marks that combine with it. */
export interface Cell {
  readonly text: string;
  /** In columns; 0 for what only commands the terminal: an escape sequence in a prompt. */
  readonly width: number;
  /** The parameters of an SGR sequence: "1;31", say. Empty: as the prompt has left it. `null`: in the prompt, which says itself. */
  readonly style: string | null;
}

export interface Row {
  readonly cells: Cell[];
  /** The sum of the widths. */
  width: number;
  /** Whether the text goes on in the next row only because there was no more room in this one. */
  wrapped: boolean;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Everything that an editor shows. */
export interface Frame {
  readonly rows: readonly Row[];
  readonly cursor: Place;
  /** The sequences that make the style that the prompt leaves to the text behind it. */
  readonly base: string;
}

/** Columns from one tab stop to the next. */
const TAB_STOP = 8;

/** Whether a character has no width and is part of what people write: a joiner, or a variation selector. */
function joins(character: string): boolean {
  return /[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/u.test(character);
}

/** Puts text into rows, from left to right, and wraps it at the right edge. */
export class RowBuilder {
  readonly rows: Row[] = [{ cells: [], width: 0, wrapped: false }];

  constructor(private readonly columns: number) {}

  /** Where the next character goes. At the right edge that is the beginning of the next row. */
  place(): Place {
    if (this.row.width >= this.columns) this.wrap();
    return { row: this.rows.length - 1, column: this.row.width };
  }

  get row(): Row {
    return this.rows.at(-1)!;
  }

  newline(): void {
    this.rows.push({ cells: [], width: 0, wrapped: false });
  }

  /** Adds what takes no room. */
  addCommand(text: string): void {
    this.row.cells.push({ text, width: 0, style: null });
  }

  /** Adds one character (a code point) of text, as it is to be shown. Newlines are the caller's affair. */
  addCharacter(character: string, style: string | null): void {
    const point = character.codePointAt(0)!;
    if (point === 9) this.addTab(style);
    else if (point < 0x20 || point === 0x7f) this.addAscii(`^${String.fromCharCode(point ^ 0x40)}`, style);
    else if (point < 0x7f) this.add(character, 1, style);
    else if (point >= 0xdc80 && point <= 0xdcff) {
      this.addAscii(`\\x${(point - 0xdc00).toString(16).toUpperCase()}`, style);
    } else this.addOther(character, point, style);
  }

  private addOther(character: string, point: number, style: string | null): void {
    if (point < 0xa0 || (point >= 0xd800 && point <= 0xdfff)) return this.addCodePoint(point, style);
    const width = characterWidth(character);
    if (width > 0) return this.add(character, width, style);
    const last = this.row.cells.at(-1);
    if (joins(character) && last !== undefined && last.width > 0) {
      this.row.cells[this.row.cells.length - 1] = { ...last, text: last.text + character };
    } else this.addCodePoint(point, style);
  }

  private addCodePoint(point: number, style: string | null): void {
    this.addAscii(`<U+${point.toString(16).toUpperCase().padStart(4, "0")}>`, style);
  }

  private addTab(style: string | null): void {
    let { column } = this.place();
    do this.add(" ", 1, style); while (++column % TAB_STOP !== 0 && column < this.columns);
  }

  /** Adds text of ASCII characters. */
  addAscii(text: string, style: string | null): void {
    for (const character of text) this.add(character, 1, style);
  }

  private add(text: string, width: number, style: string | null): void {
    if (this.row.width + width > this.columns) {
      // A wide character leaves the last column empty.
      while (this.row.width < this.columns) this.push(" ", 1, style);
      this.wrap();
    }
    this.push(text, width, style);
  }

  private push(text: string, width: number, style: string | null): void {
    const { row } = this;
    row.cells.push({ text, width, style });
    row.width += width;
  }

  private wrap(): void {
    this.row.wrapped = true;
    this.newline();
  }
}
