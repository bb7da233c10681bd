/** Character codes and classes: one table, looked up by code, tells which characters a scanning loop may run over. */

export const NUL = 0x00;
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const EXCLAMATION_MARK = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const NUMBER_SIGN = 0x23;
export const DOLLAR = 0x24;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const LEFT_PARENTHESIS = 0x28;
export const RIGHT_PARENTHESIS = 0x29;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const HYPHEN = 0x2d;
export const SLASH = 0x2f;
export const ZERO = 0x30;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION_MARK = 0x3f;
export const AT = 0x40;
export const LEFT_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const RIGHT_BRACKET = 0x5d;
export const CIRCUMFLEX = 0x5e;
export const BACKQUOTE = 0x60;
export const LEFT_BRACE = 0x7b;
export const BAR = 0x7c;
export const RIGHT_BRACE = 0x7d;
export const TILDE = 0x7e;

/** Stands for itself in an unquoted word. */
export const IN_WORD = 1;
/** Stands for itself in double quotes. */
export const IN_DOUBLE_QUOTES = 2;
/** Stands for itself in the body of a here-document. */
export const IN_HERE_DOCUMENT = 4;
/** Stands for itself in the word of `${name-word}`. */
export const IN_BRACES = 8;
/** Stands for itself in an arithmetic expression, a subscript, and between parentheses of a pattern. */
export const IN_EXPRESSION = 16;
export const IN_NAME = 32;
export const STARTS_NAME = 64;
export const DIGIT = 128;

/** The classes of the ASCII characters. What lies beyond stands for itself everywhere and is in no name. */
export const CLASS = new Uint8Array(128);

/** The characters that do not stand for themselves. */
const STOPS: readonly (readonly [number, string])[] = [
  [IN_WORD, "\0\t\n \"$&'();<>\\`|"],
  [IN_DOUBLE_QUOTES, '\0\n"$\\`'],
  [IN_HERE_DOCUMENT, "\0\n$\\`"],
  [IN_BRACES, "\0\n\"$'/<>\\`}"],
  [IN_EXPRESSION, "\0\n\"$'():;?[\\]`}"],
];

/** This runs whenever the shell starts: it has to be quick before it is compiled. */
function fillClasses(): void {
  CLASS.fill(IN_WORD | IN_DOUBLE_QUOTES | IN_HERE_DOCUMENT | IN_BRACES | IN_EXPRESSION);
  for (const [mask, stops] of STOPS) {
    for (let i = 0; i < stops.length; i++) CLASS[stops.charCodeAt(i)]! &= ~mask;
  }
  for (let code = 0x30; code <= 0x39; code++) CLASS[code]! |= IN_NAME | DIGIT;
  for (let code = 0x41; code <= 0x5a; code++) {
    CLASS[code]! |= IN_NAME | STARTS_NAME;
    CLASS[code | 0x20]! |= IN_NAME | STARTS_NAME;
  }
  CLASS[0x5f]! |= IN_NAME | STARTS_NAME;
}

fillClasses();

/** Whether the character belongs to `mask`'s classes; false for what is not ASCII. */
export function isIn(code: number, mask: number): boolean {
  return code < 128 && (CLASS[code]! & mask) !== 0;
}

/** Whether `text` is a name (XBD 3.216). */
export function isName(text: string): boolean {
  if (!isIn(text.charCodeAt(0), STARTS_NAME)) return false;
  for (let i = 1; i < text.length; i++) {
    if (!isIn(text.charCodeAt(i), IN_NAME)) return false;
  }
  return true;
}
