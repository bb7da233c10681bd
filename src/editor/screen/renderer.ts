/**
 * Frames onto a terminal: works out what differs from what is shown already, and says it in as few bytes as are sensible.
 *
 * It knows nothing of where on the screen it is. All movement is relative to the row in which the first frame began, and rows that
 * were not there before are made by newlines, at which the terminal scrolls if it must. Of a frame that is taller than the screen,
 * the rows around the cursor are shown. Text that wraps is written through the right edge, so that the terminal knows which rows
 * belong together when it is resized or copied from.
 *
 * In: frames. Out: a string for the terminal. No reading, no writing.
 */

import type { Cell, Frame, Place, Row } from "./cells.ts";

export interface ScreenSize {
  readonly rows: number;
  readonly columns: number;
}

/** Rows as they are on the screen. */
interface Shown {
  readonly rows: readonly Row[];
  readonly base: string;
}

export class Renderer {
  private shown: Shown = { rows: [], base: "" };
  /** Where the terminal's cursor is, counted from the first row that is shown. */
  private cursor: Place = { row: 0, column: 0 };
  /** Whether the last column has just been written to: the terminal wraps before the next character. */
  private wrapping = false;
  /** How many rows there are on the screen that can be reached by moving the cursor. */
  private reachable = 1;
  /** The first row of the frame that is shown. */
  private top = 0;
  private output = "";

  /** Shows `frame` in place of the one before. Returns what to write. */
  render(frame: Frame, size: ScreenSize): string {
    const top = this.scroll(frame, size.rows);
    const rows = frame.rows.slice(top, top + size.rows);
    const anew = this.shown.rows.length === 0 || top !== this.top || frame.base !== this.shown.base ||
      promptsDiffer(this.shown.rows, rows);
    this.top = top;
    if (anew) this.paintAll(rows, frame.base, size.columns);
    else this.paintChanges(rows, frame.base, size.columns);
    this.shown = { rows, base: frame.base };
    this.moveTo({ row: frame.cursor.row - top, column: frame.cursor.column });
    return this.take();
  }

  /** Leaves what is shown where it is, and goes to an empty line below. Returns what to write. */
  leave(): string {
    if (this.shown.rows.length > 0) {
      const { cursor } = this;
      this.moveTo({ row: this.shown.rows.length - 1, column: cursor.column });
      this.output += "\r\n";
    }
    this.forget();
    return this.take();
  }

  /** Takes what is shown off the screen. Returns what to write. */
  erase(): string {
    this.moveTo({ row: 0, column: 0 });
    this.output += "\x1b[J";
    this.forget();
    return this.take();
  }

  /** Clears the whole screen, so that the next frame begins at its top. Returns what to write. */
  clearScreen(): string {
    this.forget();
    return "\x1b[H\x1b[2J";
  }

  /**
   * The terminal has so many columns now, and has wrapped what is shown anew: takes it off the screen. Returns what to write.
   * Of terminals that cut instead of wrapping, a row may stay.
   */
  resized(columns: number): string {
    let above = 0;
    let length = 0;
    for (const row of this.shown.rows.slice(0, this.cursor.row)) {
      length += row.width;
      if (row.wrapped) continue;
      above += Math.max(1, Math.ceil(length / columns));
      length = 0;
    }
    above += Math.floor((length + this.cursor.column) / columns);
    this.output += "\r" + up(above) + "\x1b[J";
    this.forget();
    return this.take();
  }

  /** The cursor is at the beginning of a row, and nothing is shown. */
  private forget(): void {
    this.shown = { rows: [], base: "" };
    this.cursor = { row: 0, column: 0 };
    this.wrapping = false;
    this.reachable = 1;
    this.top = 0;
  }

  private take(): string {
    const { output } = this;
    this.output = "";
    return output;
  }

  /** The first row of `frame` to show, as near as can be to the present one. */
  private scroll(frame: Frame, height: number): number {
    const last = Math.max(0, frame.rows.length - height);
    const top = Math.min(this.top, last);
    return Math.max(Math.min(top, frame.cursor.row), frame.cursor.row - height + 1);
  }

  private paintAll(rows: readonly Row[], base: string, columns: number): void {
    this.moveTo({ row: 0, column: 0 });
    this.output += this.shown.rows.length > 0 ? "\x1b[0m\x1b[J" : "";
    this.shown = { rows: [], base };
    rows.forEach((row, index) => this.paintRow(row, index, 0, base, columns));
  }

  private paintChanges(rows: readonly Row[], base: string, columns: number): void {
    const before = this.shown.rows;
    rows.forEach((row, index) => {
      const old = before[index];
      const from = old === undefined ? 0 : firstDifference(old.cells, row.cells);
      const same = old !== undefined && from === row.cells.length && from === old.cells.length;
      if (!same || old.wrapped !== row.wrapped) this.paintRow(row, index, from, base, columns);
      if (!same && old !== undefined && row.width < old.width) this.eraseLine(index, row.width);
    });
    if (before.length > rows.length) {
      this.moveTo({ row: rows.length, column: 0 });
      this.output += "\x1b[J";
    }
  }

  /** Writes the cells of a row from the index `from` on. */
  private paintRow(row: Row, index: number, from: number, base: string, columns: number): void {
    if (this.wrapping && from === 0 && this.cursor.row === index - 1) {
      // The terminal goes to the next row by itself, if it gets a character for it.
      if (!row.cells.some(({ width }) => width > 0)) this.output += " \r\x1b[K";
      this.cursor = { row: index, column: 0 };
      this.wrapping = false;
      this.reachable = Math.max(this.reachable, index + 1);
    } else if (from < row.cells.length || from === 0) this.moveTo({ row: index, column: widthOf(row.cells, from) });
    let style: string | null = "";
    let { column } = this.cursor;
    for (const cell of row.cells.slice(from)) {
      if (cell.style !== style && cell.style !== null) this.output += styleChange(cell.style, base);
      style = cell.style ?? style;
      this.output += cell.text;
      column += cell.width;
      this.wrapping = column >= columns;
    }
    this.cursor = { row: this.cursor.row, column };
    if (style !== "") this.output += styleChange("", base);
  }

  private eraseLine(row: number, column: number): void {
    this.moveTo({ row, column });
    this.output += "\x1b[K";
  }

  private moveTo({ row, column }: Place): void {
    const { cursor, wrapping } = this;
    if (row === cursor.row && column === cursor.column && !wrapping) return;
    this.cursor = { row, column };
    this.wrapping = false;
    const last = this.reachable - 1;
    if (row > last) {
      this.output += down(last - cursor.row) + "\r" + "\n".repeat(row - last) + right(column);
      this.reachable = row + 1;
      return;
    }
    this.output += row < cursor.row ? up(cursor.row - row) : down(row - cursor.row);
    const back = cursor.column - column;
    if (wrapping || column === 0 || back > 4) this.output += "\r" + right(column);
    else this.output += back > 0 ? "\b".repeat(back) : right(-back);
  }
}

const up = (count: number) => count === 0 ? "" : count === 1 ? "\x1b[A" : `\x1b[${count}A`;
const down = (count: number) => count === 0 ? "" : count === 1 ? "\x1b[B" : `\x1b[${count}B`;
const right = (count: number) => count === 0 ? "" : count === 1 ? "\x1b[C" : `\x1b[${count}C`;

/** What makes the style `style`, whatever was before. */
function styleChange(style: string, base: string): string {
  return style === "" ? `\x1b[0m${base}` : `\x1b[0;${style}m`;
}

function widthOf(cells: readonly Cell[], count: number): number {
  let width = 0;
  for (let index = 0; index < count; index++) width += cells[index]!.width;
  return width;
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.text === b.text && a.width === b.width && a.style === b.style;
}

/** How many cells are the same at the beginning. */
function firstDifference(before: readonly Cell[], after: readonly Cell[]): number {
  const length = Math.min(before.length, after.length);
  let index = 0;
  while (index < length && sameCell(before[index]!, after[index]!)) index++;
  return index;
}

/** Whether what the prompts show has changed: their styles hang together, so that they are written as a whole. */
function promptsDiffer(before: readonly Row[], after: readonly Row[]): boolean {
  const prompt = (rows: readonly Row[], index: number) =>
    rows[index]?.cells.filter(({ style }) => style === null) ?? [];
  for (let index = 0; index < Math.min(before.length, after.length); index++) {
    const old = prompt(before, index);
    const now = prompt(after, index);
    if (old.length !== now.length || !old.every((cell, place) => sameCell(cell, now[place]!))) return true;
  }
  return false;
}
