/** `fc` (XCU fc; bash manual 9.2). */

import { completeCommands } from "../execution/completeness.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { dropCurrent, type History, historyOf } from "../history/history.ts";
import { add } from "../history/recording.ts";
import { decode, encode } from "../system/bytes.ts";
import { O_CREAT, O_EXCL, O_WRONLY } from "../system/constants.ts";
import { EEXIST, EINTR, strerror } from "../system/errno.ts";
import { readWholeFile, writeAll } from "../system/whole_file.ts";
import { type Arguments, fail, has, parseArguments, parseInteger, valueOf } from "./arguments.ts";

export const help = `Lists, edits and runs commands of the history again.

A command is named by its number, by a negative number that counts back from the
latest, or by how it begins. Without -l and -s, the commands from the first to
the last are edited, and run as the editor leaves them; by default, the previous
one. With -l they are listed; by default, the last 16.

Options:
  -e editor   edit with this command, not with that in FCEDIT or EDITOR;
              "-e -" is the same as -s
  -l          list
  -n          list without numbers
  -r          turn the order round
  -s          run a command without editing it, after replacing each pat by rep

Exit status: that of the commands that are run; failure if there is no such
command, or if the editor fails; 0 for a list.
`;

/** How many commands are listed if nothing is said (XCU fc). */
const LISTED = 16;

const MODE = 0o600;

export const fc: Builtin = {
  name: "fc",
  kind: "intrinsic",
  usage: "[-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]",
  run(shell, args) {
    const { options, numbers } = splitNumbers(args);
    const parsed = parseArguments(shell, fc, options, "e:lnrs");
    if (parsed === null) return USAGE;
    const all: Arguments = { options: parsed.options, operands: [...parsed.operands, ...numbers] };
    const list = historyOf(shell);
    if (has(all, "s") || valueOf(all, "e") === "-") return runAgain(shell, list, all.operands);
    const range = findRange(list, all);
    if (typeof range === "string") return fail(shell, fc, range);
    return has(all, "l") ? show(shell, list, range, all) : edit(shell, list, range, valueOf(all, "e"));
  },
};

/** Negative numbers look like options; the first of them ends those. */
function splitNumbers(args: readonly string[]): { options: readonly string[]; numbers: readonly string[] } {
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === "--" || !argument.startsWith("-")) break;
    if (/^-\d+$/.test(argument)) return { options: args.slice(0, index), numbers: args.slice(index) };
    if (/^-[lnrs]*e$/.test(argument)) index++;
  }
  return { options: args, numbers: [] };
}

/** How many commands there are but for the one that runs: `fc` does not mean itself. */
function pastLength(list: History): number {
  return list.length - (list.lastIsCurrent ? 1 : 0);
}

/** Where an operand of `fc` stands. */
interface Place {
  readonly listing: boolean;
  /** Whether it is the first of the range. */
  readonly first: boolean;
}

/** The index of the command that an operand names; `null` if there is none. */
function find(list: History, operand: string, { listing, first }: Place): number | null {
  const last = pastLength(list) - 1;
  const number = parseInteger(operand);
  if (number === null) {
    for (let index = last; index >= 0; index--) if (list.line(index).startsWith(operand)) return index;
    return null;
  }
  // `-0` is the command that runs, which can be listed, but not run.
  if (number === 0 && operand.trim().startsWith("-")) return listing ? list.length - 1 : null;
  if (number <= 0) return Math.max(0, number === 0 ? last : last + 1 + number);
  const index = number - list.first;
  // A number that is none of a command stands for the end of the history on its side of the range.
  return index >= 0 && index <= last ? index : first ? 0 : last;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** The commands that are meant; a message if there are none. */
function findRange(list: History, { operands, ...rest }: Arguments): Range | string {
  const length = pastLength(list);
  const listing = has({ operands, ...rest }, "l");
  if (length === 0) return listing ? { first: 0, last: -1 } : "no command found";
  const [from, to] = operands;
  const first = from === undefined
    ? (listing ? Math.max(0, length - LISTED) : length - 1)
    : find(list, from, { listing, first: true });
  const last = to !== undefined
    ? find(list, to, { listing, first: false })
    : listing || from === undefined
    ? Math.max(first ?? 0, length - 1)
    : first;
  if (first === null || last === null) {
    return /^-?\d+$/.test((first === null ? from : to)!) ? "history specification out of range" : "no command found";
  }
  return has({ operands, ...rest }, "r") ? { first: last, last: first } : { first, last };
}

/** The indices of a range, in its order. */
function indices({ first, last }: Range): number[] {
  const step = first <= last ? 1 : -1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => first + step * index);
}

function show(shell: Shell, list: History, range: Range, parsed: Arguments): number {
  if (range.last < 0) return SUCCESS;
  const numbered = !has(parsed, "n");
  const mark = shell.options.posix ? "" : " ";
  const text = indices(range)
    .map((index) => `${numbered ? list.first + index : ""}\t${mark}${list.line(index)}\n`)
    .join("");
  return shell.print(text) ? SUCCESS : FAILURE;
}

/** Runs a command again, with replacements: `fc -s`. */
function runAgain(shell: Shell, list: History, operands: readonly string[]): number {
  const given = operands.findIndex((operand) => !operand.includes("="));
  const replacements = given < 0 ? operands : operands.slice(0, given);
  const index = pastLength(list) === 0
    ? null
    : find(list, given < 0 ? "-1" : operands[given]!, { listing: false, first: true });
  if (index === null) return fail(shell, fc, "no command found");
  let text = list.line(index);
  for (const replacement of replacements) {
    const equals = replacement.indexOf("=");
    if (equals > 0) text = text.replaceAll(replacement.slice(0, equals), () => replacement.slice(equals + 1));
  }
  return execute(shell, list, [text]);
}

/** Runs commands in place of the one that called for them, also in the history. */
function execute(shell: Shell, list: History, commands: readonly string[]): number {
  const recorded = list.lastIsCurrent;
  dropCurrent(list);
  let status: number = SUCCESS;
  for (const command of commands) {
    shell.streams.write(2, `${command}\n`);
    if (recorded) add(shell, list, command);
    status = shell.evaluate(command, { name: "fc", kind: "eval", firstLine: shell.state.line });
    if (shell.state.divert !== Divert.none) break;
  }
  return status;
}

/** Lets the user edit commands, and runs what comes of them. */
function edit(shell: Shell, list: History, range: Range, editor: string | undefined): number {
  const { system, variables, options } = shell;
  const usual = options.posix ? "ed" : "vi";
  const command = editor ?? (variables.get("FCEDIT").read() || variables.get("EDITOR").read() || usual);
  const path = writeTemporary(shell, indices(range).map((index) => `${list.line(index)}\n`).join(""));
  if (typeof path === "number") return fail(shell, fc, `cannot make a temporary file: ${strerror(-path)}`);
  const status = shell.evaluate(`${command} ${path}`, { name: "fc", kind: "eval", firstLine: shell.state.line });
  const bytes = readWholeFile(system, path);
  system.unlink(path);
  if (status !== SUCCESS) return FAILURE;
  if (typeof bytes === "number") return fail(shell, fc, `${path}: ${strerror(-bytes)}`);
  return execute(shell, list, completeCommands(shell, decode(bytes)));
}

/** Writes a file for the user alone, whose name nobody can foresee. Returns its path or `-errno`. */
export function writeTemporary(shell: Shell, text: string): string | number {
  const { system, variables } = shell;
  const directory = variables.get("TMPDIR").read() || "/tmp";
  for (;;) {
    const path = `${directory}/hexsh-${crypto.randomUUID()}`;
    const descriptor = system.open(path, O_WRONLY | O_CREAT | O_EXCL, MODE);
    if (descriptor === -EEXIST || descriptor === -EINTR) continue;
    if (descriptor < 0) return descriptor;
    const result = writeAll(system, descriptor, encode(text));
    system.close(descriptor);
    if (result === 0) return path;
    system.unlink(path);
    return result;
  }
}
