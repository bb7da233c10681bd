/** The tokens of arithmetic expressions (XCU 1.1.2.1, with bash's number forms). */

import { ExpansionFailure } from "../failure.ts";
import { type Integer, wrap } from "./integer.ts";

/** `end`, `number`, `name`, `slot`, `unknown`, or the operator itself. */
export type Token = string;

/** The characters that stand for operands in the text of a template, of which {@link Slots} has the values. */
const FIRST_SLOT = 0xf000;
const MAXIMUM_SLOTS = 64;

/**
 * The operands of an expression that come out of expansions. An expression is text, but while what is expanded to is a
 * plain number the text need not be read anew each time.
 */
export class Slots {
  /** What the expansions give now. */
  readonly values: Integer[] = [];

  /** The character that stands for operand `index`; `null` if there are too many. */
  static character(index: number): string | null {
    return index < MAXIMUM_SLOTS ? String.fromCharCode(FIRST_SLOT + index) : null;
  }

  /** `template` as it reads with these operands. */
  static fill(template: string, operands: readonly (string | Integer)[]): string {
    return template.replace(/[\uf000-\uf03f]/g, (slot) => String(operands[slot.charCodeAt(0) - FIRST_SLOT]));
  }

  /** `template` as it reads now. */
  fill(template: string): string {
    return Slots.fill(template, this.values);
  }
}

/** Operators, longest first at each first character. */
const OPERATORS: readonly string[] = [
  "<<=",
  ">>=",
  "**",
  "++",
  "--",
  "<<",
  ">>",
  "<=",
  ">=",
  "==",
  "!=",
  "&&",
  "||",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "&=",
  "^=",
  "|=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "<",
  ">",
  "=",
  "!",
  "~",
  "&",
  "|",
  "^",
  "?",
  ":",
  ",",
  "(",
  ")",
];

const ZERO = 48;
/** How many decimal digits every safe integer of as many has. */
const SAFE_DIGITS = 15;

export class Scanner {
  token: Token = "end";
  /** Of a number. */
  value: Integer = 0;
  /** Of a name. */
  name = "";
  /** What is between the brackets that follow a name, or `null`. */
  subscript: string | null = null;
  /** Where the token begins. */
  start = 0;
  private position = 0;
  /** Where the token before begins. */
  private previousStart = 0;

  /**
   * @param prefix what messages put before the expression, such as `((: `
   * @param slots of a template
   * @param bareBase whether a base alone (`2#`) is a number, 0, as in other shells for `sh` that have such numbers
   */
  constructor(
    readonly text: string,
    private readonly prefix: string,
    private readonly slots: Slots | null,
    private readonly bareBase: boolean,
  ) {}

  at(token: Token): boolean {
    return this.token === token;
  }

  /** Goes on to the next token. */
  advance(): void {
    const text = this.text;
    let i = this.position;
    while (i < text.length && isBlank(text.charCodeAt(i))) i++;
    this.previousStart = this.start;
    this.start = i;
    if (i >= text.length) {
      this.token = "end";
      this.position = i;
      return;
    }
    const code = text.charCodeAt(i);
    if (isDigit(code)) this.readNumber();
    else if (isNameCharacter(code)) this.readName();
    else if (this.slots !== null && isSlot(code)) {
      this.token = "slot";
      this.value = code - FIRST_SLOT;
      this.position = i + 1;
    } else {
      let operator = operatorAt(text, i) ?? "unknown";
      if ((operator === "++" || operator === "--") && !this.isStep(i)) operator = operator[0]!;
      this.token = operator;
      this.position = i + (operator === "unknown" ? 1 : operator.length);
    }
  }

  /** Whether the `++` or `--` at `position` has a variable to work on; else it is two signs, as in bash. */
  private isStep(position: number): boolean {
    if (this.token === "name") return true;
    const next = this.text.slice(position + 2).match(/^[ \t\n]*(.)/)?.[1];
    return next !== undefined && !isDigit(next.charCodeAt(0)) && isNameCharacter(next.charCodeAt(0));
  }

  private readName(): void {
    const text = this.text;
    let i = this.start;
    while (i < text.length && isNameCharacter(text.charCodeAt(i))) i++;
    this.name = text.slice(this.start, i);
    this.subscript = null;
    if (text[i] === "[") {
      const close = matchingBracket(text, i);
      if (close < 0) throw this.error("bad array subscript", this.start);
      this.subscript = text.slice(i + 1, close);
      i = close + 1;
    }
    this.token = "name";
    this.position = i;
  }

  private readNumber(): void {
    const text = this.text;
    this.token = "number";
    let i = this.start;
    // A number is mostly a few decimal digits.
    let value = 0;
    let code = text.charCodeAt(i);
    const leadingZero = code === ZERO;
    while (isDigit(code)) {
      value = value * 10 + code - ZERO;
      code = text.charCodeAt(++i);
    }
    const length = i - this.start;
    if (!isNumberCharacter(code) && (leadingZero ? length === 1 : length <= SAFE_DIGITS)) {
      this.value = value;
      this.position = i;
      return;
    }
    while (i < text.length && isNumberCharacter(text.charCodeAt(i))) i++;
    const word = text.slice(this.start, i);
    this.position = i;
    const hash = word.indexOf("#");
    if (hash >= 0) {
      const base = Number(word.slice(0, hash));
      if (base === 0) throw this.error("invalid number", this.start, i);
      if (!(base >= 2 && base <= 64)) throw this.error("invalid arithmetic base", this.start, i);
      if (hash === word.length - 1 && !this.bareBase) throw this.error("invalid integer constant", this.start, i);
      this.value = this.digits(word.slice(hash + 1), base);
    } else if (/^0[xX]/.test(word)) this.value = this.digits(word.slice(2), 16);
    else if (word[0] === "0" && word.length > 1) this.value = this.digits(word.slice(1), 8);
    else this.value = this.digits(word, 10);
  }

  /** Digits beyond 9 are a-z, A-Z, `@` and `_`; up to base 36, the cases are the same (bash manual, 6.5). */
  private digits(text: string, base: number): Integer {
    let value = 0n;
    let small = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      let digit: number;
      if (isDigit(code)) digit = code - 48;
      else if (code >= 97) digit = code - 97 + 10;
      else if (code === 64) digit = 62;
      else if (code === 95) digit = 63;
      else if (code >= 65) digit = code - 65 + (base <= 36 ? 10 : 36);
      else throw this.error("invalid number", this.start, this.position);
      if (digit >= base) throw this.error("value too great for base", this.start, this.position);
      if (i < 8) small = small * base + digit;
      else value = BigInt.asIntN(64, (i === 8 ? BigInt(small) : value) * BigInt(base) + BigInt(digit));
    }
    return text.length <= 8 ? small : wrap(value);
  }

  /** Where what is wrong here begins: at the token, or at the end at the one before. */
  get culprit(): number {
    return this.token === "end" ? this.previousStart : this.start;
  }

  errorHere(message: string): ExpansionFailure {
    return this.error(message, this.culprit);
  }

  /** The failure that says `message` of the expression, with the text from `start` as the culprit. */
  error(message: string, start: number, end = this.text.length): ExpansionFailure {
    const shown = (text: string) => this.slots === null ? text : this.slots.fill(text);
    const expression = shown(this.text.slice(0, end)).replace(/^[ \t\n]+/, "");
    const culprit = shown(this.text.slice(start, end));
    const text = `${this.prefix}${expression}: ${message} (error token is "${culprit}")`;
    return new ExpansionFailure(text, "top", 1, "expression");
  }
}

/** Operators by their first characters' codes. */
const OPERATORS_BY_CODE: (readonly string[] | undefined)[] = [];
for (const operator of OPERATORS) {
  const code = operator.charCodeAt(0);
  OPERATORS_BY_CODE[code] = [...OPERATORS_BY_CODE[code] ?? [], operator];
}

/** The longest operator at offset `i`. */
function operatorAt(text: string, i: number): string | undefined {
  const candidates = OPERATORS_BY_CODE[text.charCodeAt(i)];
  if (candidates === undefined) return undefined;
  for (let k = 0; k < candidates.length; k++) {
    const candidate = candidates[k]!;
    if (candidate.length === 1 || text.startsWith(candidate, i)) return candidate;
  }
  return undefined;
}

function isSlot(code: number): boolean {
  return code >= FIRST_SLOT && code < FIRST_SLOT + MAXIMUM_SLOTS;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNameCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

function isNumberCharacter(code: number): boolean {
  return isNameCharacter(code) || code === 35 || code === 64;
}

/** The offset of the `]` that closes the bracket at `open`, or -1. A backslash quotes brackets. */
function matchingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 91) depth++;
    else if (code === 93 && --depth === 0) return i;
  }
  return -1;
}
