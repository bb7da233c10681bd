/** A map of which every subshell has a copy: of functions, of aliases. It is copied when it is first changed there. */

import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

export class CopiedMap<Value> implements SubshellState {
  /** Changes with every change to the map. */
  generation = 0;
  private map = new Map<string, Value>();
  private readonly saved = new Stack<Map<string, Value> | null>();

  get size(): number {
    return this.map.size;
  }

  get(name: string): Value | undefined {
    return this.map.get(name);
  }

  set(name: string, value: Value): void {
    this.change();
    this.map.set(name, value);
  }

  delete(name: string): boolean {
    this.change();
    return this.map.delete(name);
  }

  clear(): void {
    this.change();
    this.map.clear();
  }

  names(): string[] {
    return [...this.map.keys()];
  }

  entries(): [string, Value][] {
    return [...this.map];
  }

  private change(): void {
    this.generation++;
    if (this.saved.top === null) {
      this.saved.replaceTop(this.map);
      this.map = new Map(this.map);
    }
  }

  enterSubshell(): void {
    this.saved.push(null);
  }

  leaveSubshell(): void {
    const map = this.saved.pop();
    if (!map) return;
    this.map = map;
    this.generation++;
  }

  becomeSubshell(): void {
    // The copy is its own.
  }
}
