/** `read` (XCU read; bash manual 4.2). */

import type { Builtin, LineInput, Shell } from "../execution/shell.ts";
import { FAILURE, SIGNALLED, SUCCESS, USAGE } from "../execution/status.ts";
import type { Separators } from "../expansion/separators.ts";
import { canonical, decode, encode } from "../system/bytes.ts";
import { ECHO, ICANON, TCSADRAIN, VMIN, VTIME } from "../system/constants.ts";
import { EBADF, EINTR, ETIMEDOUT, strerror } from "../system/errno.ts";
import { SIGALRM } from "../system/signal_numbers.ts";
import { type Arguments, fail, has, isName, parseArguments, parseInteger, valueOf } from "./arguments.ts";
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
    const parsed = parseArguments(shell, read, args, "ra:d:ei:n:N:p:st:u:");
    if (parsed === null) return USAGE;
    const request = parseRequest(shell, parsed);
    if (typeof request === "number") return request;
    const input = shell.streams.input(request.descriptor);
    if (input === undefined) {
      const what = valueOf(parsed, "u") === undefined
        ? "read error: 0"
        : `${request.descriptor}: invalid file descriptor`;
      return fail(shell, read, `${what}: ${strerror(EBADF)}`);
    }
    if (request.poll) return awaitReadable(shell, input.descriptor, request.deadline) === 0 ? SUCCESS : FAILURE;
    const restore = input.isTerminal ? prepareTerminal(shell, input.descriptor, request) : null;
    const line = readLine(shell, input, request);
    restore?.();
    const { names, array } = request;
    if (array !== null) assignArray(shell, array, line);
    else if (names.length === 0) shell.variables.get("REPLY").write(unescape(line).characters);
    else assignNames(shell, names, line, request.exact);
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
  /** In seconds of the monotonic clock; `Infinity` for none. */
  readonly deadline: number;
  /** `-t 0`: only whether there is something to read. */
  readonly poll: boolean;
  readonly descriptor: number;
  readonly names: readonly string[];
  readonly array: string | null;
}

function parseRequest(shell: Shell, parsed: Arguments): Request | number {
  const descriptorText = valueOf(parsed, "u");
  const descriptor = descriptorText === undefined ? 0 : parseInteger(descriptorText);
  if (descriptor === null) return fail(shell, read, `${descriptorText}: invalid file descriptor specification`);
  const exactText = valueOf(parsed, "N");
  const limitText = exactText ?? valueOf(parsed, "n");
  const limit = limitText === undefined ? Infinity : parseInteger(limitText);
  if (limit === null || limit < 0) return fail(shell, read, `${limitText}: invalid number`);
  const timeoutText = valueOf(parsed, "t") ?? shell.variables.get("TMOUT").read();
  const timeout = timeoutText === undefined ? Infinity : /^\d*\.?\d*$/.test(timeoutText) ? Number(timeoutText) : NaN;
  if (Number.isNaN(timeout)) return fail(shell, read, `${timeoutText}: invalid timeout specification`);
  const array = valueOf(parsed, "a") ?? null;
  for (const name of array === null ? parsed.operands : [array]) {
    if (!(array === null ? isVariableOperand(shell, name) : isName(name))) {
      return fail(shell, read, `\`${name}': not a valid identifier`);
    }
  }
  const delimiter = valueOf(parsed, "d");
  return {
    raw: has(parsed, "r"),
    delimiter: delimiter === undefined ? NEWLINE : encode(delimiter)[0] ?? 0,
    limit,
    exact: exactText !== undefined,
    prompt: valueOf(parsed, "p") ?? "",
    silent: has(parsed, "s"),
    // A TMOUT of 0 is none.
    deadline: timeout === 0 && !has(parsed, "t") ? Infinity : shell.system.monotonic() + timeout,
    poll: timeout === 0 && has(parsed, "t"),
    descriptor,
    names: parsed.operands,
    array,
  };
}

/** What was read. */
interface Line {
  readonly text: string;
  /** Whether backslashes in it quote. */
  readonly escaped: boolean;
  readonly status: number;
}

function readLine(shell: Shell, input: LineInput, request: Request): Line {
  const { raw, delimiter } = request;
  const ready = () => awaitReadable(shell, input.descriptor, request.deadline);
  const status = (error: number) =>
    error === -ETIMEDOUT
      ? SIGNALLED + SIGALRM
      : error === -EINTR
      ? SIGNALLED + shell.traps.collect()
      : error < 0
      ? reportError(shell, error)
      : FAILURE;
  let text = "";
  for (;;) {
    const piece = request.limit === Infinity ? input.readText(delimiter, ready) : readCharacters(input, request, ready);
    text = text === "" ? piece.text : canonical(text + piece.text);
    // No variable holds a NUL.
    if (text.includes("\0")) text = text.replaceAll("\0", "");
    const open = !raw && text.endsWith("\\") && /(?:^|[^\\])(?:\\\\)*\\$/.test(text);
    if (!piece.found || !open) {
      const escaped = !raw && text.includes("\\");
      return { text, escaped, status: piece.found ? SUCCESS : status(piece.error) };
    }
    // A quoted newline joins lines (XCU read); any other delimiter stands for itself.
    text = delimiter === NEWLINE ? text.slice(0, -1) : text + String.fromCharCode(delimiter);
  }
}

function reportError(shell: Shell, error: number): number {
  return fail(shell, read, `read error: ${strerror(-error)}`);
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

/** Start and end of each field (XCU 2.6.5). */
function findFields(characters: string, quoted: readonly boolean[] | null, separators: Separators): [number, number][] {
  const fields: [number, number][] = [];
  const separates = (i: number) => !quoted?.[i] && separators.isSeparator(characters.charCodeAt(i));
  const isSpace = (i: number) => !quoted?.[i] && separators.isWhiteSpace(characters.charCodeAt(i));
  const { length } = characters;
  let i = 0;
  while (i < length && isSpace(i)) i++;
  while (i < length) {
    const start = i;
    while (i < length && !separates(i)) i++;
    fields.push([start, i]);
    while (i < length && isSpace(i)) i++;
    if (i < length && i > start && separates(i) && !isSpace(i) && fields.at(-1)![1] <= i) {
      i++;
      while (i < length && isSpace(i)) i++;
    } else if (i === start) {
      i++;
      while (i < length && isSpace(i)) i++;
    }
  }
  return fields;
}

function assignNames(shell: Shell, names: readonly string[], line: Line, exact: boolean): void {
  const { characters, quoted } = unescape(line);
  const { separators } = shell.environment;
  if (separators.none && names.length === 1) {
    shell.variables.get(names[0]!).write(characters);
    return;
  }
  const fields = exact ? [[0, characters.length] as [number, number]] : findFields(characters, quoted, separators);
  names.forEach((name, index) => {
    const field = fields[index];
    let text = field === undefined ? "" : characters.slice(...field);
    if (field !== undefined && index === names.length - 1 && fields.length > names.length) {
      let end = characters.length;
      while (end > field[0] && !quoted?.[end - 1] && separators.isWhiteSpace(characters.charCodeAt(end - 1))) end--;
      text = characters.slice(field[0], end);
    }
    assignOperand(shell, name, text);
  });
}

function assignArray(shell: Shell, name: string, line: Line): void {
  const { characters, quoted } = unescape(line);
  const variable = shell.variables.get(name);
  variable.beginArray(false);
  for (const [start, end] of findFields(characters, quoted, shell.environment.separators)) {
    variable.appendElement(characters.slice(start, end));
  }
}
