/** `mapfile` and `readarray` (bash manual 4.2). */

import type { Builtin, LineInput, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { encode } from "../system/bytes.ts";
import { EBADF, strerror } from "../system/errno.ts";
import { fail, isName, parseArguments, parseInteger, valueOf } from "./arguments.ts";
import { awaitReadable } from "./input_ready.ts";

const NEWLINE = 10;
const DEFAULT_QUANTUM = 5000;

export const help = `Reads lines into an indexed array.

Without a name, the array is MAPFILE. It loses its elements before, unless -O is
given.

Options:
  -d delim      lines end with the first character of delim, not with newlines
  -n count      read at most this many lines; 0 means all
  -O origin     put the first line into this element
  -s count      leave out so many lines first
  -t            take the newline off each line
  -u fd         read from this file descriptor
  -C callback   execute callback, with the index and the line as arguments, ...
  -c quantum    ... each time that so many lines were read (5000)

Exit status: 0, unless an option is not valid or the array can't be assigned to.
`;

const usage = "[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]";

export const mapfile: Builtin = {
  name: "mapfile",
  kind: "regular",
  usage,
  run: (shell, args) => run(shell, mapfile, args),
};
export const readarray: Builtin = {
  name: "readarray",
  kind: "regular",
  usage,
  run: (shell, args) => run(shell, readarray, args),
};

interface Request {
  readonly delimiter: number;
  /** `Infinity` for all. */
  readonly count: number;
  /** `null`: the array is emptied first. */
  readonly origin: number | null;
  readonly skipped: number;
  readonly trimmed: boolean;
  readonly callback: string | null;
  readonly quantum: number;
  readonly name: string;
}

function run(shell: Shell, builtin: Builtin, args: readonly string[]): number {
  const parsed = parseArguments(shell, builtin, args, "d:n:O:s:tu:C:c:");
  if (parsed === null) return USAGE;
  /** The value of a numeric option; -1 after an error. */
  const number = (letter: string, otherwise: number, least: number, what: string): number => {
    const text = valueOf(parsed, letter);
    if (text === undefined) return otherwise;
    const value = parseInteger(text);
    if (value !== null && value >= least && value <= 0xffff_ffff) return value;
    fail(shell, builtin, `${text}: invalid ${what}`);
    return -1;
  };
  const descriptorText = valueOf(parsed, "u");
  const descriptor = number("u", 0, 0, "file descriptor specification");
  if (descriptor < 0) return FAILURE;
  const input = shell.streams.input(descriptor);
  if (input === undefined) {
    return fail(shell, builtin, `${descriptorText ?? 0}: invalid file descriptor: ${strerror(EBADF)}`);
  }
  const count = number("n", 0, 0, "line count");
  const origin = count < 0 ? -1 : number("O", 0, 0, "array origin");
  const skipped = origin < 0 ? -1 : number("s", 0, 0, "line count");
  const quantum = skipped < 0 ? -1 : number("c", DEFAULT_QUANTUM, 1, "callback quantum");
  if (quantum < 0) return FAILURE;
  const [name = "MAPFILE"] = parsed.operands;
  if (name === "") return fail(shell, builtin, "empty array variable name", USAGE);
  if (!isName(name)) return fail(shell, builtin, `\`${name}': not a valid identifier`);
  const variable = shell.variables.get(name);
  if (variable.associative) return fail(shell, builtin, `${name}: not an indexed array`);
  if (variable.readOnly) {
    shell.report(`${name}: readonly variable`);
    return FAILURE;
  }
  const delimiter = valueOf(parsed, "d");
  return readLines(shell, input, {
    delimiter: delimiter === undefined ? NEWLINE : encode(delimiter)[0] ?? 0,
    count: count === 0 ? Infinity : count,
    origin: valueOf(parsed, "O") === undefined ? null : origin,
    skipped,
    trimmed: valueOf(parsed, "t") !== undefined,
    callback: valueOf(parsed, "C") ?? null,
    quantum,
    name,
  });
}

function readLines(shell: Shell, input: LineInput, request: Request): number {
  const { delimiter, count, origin, skipped, trimmed, callback, quantum, name } = request;
  const variable = shell.variables.get(name);
  const ready = () => awaitReadable(shell, input.descriptor, Infinity);
  /** Reads a line. Returns its text, and whether it ended with the delimiter; `null` at the end of the file. */
  const next = (): { text: string; found: boolean } | null => {
    const { text, found, error } = input.readText(delimiter, ready);
    return (text === "" && !found) || error < 0 ? null : { text, found };
  };
  const ending = trimmed ? "" : String.fromCharCode(delimiter);
  for (let i = 0; i < skipped; i++) if (next() === null) break;
  variable.beginArray(origin !== null);
  let index = origin ?? 0;
  for (let read = 1; read <= count; read++) {
    const line = next();
    if (line === null) break;
    // A variable holds no NUL.
    const text = line.found && delimiter !== 0 ? line.text + ending : line.text;
    if (callback !== null && read % quantum === 0) {
      const { line: number } = shell.state;
      shell.evaluate(`${callback} ${index} ${quoteSingle(text)}`, { name: null, kind: "eval", firstLine: number });
      if (shell.state.divert !== Divert.none) return shell.state.status;
    }
    variable.writeElement(index++, text.replaceAll("\0", ""));
  }
  return SUCCESS;
}
