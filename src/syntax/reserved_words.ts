/** The reserved words (XCU 2.4, and those of bash), as numbers. Only the parser knows where they are recognised. */

export const NOT_RESERVED = 0;
/** Those up to {@link DOUBLE_LEFT_BRACKET} begin compound commands. */
export const IF = 1;
export const FOR = 2;
export const WHILE = 3;
export const UNTIL = 4;
export const CASE = 5;
export const SELECT = 6;
export const LEFT_BRACE = 7;
export const DOUBLE_LEFT_BRACKET = 8;
export const FUNCTION = 9;
export const COPROC = 10;
export const TIME = 11;
export const NOT = 12;
/** Those from here on never begin a command. */
export const THEN = 13;
export const ELIF = 14;
export const ELSE = 15;
export const FI = 16;
export const DO = 17;
export const DONE = 18;
export const ESAC = 19;
export const RIGHT_BRACE = 20;
export const IN = 21;
export const DOUBLE_RIGHT_BRACKET = 22;

export const RESERVED_WORDS: ReadonlyMap<string, number> = new Map<string, number>([
  ["if", IF],
  ["for", FOR],
  ["while", WHILE],
  ["until", UNTIL],
  ["case", CASE],
  ["select", SELECT],
  ["function", FUNCTION],
  ["coproc", COPROC],
  ["time", TIME],
  ["!", NOT],
  ["{", LEFT_BRACE],
  ["[[", DOUBLE_LEFT_BRACKET],
  ["then", THEN],
  ["elif", ELIF],
  ["else", ELSE],
  ["fi", FI],
  ["do", DO],
  ["done", DONE],
  ["esac", ESAC],
  ["}", RIGHT_BRACE],
  ["in", IN],
  ["]]", DOUBLE_RIGHT_BRACKET],
]);

/** The number of the reserved word that `text` is. */
export function reservedWord(text: string): number {
  return text.length > 8 ? NOT_RESERVED : RESERVED_WORDS.get(text) ?? NOT_RESERVED;
}

/** Whether a compound command begins with the reserved word. */
export function beginsCompound(reserved: number): boolean {
  return reserved >= IF && reserved <= DOUBLE_LEFT_BRACKET;
}
