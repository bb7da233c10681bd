/** What a word may be, which the parser tells the lexer with each token that it asks for. */

/** A word in the form of an assignment is one. */
export const ASSIGNMENTS = 1;
/** An assignment's value may be `(…)`. */
export const ARRAYS = 2;
/** A command may begin: aliases are substituted, and a subscript may hold blanks. */
export const COMMAND_START = 4;
/** An element of `name=(…)`. */
export const ELEMENT = 8;
/** The only reserved words that may stand there are `in`, `do` and `esac`. */
export const RESERVED = 128;
/** `name=(…)` is a word and its value is text, as `eval` takes it. */
export const ARRAYS_AS_TEXT = 16;

/** A pattern on the right side of `==` in `[[ ]]`: extended globs are always recognised. */
export const PATTERN = 32;
/** A regular expression on the right side of `=~`. */
export const REGULAR_EXPRESSION = 64;
/** Either of them. */
export const RIGHT_SIDE = PATTERN | REGULAR_EXPRESSION;

/** Where a command may begin. */
export const COMMAND = ASSIGNMENTS | ARRAYS | COMMAND_START;
/** Where `do` is to follow. */
export const LOOP_START = COMMAND_START | RESERVED;
/** Just a word. */
export const ARGUMENT = 0;
