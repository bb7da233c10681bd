/** Words of a command line with their quotations and expansions, as far as they have been typed. */

import { isReserved } from "./reserved.ts";
import type { Mark, OpenQuote, Role, ScannedCommand, ScannedWord, Scanner } from "./scanner.ts";

const PLAIN = /[^\s\\'"`$;&|<>()]+/y;
const VARIABLE = /\$(?:[A-Za-z_]\w*|[0-9*@#?$!_-])/y;
const META = /[\s;&|<>()]/;

export class WordScanner {
  /** The quotation in which the text came to its end. */
  private open: OpenQuote = null;
  private variable = -1;

  constructor(private readonly scanner: Scanner) {}

  /** The reserved word that stands at `start` by itself, unquoted; empty for none. */
  reservedAt(start: number): string {
    const word = /[^\s\\'"`$;&|<>()]+/y;
    word.lastIndex = start;
    const text = word.exec(this.scanner.text)?.[0] ?? "";
    const next = this.scanner.text[start + text.length];
    return (next === undefined || META.test(next)) && isReserved(text) ? text : "";
  }

  /** Scans a word. `from` is where it begins, if part of it has been taken. */
  scan(role: Role, command: ScannedCommand | null, from = this.scanner.index): ScannedWord {
    const { scanner } = this;
    this.open = null;
    this.variable = -1;
    while (scanner.index < scanner.text.length && this.unit());
    // What can't be part of a word here is one by itself.
    if (scanner.index === from) scanner.index++;
    const word = { start: from, end: scanner.index, open: this.open, variable: this.variable };
    scanner.ended({ word, role, command });
    return word;
  }

  /** Takes a part of a word. Returns false at its end. */
  private unit(): boolean {
    const { scanner } = this;
    const { text, index } = scanner;
    if (scanner.take(PLAIN) !== "") return true;
    switch (text[index]) {
      case "\\":
        scanner.index = Math.min(text.length, index + 2);
        scanner.mark("escape", index);
        return true;
      case "'":
        this.singleQuotes(1, false);
        return true;
      case '"':
        this.doubleQuotes();
        return true;
      case "`":
        this.backquotes();
        return true;
      case "$":
        this.dollar(false);
        return true;
      case "<":
      case ">":
        if (text[index + 1] !== "(") return false;
        this.substitution(2);
        return true;
      case "(":
        // `?(`, `*(` and their kin, and the parentheses of an array.
        if (index === 0 || !/[?*+@!=]/.test(text[index - 1]!)) return false;
        this.group();
        return true;
    }
    return false;
  }

  private group(): void {
    const { scanner } = this;
    scanner.index++;
    while (scanner.index < scanner.text.length && scanner.text[scanner.index] !== ")") {
      if (!this.unit()) scanner.index++;
    }
    scanner.index = Math.min(scanner.text.length, scanner.index + 1);
  }

  /** @param opener how long what opens them is. @param escapes whether a backslash escapes: `$'…'` */
  private singleQuotes(opener: number, escapes: boolean): void {
    const { scanner } = this;
    const start = scanner.index;
    scanner.index += opener;
    scanner.take(escapes ? /(?:\\[^]|[^'\\])*/y : /[^']*/y);
    if (scanner.text[scanner.index] === "'") scanner.index++;
    else {
      scanner.index = scanner.text.length;
      this.open = escapes ? "$'" : "'";
    }
    scanner.mark("quoted", start);
  }

  private doubleQuotes(): void {
    const { scanner } = this;
    const mark = scanner.mark("quoted", scanner.index);
    scanner.index++;
    while (scanner.index < scanner.text.length) {
      const character = scanner.text[scanner.index]!;
      if (character === '"') {
        scanner.index++;
        mark.end = scanner.index;
        return;
      }
      if (character === "\\") scanner.index = Math.min(scanner.text.length, scanner.index + 2);
      else if (character === "`") this.backquotes();
      else if (character === "$") this.dollar(true);
      else scanner.index++;
    }
    mark.end = scanner.index;
    this.open ??= '"';
  }

  private backquotes(): void {
    const { scanner } = this;
    const start = scanner.index++;
    scanner.mark("operator", start);
    scanner.scan("`");
    if (scanner.text[scanner.index] === "`") scanner.mark("operator", scanner.index, ++scanner.index);
    else this.open = "`";
  }

  private dollar(inQuotes: boolean): void {
    const { scanner } = this;
    const { text, index } = scanner;
    if (text.startsWith("$((", index)) {
      scanner.index += 3;
      scanner.mark("operator", index);
      this.scanArithmetic();
    } else if (text.startsWith("$(", index)) this.substitution(2);
    else if (text.startsWith("${", index)) this.braces();
    else if (!inQuotes && text.startsWith("$'", index)) this.singleQuotes(2, true);
    else if (!inQuotes && text.startsWith('$"', index)) {
      scanner.index++;
      this.doubleQuotes();
    } else if (scanner.take(VARIABLE) !== "") {
      scanner.mark("variable", index);
      if (scanner.index === text.length) this.variable = index;
    } else {
      scanner.index++;
      if (scanner.index === text.length) this.variable = index;
    }
  }

  /** A command or process substitution. */
  private substitution(opener: number): void {
    const { scanner } = this;
    const start = scanner.index;
    scanner.index += opener;
    scanner.mark("operator", start);
    scanner.scan(")");
    if (scanner.text[scanner.index] === ")") scanner.mark("operator", scanner.index, ++scanner.index);
  }

  private braces(): void {
    const { scanner } = this;
    const start = scanner.index;
    const mark: Mark = scanner.mark("variable", start);
    scanner.index += 2;
    scanner.take(/[!#]?[A-Za-z_]?\w*/y);
    if (scanner.index === scanner.text.length) this.variable = start;
    while (scanner.index < scanner.text.length && scanner.text[scanner.index] !== "}") {
      const character = scanner.text[scanner.index]!;
      if (character === "\\") scanner.index = Math.min(scanner.text.length, scanner.index + 2);
      else if (character === '"') this.doubleQuotes();
      else if (character === "'") this.singleQuotes(1, false);
      else if (character === "$") this.dollar(true);
      else if (character === "`") this.backquotes();
      else scanner.index++;
    }
    scanner.index = Math.min(scanner.text.length, scanner.index + 1);
    mark.end = scanner.index;
  }

  /** An arithmetic expression up to `))`. */
  scanArithmetic(): void {
    const { scanner } = this;
    for (let depth = 0; scanner.index < scanner.text.length;) {
      const character = scanner.text[scanner.index]!;
      if (depth === 0 && scanner.text.startsWith("))", scanner.index)) {
        scanner.mark("operator", scanner.index, scanner.index + 2);
        scanner.index += 2;
        return;
      }
      if (character === "$") {
        this.dollar(true);
        continue;
      }
      if (character === "(") depth++;
      else if (character === ")") depth--;
      scanner.index++;
    }
    scanner.ended({ word: null, role: "argument", command: null });
  }
}
