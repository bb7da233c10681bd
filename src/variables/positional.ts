/** The positional parameters, and `$0` (XCU 2.5.1). */

import type { PositionalParameters } from "../execution/shell.ts";
import { Stack } from "../execution/stack.ts";

export class Positional implements PositionalParameters {
  zero = "";
  /** Replaced as a whole, never changed in place. */
  values: readonly string[] = [];
  timesSet = 0;
  private readonly saved = new Stack<readonly string[]>();

  enterSubshell(): void {
    this.saved.push(this.values);
  }

  leaveSubshell(): void {
    this.values = this.saved.pop();
  }

  becomeSubshell(): void {
    // They are its own.
  }
}
