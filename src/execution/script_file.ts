/** Scripts in files, read as they are run: a script may end long before its file does. */

import type { Input } from "../syntax/input.ts";
import { decode } from "../system/bytes.ts";
import { O_RDONLY, S_IFDIR, S_IFMT } from "../system/constants.ts";
import { EINTR, EISDIR } from "../system/errno.ts";
import type { HeldFile, Shell } from "./shell.ts";

const BLOCK = 65536;
const NEWLINE = 10;

/** Opens the script at `path`. Returns `-errno` if that can't be done. The input closes it at its end. */
export function openScript(shell: Shell, path: string): ScriptFile | number {
  const { system, streams } = shell;
  streams.settle();
  const descriptor = system.open(streams.table.translate(path), O_RDONLY, 0);
  if (descriptor < 0) return descriptor;
  const status = system.fstat(descriptor);
  if (typeof status !== "number" && (status.mode & S_IFMT) === S_IFDIR) {
    system.close(descriptor);
    return -EISDIR;
  }
  const file = streams.table.adopt(descriptor);
  streams.table.hold(file);
  return new ScriptFile(shell, file, path);
}

export class ScriptFile implements Input {
  /** What was read behind the last newline. */
  private rest = new Uint8Array(0);
  private ended = false;

  constructor(private readonly shell: Shell, private readonly file: HeldFile, readonly path: string) {}

  read(): string | null {
    while (!this.ended) {
      const block = new Uint8Array(BLOCK);
      const count = this.shell.system.read(this.file.descriptor, block, 0, BLOCK);
      if (count === -EINTR) continue;
      if (count <= 0) {
        this.close();
        break;
      }
      const newline = block.lastIndexOf(NEWLINE, count - 1);
      const end = newline + 1;
      const line = concatenate(this.rest, block.subarray(0, end));
      if (end > 0) {
        this.rest = block.slice(end, count);
        return decode(line);
      }
      this.rest = concatenate(this.rest, block.subarray(0, count));
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
