/** An open file as the shell holds it: a descriptor of the kernel, or the memory that takes a substitution's output. */

import type { Capture } from "./capture.ts";

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

  /**
   * @param descriptor the kernel's number, or -1 for a capture that needed none so far
   * @param closeOnExec whether it is lost at execve; all but the descriptors that the shell was started with are
   */
  constructor(
    public descriptor: number,
    public closeOnExec: boolean,
    public capture: Capture | null = null,
  ) {}
}
