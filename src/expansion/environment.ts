/** What expansion asks of the shell. The rooms that hold the state implement it. */

import type { CommandPart, ProcessPart } from "../syntax/tree.ts";
import type { Files } from "../system/system.ts";
import type { Place } from "./arithmetic/arithmetic.ts";
import type { IgnoredPaths, PathnameOptions } from "./pathname.ts";
import type { Separators } from "./separators.ts";

/** Options of `set` and `shopt` that expansion obeys, as they are now. */
export interface ExpansionOptions extends PathnameOptions {
  /** `set -u` */
  readonly nounset: boolean;
  /** `set -f` */
  readonly noglob: boolean;
  /** `set -B` */
  readonly braceexpand: boolean;
  readonly posix: boolean;
  readonly nullglob: boolean;
  readonly failglob: boolean;
  readonly nocasematch: boolean;
  readonly patsub_replacement: boolean;
}

/**
 * A name's variable: one object for each name, for ever, whatever is assigned, unset or hidden by a local one, so that
 * compiled words can hold on to it.
 */
export interface Variable extends Place {
  readonly name: string;
  /** The value of an ordinary variable, to be had without a call; `undefined` says: ask {@link read}. */
  readonly plain: string | undefined;
  /** The scalar value, element 0 of an array; `undefined` if it is unset. */
  read(): string | undefined;
  /** Assigns. Throws an ExpansionFailure if the variable is read-only. */
  write(text: string): void;
  /** Whether its subscripts are keys rather than numbers. */
  readonly associative: boolean;
  /** What `[@]` gives: every element, in order; of a scalar itself, if set. */
  values(): readonly string[];
  /** The subscripts of {@link values}. */
  keys(): readonly string[];
  /** An element by number (from the end if negative), or by key if it is associative. */
  readElement(subscript: string | number): string | undefined;
  writeElement(subscript: string | number, text: string): void;
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
  /** Prepares a process substitution: the function starts it and gives the path of its pipe. */
  processSubstitution(part: ProcessPart): () => string;
}
