/**
 * The lexer: text in, tokens out (XCU 2.3), one at a time and only when the parser asks.
 *
 * The parser says what a word may be where it asks ({@link COMMAND} and its kin), as the grammar makes it depend on
 * the context: an assignment, an alias. Reserved words are plain words here. Words come whole, as parts of the syntax
 * tree; the commands of a `$(…)` inside are read by the parser, which the lexer calls back.
 */

import { substituteAlias } from "./alias.ts";
import { readAssignmentOrWord } from "./assignment.ts";
import {
  AMPERSAND,
  BACKSLASH,
  BAR,
  CLASS,
  DIGIT,
  EQUALS,
  GREATER,
  IN_NAME,
  IN_WORD,
  isIn,
  isName,
  LEFT_BRACKET,
  LESS,
  NEWLINE,
  NUL,
  NUMBER_SIGN,
  PLUS,
  RIGHT_PARENTHESIS,
  SEMICOLON,
  SPACE,
  STARTS_NAME,
  TAB,
} from "./characters.ts";
import type { Context } from "./context.ts";
import { ShellSyntaxError } from "./error.ts";
import { readText } from "./expandable_text.ts";
import { type PendingHereDocument, readHereDocuments } from "./here_document.ts";
import type { Input } from "./input.ts";
import { makeWord } from "./nodes.ts";
import { readOperator } from "./operator.ts";
import type { ParserOptions } from "./options.ts";
import { jointText, printAssignment, printParts } from "./printer.ts";
import { Text } from "./text.ts";
import * as Token from "./tokens.ts";
import type { Assignment, Joint, List, Word, WordPart } from "./tree.ts";
import { readWord } from "./word.ts";
import { ARGUMENT, ASSIGNMENTS, ELEMENT, REGULAR_EXPRESSION, RIGHT_SIDE } from "./word_mode.ts";

/** How deep constructs may be nested: well below what the JavaScript stack holds, with the shell's own calls on it. */
const DEPTH_LIMIT = 400;

const NO_WORD = makeWord(0, 0, []);

/** Reads the commands of a substitution: what the lexer needs of the parser. */
export interface CommandReader {
  /** Reads up to the `)` that ends the substitution, and takes it. */
  readSubstitution(): List;
}

/** What {@link Lexer.saveState} saves. */
export type LexerState =
  & Pick<
    Lexer,
    "word" | "tokenLine" | "tokenPosition" | "previousEnd" | "pending" | "substitutions" | "alias"
  >
  & { readonly kind: number; readonly depth: number };

export class Lexer extends Text {
  /** The kind of the token read ahead. */
  private kind = Token.NONE;
  /** The word read ahead. */
  word: Word | Assignment = NO_WORD;
  /** The operator `|…>` read ahead. */
  joint: Joint | null = null;
  /** The line on which the token begins. */
  tokenLine = 0;
  /** The position at which the token begins. */
  tokenPosition = 0;
  /** The position at which the token taken last ends. */
  previousEnd = 0;
  /** The line that the newline read ahead has ended, if the bodies of here-documents have been read behind it. */
  private endedLine: string | null = null;
  /** The here-documents whose bodies begin behind the next newline. */
  pending: PendingHereDocument[] = [];
  /** Whether what is read is the body of one. */
  inHereDocument = false;
  /** How many command substitutions are around the index. */
  substitutions = 0;
  /** Whether the word read ahead is no reserved word, for it follows a redirection. */
  wordsArePlain = false;
  /** The places behind a `((` that has turned out to begin no arithmetic expression. */
  notArithmetic: Set<number> | null = null;

  posix = false;
  extglob = false;
  extquote = true;
  streams = false;
  private comments = true;
  alias: ((name: string) => string | undefined) | null = null;
  /** Whether aliases are expanded in `$(…)` when it is read. */
  earlyAlias = false;
  private depth = 0;

  constructor(input: Input, private readonly options: ParserOptions, readonly commands: CommandReader) {
    super(input, options.source.firstLine);
  }

  /** Gets ready for a complete command. */
  override begin(): void {
    super.begin();
    const { posix, extglob, extquote, streams, comments, alias, earlyAlias, lineByLine } = this.options;
    if (lineByLine === true) this.giveBack();
    this.posix = posix;
    this.extglob = extglob;
    this.extquote = extquote ?? true;
    this.streams = streams && !posix;
    this.comments = comments ?? true;
    this.alias = alias ?? null;
    this.earlyAlias = earlyAlias ?? false;
    this.kind = Token.NONE;
    this.wordsArePlain = false;
    this.depth = 0;
    this.substitutions = 0;
    this.inHereDocument = false;
    if (this.pending.length > 0) this.pending = [];
    this.notArithmetic = null;
  }

  override substituteAlias(name: string, start: number, end: number, value: string): void {
    super.substituteAlias(name, start, end, value);
    this.notArithmetic = null;
  }

  /** A number that the index alone has, until the next alias is substituted. */
  place(): number {
    return this.inAlias() ? -1 - this.index : this.position(this.index);
  }

  /** The kind of the next token, which is read as `mode` says unless it has been read ahead. */
  peek(mode: number): number {
    return this.kind !== Token.NONE ? this.kind : this.read(mode);
  }

  /** Goes beyond the token that was read ahead. */
  take(): void {
    this.previousEnd = this.position(this.index);
    this.kind = Token.NONE;
    this.wordsArePlain = false;
  }

  /** Takes the plain word that was read ahead. */
  takeWord(): Word {
    this.take();
    return this.word as Word;
  }

  private read(mode: number): number {
    /** Whether the word may be an alias wherever it stands, for it follows one that ends in a blank (XCU 2.3.1). */
    let followsAlias = false;
    for (;;) {
      const text = this.text;
      let index = this.index;
      let code = text.charCodeAt(index);
      while (code === SPACE || code === TAB) code = text.charCodeAt(++index);
      this.index = index;
      if (code === NEWLINE) return this.readNewline();
      if (code === NUL) {
        if (this.fill()) continue;
        this.startToken();
        if (this.pending.length > 0) readHereDocuments(this);
        return this.kind = Token.END;
      }
      if (code === NUMBER_SIGN && this.comments) {
        const newline = text.indexOf("\n", index);
        this.index = newline < 0 ? text.length - 1 : newline;
        continue;
      }
      if (code === BACKSLASH && text.charCodeAt(index + 1) === NEWLINE) {
        this.index = index + 2;
        this.skippedLine();
        continue;
      }
      this.startToken();
      this.begun = true;
      if (this.aliases !== null && this.leaveAliases()) followsAlias = true;
      const kind = (mode & RIGHT_SIDE) !== 0
        ? this.readRightSide(mode, code)
        : code >= 128 || (CLASS[code]! & IN_WORD) !== 0
        ? this.readWordToken(mode, code)
        : readOperator(this, code);
      if (kind === Token.WORD && this.alias !== null && substituteAlias(this, mode, followsAlias)) continue;
      return this.kind = kind;
    }
  }

  private startToken(): void {
    this.tokenStart = this.index;
    this.tokenLine = this.line;
    this.tokenPosition = this.position(this.index);
  }

  private readNewline(): number {
    this.startToken();
    this.endLine(this.index++);
    if (this.aliases !== null) this.leaveAliases();
    this.endedLine = null;
    if (this.pending.length > 0) {
      this.endedLine = this.currentLine();
      readHereDocuments(this);
    }
    return this.kind = Token.NEWLINE;
  }

  /** Reads a token that begins with literal text. */
  private readWordToken(mode: number, first: number): number {
    const text = this.text;
    const start = this.index;
    let index = start;
    let code = first;
    if ((mode & ASSIGNMENTS) !== 0 && code < 128 && (CLASS[code]! & STARTS_NAME) !== 0) {
      do code = text.charCodeAt(++index); while (code < 128 && (CLASS[code]! & IN_NAME) !== 0);
      if (code === EQUALS || code === LEFT_BRACKET || code === PLUS || code === BACKSLASH) {
        return this.readPossibleAssignment(mode);
      }
    } else if (mode === ELEMENT && code === LEFT_BRACKET) {
      return this.readPossibleAssignment(mode);
    }
    while (code >= 128 || (CLASS[code]! & IN_WORD) !== 0) code = text.charCodeAt(++index);
    if (
      code !== SPACE && code !== NEWLINE && code !== SEMICOLON && code !== RIGHT_PARENTHESIS && code !== BAR &&
      code !== TAB && code !== AMPERSAND
    ) {
      return this.readLongWord();
    }
    this.index = index;
    const from = this.tokenPosition;
    const to = this.position(index);
    this.word = {
      kind: "word",
      start: from,
      end: to,
      parts: [{ kind: "literal", start: from, end: to, text: text.slice(start, index) }],
    };
    return Token.WORD;
  }

  /** Reads the right side of `==` or `=~` in `[[ ]]`. */
  private readRightSide(mode: number, code: number): number {
    this.word = readWord(this, mode);
    if (this.word.parts.length > 0 || mode === REGULAR_EXPRESSION) return Token.WORD;
    return readOperator(this, code);
  }

  private readPossibleAssignment(mode: number): number {
    const word = readAssignmentOrWord(this, mode);
    this.word = word;
    return word.kind === "word" ? this.wordKind(word) : Token.ASSIGNMENT_WORD;
  }

  /** Reads a word with quoting or expansions in it, or with something behind it that tells its kind. */
  readLongWord(): number {
    const word = readWord(this, ARGUMENT);
    this.word = word;
    return this.wordKind(word);
  }

  /** The kind of a word, which what is behind it may tell. */
  private wordKind(word: Word): number {
    const code = this.text.charCodeAt(this.index);
    if ((code === LESS || code === GREATER) && word.parts.length === 1) {
      const part = word.parts[0]!;
      if (part.kind === "literal") return kindBeforeRedirection(part.text);
    }
    return Token.WORD;
  }

  /** Reads text up to what ends the context; see `expandable_text.ts`. */
  readText(parts: WordPart[], context: Context): boolean {
    return readText(this, parts, context);
  }

  /** Begins a nested use of the lexer, within a token. Returns what it must leave as it was. */
  saveState(): LexerState {
    const state = {
      kind: this.kind,
      word: this.word,
      tokenLine: this.tokenLine,
      tokenPosition: this.tokenPosition,
      previousEnd: this.previousEnd,
      pending: this.pending,
      substitutions: this.substitutions,
      alias: this.alias,
      depth: this.depth,
    };
    this.kind = Token.NONE;
    return state;
  }

  restoreState(state: LexerState): void {
    Object.assign(this, state);
    this.tokenStart = this.index;
  }

  /** Whether `()` follows the index, with any blanks. */
  followedByParentheses(): boolean {
    if (this.peek(ARGUMENT) !== Token.LEFT_PARENTHESIS) return false;
    let ahead = 0;
    while (this.peekCode(ahead) === SPACE || this.peekCode(ahead) === TAB) ahead++;
    return this.peekCode(ahead) === RIGHT_PARENTHESIS;
  }

  /** Counts a construct around the index; {@link leave} takes it away. */
  enter(): void {
    if (++this.depth > DEPTH_LIMIT) throw this.tooDeep();
  }

  leave(): void {
    this.depth--;
  }

  tooDeep(): ShellSyntaxError {
    return this.error(this.line, ["syntax error: commands are nested too deeply"]);
  }

  /** The error for a token that the grammar does not allow where it is. */
  unexpected(): ShellSyntaxError {
    const kind = this.kind;
    if (kind === Token.END) return this.unexpectedEnd();
    const message = `syntax error near unexpected token \`${this.tokenText()}'`;
    if (kind !== Token.NEWLINE) return this.error(this.line, [message], this.currentLine());
    return this.error(this.tokenLine, [message], this.endedLine ?? this.currentLine());
  }

  /** The token that was read ahead as it is written; a stream operator with all its numbers. */
  tokenText(): string {
    if (this.kind === Token.PIPE_STREAMS) return jointText(this.joint!);
    const text = Token.TOKEN_TEXTS[this.kind]!;
    if (text !== "") return text;
    return this.word.kind === "word" ? printParts(this.word.parts, false) : printAssignment(this.word);
  }

  private unexpectedEnd(): ShellSyntaxError {
    const line = this.lastLine() + 1;
    if (this.substitutions > 0) {
      return this.error(line, ["unexpected EOF while looking for matching `)'"], null, true);
    }
    return this.error(line, ["syntax error: unexpected end of file"], null, true);
  }

  /** The number of the line that the last character before the index is on. */
  lastLine(): number {
    return this.index > 0 && this.text.charCodeAt(this.index - 1) === NEWLINE ? this.line - 1 : this.line;
  }

  /** The error for a quotation or expansion, begun on `line`, that the input ended in. */
  unmatched(closer: string, line: number): ShellSyntaxError {
    return this.error(line, [`unexpected EOF while looking for matching \`${closer}'`], null, true);
  }

  error(
    line: number,
    messages: readonly string[],
    sourceLine: string | null = null,
    incomplete = false,
  ): ShellSyntaxError {
    return new ShellSyntaxError(this.options.source, line, messages, sourceLine, incomplete, this.position(this.index));
  }

  warn(line: number, message: string): void {
    this.options.warn?.(line, message);
  }
}

/** What a word of literal text is that stands directly before `<` or `>`. */
function kindBeforeRedirection(text: string): number {
  if (isDescriptor(text)) return Token.IO_NUMBER;
  if (!text.startsWith("{") || !text.endsWith("}")) return Token.WORD;
  const bracket = text.endsWith("]}") ? text.indexOf("[") : -1;
  const name = text.slice(1, bracket < 0 ? -1 : bracket);
  return isName(name) && bracket !== text.length - 3 ? Token.IO_VARIABLE : Token.WORD;
}

/** Whether `text` is a number that a descriptor may have. */
function isDescriptor(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!isIn(text.charCodeAt(i), DIGIT)) return false;
  }
  return Number(text) <= 0x7fffffff;
}
