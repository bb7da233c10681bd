/** What a parser is told. The object is live: options are read anew before each complete command. */

import type { Source } from "./tree.ts";

export interface ParserOptions {
  /** POSIX mode: reserved words come before aliases, single quotes in `"${x-'}"` are literal. */
  readonly posix: boolean;
  /** Whether `@(…)` and its kin are part of a word; on the right side of `==` in `[[ ]]` they always are. */
  readonly extglob: boolean;
  /** Whether `$'…'` is special in the word of `"${name-word}"`; true if absent. */
  readonly extquote?: boolean;
  /** Whether `|5>` and its kin are operators; POSIX mode does without them. */
  readonly streams: boolean;
  /** Whether `#` begins a comment; true if absent. */
  readonly comments?: boolean;
  /** Whether the input is to be asked anew for each line, so that it can show them (`set -v`); false if absent. */
  readonly lineByLine?: boolean;
  /** The value of the alias with this name. Absent where aliases are not expanded. */
  readonly alias?: ((name: string) => string | undefined) | null;
  /** Whether they are expanded in `$(…)` when it is read, and not when it is run; false if absent. */
  readonly earlyAlias?: boolean;
  /** Where the text comes from; its first line has the number that it says. */
  readonly source: Source;
  /** Called with what deserves a warning but is no error, and the number of the line. */
  readonly warn?: (line: number, message: string) => void;
}
