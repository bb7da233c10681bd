/**
 * The page that commands are printed on: text with its indentation, and the here-documents that wait for the end of their
 * line. `print_*.ts` write on it.
 */

import { hereDocumentBody } from "./print_redirection.ts";
import type { HereDocument } from "./tree.ts";

/** How a layout differs from that of a plain command. */
interface Style {
  /** How much deeper each level is indented. */
  readonly step: number;
  readonly indentation: number;
  /** Whether newlines between the commands of lists stay newlines. */
  readonly newlines: boolean;
  /** Whether the word `function` stands before the name of a function. */
  readonly keyword: boolean;
}

const PLAIN: Style = { step: 4, indentation: 0, newlines: false, keyword: true };

/** In POSIX mode. */
export const POSIX: Style = { ...PLAIN, keyword: false };

/** In a command substitution. */
export const SUBSTITUTION: Style = { ...PLAIN, newlines: true };

/** As bash passes functions to other shells through the environment. */
export const ENVIRONMENT: Style = { ...PLAIN, step: 0, indentation: 1 };

export class Layout {
  private text = "";
  private readonly step: number;
  private readonly newlines: boolean;
  readonly keyword: boolean;
  private indentation: number;
  /** Whether the next command goes on in its line, so that no indentation is due. */
  private inLine = true;
  /** Whether the commands of a list have lines of their own. */
  private inFunction = false;
  /** How many lists and pipelines are being written. The bodies of their here-documents wait for the next operator. */
  private connections = 0;
  private waiting: HereDocument[] = [];
  /** Whether a here-document's body was written since the last redirections and `;`. */
  private afterBody = false;

  constructor(style = PLAIN) {
    this.step = style.step;
    this.newlines = style.newlines;
    this.keyword = style.keyword;
    this.indentation = style.indentation;
  }

  toString(): string {
    return this.text;
  }

  write(text: string): void {
    this.text += text;
  }

  /** Writes on a new line. */
  writeLine(text: string): void {
    this.text += "\n" + " ".repeat(this.indentation) + text;
  }

  /** Ends a command, unless `&` or a here-document has. */
  writeSemicolon(): void {
    if (!this.text.endsWith("&") && !this.text.endsWith("\n")) this.text += ";";
  }

  writeIndentation(): void {
    this.text += " ".repeat(this.indentation);
  }

  indent(): void {
    this.indentation += this.step;
  }

  outdent(): void {
    this.indentation -= this.step;
  }

  /** Begins a command: indents it, unless it goes on in a line. */
  begin(): void {
    if (!this.inLine) this.writeIndentation();
    this.inLine = false;
  }

  /** Tells that the next command goes on in the line. */
  goOn(): void {
    this.inLine = true;
  }

  /** Tells that an operator will follow, for which here-documents wait, until {@link disconnect}. */
  connect(): void {
    this.connections++;
  }

  disconnect(): void {
    this.connections--;
  }

  /** Whether commands have lines of their own. */
  get isInFunction(): boolean {
    return this.inFunction;
  }

  /** Begins the body of a function. Returns what {@link leaveFunction} is told. */
  enterFunction(): boolean {
    const outer = this.inFunction;
    this.inFunction = true;
    this.inLine = false;
    this.indent();
    return outer;
  }

  leaveFunction(outer: boolean): void {
    if (this.step > 0) this.outdent();
    else this.indentation = 0;
    this.inFunction = outer;
  }

  /** Tells that what follows does not count as being behind the body of a here-document. */
  forgetBodies(): void {
    this.afterBody = false;
  }

  /** Writes the bodies of here-documents, or keeps them for the next operator. */
  addHereDocuments(documents: readonly HereDocument[]): void {
    if (this.connections > 0) this.waiting.push(...documents);
    else if (documents.length > 0) this.writeBodies(documents);
  }

  /** Writes the bodies of here-documents that wait, and `behind` if there are any. */
  flush(behind: string): void {
    if (this.waiting.length === 0) return;
    const bodies = this.waiting;
    this.waiting = [];
    this.writeBodies(bodies);
    this.write(behind);
  }

  private writeBodies(documents: readonly HereDocument[]): void {
    this.write("\n");
    for (const document of documents) this.write(hereDocumentBody(document));
    this.afterBody = true;
  }

  /** Writes an operator between two commands, and the here-documents that waited for it. */
  writeOperator(operator: string): void {
    this.write(operator);
    this.flush(" ");
  }

  /** Writes what separates two commands of a list. `newline` tells that they were on lines of their own. */
  separate(newline: boolean): void {
    const kept = this.newlines && newline;
    const waiting = this.waiting.length > 0;
    const ended = waiting || (this.inFunction ? this.afterBody : this.text.endsWith("\n"));
    if (waiting) this.flush("");
    else if (ended) this.afterBody = false;
    else this.write(kept ? "\n" : ";");
    if (this.inFunction || (kept && ended)) this.write("\n");
    else {
      if (!kept) this.write(" ");
      this.inLine = true;
    }
  }
}
