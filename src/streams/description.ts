/** Where a descriptor leads, in words: what the builtin `streams` shows of it. */

import {
  O_ACCMODE,
  O_APPEND,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  SEEK_CUR,
} from "../system/constants.ts";
import type { Descriptors, Files, Network, Terminals } from "../system/system.ts";

export interface Description {
  /** `file`, `pipe`, `terminal` and so on. */
  readonly kind: string;
  /** What it may be used for, and in which way. */
  readonly flags: string;
  /** Where the next byte is read or written, for files that have such a place; else `null`. */
  readonly offset: number | null;
  /** The path, or what the kernel has in place of one. */
  readonly place: string;
}

type DescriptionSystem =
  & Pick<Descriptors, "getStatusFlags" | "lseek">
  & Pick<Files, "fstat" | "readlink">
  & Pick<Network, "socketName">
  & Pick<Terminals, "isatty" | "ttyname">;

const KINDS: ReadonlyMap<number, string> = new Map([
  [S_IFREG, "file"],
  [S_IFDIR, "directory"],
  [S_IFIFO, "pipe"],
  [S_IFSOCK, "socket"],
  [S_IFCHR, "device"],
  [S_IFBLK, "device"],
]);

/** Describes a descriptor of the kernel's; `null` if it is not open. */
export function describeDescriptor(system: DescriptionSystem, descriptor: number): Description | null {
  const status = system.fstat(descriptor);
  const flags = system.getStatusFlags(descriptor);
  if (typeof status === "number" || flags < 0) return null;
  const type = status.mode & S_IFMT;
  const path = placeOf(system, descriptor);
  const isTerminal = system.isatty(descriptor);
  const seekable = type === S_IFREG || type === S_IFBLK || type === S_IFDIR;
  const offset = seekable ? system.lseek(descriptor, 0, SEEK_CUR) : -1;
  const inMemory = /^\/memfd:(.*) \(deleted\)$/.exec(path);
  const kind = isTerminal ? "terminal" : inMemory !== null ? "memory" : KINDS.get(type) ?? "other";
  return {
    kind,
    flags: flagText(flags),
    offset: offset < 0 ? null : offset,
    place: inMemory?.[1] ?? path.replace(/^(?:pipe|socket):\[(\d+)\]$/, "number $1"),
  };
}

function placeOf(system: DescriptionSystem, descriptor: number): string {
  const terminal = system.ttyname(descriptor);
  if (typeof terminal === "string") return terminal;
  const name = system.socketName(descriptor);
  if (typeof name === "string" && name !== "") return name;
  const path = system.readlink(`/proc/self/fd/${descriptor}`);
  return typeof path === "string" ? path : "";
}

function flagText(flags: number): string {
  if (flags & O_PATH) return "path";
  const mode = flags & O_ACCMODE;
  const words = [mode === O_RDONLY ? "read" : mode === O_WRONLY ? "write" : "read write"];
  if (flags & O_APPEND) words.push("append");
  if (flags & O_NONBLOCK) words.push("nonblock");
  return words.join(" ");
}
