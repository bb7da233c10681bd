/**
 * A command line as far as it has been typed: which word is a command, which an argument, what is quoted. For completion and for colours.
 *
 * The parser knows all this for what is complete; here nothing may be missing. The scanner takes whatever there is, never fails, and
 * tells at the end of the text in the middle of what it is ({@link Scanner.context}). It knows the words, operators and
 * compound commands of the grammar as far as they decide where a command begins.
 */

import { COMMAND_FOLLOWS } from "./reserved.ts";
import { WordScanner } from "./word_scanner.ts";

export type MarkKind =
  | "command"
  | "keyword"
  | "argument"
  | "assignment"
  | "operator"
  | "redirection"
  | "target"
  | "comment"
  | "quoted"
  | "variable"
  | "escape";

/** A stretch of the text; one that begins later lies upon those before it. */
export interface Mark {
  readonly kind: MarkKind;
  readonly start: number;
  end: number;
}

export type OpenQuote = "'" | '"' | "$'" | "`" | null;

export interface ScannedWord {
  readonly start: number;
  readonly end: number;
  /** The quotation that the text ends in. */
  readonly open: OpenQuote;
  /** Where a parameter expansion begins that the text ends in, or ends with its name; -1 for none. */
  readonly variable: number;
}

/** A simple command. */
export interface ScannedCommand {
  readonly start: number;
  /** Behind its last word or redirection. */
  end: number;
  /** The command and its arguments. */
  readonly words: ScannedWord[];
}

/** What may stand at a place. */
export type Role = "command" | "argument" | "target" | "assignment" | "name" | "comment";

/** In the middle of what the text ends. */
export interface ScannedContext {
  /** The word that the text ends in, or `null` behind a blank or an operator. */
  readonly word: ScannedWord | null;
  readonly role: Role;
  /** The command around it. */
  readonly command: ScannedCommand | null;
}

const OPERATOR = /;;&|;;|;&|&&|\|\||\|&|\|\d+(?:>\d*(?:,\d+>\d*)*)|[;&|]/y;
const REDIRECTION = /(?:\d+|\{[A-Za-z_]\w*\})?(?:<<<|<<-|<<|<>|<&|>>|>&|>\||<(?!\()|>(?!\())|&>>|&>/y;
const ASSIGNMENT = /[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/y;

/** What a list of commands is within: tells what a `)` means, and what comes behind `in`. */
interface Level {
  /** The text that ends it; empty for the whole line. */
  readonly closer: ")" | "`" | "";
  /** Whether a command may begin. */
  atCommand: boolean;
  /** Whether a redirection waits for its target. */
  target: boolean;
  command: ScannedCommand | null;
  /** Words that are no commands and up to where: the name behind `for`, the words behind `in`, a pattern of `case`, `[[ ]]`. */
  special: "" | "name" | "in" | "words" | "case word" | "case in" | "pattern" | "test" | "function";
  /** How many `case` are around. */
  cases: number;
}

/** Compound commands may be nested as deep as this; what is deeper is not told apart. */
const DEEPEST = 100;

export class Scanner {
  readonly marks: Mark[] = [];
  readonly commands: ScannedCommand[] = [];
  index = 0;
  private found: ScannedContext | null = null;
  private readonly words: WordScanner;
  private depth = 0;
  /** Delimiters of here-documents whose bodies begin behind the next newline. */
  private pendingDelimiters: { readonly text: string; readonly stripped: boolean }[] = [];

  constructor(readonly text: string) {
    this.words = new WordScanner(this);
    this.scan("");
  }

  /** In the middle of what the text ends. */
  get context(): ScannedContext {
    return this.found ?? { word: null, role: "command", command: null };
  }

  /** Notes the context if the text has come to its end: what is innermost does so first. */
  ended(context: ScannedContext): void {
    if (this.index >= this.text.length) this.found ??= context;
  }

  mark(kind: MarkKind, start: number, end = this.index): Mark {
    const mark = { kind, start, end };
    this.marks.push(mark);
    return mark;
  }

  /** Scans commands up to `closer`, which is left where it is. */
  scan(closer: Level["closer"]): void {
    const level: Level = { closer, atCommand: true, target: false, command: null, special: "", cases: 0 };
    if (++this.depth > DEEPEST) this.index = this.text.length;
    while (this.index < this.text.length) {
      if (this.text[this.index] === closer && !(closer === ")" && level.special === "pattern")) break;
      this.step(level);
    }
    this.depth--;
    this.ended({ word: null, role: this.role(level), command: level.command });
  }

  private role(level: Level): Role {
    if (level.target) return "target";
    if (level.special === "name" || level.special === "function") return "name";
    if (level.special !== "") return "argument";
    return level.atCommand ? "command" : "argument";
  }

  private step(level: Level): void {
    const { text, index } = this;
    const character = text[index]!;
    if (character === " " || character === "\t") this.index++;
    else if (text.startsWith("\\\n", index)) this.index += 2;
    else if (character === "\n") this.newline(level);
    else if (character === "#") this.comment();
    else if (level.special === "test") this.testWord(level);
    else if (character === "(" || character === ")") this.parenthesis(level, character);
    else if (!this.redirection(level) && !this.operator(level)) this.word(level);
  }

  private newline(level: Level): void {
    this.index++;
    this.endCommand(level);
    for (const delimiter of this.pendingDelimiters.splice(0)) this.hereDocument(delimiter);
  }

  private comment(): void {
    const start = this.index;
    const newline = this.text.indexOf("\n", start);
    this.index = newline < 0 ? this.text.length : newline;
    this.mark("comment", start);
    this.ended({ word: null, role: "comment", command: null });
  }

  /** The body of a here-document, with the line that ends it. */
  private hereDocument({ text, stripped }: { readonly text: string; readonly stripped: boolean }): void {
    const start = this.index;
    while (this.index < this.text.length) {
      const newline = this.text.indexOf("\n", this.index);
      const end = newline < 0 ? this.text.length : newline;
      const line = this.text.slice(this.index, end);
      this.index = newline < 0 ? end : end + 1;
      if ((stripped ? line.replace(/^\t+/, "") : line) === text) break;
    }
    if (this.index > start) this.mark("quoted", start);
  }

  private endCommand(level: Level): void {
    level.atCommand = true;
    level.target = false;
    level.command = null;
    if (level.special !== "pattern" && level.special !== "case in") level.special = "";
  }

  /** Within `[[ ]]`, where operators are not those of commands. */
  private testWord(level: Level): void {
    const start = this.index;
    const operator = this.take(/&&|\|\||[()<>&|;]/y);
    if (operator !== "") this.mark("operator", start);
    else if (this.take(/\]\](?=[\s;&|)]|$)/y) !== "") {
      this.mark("keyword", start);
      level.special = "";
      level.atCommand = false;
    } else this.words.scan("argument", null);
  }

  private parenthesis(level: Level, character: string): void {
    const start = this.index;
    if (character === ")") {
      this.index++;
      this.mark("operator", start);
      if (level.special === "pattern") level.special = "";
      level.atCommand = true;
      level.command = null;
      return;
    }
    if (level.special === "pattern") {
      this.index++;
      this.mark("operator", start);
    } else if (level.command?.words.length === 1 && this.take(/\(\s*\)/y) !== "") {
      // A function is defined: its body follows.
      this.mark("operator", start);
      level.command = null;
      level.atCommand = true;
    } else if (level.atCommand && this.text.startsWith("((", start)) this.arithmetic(level);
    else {
      this.index++;
      this.mark("operator", start);
      this.scan(")");
      if (this.text[this.index] === ")") this.mark("operator", this.index, ++this.index);
      level.atCommand = false;
      level.command = null;
    }
  }

  private arithmetic(level: Level): void {
    const start = this.index;
    this.index += 2;
    this.mark("operator", start);
    this.words.scanArithmetic();
    level.atCommand = false;
    level.command = null;
  }

  /** Takes what `pattern`, which is sticky, matches here; empty for nothing. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.index;
    const text = pattern.exec(this.text)?.[0] ?? "";
    this.index += text.length;
    return text;
  }

  private redirection(level: Level): boolean {
    const start = this.index;
    const operator = this.take(REDIRECTION);
    if (operator === "") return false;
    this.mark("redirection", start);
    level.target = true;
    if (level.command !== null) level.command.end = this.index;
    const document = /<<(-?)$/.exec(operator);
    if (document !== null && !operator.endsWith("<<<")) {
      const delimiter = /[ \t]*([^\s;&|<>()]+)/y;
      delimiter.lastIndex = this.index;
      const word = delimiter.exec(this.text)?.[1];
      if (word !== undefined) {
        this.pendingDelimiters.push({ text: word.replaceAll(/["'\\]/g, ""), stripped: document[1] === "-" });
      }
    }
    return true;
  }

  private operator(level: Level): boolean {
    const start = this.index;
    const operator = this.take(OPERATOR);
    if (operator === "") return false;
    this.mark("operator", start);
    if (level.special === "pattern" && operator === "|") return true;
    this.endCommand(level);
    if (operator.startsWith(";;") || operator === ";&") level.special = level.cases > 0 ? "pattern" : "";
    return true;
  }

  private word(level: Level): void {
    if (level.target) {
      level.target = false;
      const word = this.words.scan("target", level.command);
      if (level.command !== null) level.command.end = word.end;
      return;
    }
    if (level.special !== "") return this.specialWord(level);
    if (!level.atCommand) {
      if (level.command === null) {
        // Behind a compound command there can be none; whoever types it is in the middle of something.
        this.words.scan("argument", null);
        return;
      }
      return this.argument(level, level.command);
    }
    const start = this.index;
    const reserved = this.words.reservedAt(start);
    if (reserved !== "") return this.reserved(level, reserved);
    if (this.take(ASSIGNMENT) !== "") return this.assignment(start);
    const command: ScannedCommand = { start, end: start, words: [] };
    this.commands.push(command);
    level.command = command;
    level.atCommand = false;
    const mark = this.mark("command", start);
    const word = this.words.scan("command", command);
    mark.end = word.end;
    command.words.push(word);
    command.end = word.end;
  }

  private argument(level: Level, command: ScannedCommand): void {
    const mark = this.mark("argument", this.index);
    const word = this.words.scan("argument", command);
    mark.end = word.end;
    command.words.push(word);
    command.end = word.end;
    level.command = command;
  }

  /** A value, or an array in parentheses. */
  private assignment(start: number): void {
    this.mark("assignment", start);
    if (this.text[this.index] === "(") {
      const open = this.index++;
      this.mark("operator", open);
      while (this.index < this.text.length && this.text[this.index] !== ")") {
        if (/\s/.test(this.text[this.index]!)) this.index++;
        else this.words.scan("assignment", null);
      }
      if (this.index < this.text.length) this.mark("operator", this.index, ++this.index);
    } else if (!/[\s;&|()]/.test(this.text[this.index] ?? "")) this.words.scan("assignment", null, start);
  }

  private reserved(level: Level, word: string): void {
    const start = this.index;
    this.index += word.length;
    this.mark("keyword", start);
    // It may still become a longer word.
    this.ended({ word: { start, end: this.index, open: null, variable: -1 }, role: "command", command: null });
    switch (word) {
      case "for":
      case "select":
        level.special = "name";
        break;
      case "function":
        level.special = "function";
        break;
      case "case":
        level.special = "case word";
        level.cases++;
        break;
      case "esac":
        level.cases = Math.max(0, level.cases - 1);
        level.atCommand = false;
        break;
      case "[[":
        level.special = "test";
        break;
      default:
        level.atCommand = COMMAND_FOLLOWS.has(word);
    }
  }

  private specialWord(level: Level): void {
    const start = this.index;
    const word = this.words.reservedAt(start);
    switch (level.special) {
      case "name":
        this.words.scan("name", null);
        level.special = "in";
        return;
      case "function":
        this.words.scan("name", null);
        level.special = "";
        // Parentheses may follow the name, and then the body.
        this.take(/[ \t]*\([ \t]*\)/y);
        return;
      case "case word":
        this.words.scan("argument", null);
        level.special = "case in";
        return;
      case "in":
      case "case in":
        if (word === "in") {
          this.index += word.length;
          this.mark("keyword", start);
          level.special = level.special === "in" ? "words" : "pattern";
          return;
        }
        if (word === "do") {
          level.special = "";
          return;
        }
        break;
      case "pattern":
        if (word === "esac") {
          level.special = "";
          return;
        }
    }
    this.words.scan("argument", null);
  }
}
