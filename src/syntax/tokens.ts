/** The kinds of tokens (XCU 2.10.1), as numbers, and how messages and the printer write the operators. */

/** No token has been read ahead. */
export const NONE = 0;
export const END = 1;
export const NEWLINE = 2;
export const WORD = 3;
export const ASSIGNMENT_WORD = 4;
/** A number directly before `<` or `>`. */
export const IO_NUMBER = 5;
/** `{name}` directly before `<` or `>`. */
export const IO_VARIABLE = 6;
export const SEMICOLON = 7;
export const AND = 8;
export const AND_IF = 9;
export const OR_IF = 10;
export const PIPE = 11;
export const PIPE_BOTH = 12;
/** `|5>` and its kin. */
export const PIPE_STREAMS = 13;
export const LEFT_PARENTHESIS = 14;
export const RIGHT_PARENTHESIS = 15;
export const DOUBLE_SEMICOLON = 16;
export const SEMICOLON_AND = 17;
export const DOUBLE_SEMICOLON_AND = 18;
/** The redirection operators are from here on. */
export const LESS = 19;
export const GREATER = 20;
export const DOUBLE_GREATER = 21;
export const CLOBBER = 22;
export const LESS_GREATER = 23;
export const LESS_AND = 24;
export const GREATER_AND = 25;
export const AND_GREATER = 26;
export const AND_DOUBLE_GREATER = 27;
export const HERE_DOCUMENT = 28;
export const HERE_DOCUMENT_STRIPPED = 29;
export const HERE_STRING = 30;

/** How a token is written, for those that are always written alike. */
export const TOKEN_TEXTS: readonly string[] = [
  "",
  "",
  "newline",
  "",
  "",
  "",
  "",
  ";",
  "&",
  "&&",
  "||",
  "|",
  "|&",
  "|",
  "(",
  ")",
  ";;",
  ";&",
  ";;&",
  "<",
  ">",
  ">>",
  ">|",
  "<>",
  "<&",
  ">&",
  "&>",
  "&>>",
  "<<",
  "<<-",
  "<<<",
];
