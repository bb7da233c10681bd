/** `history` (bash manual 9.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { EnteredLines } from "../history/entered_lines.ts";
import { writeHistory } from "../history/file.ts";
import { dropCurrent, type History, historyOf } from "../history/history.ts";
import { add, limitSize } from "../history/recording.ts";
import { historyFile, markRead, readAll, readNew, saveNew, writesTimes } from "../history/session_file.ts";
import { strerror } from "../system/errno.ts";
import { fail, has, parseArguments, parseInteger, valueOf } from "./arguments.ts";

export const help = `Shows the commands that were entered, or changes what is known of them.

With a number n, shows the last n commands only. If HISTTIMEFORMAT is set, each
is shown with its time in that format. A file is the one that HISTFILE names
unless another one is given.

Options:
  -c          forget all commands
  -d offset   forget one command, by its number or, negative, counted from the
              end; two joined by a dash are the first and the last of a range
  -a          add the commands of this session to the file
  -n          read what others have added to the file
  -r          read all of the file
  -w          replace the file
  -p          show what history expansion makes of the arguments
  -s          add the arguments as one command

Exit status: 0, unless a file can't be read or written, or an offset is not
valid.
`;

export const history: Builtin = {
  name: "history",
  kind: "regular",
  usage: "[-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]",
  run(shell, args) {
    const parsed = parseArguments(shell, history, args, "acd:npsrw");
    if (parsed === null) return USAGE;
    const { operands } = parsed;
    const list = historyOf(shell);
    const filing = ["a", "n", "r", "w"].filter((letter) => has(parsed, letter));
    if (filing.length > 1) return fail(shell, history, "cannot use more than one of -anrw");
    const offset = valueOf(parsed, "d");
    const shows = ["c", "s", "p"].every((letter) => !has(parsed, letter)) && offset === undefined &&
      filing.length === 0;
    limitSize(shell, list);
    if (shows) return show(shell, list, operands);
    // The history is that of a process.
    if (!has(parsed, "p") && !shell.becomeProcess()) return SUCCESS;
    if (has(parsed, "c")) list.clear();
    if (has(parsed, "s")) return append(shell, list, operands);
    if (has(parsed, "p")) return expand(shell, operands);
    if (offset !== undefined) return forget(shell, list, offset);
    return filing.length === 0 ? SUCCESS : file(shell, filing[0]!, operands[0] ?? historyFile(shell));
  },
};

function show(shell: Shell, list: History, operands: readonly string[]): number {
  if (operands.length > 1) return fail(shell, history, "too many arguments");
  let count = list.length;
  if (operands.length === 1) {
    const number = parseInteger(operands[0]!);
    if (number === null) {
      fail(shell, history, `${operands[0]}: numeric argument required`);
      shell.state.divert = Divert.command;
      return shell.state.status = FAILURE;
    }
    count = Math.min(Math.abs(number), count);
  }
  const format = shell.variables.get("HISTTIMEFORMAT").read();
  const zone = shell.variables.get("TZ").read() ?? null;
  let text = "";
  for (let index = list.length - count; index < list.length; index++) {
    const entry = list.at(index)!;
    const time = !format ? "" : entry.time === null ? "??" : shell.system.formatTime(format, entry.time, zone);
    text += `${String(list.first + index).padStart(5)}  ${time}${entry.text}\n`;
  }
  return text === "" || shell.print(text) ? SUCCESS : FAILURE;
}

function append(shell: Shell, list: History, operands: readonly string[]): number {
  if (operands.length === 0) return SUCCESS;
  dropCurrent(list);
  add(shell, list, operands.join(" "));
  return SUCCESS;
}

function expand(shell: Shell, operands: readonly string[]): number {
  dropCurrent(historyOf(shell));
  const lines = new EnteredLines(shell);
  let status: number = SUCCESS;
  let text = "";
  for (const operand of operands) {
    const expanded = lines.expansionOf(operand);
    if (expanded.kind === "error") status = fail(shell, history, `${operand}: history expansion failed`);
    else text += `${expanded.kind === "same" ? operand : expanded.text}\n`;
  }
  return text === "" || shell.print(text) ? status : FAILURE;
}

/** An offset as an index; counted from the end if negative. */
function indexOf(list: History, offset: string): number {
  const number = parseInteger(offset);
  if (number === null) return -1;
  const index = number < 0 ? list.length + number : number - list.first;
  return index < list.length ? index : -1;
}

function forget(shell: Shell, list: History, offset: string): number {
  const range = /^(-?\d+)-(-?\d+)$/.exec(offset);
  const start = indexOf(list, range?.[1] ?? offset);
  const end = indexOf(list, range?.[2] ?? offset);
  if (start < 0 || end < start) {
    const wrong = range === null ? offset : start < 0 ? range[1] : end < 0 ? range[2] : offset;
    return fail(shell, history, `${wrong}: history position out of range`);
  }
  list.remove(start, end + 1);
  return SUCCESS;
}

function file(shell: Shell, letter: string, path: string | null): number {
  if (path === null) return SUCCESS;
  const list = historyOf(shell);
  let result: number;
  switch (letter) {
    case "a":
      result = saveNew(shell, path);
      break;
    case "n":
      result = readNew(shell, path);
      break;
    case "r":
      result = readAll(shell, path);
      break;
    default:
      result = writeHistory(shell.system, path, list.slice(0), writesTimes(shell));
      if (result >= 0) {
        list.unsaved = 0;
        markRead(list, path, result);
      }
  }
  return result < 0 ? fail(shell, history, `${path}: ${strerror(-result)}`) : SUCCESS;
}
