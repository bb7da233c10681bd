/** The builtins by name, less those that `enable -n` has taken away (bash manual 4.2, enable). */

import type { Builtin, Builtins } from "./shell.ts";
import { Stack } from "./stack.ts";

export class EnabledBuiltins implements Builtins {
  generation = 0;
  /** Replaced as a whole, never changed in place. */
  private disabled: ReadonlySet<string> = new Set();
  private readonly saved = new Stack<ReadonlySet<string>>();

  constructor(private readonly table: ReadonlyMap<string, Builtin>) {}

  get(name: string): Builtin | undefined {
    const builtin = this.table.get(name);
    return this.disabled.size > 0 && this.disabled.has(name) ? undefined : builtin;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  all(): IterableIterator<Builtin> {
    return this.table.values();
  }

  enable(name: string, on: boolean): boolean {
    if (!this.table.has(name)) return false;
    const disabled = new Set(this.disabled);
    if (on) disabled.delete(name);
    else disabled.add(name);
    this.disabled = disabled;
    this.generation++;
    return true;
  }

  enterSubshell(): void {
    this.saved.push(this.disabled);
  }

  leaveSubshell(): void {
    const disabled = this.saved.pop();
    if (disabled !== this.disabled) this.generation++;
    this.disabled = disabled;
  }

  becomeSubshell(): void {
    // The set is its own.
  }
}
