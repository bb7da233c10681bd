/** The numbers of RANDOM: after the same seed the same as those of bash, for scripts that want them again. */

import type { SubshellState } from "../execution/subshell_state.ts";
import { Stack } from "../execution/stack.ts";

const MODULUS = 0x7fffffff;
const MULTIPLIER = 16807;

export class RandomNumbers implements SubshellState {
  private state: number;
  private last = -1;
  /** What was in force around each subshell. */
  private readonly saved = new Stack<readonly [number, number]>();
  /** Whether a subshell has begun that needs a sequence of its own. */
  private stale = false;

  /** @param entropy gives something that nobody can foresee */
  constructor(private readonly entropy: () => number) {
    this.state = entropy() >>> 0;
  }

  seed(value: number): void {
    this.state = Number.isFinite(value) ? value >>> 0 : 0;
    this.last = -1;
    this.stale = false;
  }

  /** The next number, of 15 bits; never the same twice in a row. */
  next(): number {
    if (this.stale) this.seed(this.entropy() ^ this.state);
    let value: number;
    do {
      // The generator of Park and Miller: the minimal standard.
      const before = (this.state === 0 ? 123459876 : this.state) % MODULUS;
      this.state = (before * MULTIPLIER) % MODULUS;
      value = ((this.state >>> 16) ^ (this.state & 0xffff)) & 0x7fff;
    } while (value === this.last);
    return this.last = value;
  }

  enterSubshell(): void {
    this.saved.push([this.state, this.last]);
    this.stale = true;
  }

  leaveSubshell(): void {
    [this.state, this.last] = this.saved.pop();
    this.stale = this.saved.length > 0;
  }

  becomeSubshell(): void {
    // It has its own sequence.
  }
}
