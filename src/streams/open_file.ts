/** An open file as the shell holds it: a descriptor of the kernel, or memory that takes or gives what would go through one. */

import type { Capture } from "./capture.ts";
import type { HereDocument } from "./here_document.ts";
import type { Input } from "./input.ts";

/** How what builtins write to a file may be gathered: see `output.ts`. */
export type Gathering = "unknown" | "lines" | "none" | "full" | "pipe";

export class OpenFile {
  /** How many places of the descriptor table and of its frames, and other holders, refer to it. */
  references = 0;
  gathering: Gathering = "unknown";
  /** Whether it is a terminal; `null` until somebody has looked. */
  terminal: boolean | null = null;
  /** Whether other processes may use its offset: it was inherited, or passed on. */
  shared = false;
  /** What reads it by lines, once something does. */
  input: Input | null = null;
  /** What it gives, as long as it has no descriptor. */
  document: HereDocument | null = null;
  private opened: ((file: OpenFile) => void) | null = null;

  /**
   * @param number the kernel's number, or -1 for what needed none so far
   * @param closeOnExec whether it is lost at execve; all but the descriptors that the shell was started with are
   */
  constructor(
    private number: number,
    public closeOnExec: boolean,
    public capture: Capture | null = null,
  ) {}

  /** A file that gives `document`. @param opened told when it has been given a descriptor */
  static of(document: HereDocument, opened: (file: OpenFile) => void): OpenFile {
    const file = new OpenFile(-1, true);
    file.document = document;
    file.opened = opened;
    return file;
  }

  /** The kernel's number; -1 of a capture that needed none so far. A document gets one now, or this is `-errno`. */
  get descriptor(): number {
    return this.document === null ? this.number : this.open(this.document);
  }

  set descriptor(number: number) {
    this.number = number;
  }

  private open(document: HereDocument): number {
    const descriptor = document.open();
    if (descriptor < 0) return descriptor;
    this.number = descriptor;
    this.document = null;
    this.opened?.(this);
    return descriptor;
  }
}
