/** What a command's name stands for (XCU 2.9.1.4), for `command -v`, `type` and their kin. */

import type { Shell } from "../execution/shell.ts";
import { printFunction } from "../syntax/printer.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { NOT_RESERVED, reservedWord } from "../syntax/reserved_words.ts";
import { isStandardProgram } from "./relay.ts";
import { S_IFMT, S_IFREG, X_OK } from "../system/constants.ts";

/** What `getconf PATH` says: where the standard utilities are. */
export const STANDARD_PATH = "/bin:/usr/bin:/sbin:/usr/sbin";

export interface Meaning {
  readonly kind: "alias" | "keyword" | "function" | "builtin" | "file";
  /** What `command -v` prints. */
  readonly word: string;
  /** The value of an alias, the lines of a function's text, the path of a file. */
  readonly detail: string;
  /** Whether the file is remembered. */
  readonly hashed: boolean;
  readonly special: boolean;
}

/**
 * Everything that `name` stands for, first what would be executed.
 *
 * @param path where to look for files instead of PATH
 * @param all whether every file is asked for, remembered or not
 */
export function* meanings(shell: Shell, name: string, path: string | null, all = false): Generator<Meaning> {
  const plain = { detail: "", hashed: false, special: false, word: name };
  const value = shell.options.expand_aliases ? shell.aliases.get(name) : undefined;
  if (value !== undefined) {
    yield { ...plain, kind: "alias", word: `alias ${name}=${quoteSingle(value)}`, detail: value };
  }
  if (reservedWord(name) !== NOT_RESERVED) yield { ...plain, kind: "keyword" };
  const definition = shell.functions.get(name)?.definition;
  const builtin = shell.builtins.get(name);
  const special = builtin?.kind === "special" && shell.options.posix;
  if (builtin !== undefined && special) yield { ...plain, kind: "builtin", special };
  if (definition !== undefined) {
    // Other shells for `sh` say what it is on one line.
    const detail = shell.options.sh ? "" : `${printFunction(definition, shell.options.posix)}\n`;
    yield { ...plain, kind: "function", detail };
  }
  if (builtin !== undefined && !special) {
    // A user's own program comes before a builtin for that of the system.
    if (!builtin.replacesProgram) yield { ...plain, kind: "builtin" };
    else if (isStandardProgram(shell, name)) yield { ...plain, kind: "builtin", word: String(shell.hash.peek(name)) };
  }
  yield* files(shell, name, path, all);
}

function* files(shell: Shell, name: string, path: string | null, all: boolean): Generator<Meaning> {
  const file = (path: string, hashed: boolean): Meaning => ({
    kind: "file",
    word: path,
    detail: path,
    hashed,
    special: false,
  });
  if (name.includes("/")) {
    if (isExecutable(shell, name)) yield file(name, false);
    return;
  }
  const hashed = path === null && !all ? shell.hash.use(name) : undefined;
  if (hashed !== undefined) yield file(hashed, true);
  for (const directory of (path ?? shell.variables.get("PATH").read() ?? "").split(":")) {
    const candidate = `${directory === "" ? "." : directory}/${name}`;
    if (candidate !== hashed && isExecutable(shell, candidate)) yield file(candidate, false);
  }
}

function isExecutable(shell: Shell, path: string): boolean {
  const status = shell.system.stat(path);
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFREG && shell.system.access(path, X_OK) === 0;
}

/** What `name` stands for; `null` if for nothing. */
export function meaningOf(shell: Shell, name: string, path: string | null): Meaning | null {
  const first = meanings(shell, name, path).next();
  return first.done ? null : first.value;
}

/** A sentence, as bash's `type` has it, with its newline. `path` is where a builtin or a file is, if it is to be said. */
export function describe(name: string, meaning: Meaning, path = meaning.word): string {
  switch (meaning.kind) {
    case "alias":
      return `${name} is aliased to \`${meaning.detail}'\n`;
    case "keyword":
      return `${name} is a shell keyword\n`;
    case "function":
      return `${name} is a function\n${meaning.detail}`;
    case "builtin":
      return `${name} is a ${meaning.special ? "special " : ""}shell builtin${path === name ? "" : ` for ${path}`}\n`;
    case "file":
      return meaning.hashed ? `${name} is hashed (${path})\n` : `${name} is ${path}\n`;
  }
}
