/** Attributes of the process that a subshell has a copy of (XCU 2.13): the working directory and the mask. */

import { O_DIRECTORY, O_PATH } from "../system/constants.ts";
import { EINTR, strerror } from "../system/errno.ts";
import type { Files } from "../system/system.ts";
import type { HeldFile, ProcessAttributes, StreamTable } from "./shell.ts";
import { Stack } from "./stack.ts";

interface Saved {
  readonly directory: string;
  /** Where the subshell began, held since it first changed its directory; `null` while it hasn't. */
  file: HeldFile | null;
  /** The mask that it began with; -1 while it hasn't changed it. */
  mask: number;
}

/**
 * The message, in bash's words, that the working directory has no path, most often since it was removed.
 *
 * @param who the builtin, or what else wants to know
 * @param error `-errno` of getcwd
 */
export function unknownDirectory(who: string, error: number): string {
  const reason = `getcwd: cannot access parent directories: ${strerror(-error)}`;
  return `${who}: error retrieving current directory: ${reason}\n`;
}

export class CopiedProcessAttributes implements ProcessAttributes {
  directory = "";
  private readonly saved = new Stack<Saved>();

  /** @param abort ends the shell with a message, because it would go on in the wrong directory */
  constructor(
    private readonly system: Pick<Files, "chdir" | "fchdir" | "umask" | "open">,
    private readonly table: StreamTable,
    private readonly abort: (message: string) => never,
  ) {}

  changeDirectory(path: string): number {
    const saved = this.saved.top;
    if (saved !== undefined && saved.file === null) {
      let descriptor: number;
      do {
        descriptor = this.system.open(".", O_PATH | O_DIRECTORY, 0);
      } while (descriptor === -EINTR);
      if (descriptor < 0) return descriptor;
      saved.file = this.table.adopt(descriptor);
      this.table.hold(saved.file);
    }
    return this.system.chdir(path);
  }

  setMask(mask: number): void {
    const before = this.system.umask(mask);
    const saved = this.saved.top;
    if (saved !== undefined && saved.mask < 0) saved.mask = before;
  }

  enterSubshell(): void {
    this.saved.push({ directory: this.directory, file: null, mask: -1 });
  }

  leaveSubshell(): void {
    const { directory, file, mask } = this.saved.pop();
    this.directory = directory;
    if (mask >= 0) this.system.umask(mask);
    if (file === null) return;
    const result = this.system.fchdir(file.descriptor);
    this.table.release(file);
    if (result < 0) this.abort(`cannot go back to ${directory}: ${strerror(-result)}`);
  }

  becomeSubshell(): void {
    // What was held to go back to has been closed with everything else that belongs to the parent.
    for (const saved of this.saved.all()) {
      saved.file = null;
      saved.mask = -1;
    }
  }
}
