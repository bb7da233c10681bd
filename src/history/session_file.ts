/** The history file of a session: read at its beginning, added to with each command, shared with other shells. */

import type { Shell } from "../execution/shell.ts";
import { appendHistory, type Range, readHistory, shortenHistory } from "./file.ts";
import { type History, historyOf } from "./history.ts";
import { limitSize, sizeOf } from "./recording.ts";

/** A file is shortened when it has a fifth more than it should: doing so is work. */
const SLACK = 0.2;

/** How far a file is known. */
interface Known {
  readonly path: string;
  /** All that is before this byte has been read, or was old when the session began. */
  readTo: number;
  /** What this shell has added behind that: from byte to byte. */
  readonly own: Range[];
}

const known = new WeakMap<History, Known>();

/** The file that HISTFILE names; `null` for none. */
export function historyFile(shell: Shell): string | null {
  return shell.variables.get("HISTFILE").read() || null;
}

/** Whether entries go to the file with their times: in a session always, since commands of several lines need them. */
export function writesTimes(shell: Shell): boolean {
  return shell.state.interactive || shell.variables.get("HISTTIMEFORMAT").isSet;
}

/** What is known of `path` to the shell, nothing at first. */
function knownOf(history: History, path: string): Known {
  let entry = known.get(history);
  if (entry?.path !== path) known.set(history, entry = { path, readTo: 0, own: [] });
  return entry;
}

/** Reads the history of earlier sessions. Returns 0 or `-errno`. */
export function loadHistory(shell: Shell): number {
  const path = historyFile(shell);
  if (path === null) return 0;
  const most = sizeOf(shell, "HISTFILESIZE");
  if (most < Infinity) shortenHistory(shell.system, path, most, Math.ceil(most * SLACK));
  return readAll(shell, path);
}

/** Adds all of a file to the history. Returns 0 or `-errno`. */
export function readAll(shell: Shell, path: string): number {
  const history = historyOf(shell);
  const contents = readHistory(shell.system, path);
  if (typeof contents === "number") return contents;
  history.addSaved(contents.entries);
  limitSize(shell, history);
  if (path === historyFile(shell)) markRead(history, path, contents.size);
  return 0;
}

/** Notes that a file is known up to the byte `size`. */
export function markRead(history: History, path: string, size: number): void {
  const entry = knownOf(history, path);
  entry.readTo = size;
  entry.own.length = 0;
}

/** Adds to the history what others have added to the file since it was read last. Returns 0 or `-errno`. */
export function readNew(shell: Shell, path: string): number {
  const history = historyOf(shell);
  const entry = knownOf(history, path);
  const contents = readHistory(shell.system, path, entry.readTo, entry.own);
  if (typeof contents === "number") return contents;
  history.addSaved(contents.entries);
  limitSize(shell, history);
  markRead(history, path, contents.size);
  return 0;
}

/** Adds the entries that the file does not have to it. Returns 0 or `-errno`. */
export function saveNew(shell: Shell, path: string): number {
  const history = historyOf(shell);
  if (history.unsaved === 0) return 0;
  const place = appendHistory(shell.system, path, history.slice(history.length - history.unsaved), writesTimes(shell));
  if (typeof place === "number") return place;
  history.unsaved = 0;
  knownOf(history, path).own.push(place);
  return 0;
}
