/** Reads `${…}` (XCU 2.6.2, bash manual 3.5.3). */

import {
  ASTERISK,
  AT,
  CIRCUMFLEX,
  COLON,
  COMMA,
  DIGIT,
  DOLLAR,
  EQUALS,
  EXCLAMATION_MARK,
  HYPHEN,
  IN_NAME,
  isIn,
  isName,
  LEFT_BRACKET,
  NUMBER_SIGN,
  PERCENT,
  PLUS,
  QUESTION_MARK,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  SINGLE_QUOTE,
  SLASH,
  STARTS_NAME,
  TILDE,
} from "./characters.ts";
import { BRACED_SUBSCRIPT, type Context, LENGTH, OFFSET, OPERAND, operandIn, PATTERN } from "./context.ts";
import type { Lexer } from "./lexer.ts";
import { readName } from "./name.ts";
import { makeWord } from "./nodes.ts";
import { printParts } from "./printer.ts";
import { readAnsiQuotes } from "./quotes.ts";
import type { ParameterOperation, ParameterPart, Subscript, Word, WordPart } from "./tree.ts";

const TRANSFORMATIONS = "UuLQEPAaKk";

/** Whether the character is the name of a special parameter (XCU 2.5.2). */
export function isSpecialParameter(code: number): boolean {
  return code === AT || code === ASTERISK || code === NUMBER_SIGN || code === QUESTION_MARK || code === HYPHEN ||
    code === DOLLAR || code === EXCLAMATION_MARK;
}

/** Reads `${…}` from its dollar sign on, which is at `start`; it stands in `context`. */
export function readBraces(lexer: Lexer, start: number, context: Context): ParameterPart {
  return readPlainBraces(lexer, start) ?? new BraceReader(lexer, start, context).read();
}

/** Reads `${name}`, which is by far the most common; `null` for any other. */
function readPlainBraces(lexer: Lexer, start: number): ParameterPart | null {
  const { text, index } = lexer;
  if (!isIn(text.charCodeAt(index + 2), STARTS_NAME)) return null;
  let end = index + 3;
  while (isIn(text.charCodeAt(end), IN_NAME)) end++;
  if (text.charCodeAt(end) !== RIGHT_BRACE) return null;
  lexer.index = end + 1;
  return {
    kind: "parameter",
    start,
    end: lexer.position(end + 1),
    name: text.slice(index + 2, end),
    subscript: null,
    prefix: "none",
    operation: null,
    braces: true,
  };
}

class BraceReader {
  private readonly line: number;

  constructor(private readonly lexer: Lexer, private readonly start: number, private readonly context: Context) {
    this.line = lexer.line;
  }

  read(): ParameterPart {
    const lexer = this.lexer;
    lexer.index += 2;
    lexer.enter();
    const mark = lexer.mark();
    let part = this.readParameter();
    if (part === null) {
      lexer.restore(mark);
      part = this.readBad();
    } else {
      lexer.release();
    }
    lexer.leave();
    return part;
  }

  private readParameter(): ParameterPart | null {
    const lexer = this.lexer;
    const first = lexer.peekCode(0);
    if (first === NUMBER_SIGN && this.isLength()) {
      lexer.index++;
      return this.readRest("length");
    }
    if (first === EXCLAMATION_MARK && isIndirect(lexer.peekCode(1), lexer.posix)) {
      lexer.index++;
      return this.readRest("indirect");
    }
    return this.readRest("none");
  }

  /** Whether `#` asks for a length; it is the parameter `#` if it stands alone or an operator follows. */
  private isLength(): boolean {
    const next = this.lexer.peekCode(1);
    if (isIn(next, STARTS_NAME | DIGIT)) return true;
    return isSpecialParameter(next) && this.lexer.peekCode(2) === RIGHT_BRACE;
  }

  private readRest(prefix: "none" | "length" | "indirect"): ParameterPart | null {
    const lexer = this.lexer;
    const name = this.readParameterName();
    if (name === null) return null;
    let subscript: Subscript | null = null;
    if (lexer.peekCode(0) === LEFT_BRACKET && isIn(name.charCodeAt(0), STARTS_NAME)) {
      subscript = this.readSubscript();
      if (subscript === null) return null;
    }
    const ended = lexer.peekCode(0) === RIGHT_BRACE;
    if (prefix === "length" && !ended) return null;
    const keys = prefix === "indirect" && ended && typeof subscript === "string";
    let operation: ParameterOperation | null = null;
    if (!ended) {
      const names = prefix === "indirect" && subscript === null && isIn(name.charCodeAt(0), STARTS_NAME);
      operation = (names ? this.readNames() : null) ?? this.readOperation(name);
      if (operation === null) return null;
    }
    return this.parameter(name, subscript, keys ? "keys" : prefix, operation);
  }

  /** Makes the node, with the index before the `}`, which it takes. */
  private parameter(
    name: string,
    subscript: Subscript | null,
    prefix: ParameterPart["prefix"],
    operation: ParameterOperation | null,
  ): ParameterPart {
    const lexer = this.lexer;
    lexer.index++;
    return {
      kind: "parameter",
      start: this.start,
      end: lexer.position(lexer.index),
      name,
      subscript,
      prefix,
      operation,
      braces: true,
    };
  }

  private readParameterName(): string | null {
    const lexer = this.lexer;
    const code = lexer.peekCode(0);
    if (isIn(code, STARTS_NAME)) return readName(lexer);
    if (code === DOLLAR && lexer.peekCode(1) === SINGLE_QUOTE) return this.readAnsiName();
    let length = 0;
    if (isSpecialParameter(code)) length = 1;
    else while (isIn(lexer.peekCode(length), DIGIT)) length++;
    if (length === 0) return null;
    const name = lexer.text.slice(lexer.index, lexer.index + length);
    lexer.index += length;
    return name;
  }

  /** `${$'name'}`: bash decodes `$'…'` before it looks at what is in the braces. */
  private readAnsiName(): string | null {
    const { text } = readAnsiQuotes(this.lexer, this.start);
    return isName(text) ? text : null;
  }

  private readSubscript(): Subscript | null {
    const lexer = this.lexer;
    const code = lexer.peekCode(1);
    if ((code === AT || code === ASTERISK) && lexer.peekCode(2) === RIGHT_BRACKET) {
      lexer.index += 3;
      return code === AT ? "@" : "*";
    }
    lexer.index++;
    const word = this.readWord(BRACED_SUBSCRIPT);
    if (lexer.text.charCodeAt(lexer.index) !== RIGHT_BRACKET || word.parts.length === 0) return null;
    lexer.index++;
    return word;
  }

  /** The `*` or `@` of `${!prefix*}`. */
  private readNames(): ParameterOperation | null {
    const lexer = this.lexer;
    const code = lexer.peekCode(0);
    if ((code !== ASTERISK && code !== AT) || lexer.peekCode(1) !== RIGHT_BRACE) return null;
    lexer.index++;
    return { kind: "names", join: code === AT ? "@" : "*" };
  }

  private readOperation(name: string): ParameterOperation | null {
    const lexer = this.lexer;
    // Of `#`, an operator alone is none.
    if (name === "#" && lexer.peekCode(1) === RIGHT_BRACE) return null;
    switch (lexer.peekCode(0)) {
      case COLON: {
        const operator = defaultOperator(lexer.peekCode(1));
        if (operator !== null) return this.readDefault(operator, true);
        return lexer.peekCode(1) === RIGHT_BRACE ? null : this.readSubstring();
      }
      case HYPHEN:
      case EQUALS:
      case QUESTION_MARK:
      case PLUS:
        return this.readDefault(defaultOperator(lexer.peekCode(0))!, false);
      case NUMBER_SIGN:
        return this.readTrim("#");
      case PERCENT:
        return this.readTrim("%");
      case SLASH:
        return this.readReplace();
      case CIRCUMFLEX:
        return this.readCase("^", "^^");
      case COMMA:
        return this.readCase(",", ",,");
      case TILDE:
        return this.readCase("~", "~~");
      case AT:
        return this.readTransformation();
      default:
        return null;
    }
  }

  private readDefault(operator: "-" | "=" | "?" | "+", colon: boolean): ParameterOperation {
    const lexer = this.lexer;
    lexer.index += colon ? 2 : 1;
    return { kind: "default", operator, colon, word: this.readWord(this.operand()) };
  }

  private readTrim(side: "#" | "%"): ParameterOperation {
    const longest = this.skipDoubled();
    return { kind: "trim", side, longest, pattern: this.readWord(OPERAND) };
  }

  private readCase<Once extends "^" | "," | "~", Twice extends "^^" | ",," | "~~">(
    once: Once,
    twice: Twice,
  ): ParameterOperation {
    const operator = this.skipDoubled() ? twice : once;
    const pattern = this.readWord(OPERAND);
    return { kind: "case", operator, pattern: pattern.parts.length > 0 ? pattern : null };
  }

  /** Goes beyond an operator's character, and tells whether it stands twice. */
  private skipDoubled(): boolean {
    const lexer = this.lexer;
    const doubled = lexer.peekCode(1) === lexer.text.charCodeAt(lexer.index);
    lexer.index += doubled ? 2 : 1;
    return doubled;
  }

  private readReplace(): ParameterOperation {
    const lexer = this.lexer;
    const next = lexer.peekCode(1);
    const mode = next === SLASH ? "all" : next === NUMBER_SIGN ? "start" : next === PERCENT ? "end" : "first";
    lexer.index += mode === "first" ? 1 : 2;
    const pattern = this.readReplacedPattern(mode === "all");
    if (lexer.text.charCodeAt(lexer.index) !== SLASH) return { kind: "replace", mode, pattern, replacement: null };
    lexer.index++;
    return { kind: "replace", mode, pattern, replacement: this.readWord(OPERAND) };
  }

  /** Reads the pattern up to the `/` behind it. The pattern of `${name///replacement}` begins with a slash. */
  private readReplacedPattern(mayBeginWithSlash: boolean): Word {
    const lexer = this.lexer;
    const start = lexer.position(lexer.index);
    const parts: WordPart[] = [];
    if (mayBeginWithSlash && lexer.peekCode(0) === SLASH) {
      lexer.index++;
      parts.push({ kind: "literal", start, end: start + 1, text: "/" });
    }
    if (!lexer.readText(parts, PATTERN)) throw lexer.unmatched("}", this.line);
    return makeWord(start, lexer.position(lexer.index), parts);
  }

  private readSubstring(): ParameterOperation {
    const lexer = this.lexer;
    lexer.index++;
    const offset = this.readWord(OFFSET);
    if (lexer.text.charCodeAt(lexer.index) !== COLON) return { kind: "substring", offset, length: null };
    lexer.index++;
    return { kind: "substring", offset, length: this.readWord(LENGTH) };
  }

  private readTransformation(): ParameterOperation | null {
    const lexer = this.lexer;
    lexer.peekCode(1);
    const letter = lexer.text[lexer.index + 1]!;
    if (!TRANSFORMATIONS.includes(letter) || lexer.peekCode(2) !== RIGHT_BRACE) return null;
    lexer.index += 2;
    return { kind: "transform", letter };
  }

  private operand(): Context {
    return operandIn(this.context, this.lexer.posix, this.lexer.extquote);
  }

  private readWord(context: Context): Word {
    const lexer = this.lexer;
    const start = lexer.position(lexer.index);
    const parts: WordPart[] = [];
    if (!lexer.readText(parts, context)) throw lexer.unmatched("}", this.line);
    return makeWord(start, lexer.position(lexer.index), parts);
  }

  /** Reads up to the `}` what is no parameter expansion. */
  private readBad(): ParameterPart {
    const word = this.readWord(this.operand());
    return this.parameter("", null, "none", {
      kind: "bad",
      text: printParts(word.parts, this.context.quoted),
      reason: null,
    });
  }
}

/** Whether `!` asks for indirection. In POSIX mode, `${!?}` and `${!#}` are operators on the parameter `!`. */
function isIndirect(next: number, posix: boolean): boolean {
  if (next === NUMBER_SIGN || next === QUESTION_MARK) return !posix;
  return isIn(next, STARTS_NAME | DIGIT) || next === AT || next === ASTERISK;
}

function defaultOperator(code: number): "-" | "=" | "?" | "+" | null {
  switch (code) {
    case HYPHEN:
      return "-";
    case EQUALS:
      return "=";
    case QUESTION_MARK:
      return "?";
    case PLUS:
      return "+";
    default:
      return null;
  }
}
