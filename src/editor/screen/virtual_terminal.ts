/**
 * A terminal in memory, for tests: understands what the editor writes, and fails at anything else. It wraps late, as real ones
 * do: a character in the last column leaves the cursor there until the next one comes.
 */

import { characterWidth } from "./character_width.ts";

interface Glyph {
  text: string;
  style: string;
}

const BLANK: Glyph = { text: " ", style: "" };
/** The second column of a wide character. */
const RIGHT_HALF: Glyph = { text: "", style: "" };

// deno-lint-ignore no-control-regex
const UNIT = /\x1b\[([?>]?)([\d;:]*)([@-~])|\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b[=>]|([^])/gu;

export class VirtualTerminal {
  private lines: Glyph[][];
  /** What has left the screen at its top. */
  readonly scrolledOff: string[] = [];
  row = 0;
  column = 0;
  private wrapping = false;
  private style = "";
  /** The private modes that are set. */
  readonly modes = new Set<string>();
  bells = 0;

  constructor(readonly rows: number, readonly columns: number) {
    this.lines = Array.from({ length: rows }, () => this.emptyLine());
  }

  write(text: string): void {
    for (const [unit, mark, parameters, final, title, character] of text.matchAll(UNIT)) {
      if (character !== undefined) this.character(character);
      else if (final !== undefined) this.control(unit, mark!, parameters!, final);
      else if (title === undefined && !/[=>]$/.test(unit)) throw new Error(`not understood: ${JSON.stringify(unit)}`);
    }
  }

  /** The text of the screen, without blanks at the ends of lines and empty lines at the end. */
  get text(): string {
    return this.lines.map((line) => textOf(line)).join("\n").trimEnd();
  }

  /** The text with `|` before the character that the cursor is on. */
  get textWithCursor(): string {
    const lines = this.text.split("\n");
    while (lines.length <= this.row) lines.push("");
    const before = textOf(this.lines[this.row]!.slice(0, this.column), false);
    lines[this.row] = `${before}|${lines[this.row]!.slice(before.length)}`;
    return lines.join("\n");
  }

  /** The lines with every stretch of text in a style as `{style:text}`. */
  get styled(): string {
    return this.lines.map((line) => {
      let text = "";
      let style = "";
      for (const glyph of line) {
        if (glyph.style !== style) text += (style === "" ? "" : "}") + (glyph.style === "" ? "" : `{${glyph.style}:`);
        style = glyph.style;
        text += glyph.text;
      }
      return (text + (style === "" ? "" : "}")).trimEnd();
    }).join("\n").trimEnd();
  }

  private emptyLine(): Glyph[] {
    return Array.from({ length: this.columns }, () => BLANK);
  }

  private character(character: string): void {
    switch (character) {
      case "\r":
        return this.goTo(this.row, 0);
      case "\n":
        // The terminal's driver sends a carriage return too.
        this.goTo(this.row, 0);
        return this.lineFeed();
      case "\b":
        return this.goTo(this.row, Math.max(0, this.column - 1));
      case "\x07":
        this.bells++;
        return;
    }
    if (character < " " || (character >= "\x7f" && character < "\xa0")) {
      throw new Error(`not understood: ${JSON.stringify(character)}`);
    }
    this.print(character, characterWidth(character));
  }

  private print(text: string, width: number): void {
    if (width === 0) {
      const column = this.wrapping ? this.column : this.column - 1;
      const line = this.lines[this.row]!;
      const at = line[column] === RIGHT_HALF ? column - 1 : column;
      line[at] = { text: line[at]!.text + text, style: line[at]!.style };
      return;
    }
    if (this.wrapping || this.column + width > this.columns) {
      this.goTo(this.row, 0);
      this.lineFeed();
    }
    const line = this.lines[this.row]!;
    this.split(line, this.column);
    if (width === 2) this.split(line, this.column + 1);
    line[this.column] = { text, style: this.style };
    if (width === 2) line[this.column + 1] = RIGHT_HALF;
    this.wrapping = this.column + width >= this.columns;
    this.column = Math.min(this.column + width, this.columns - 1);
  }

  /** Half a wide character is about to be written over: the other half becomes blank. */
  private split(line: Glyph[], column: number): void {
    if (line[column] === RIGHT_HALF) line[column - 1] = BLANK;
    if (line[column + 1] === RIGHT_HALF) line[column + 1] = BLANK;
  }

  private lineFeed(): void {
    if (this.row < this.rows - 1) this.row++;
    else {
      this.scrolledOff.push(textOf(this.lines.shift()!));
      this.lines.push(this.emptyLine());
    }
  }

  private goTo(row: number, column: number): void {
    this.row = Math.max(0, Math.min(this.rows - 1, row));
    this.column = Math.max(0, Math.min(this.columns - 1, column));
    this.wrapping = false;
  }

  private control(unit: string, mark: string, parameters: string, final: string): void {
    const count = parameters === "" ? 1 : Number(parameters);
    switch (mark + final) {
      case "A":
        return this.goTo(this.row - count, this.column);
      case "B":
        return this.goTo(this.row + count, this.column);
      case "C":
        return this.goTo(this.row, this.column + count);
      case "D":
        return this.goTo(this.row, this.column - count);
      case "H":
        return this.goTo(0, 0);
      case "J":
        return this.eraseDisplay(parameters);
      case "K":
        this.lines[this.row]!.fill(BLANK, this.column);
        return;
      case "m":
        return this.setStyle(parameters);
      case "?h":
        this.modes.add(parameters);
        return;
      case "?l":
        this.modes.delete(parameters);
        return;
    }
    throw new Error(`not understood: ${JSON.stringify(unit)}`);
  }

  private eraseDisplay(parameters: string): void {
    const from = parameters === "" ? this.row : 0;
    for (let row = from; row < this.rows; row++) {
      this.lines[row]!.fill(BLANK, row === from && parameters === "" ? this.column : 0);
    }
  }

  private setStyle(parameters: string): void {
    if (/^0?(;|$)/.test(parameters)) this.style = parameters.replace(/^(0?;)*0?$|^0?;/, "");
    else this.style += (this.style === "" ? "" : ";") + parameters;
  }
}

function textOf(line: readonly Glyph[], trimmed = true): string {
  const text = line.map((glyph) => glyph.text).join("");
  return trimmed ? text.trimEnd() : text;
}
