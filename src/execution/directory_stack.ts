/** The directory stack (bash manual 6.8), less its top, which is the working directory. */

import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

export class DirectoryStack implements SubshellState {
  /** Replaced as a whole, never changed in place. */
  entries: readonly string[] = [];
  private readonly saved = new Stack<readonly string[]>();

  enterSubshell(): void {
    this.saved.push(this.entries);
  }

  leaveSubshell(): void {
    this.entries = this.saved.pop();
  }

  becomeSubshell(): void {
    // It is its own.
  }
}
