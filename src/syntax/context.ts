/**
 * The contexts in which text is read with its quoting and expansions: what ends it, and what quotes in it. Unquoted
 * words are not here, for much more ends them (see `word.ts`).
 */

import {
  COLON,
  DOUBLE_QUOTE,
  IN_BRACES,
  IN_DOUBLE_QUOTES,
  IN_EXPRESSION,
  IN_HERE_DOCUMENT,
  LEFT_BRACKET,
  LEFT_PARENTHESIS,
  RIGHT_BRACE,
  RIGHT_BRACKET,
  RIGHT_PARENTHESIS,
  SEMICOLON,
  SLASH,
} from "./characters.ts";

export interface Context {
  /** The class of the characters that need no look. */
  readonly mask: number;
  /** The character that ends the text, unless it is nested; 0 where only the end of the input does. */
  readonly end: number;
  /** The character that nests, and the one that ends what is nested; 0 where nothing nests. */
  readonly open: number;
  readonly close: number;
  /** Another character that ends the text, unless it is nested. */
  readonly separator: number;
  /** The characters that a backslash quotes; `null` for all of them. */
  readonly escapable: string | null;
  /** `quote` as in an unquoted word; `pair` where they are literal but nothing ends the text between two of them. */
  readonly singleQuotes: "quote" | "pair" | "literal";
  /** Whether `$'…'` and `$"…"` are special. */
  readonly dollarQuotes: boolean;
  /** Whether a `}` ends the text wherever it stands, for it is in `${…}`. */
  readonly braced: boolean;
  /** Whether `<(…)` and `>(…)` are special. */
  readonly processes: boolean;
  /** Whether it is the body of a here-document, in which `$'…'` is nowhere special. */
  readonly body: boolean;
  /** Whether words of expansions within are read as in double quotes. */
  readonly quoted: boolean;
}

/** A context that ends at the character `end`; 0 for the end of the input. */
export function context(mask: number, end: number, changes: Partial<Context> = {}): Context {
  return {
    mask,
    end,
    open: 0,
    close: 0,
    separator: 0,
    escapable: null,
    singleQuotes: "quote",
    dollarQuotes: true,
    braced: false,
    processes: false,
    body: false,
    quoted: false,
    ...changes,
  };
}

/** What holds in double quotes. */
export const QUOTED = { escapable: '$`"\\', singleQuotes: "literal", dollarQuotes: false, quoted: true } as const;
const PARENTHESES_NEST = { open: LEFT_PARENTHESIS, close: RIGHT_PARENTHESIS } as const;
const BRACKETS_NEST = { open: LEFT_BRACKET, close: RIGHT_BRACKET } as const;

/** `"…"` */
export const IN_QUOTES = context(IN_DOUBLE_QUOTES, DOUBLE_QUOTE, QUOTED);

/** `"…"` in the word of an expansion that is in double quotes itself: a backslash quotes whatever follows, as in bash. */
export const IN_NESTED_QUOTES: Context = { ...IN_QUOTES, escapable: null };

/** The body of a here-document. */
export const BODY = context(IN_HERE_DOCUMENT, 0, { ...QUOTED, escapable: "$`\\", body: true });

/** The word of `${name-word}`. */
export const OPERAND = context(IN_BRACES, RIGHT_BRACE, { processes: true });

/** The word of `"${name-word}"`. Single quotes are literal, but bash looks for their partners. */
const QUOTED_OPERAND = context(IN_BRACES, RIGHT_BRACE, {
  escapable: '$`"\\}',
  singleQuotes: "pair",
  quoted: true,
});

/** The same in POSIX mode (XCU 2.2.3). */
const POSIX_QUOTED_OPERAND: Context = { ...QUOTED_OPERAND, singleQuotes: "literal" };

/** The same in a here-document, or without `extquote`: `$'…'` is literal. */
const PLAIN_OPERAND: Context = { ...QUOTED_OPERAND, dollarQuotes: false };
const POSIX_PLAIN_OPERAND: Context = { ...PLAIN_OPERAND, singleQuotes: "literal" };
/** The same in a here-document. */
const BODY_OPERAND: Context = { ...PLAIN_OPERAND, body: true };
const POSIX_BODY_OPERAND: Context = { ...BODY_OPERAND, singleQuotes: "literal" };

/** The context of the word of an expansion that stands in `outer`. */
export function operandIn(outer: Context, posix: boolean, extquote: boolean): Context {
  if (!outer.quoted) return OPERAND;
  if (outer.body) return posix ? POSIX_BODY_OPERAND : BODY_OPERAND;
  const plain = !extquote || outer === PLAIN_OPERAND || outer === POSIX_PLAIN_OPERAND;
  if (plain) return posix ? POSIX_PLAIN_OPERAND : PLAIN_OPERAND;
  return posix ? POSIX_QUOTED_OPERAND : QUOTED_OPERAND;
}

/** The pattern of `${name/pattern/replacement}`. */
export const PATTERN = context(IN_BRACES, RIGHT_BRACE, { processes: true, separator: SLASH });

/** An arithmetic expression: as in double quotes, but a double quote quotes (bash removes it). */
const ARITHMETIC = { ...QUOTED, singleQuotes: "pair", ...PARENTHESES_NEST } as const;

/** The expression of `$((…))`, up to the first of its closing parentheses. */
export const EXPRESSION = context(IN_EXPRESSION, RIGHT_PARENTHESIS, ARITHMETIC);

/** One of the expressions of `for ((…; …; …))`. */
export const FOR_EXPRESSION = context(IN_EXPRESSION, RIGHT_PARENTHESIS, { ...ARITHMETIC, separator: SEMICOLON });

/** The expression of `$[…]`. */
export const BRACKETED_EXPRESSION = context(IN_EXPRESSION, RIGHT_BRACKET, { ...ARITHMETIC, ...BRACKETS_NEST });

/** The offset of `${name:offset:length}`. */
export const OFFSET = context(IN_EXPRESSION, RIGHT_BRACE, { ...ARITHMETIC, separator: COLON, braced: true });

/** Its length. */
export const LENGTH = context(IN_EXPRESSION, RIGHT_BRACE, { ...ARITHMETIC, braced: true });

/** The subscript of an assignment. */
export const SUBSCRIPT = context(IN_EXPRESSION, RIGHT_BRACKET, BRACKETS_NEST);

/** The subscript of `${name[…]}`; a `}` ends it too early. */
export const BRACED_SUBSCRIPT = context(IN_EXPRESSION, RIGHT_BRACKET, { ...BRACKETS_NEST, braced: true });

/** What is between the parentheses of an extended glob or of a regular expression. */
export const GROUP = context(IN_EXPRESSION, RIGHT_PARENTHESIS, PARENTHESES_NEST);

/** An unquoted word, as far as expansions need to know. */
export const WORD = context(0, 0);
