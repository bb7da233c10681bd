/**
 * The choices that a program is made by. They are kept, so that a program can be made again from fewer and smaller ones: what
 * comes out is valid, ends, and is simpler, which a text that is cut is not.
 */
import type { Random } from "../fuzz/random.ts";

/** A range of choices that made one part of a program. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: "item" | "statement";
}

export class Choices {
  /** Every choice so far: numbers that were picked, and 1 or 0 for yes or no. */
  readonly made: number[] = [];
  readonly spans: Span[] = [];

  /**
   * @param given the choices to begin with
   * @param random makes the others; without it they are 0 and no
   */
  constructor(private readonly given: readonly number[], private readonly random: Random | null) {}

  /** A whole number from 0 up to, but without, `limit`; the first of what can be chosen should be the simplest. */
  below(limit: number): number {
    const given = this.given[this.made.length];
    const choice = given === undefined ? this.random?.below(limit) ?? 0 : Math.min(given, limit - 1);
    this.made.push(choice);
    return choice;
  }

  /** True `percent` times of a hundred. */
  chance(percent: number): boolean {
    const given = this.given[this.made.length];
    const choice = given === undefined ? this.random?.chance(percent) ?? false : given > 0;
    this.made.push(choice ? 1 : 0);
    return choice;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** As many items as chance will have, each of which can be left out. */
  several(percent: number, most: number, make: () => string): string[] {
    const items: string[] = [];
    while (items.length < most) {
      const start = this.made.length;
      if (!this.chance(percent)) break;
      items.push(make());
      this.spans.push({ start, end: this.made.length, kind: "item" });
    }
    return items;
  }

  /** A statement, which can take the place of one that it is part of. */
  statement(make: () => string): string {
    const start = this.made.length;
    const text = make();
    this.spans.push({ start, end: this.made.length, kind: "statement" });
    return text;
  }
}
