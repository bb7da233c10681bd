/** `read` (XCU read; bash manual 4.2). */

import type { Builtin, LineInput, Shell, ShellVariable } from "../execution/shell.ts";
import { FAILURE, SIGNALLED, SUCCESS, USAGE } from "../execution/status.ts";
import type { Separators } from "../expansion/separators.ts";
import { canonical, decode, encode } from "../system/bytes.ts";
import { ECHO, ICANON, TCSADRAIN, VMIN, VTIME } from "../system/constants.ts";
import { EBADF, EINTR, ETIMEDOUT, strerror } from "../system/errno.ts";
import { SIGALRM } from "../system/signal_numbers.ts";
import { fail, has, isName, parseArguments, parseInteger, valueOf } from "./arguments.ts";
import { locale } from "../system/locale.ts";
import { awaitReadable } from "./input_ready.ts";
import { assignOperand, isVariableOperand } from "../execution/variable_operand.ts";

const NEWLINE = 10;
const BACKSLASH = 92;

export const help = `Reads a line and splits it into fields.

Each name gets a field, the last one all that is left; without names the line
goes into REPLY. A backslash quotes the next character, and joins lines.

Options:
  -r           a backslash is a character like any other
  -a array     put the fields into an array
  -d delim     read up to the first character of delim, not to a newline
  -e           edit the line, where it is typed and there is an editor
  -i text      the text that editing begins with
  -n nchars    read at most this many characters
  -N nchars    read exactly this many characters, delimiters among them
  -p prompt    print prompt first, if input comes from a terminal
  -s           do not show what is typed
  -t timeout   give up after so many seconds
  -u fd        read from this file descriptor

Exit status: 0, unless the end of the file was reached or the time has run out.
`;

export const read: Builtin = {
  name: "read",
  kind: "intrinsic",
  usage: "[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]",
  quiet: true,
  run(shell, args) {
    const request = knownRequest(shell, args) ?? parseRequest(shell, args);
    if (typeof request === "number") return request;
    const deadline = deadlineOf(shell, request);
    if (deadline === null) {
      return fail(shell, read, `${request.usualTimeout.read()}: invalid timeout specification`);
    }
    const input = shell.streams.input(request.descriptor);
    if (input === undefined) {
      const what = request.named ? `${request.descriptor}: invalid file descriptor` : "read error: 0";
      return fail(shell, read, `${what}: ${strerror(EBADF)}`);
    }
    if (request.timeout === 0) return awaitReadable(shell, input.descriptor, deadline) === 0 ? SUCCESS : FAILURE;
    const restore = input.isTerminal ? prepareTerminal(shell, input.descriptor, request) : null;
    const line = readLine(shell, input, request, deadline);
    restore?.();
    const { names, array } = request;
    if (array !== null) assignArray(shell, array, line);
    else if (names.length === 0) shell.variables.get("REPLY").write(unescape(line).characters);
    else assignNames(shell, request, line);
    return line.status;
  },
};

interface Request {
  readonly raw: boolean;
  readonly delimiter: number;
  /** In characters. */
  readonly limit: number;
  /** `-N`: delimiters count as characters, and nothing is split. */
  readonly exact: boolean;
  readonly prompt: string;
  readonly silent: boolean;
  /** `-t`, in seconds: 0 asks only whether there is something to read. `null` without it. */
  readonly timeout: number | null;
  /** TMOUT, which counts without it (bash manual 5.2). */
  readonly usualTimeout: ShellVariable;
  readonly descriptor: number;
  /** Whether the descriptor is given by an option. */
  readonly named: boolean;
  readonly names: readonly string[];
  /** The variables that the names are of; `null` if there are others than names. */
  readonly variables: readonly ShellVariable[] | null;
  readonly array: string | null;
}

/** The arguments that were looked at last, and what they ask for: a loop has the same each time. */
let latest: { readonly shell: Shell; readonly args: readonly string[]; readonly request: Request } | null = null;

function knownRequest(shell: Shell, args: readonly string[]): Request | null {
  if (latest === null || latest.shell !== shell || latest.args.length !== args.length) return null;
  for (let i = 0; i < args.length; i++) if (args[i] !== latest.args[i]) return null;
  return latest.request;
}

/** When to give up, in seconds of the monotonic clock; `Infinity` for never. `null` if TMOUT makes no sense. */
function deadlineOf({ system }: Shell, { timeout, usualTimeout }: Request): number | null {
  if (timeout !== null) return system.monotonic() + timeout;
  const text = usualTimeout.read();
  const seconds = text === undefined ? 0 : parseTimeout(text);
  // A TMOUT of 0 is none.
  return seconds === null ? null : seconds === 0 ? Infinity : system.monotonic() + seconds;
}

function parseTimeout(text: string): number | null {
  const seconds = /^\d*\.?\d*$/.test(text) ? Number(text) : NaN;
  return Number.isNaN(seconds) ? null : seconds;
}

/** What the arguments ask for, or the status of an error, which has been reported. */
function parseRequest(shell: Shell, args: readonly string[]): Request | number {
  const parsed = parseArguments(shell, read, args, "ra:d:ei:n:N:p:st:u:");
  if (parsed === null) return USAGE;
  const descriptorText = valueOf(parsed, "u");
  const descriptor = descriptorText === undefined ? 0 : parseInteger(descriptorText);
  if (descriptor === null) return fail(shell, read, `${descriptorText}: invalid file descriptor specification`);
  const exactText = valueOf(parsed, "N");
  const limitText = exactText ?? valueOf(parsed, "n");
  const limit = limitText === undefined ? Infinity : parseInteger(limitText);
  if (limit === null || limit < 0) return fail(shell, read, `${limitText}: invalid number`);
  const timeoutText = valueOf(parsed, "t");
  const timeout = timeoutText === undefined ? null : parseTimeout(timeoutText);
  if (timeoutText !== undefined && timeout === null) {
    return fail(shell, read, `${timeoutText}: invalid timeout specification`);
  }
  const array = valueOf(parsed, "a") ?? null;
  for (const name of array === null ? parsed.operands : [array]) {
    if (!(array === null ? isVariableOperand(shell, name) : isName(name))) {
      return fail(shell, read, `\`${name}': not a valid identifier`);
    }
  }
  const delimiter = valueOf(parsed, "d");
  // Whether other operands are names depends on more than their text.
  const plain = parsed.operands.every(isName);
  const request: Request = {
    raw: has(parsed, "r"),
    delimiter: delimiter === undefined ? NEWLINE : encode(delimiter)[0] ?? 0,
    limit,
    exact: exactText !== undefined,
    prompt: valueOf(parsed, "p") ?? "",
    silent: has(parsed, "s"),
    timeout,
    usualTimeout: shell.variables.get("TMOUT"),
    descriptor,
    named: descriptorText !== undefined,
    names: parsed.operands,
    variables: plain ? parsed.operands.map((name) => shell.variables.get(name)) : null,
    array,
  };
  if (plain) latest = { shell, args: args.slice(), request };
  return request;
}

/** What was read. */
interface Line {
  readonly text: string;
  /** Whether backslashes in it quote. */
  readonly escaped: boolean;
  readonly status: number;
}

function readLine(shell: Shell, input: LineInput, request: Request, deadline: number): Line {
  const { raw, delimiter } = request;
  const ready = () => awaitReadable(shell, input.descriptor, deadline);
  let text = "";
  for (;;) {
    const piece = request.limit === Infinity ? input.readText(delimiter, ready) : readCharacters(input, request, ready);
    text = text === "" ? piece.text : canonical(text + piece.text);
    // No variable holds a NUL.
    if (text.includes("\0")) text = text.replaceAll("\0", "");
    const open = !raw && text.endsWith("\\") && /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
    if (!piece.found || !open) {
      const escaped = !raw && text.includes("\\");
      return { text, escaped, status: piece.found ? SUCCESS : statusWithout(shell, piece.error) };
    }
    // A quoted newline joins lines (XCU read); any other delimiter stands for itself.
    text = delimiter === NEWLINE ? text.slice(0, -1) : text + String.fromCharCode(delimiter);
  }
}

/** The status where no delimiter has come, but the end of the input or an error. */
function statusWithout(shell: Shell, error: number): number {
  if (error === -ETIMEDOUT) return SIGNALLED + SIGALRM;
  if (error === -EINTR) return SIGNALLED + shell.traps.collect();
  return error < 0 ? fail(shell, read, `read error: ${strerror(-error)}`) : FAILURE;
}

/** Reads as many characters as are wanted, or up to a delimiter; a backslash and what it quotes count as one, a quoted newline as none. */
function readCharacters(input: LineInput, { limit, exact, raw, delimiter }: Request, ready: () => number) {
  const bytes: number[] = [];
  const result = (found: boolean, error: number) => ({ text: decode(Uint8Array.from(bytes)), found, error });
  let quoted = false;
  for (let count = 0; count < limit;) {
    const { bytes: first, error } = input.read(-1, 1, ready);
    const lead = first[0];
    if (lead === undefined) return result(false, error);
    if (lead === delimiter && !exact && !quoted) return result(true, 0);
    bytes.push(lead);
    for (let more = !locale.utf8 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0; more > 0; more--) {
      const next = input.read(-1, 1, ready).bytes[0];
      if (next === undefined) return result(false, 0);
      bytes.push(next);
    }
    const joinsLines = quoted && lead === NEWLINE;
    quoted = !raw && !quoted && lead === BACKSLASH;
    if (!quoted && !joinsLines) count++;
  }
  return result(true, 0);
}

/** Shows the prompt and changes the terminal's modes as the options ask. Returns what brings them back. */
function prepareTerminal(shell: Shell, descriptor: number, { prompt, silent, limit }: Request): () => void {
  const { system, streams } = shell;
  if (prompt !== "") streams.write(2, prompt);
  const modes = system.tcgetattr(descriptor);
  if (typeof modes === "number" || (!silent && limit === Infinity)) return () => {};
  const local = modes.local & ~(silent ? ECHO : 0) & ~(limit === Infinity ? 0 : ICANON);
  const characters = modes.characters.slice();
  characters[VMIN] = 1;
  characters[VTIME] = 0;
  system.tcsetattr(descriptor, TCSADRAIN, { ...modes, local, characters });
  return () => void system.tcsetattr(descriptor, TCSADRAIN, modes);
}

// -----------------------------------------------------------------------------------------------------------------
// Fields

/** The characters of a line and which of them were quoted; quoted newlines are gone. */
function unescape({ text, escaped }: Line): { characters: string; quoted: readonly boolean[] | null } {
  if (!escaped) return { characters: text, quoted: null };
  let characters = "";
  const quoted: boolean[] = [];
  for (let i = 0; i < text.length; i++) {
    const isQuoted = text[i] === "\\";
    if (isQuoted && (++i >= text.length || text[i] === "\n")) continue;
    characters += text[i];
    quoted.push(isQuoted);
  }
  return { characters, quoted };
}

/** A line cut into fields. */
interface Fields {
  readonly characters: string;
  /** Which characters were quoted; `null` if none was. */
  readonly quoted: readonly boolean[] | null;
  readonly separators: Separators;
}

/**
 * Start and end of each field (XCU 2.6.5), one behind the other.
 *
 * @param limit how many fields are wanted; there may be one more, which tells that there are more
 */
function findFields({ characters, quoted, separators }: Fields, limit: number): number[] {
  const offsets: number[] = [];
  const { length } = characters;
  let i = behindSpace(characters, quoted, separators, 0);
  while (i < length && offsets.length <= 2 * limit) {
    const start = i;
    while (i < length && !isSeparator(characters, quoted, separators, i)) i++;
    offsets.push(start, i);
    const end = i;
    i = behindSpace(characters, quoted, separators, i);
    // One delimiter that is no white space belongs to the white space around it.
    const delimited = i < length && isSeparator(characters, quoted, separators, i);
    if (delimited || end === start) i = behindSpace(characters, quoted, separators, i + 1);
  }
  return offsets;
}

function isSeparator(text: string, quoted: readonly boolean[] | null, separators: Separators, at: number): boolean {
  return (quoted === null || !quoted[at]) && separators.isSeparator(text.charCodeAt(at));
}

/** The first offset from `at` on where there is no white space that separates fields. */
function behindSpace(text: string, quoted: readonly boolean[] | null, separators: Separators, at: number): number {
  let i = at;
  while (i < text.length && (quoted === null || !quoted[i]) && separators.isWhiteSpace(text.charCodeAt(i))) i++;
  return i;
}

function assignNames(shell: Shell, { names, variables, exact }: Request, line: Line): void {
  const { separators } = shell.environment;
  if (variables !== null && !line.escaped && !exact) {
    assignPlain(variables, line.text, separators);
    return;
  }
  const { characters, quoted } = unescape(line);
  if (separators.none && names.length === 1) {
    assignOperand(shell, names[0]!, characters);
    return;
  }
  const { length } = names;
  const offsets = exact ? [0, characters.length] : findFields({ characters, quoted, separators }, length);
  for (let index = 0; index < length; index++) {
    const start = offsets[2 * index];
    let end = offsets[2 * index + 1]!;
    if (index === length - 1 && offsets.length > 2 * length) {
      end = characters.length;
      // What is left over loses white space at its end, in bash also if it was quoted (XCU read, step 5, keeps that).
      const kept = (at: number) => shell.options.posix && quoted !== null && quoted[at];
      while (end > start! && !kept(end - 1) && separators.isWhiteSpace(characters.charCodeAt(end - 1))) end--;
    }
    assignOperand(shell, names[index]!, start === undefined ? "" : characters.slice(start, end));
  }
}

/** Assigns the fields of a line in which nothing is quoted. */
function assignPlain(variables: readonly ShellVariable[], text: string, separators: Separators): void {
  const last = variables.length - 1;
  if (separators.none && last === 0) {
    variables[0]!.write(text);
    return;
  }
  const { length } = text;
  let start = behindSpace(text, null, separators, 0);
  for (let index = 0; index <= last; index++) {
    let end = separators.next(text, start);
    let next = behindSpace(text, null, separators, end);
    // One delimiter that is no white space belongs to the white space around it.
    if (next < length && separators.isSeparator(text.charCodeAt(next))) {
      next = behindSpace(text, null, separators, next + 1);
    }
    if (index === last && next < length) {
      end = length;
      while (end > start && separators.isWhiteSpace(text.charCodeAt(end - 1))) end--;
    }
    variables[index]!.write(text.slice(start, end));
    start = next;
  }
}

function assignArray(shell: Shell, name: string, line: Line): void {
  const { characters, quoted } = unescape(line);
  const variable = shell.variables.get(name);
  variable.beginArray(false);
  const offsets = findFields({ characters, quoted, separators: shell.environment.separators }, Infinity);
  for (let i = 0; i < offsets.length; i += 2) variable.appendElement(characters.slice(offsets[i], offsets[i + 1]));
}
