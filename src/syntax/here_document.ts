/** Reads the bodies of here-documents (XCU 2.7.4), which begin behind the newline that ends the operator's line. */

import { BACKSLASH, NEWLINE, TAB } from "./characters.ts";
import { BODY } from "./context.ts";
import { ShellSyntaxError } from "./error.ts";
import type { Lexer } from "./lexer.ts";
import { makeQuoted, makeWord } from "./nodes.ts";
import { printParts } from "./printer.ts";
import type { HereDocument, ParameterPart, Word, WordPart } from "./tree.ts";

/** A here-document whose operator has been read, but not its body. */
export interface PendingHereDocument {
  /** The node, in which the body is filled in. */
  readonly document: { -readonly [Key in keyof HereDocument]: HereDocument[Key] };
  /** Whether the operator is `<<-`. */
  readonly stripsTabs: boolean;
}

/** Makes the node for an operator with this delimiter, whose body is read behind the next newline. */
export function expectHereDocument(lexer: Lexer, delimiter: Word, stripsTabs: boolean): HereDocument {
  const document = {
    delimiter: withoutQuotes(delimiter.parts),
    quoted: delimiter.parts.some((part) => part.kind === "quoted" || part.kind === "double"),
    text: "",
    body: makeWord(delimiter.end, delimiter.end, []),
  };
  lexer.pending.push({ document, stripsTabs });
  return document;
}

/** Quote removal is all that the delimiter undergoes; an expansion in it is the text that it is written as. */
function withoutQuotes(parts: readonly WordPart[]): string {
  let text = "";
  for (const part of parts) {
    if (part.kind === "literal" || part.kind === "quoted") text += part.text;
    else if (part.kind === "double") text += withoutQuotes(part.parts);
    else text += printParts([part], false);
  }
  return text;
}

/** Reads the bodies that are expected, with the index at the beginning of a line. */
export function readHereDocuments(lexer: Lexer): void {
  const pending = lexer.pending;
  lexer.pending = [];
  lexer.inHereDocument = true;
  for (const { document, stripsTabs } of pending) {
    const line = lexer.line;
    const start = lexer.position(lexer.index);
    const text = new BodyReader(lexer, document.delimiter, document.quoted, stripsTabs).read();
    document.text = text;
    document.body = document.quoted
      ? makeWord(start, start + text.length, [makeQuoted(start, start + text.length, "single", text)])
      : parseBody(lexer, text, start, line);
  }
  lexer.inHereDocument = false;
}

class BodyReader {
  /** What has been read of pieces that are gone, and lines that were changed. */
  private gathered = "";
  /** Where in the text the lines begin that have not been gathered. */
  private from = 0;
  private readonly openedOn: number;

  constructor(
    private readonly lexer: Lexer,
    private readonly delimiter: string,
    private readonly quoted: boolean,
    private readonly stripsTabs: boolean,
  ) {
    this.openedOn = lexer.lastLine();
  }

  /** Reads the lines before the delimiter, and the delimiter's. */
  read(): string {
    const { lexer, delimiter } = this;
    this.from = lexer.index;
    while (!this.atEnd()) {
      const start = lexer.index;
      const end = this.lineEnd();
      if (end - start === delimiter.length && lexer.text.startsWith(delimiter, start)) {
        this.gather(start);
        this.skipLine(end);
        return this.gathered;
      }
      if (lexer.substitutions > 0 && this.endsSubstitution(start, end)) {
        this.gather(start);
        lexer.index = start + delimiter.length;
        this.warn();
        return this.gathered;
      }
      if (!this.changesLine(start, end)) this.skipLine(end);
      else if (this.readChangedLine(start)) return this.gathered;
    }
    this.warn();
    return this.gathered === "" || this.gathered.endsWith("\n") ? this.gathered : this.gathered + "\n";
  }

  /** Whether no line follows; gathers what was read of a piece that is left. */
  private atEnd(): boolean {
    const lexer = this.lexer;
    if (lexer.index < lexer.text.length - 1) return false;
    this.gather(lexer.index);
    const ended = lexer.atEnd();
    this.from = lexer.index;
    return ended;
  }

  private gather(end: number): void {
    const lines = this.lexer.text.slice(this.from, end);
    this.gathered = this.gathered === "" ? lines : this.gathered + lines;
    this.from = end;
  }

  /** The index of the newline that ends the line, or of the end of the text. */
  private lineEnd(): number {
    const { text, index } = this.lexer;
    const newline = text.indexOf("\n", index);
    return newline < 0 ? text.length - 1 : newline;
  }

  /** Goes beyond the line that ends at `end`. */
  private skipLine(end: number): void {
    const lexer = this.lexer;
    lexer.index = end;
    if (lexer.text.charCodeAt(end) === NEWLINE) lexer.endLine(lexer.index++);
  }

  /** bash lets `EOF)` end both a here-document and the command substitution that it is in. */
  private endsSubstitution(start: number, end: number): boolean {
    const text = this.lexer.text;
    if (!text.startsWith(this.delimiter, start)) return false;
    const parenthesis = text.indexOf(")", start + this.delimiter.length);
    return parenthesis >= 0 && parenthesis < end;
  }

  /** Whether the line has tabs or a line continuation that are not part of the body. */
  private changesLine(start: number, end: number): boolean {
    const text = this.lexer.text;
    if (this.stripsTabs && text.charCodeAt(start) === TAB) return true;
    return !this.quoted && end > start && text.charCodeAt(end - 1) === BACKSLASH;
  }

  /** Reads a line, with those that continue it, and gathers it as the body has it; true if it is the delimiter's. */
  private readChangedLine(start: number): boolean {
    const lexer = this.lexer;
    this.gather(start);
    let line = "";
    do {
      const end = this.lineEnd();
      line += lexer.text.slice(lexer.index, end);
      this.skipLine(end);
      this.from = lexer.index;
      if (this.quoted || end === lexer.index || !endsWithContinuation(line)) {
        if (end < lexer.index) line += "\n";
        break;
      }
      line = line.slice(0, -1);
    } while (!this.atEnd());
    if (this.stripsTabs) line = line.replace(/^\t+/, "");
    if (line === this.delimiter || line === this.delimiter + "\n") return true;
    this.gathered += line;
    return false;
  }

  private warn(): void {
    const { lexer, delimiter } = this;
    lexer.warn(
      lexer.lastLine(),
      `here-document at line ${this.openedOn} delimited by end-of-file (wanted \`${delimiter}')`,
    );
  }
}

/** Whether the line ends in a backslash that is not itself quoted by one. */
function endsWithContinuation(line: string): boolean {
  let backslashes = 0;
  while (line.charCodeAt(line.length - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

/**
 * Parses a body with its expansions. As bash looks at them only when the here-document is used, an expansion that is
 * wrong is no error of the script: it is kept with all that follows it, to fail when it is expanded.
 */
function parseBody(lexer: Lexer, text: string, start: number, line: number): Word {
  const parts: WordPart[] = [];
  const state = lexer.saveState();
  const mark = lexer.cut(text, start, line);
  lexer.enter();
  try {
    lexer.readText(parts, BODY);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    const wrong = parts.at(-1)?.end ?? start;
    parts.push(badExpansion(wrong, start + text.length, text.slice(wrong - start), error.message));
  }
  lexer.restore(mark);
  lexer.restoreState(state);
  return makeWord(start, start + text.length, parts);
}

function badExpansion(start: number, end: number, text: string, reason: string): ParameterPart {
  return {
    kind: "parameter",
    start,
    end,
    name: "",
    subscript: null,
    prefix: "none",
    operation: { kind: "bad", text, reason },
    braces: true,
  };
}
