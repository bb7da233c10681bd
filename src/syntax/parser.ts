/**
 * The syntax room: text in, syntax tree out, and text again from the tree (see `printer.ts`).
 *
 * A {@link Parser} asks an {@link Input} for text, and never for a line more than it needs. {@link Parser.next} gives one
 * complete command (XCU 2.10.2) after the other, so that what a command changes, such as aliases or options, holds for
 * the one that follows. The lexer makes tokens, words of them whole; the parser is a recursive descent along the grammar
 * of XCU 2.10.2 with that of bash, one function a production; `tree.ts` has what comes out.
 *
 * Nothing is expanded, executed or looked up here, and nothing outside of this folder is needed.
 */

import { parseCompound } from "./compound.ts";
import { parseCoprocess } from "./coprocess.ts";
import { parseFunctionKeyword } from "./function.ts";
import { type Input, inputOf } from "./input.ts";
import { Lexer } from "./lexer.ts";
import { emptyList, literalText } from "./nodes.ts";
import type { ParserOptions } from "./options.ts";
import { parsePipeline } from "./pipeline.ts";
import { parseRedirections } from "./redirection.ts";
import * as Reserved from "./reserved_words.ts";
import { reservedWord } from "./reserved_words.ts";
import { parseSimpleCommand } from "./simple_command.ts";
import * as Token from "./tokens.ts";
import type { AndOrList, Command, CompoundCommand, List, ListItem, Redirection, Statement, Word } from "./tree.ts";
import { ARGUMENT, COMMAND } from "./word_mode.ts";

export class Parser {
  readonly lexer: Lexer;

  constructor(input: Input, options: ParserOptions) {
    this.lexer = new Lexer(input, options, this);
  }

  /**
   * Reads the next complete command, up to the end of its line, with the bodies of its here-documents. Lines without a
   * command are passed over. Returns `null` at the end of the input; a later call asks the input again.
   *
   * Throws a `ShellSyntaxError`. The rest of the line in error is then discarded, as bash does it: the next call
   * goes on with the line after it.
   */
  next(): List | null {
    const lexer = this.lexer;
    lexer.begin();
    try {
      let kind = lexer.peek(COMMAND);
      while (kind === Token.NEWLINE) {
        lexer.take();
        kind = lexer.peek(COMMAND);
      }
      return kind === Token.END ? null : this.parseCompleteCommand();
    } catch (error) {
      lexer.discardLine();
      // What called the parser may have left it little of the stack.
      throw error instanceof RangeError ? lexer.tooDeep() : error;
    }
  }

  /** Whether the input has ended with what has been read. */
  atEnd(): boolean {
    return this.lexer.atEnd();
  }

  /** The position behind what has been read. */
  get position(): number {
    return this.lexer.position(this.lexer.index);
  }

  private parseCompleteCommand(): List {
    const lexer = this.lexer;
    const start = lexer.tokenPosition;
    const items: ListItem[] = [];
    for (;;) {
      const command = this.parseAndOr();
      const separator = lexer.peek(ARGUMENT);
      items.push({ command, background: separator === Token.AND, newline: separator === Token.NEWLINE });
      if (separator === Token.END) break;
      if (separator !== Token.SEMICOLON && separator !== Token.AND && separator !== Token.NEWLINE) {
        throw lexer.unexpected();
      }
      lexer.take();
      if (separator === Token.NEWLINE) break;
      const kind = lexer.peek(COMMAND);
      if (kind === Token.NEWLINE) lexer.take();
      if (kind === Token.NEWLINE || kind === Token.END) break;
    }
    return { kind: "list", start, end: lexer.previousEnd, items };
  }

  /** Reads the commands of a substitution and the `)` that ends them. There may be none. */
  readSubstitution(): List {
    const lexer = this.lexer;
    const start = lexer.position(lexer.index);
    this.skipNewlines();
    const list = lexer.peek(COMMAND) === Token.RIGHT_PARENTHESIS ? emptyList(start) : this.parseCompoundList();
    this.expectToken(Token.RIGHT_PARENTHESIS);
    return list;
  }

  /** One or more commands, up to a token that can begin none (`compound_list` in the grammar). */
  parseCompoundList(): List {
    const lexer = this.lexer;
    this.skipNewlines();
    lexer.peek(COMMAND);
    const start = lexer.tokenPosition;
    const items: ListItem[] = [];
    do {
      const command = this.parseAndOr();
      const separator = lexer.peek(ARGUMENT);
      items.push({ command, background: separator === Token.AND, newline: separator === Token.NEWLINE });
      if (separator !== Token.SEMICOLON && separator !== Token.AND && separator !== Token.NEWLINE) break;
      lexer.take();
      this.skipNewlines();
    } while (this.commandFollows());
    return { kind: "list", start, end: lexer.previousEnd, items };
  }

  /** Whether the next token begins a command. */
  commandFollows(): boolean {
    const kind = this.lexer.peek(COMMAND);
    if (kind === Token.WORD) return this.reserved() < Reserved.THEN;
    return kind === Token.LEFT_PARENTHESIS || kind >= Token.LESS ||
      (kind >= Token.ASSIGNMENT_WORD && kind <= Token.IO_VARIABLE);
  }

  private parseAndOr(): Statement {
    const lexer = this.lexer;
    const first = parsePipeline(this);
    let kind = lexer.peek(ARGUMENT);
    if (kind !== Token.AND_IF && kind !== Token.OR_IF) return first;
    const rest: AndOrList["rest"][number][] = [];
    do {
      lexer.take();
      this.skipNewlines();
      rest.push({ operator: kind === Token.AND_IF ? "&&" : "||", command: parsePipeline(this) });
      kind = lexer.peek(ARGUMENT);
    } while (kind === Token.AND_IF || kind === Token.OR_IF);
    return { kind: "andor", start: first.start, end: lexer.previousEnd, first, rest };
  }

  /** A stage of a pipeline, which begins with the token read ahead. `reserved` is the reserved word that it is. */
  parseCommand(reserved: number): Command {
    const lexer = this.lexer;
    const kind = lexer.peek(COMMAND);
    if (kind === Token.WORD) {
      switch (reserved) {
        case Reserved.NOT_RESERVED:
        case Reserved.TIME:
          return parseSimpleCommand(this);
        case Reserved.FUNCTION:
          return parseFunctionKeyword(this);
        case Reserved.COPROC:
          return parseCoprocess(this);
      }
    } else if (kind !== Token.LEFT_PARENTHESIS && this.commandFollows()) {
      return parseSimpleCommand(this);
    }
    return this.parseCompoundCommand(reserved);
  }

  /** A compound command with its redirections, which begins with the token read ahead. */
  parseCompoundCommand(reserved: number): CompoundCommand {
    const lexer = this.lexer;
    if (!this.compoundFollows(reserved)) throw lexer.unexpected();
    lexer.enter();
    const command = parseCompound(this, reserved);
    lexer.leave();
    return command;
  }

  /** Whether the token read ahead begins a compound command. */
  compoundFollows(reserved: number): boolean {
    return this.lexer.peek(COMMAND) === Token.LEFT_PARENTHESIS || Reserved.beginsCompound(reserved);
  }

  /** The redirections behind a compound command. */
  parseRedirections(): readonly Redirection[] {
    return parseRedirections(this.lexer);
  }

  /** The reserved word that the token read ahead is. */
  reserved(): number {
    const lexer = this.lexer;
    if (lexer.peek(COMMAND) !== Token.WORD || lexer.wordsArePlain) return Reserved.NOT_RESERVED;
    const text = literalText(lexer.word as Word);
    return text === null ? Reserved.NOT_RESERVED : reservedWord(text);
  }

  /** Takes the reserved word that must be next. */
  expect(reserved: number): void {
    if (this.reserved() !== reserved) throw this.lexer.unexpected();
    this.lexer.take();
  }

  /** Takes the token that must be next. */
  expectToken(kind: number): void {
    if (this.lexer.peek(ARGUMENT) !== kind) throw this.lexer.unexpected();
    this.lexer.take();
  }

  /** Goes on to a token where a command may begin. */
  skipNewlines(): void {
    const lexer = this.lexer;
    while (lexer.peek(COMMAND) === Token.NEWLINE) lexer.take();
  }
}

/** Parses a whole text at once. Aliases that its own commands would define are not yet in force. */
export function parse(text: string, options: ParserOptions): List {
  const parser = new Parser(inputOf(text), options);
  const items: ListItem[] = [];
  let end = 0;
  for (let list = parser.next(); list !== null; list = parser.next()) {
    for (const item of list.items) items.push(item);
    end = list.end;
  }
  return { kind: "list", start: 0, end, items };
}
