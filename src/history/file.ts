/**
 * The file of the history (bash manual 9.1): a command on each line, or, if its first line is a time (`#` and seconds since the
 * epoch), each command behind such a line, so that it may have several lines itself.
 *
 * Several shells may use one file. What is added goes to its end in one write, which the kernel does not mix with others'; what
 * replaces it is written beside it first, with what others have added meanwhile.
 */

import { decode, encode } from "../system/bytes.ts";
import {
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  SEEK_CUR,
} from "../system/constants.ts";
import { ELOOP } from "../system/errno.ts";
import type { Descriptors, Files, Processes } from "../system/system.ts";
import { readWholeFile, writeAll } from "../system/whole_file.ts";
import type { HistoryEntry } from "./history.ts";

export type HistorySystem =
  & Pick<Files, "open" | "fstat" | "lstat" | "readlink" | "rename" | "unlink">
  & Pick<Descriptors, "read" | "write" | "lseek" | "close">
  & Pick<Processes, "getpid">;

/** Only the user may read what was typed. */
const MODE = 0o600;

/** How many symbolic links are followed to the file. */
const MOST_LINKS = 40;

export interface FileContents {
  readonly entries: readonly HistoryEntry[];
  /** How many bytes there are up to its end. */
  readonly size: number;
}

/** From one byte of a file to another, which is not included. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Reads a history file from the byte `from` on, without the ranges `except`. Returns `-errno` on failure. */
export function readHistory(
  system: HistorySystem,
  path: string,
  from = 0,
  except: readonly Range[] = [],
): FileContents | number {
  const bytes = readWholeFile(system, path, from);
  if (typeof bytes === "number") return bytes;
  let text = "";
  let at = 0;
  for (const { start, end } of except) {
    if (start - from > at) text += decode(bytes.subarray(at, start - from));
    at = Math.max(at, end - from);
  }
  return { entries: parseHistory(text + decode(bytes.subarray(at))), size: from + bytes.length };
}

const TIME = /^#(\d+)$/;

/** The entries of a file with this text. */
export function parseHistory(text: string): HistoryEntry[] {
  if (text === "") return [];
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  const timed = TIME.test(lines[0]!);
  const entries: HistoryEntry[] = [];
  let time: number | null = null;
  /** Lines of the entry that the last line with a time began; `null` behind a line without one. */
  let open: string[] | null = null;
  const close = () => {
    if (open !== null && open.length > 0) entries.push({ text: open.join("\n"), time });
    open = null;
  };
  for (const line of lines) {
    const match = TIME.exec(line);
    if (match !== null) {
      close();
      time = Number(match[1]);
      open = [];
    } else if (timed) (open ??= []).push(line);
    else {
      if (line !== "") entries.push({ text: line, time });
      open = null;
      time = null;
    }
  }
  if (timed) close();
  return entries;
}

/** Entries as they are in a file. */
export function formatHistory(entries: readonly HistoryEntry[], times: boolean): string {
  return entries.map(({ text, time }) => (times && time !== null ? `#${time}\n` : "") + `${text}\n`).join("");
}

/** Adds entries at the end of a file, which is made if need be. Returns where in the file they are, or `-errno`. */
export function appendHistory(
  system: HistorySystem,
  path: string,
  entries: readonly HistoryEntry[],
  times: boolean,
): Range | number {
  const descriptor = system.open(path, O_WRONLY | O_APPEND | O_CREAT, MODE);
  if (descriptor < 0) return descriptor;
  const bytes = encode(formatHistory(entries, times));
  const result = writeAll(system, descriptor, bytes);
  const end = system.lseek(descriptor, 0, SEEK_CUR);
  system.close(descriptor);
  return result < 0 ? result : { start: end - bytes.length, end };
}

/** Makes `entries` all that a file has. Returns its size, or `-errno`. */
export function writeHistory(
  system: HistorySystem,
  path: string,
  entries: readonly HistoryEntry[],
  times: boolean,
): number {
  const bytes = encode(formatHistory(entries, times));
  const descriptor = system.open(path, O_WRONLY | O_CREAT | O_TRUNC, MODE);
  if (descriptor < 0) return descriptor;
  const result = writeAll(system, descriptor, bytes);
  system.close(descriptor);
  return result < 0 ? result : bytes.length;
}

/**
 * Shortens a file to its last `most` entries if it has more of them than `slack` allows. Other shells may add to it meanwhile.
 * Returns 0 or `-errno`; on failure the file is as it was.
 */
export function shortenHistory(system: HistorySystem, path: string, most: number, slack: number): number {
  const target = resolveLinks(system, path);
  if (typeof target === "number") return target;
  const status = system.lstat(target);
  if (typeof status === "number") return status;
  // A device is nothing to be shortened.
  if ((status.mode & S_IFMT) !== S_IFREG) return 0;
  const contents = readHistory(system, target);
  if (typeof contents === "number") return contents;
  if (contents.entries.length <= most + slack) return 0;
  const kept = most === 0 ? [] : contents.entries.slice(-most);
  const times = kept.some(({ time }) => time !== null);
  return replaceFile(system, target, encode(formatHistory(kept, times)), contents.size);
}

/** Puts a file with `bytes`, and with what the one at `path` has from the byte `known` on, in its place. */
function replaceFile(system: HistorySystem, path: string, bytes: Uint8Array, known: number): number {
  const beside = `${path}-${system.getpid()}.tmp`;
  const descriptor = system.open(beside, O_WRONLY | O_CREAT | O_EXCL, MODE);
  if (descriptor < 0) return descriptor;
  let result = writeAll(system, descriptor, bytes);
  if (result === 0) {
    const added = readWholeFile(system, path, known);
    result = typeof added === "number" ? added : writeAll(system, descriptor, added);
  }
  system.close(descriptor);
  if (result === 0) result = system.rename(beside, path);
  if (result < 0) system.unlink(beside);
  return result;
}

/** The file that `path` leads to, so that a symbolic link stays one. */
function resolveLinks(system: HistorySystem, path: string): string | number {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const status = system.lstat(at);
    if (typeof status === "number") return status;
    if ((status.mode & S_IFMT) !== S_IFLNK) return at;
    const target = system.readlink(at);
    if (typeof target === "number") return target;
    at = target.startsWith("/") ? target : at.slice(0, at.lastIndexOf("/") + 1) + target;
  }
  return -ELOOP;
}
