/** Scripts in files, read as they are run: a script may end long before its file does. */

import type { Input } from "../syntax/input.ts";
import { decode } from "../system/bytes.ts";
import { O_RDONLY } from "../system/constants.ts";
import { EINTR, ENOEXEC } from "../system/errno.ts";
import type { System } from "../system/system.ts";
import type { HeldFile, Shell } from "./shell.ts";

const BLOCK = 65536;
const NEWLINE = 10;
/** What every script is read into; it is copied out at once. */
let scratch: Uint8Array<ArrayBuffer> | null = null;

/**
 * Opens the script at `path`. Returns `-errno` if that can't be done; `-ENOEXEC` says that it is no text. The input closes it at
 * its end.
 */
export function openScript(shell: Shell, path: string): ScriptFile | number {
  const { system, streams } = shell;
  const descriptor = openForReading(shell, path);
  if (descriptor < 0) return descriptor;
  const first = readBlock(system, descriptor);
  if (typeof first === "number" || isBinary(first)) {
    system.close(descriptor);
    return typeof first === "number" ? first : -ENOEXEC;
  }
  const file = streams.table.adopt(descriptor);
  streams.table.hold(file);
  return new ScriptFile(shell, file, first);
}

/** Opens a file that the shell itself reads, be it a FIFO that somebody has to write to. Returns `-errno` on failure. */
export function openForReading(shell: Shell, path: string): number {
  const { system, streams } = shell;
  streams.settle();
  const translated = streams.table.translate(path);
  for (;;) {
    const descriptor = system.open(translated, O_RDONLY, 0);
    if (descriptor !== -EINTR || shell.interrupted()) return descriptor;
  }
}

/** Whether a file that begins so is no script: there is a NUL byte in its first line (XCU 2.9.1.6). */
export function isBinary(beginning: Uint8Array): boolean {
  const newline = beginning.indexOf(NEWLINE);
  return beginning.subarray(0, newline < 0 ? beginning.length : newline).includes(0);
}

/** The next bytes of a file, none at its end; `-errno` on failure. */
function readBlock(system: Pick<System, "read">, descriptor: number): Uint8Array<ArrayBuffer> | number {
  const block = scratch ??= new Uint8Array(BLOCK);
  for (;;) {
    const count = system.read(descriptor, block, 0, BLOCK);
    if (count !== -EINTR) return count < 0 ? count : block.slice(0, count);
  }
}

export class ScriptFile implements Input {
  /** What was read behind the last newline. */
  private rest = new Uint8Array(0);
  private ended = false;

  /** @param first the block that was read already */
  constructor(
    private readonly shell: Shell,
    private readonly file: HeldFile,
    private first: Uint8Array<ArrayBuffer> | null,
  ) {}

  read(): string | null {
    while (!this.ended) {
      const block = this.first ?? readBlock(this.shell.system, this.file.descriptor);
      this.first = null;
      if (typeof block === "number" || block.length === 0) {
        this.close();
        break;
      }
      const end = block.lastIndexOf(NEWLINE) + 1;
      const line = concatenate(this.rest, block.subarray(0, end));
      if (end > 0) {
        this.rest = block.slice(end);
        return decode(line);
      }
      this.rest = concatenate(this.rest, block);
    }
    const last = this.rest;
    this.rest = new Uint8Array(0);
    return last.length === 0 ? null : decode(last);
  }

  /** Closes the file; nothing more is read. */
  close(): void {
    if (!this.ended) this.shell.streams.table.release(this.file);
    this.ended = true;
  }
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
