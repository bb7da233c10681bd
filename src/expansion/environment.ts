/** What expansion asks of the shell. The rooms that hold the state implement it. */

import type { CommandPart, ProcessPart, Word } from "../syntax/tree.ts";
import type { TextForm } from "../syntax/whole_text.ts";
import type { Files } from "../system/system.ts";
import type { Integer } from "./arithmetic/integer.ts";
import type { ArrayKind } from "./attributes.ts";
import type { IgnoredPaths, PathnameOptions } from "./pathname.ts";
import type { Separators } from "./separators.ts";

/** Options of `set` and `shopt` that expansion obeys, as they are now. */
export interface ExpansionOptions extends PathnameOptions {
  /** `set -u` */
  readonly nounset: boolean;
  /** `set -e` */
  readonly errexit: boolean;
  /** `set -f` */
  readonly noglob: boolean;
  /** `set -B` */
  readonly braceexpand: boolean;
  readonly posix: boolean;
  /** Whether the shell was started in POSIX mode, as `sh`. */
  readonly sh: boolean;
  readonly nullglob: boolean;
  readonly failglob: boolean;
  readonly nocasematch: boolean;
  readonly patsub_replacement: boolean;
  readonly assoc_expand_once: boolean;
}

/** What a subscript comes to: the key of an associative array, or an index, which counts from the end if it is negative. */
export type ElementKey = string | number;

/**
 * A name's variable: one object for each name, for ever, whatever is assigned, unset or hidden by a local one, so that
 * compiled words can hold on to it. A nameref stands for what it leads to in everything but `reference` and `attributes`.
 *
 * What can't be carried out throws an ExpansionFailure: an assignment to a read-only variable, say.
 */
export interface Variable {
  readonly name: string;
  /** The value of an ordinary variable, to be had without a call; `undefined` says: ask {@link read}. */
  readonly plain: string | undefined;
  /** The number that the value of an ordinary variable is known to stand for; then {@link plain} may still be `undefined`. */
  readonly number: Integer | null;
  /** The scalar value, element 0 of an array; `undefined` if it is unset. */
  read(): string | undefined;
  write(text: string): void;
  /** Assigns the decimal text of `value`. */
  writeNumber(value: Integer): void;
  /** Notes that the text of an ordinary variable stands for `value`. */
  remember(value: Integer): void;
  /** `name+=text`: adds to the text, or to the number. */
  append(text: string): void;
  /** Whether it has a value; an array may be empty. */
  readonly isSet: boolean;
  /** Its attributes as bits, see `attributes.ts`. */
  readonly attributes: number;
  /** What a nameref names; `undefined` if it names nothing, and for other variables. */
  readonly reference: string | undefined;
  /** The variable at the end of namerefs, itself if it is none; `null` if they lead nowhere, or to an element. */
  target(): Variable | null;
  /** Whether it is a nameref. */
  readonly isReference: boolean;
  readonly kind: ArrayKind;
  /** Whether its subscripts are keys rather than numbers. */
  readonly associative: boolean;
  /** How many elements there are: of a scalar 1, if set. */
  count(): number;
  /** What `[@]` gives: every element, in order; of a scalar itself, if set. */
  values(): readonly string[];
  /** The subscripts of {@link values}. */
  keys(): readonly string[];
  readElement(key: ElementKey): string | undefined;
  writeElement(key: ElementKey, text: string): void;
  /** `name[subscript]+=text` */
  /** The index behind the last element of an indexed array; 0 for others. */
  readonly end: number;
  appendToElement(key: ElementKey, text: string): void;
}

/** The positional parameters. */
export interface Positional {
  readonly values: readonly string[];
}

export interface ExpansionEnvironment {
  readonly options: ExpansionOptions;
  readonly files: Pick<Files, "readDirectory" | "lstat" | "stat">;
  readonly positional: Positional;
  /** What GLOBIGNORE says now; `null` if nothing. */
  readonly ignoredPaths: IgnoredPaths | null;
  /** What IFS says now. */
  readonly separators: Separators;
  variable(name: string): Variable;
  /** The names of all set variables, sorted. */
  variableNames(): string[];
  /** `?` `-` `$` `!` `#` or `0`; `undefined` if unset. */
  special(name: string): string | undefined;
  /** The home directory of a user by the password database; of this process's for the empty name. */
  homeDirectory(user: string): string | undefined;
  /** The entry `N`, `+N` or `-N` of the directory stack. */
  stackedDirectory(entry: string): string | undefined;
  /** Prepares a command substitution: the function runs it and gives its output less the newlines at its end. */
  commandSubstitution(part: CommandPart): () => string;
  /** Parses text that came about by an expansion, to be expanded in turn. Throws an ExpansionFailure. */
  parseText(text: string, form: TextForm): Word;
  /** Writes a message on standard error: where bash goes on as if nothing had been wrong, but under errexit, where this throws. */
  warn(message: string): void;
  /** Expands the escapes of prompts in `text` (bash manual 6.9). */
  promptText(text: string): string;
  /** Prepares a process substitution: the function starts it and gives the path of its pipe. */
  processSubstitution(part: ProcessPart): () => string;
}
