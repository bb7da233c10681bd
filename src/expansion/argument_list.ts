/**
 * The list of the fields of some words: the arguments of a command. Mostly each word comes to one field, so that the list has as many
 * as there are words and is made at once in its proper size. Where a word turns out to be otherwise, all of them from there on are
 * expanded in the general way.
 */

import type { Fields } from "./word_fields.ts";

/** Gives the one field of a word; `null`, without having changed anything, where only its full expansion tells what it comes to. */
export type OneField = () => string | null;

/**
 * @param ones for each word what gives its one field
 * @param compile compiles each word in the general way; called when that is first needed
 */
export function compileList(ones: readonly OneField[], compile: () => readonly Fields[]): () => string[] {
  const words = new ArgumentList(ones, compile);
  switch (ones.length) {
    case 0:
      return () => [];
    case 1:
      return () => words.one();
    case 2:
      return () => words.two();
    case 3:
      return () => words.three();
    default:
      return () => words.many();
  }
}

class ArgumentList {
  private general: readonly Fields[] | null = null;

  constructor(private readonly ones: readonly OneField[], private readonly compile: () => readonly Fields[]) {}

  one(): string[] {
    const first = this.ones[0]!();
    return first === null ? this.from(0, []) : [first];
  }

  two(): string[] {
    const { ones } = this;
    const first = ones[0]!();
    if (first === null) return this.from(0, []);
    const second = ones[1]!();
    return second === null ? this.from(1, [first]) : [first, second];
  }

  three(): string[] {
    const { ones } = this;
    const first = ones[0]!();
    if (first === null) return this.from(0, []);
    const second = ones[1]!();
    if (second === null) return this.from(1, [first]);
    const third = ones[2]!();
    return third === null ? this.from(2, [first, second]) : [first, second, third];
  }

  many(): string[] {
    const { ones } = this;
    const first = ones[0]!();
    if (first === null) return this.from(0, []);
    const second = ones[1]!();
    if (second === null) return this.from(1, [first]);
    const third = ones[2]!();
    if (third === null) return this.from(2, [first, second]);
    const fourth = ones[3]!();
    if (fourth === null) return this.from(3, [first, second, third]);
    const fields = [first, second, third, fourth];
    for (let i = 4; i < ones.length; i++) {
      const field = ones[i]!();
      if (field === null) return this.from(i, fields);
      fields.push(field);
    }
    return fields;
  }

  /** Expands the words from `index` on, before which there are the fields `out`. */
  private from(index: number, out: string[]): string[] {
    const general = this.general ??= this.compile();
    for (let i = index; i < general.length; i++) general[i]!(out);
    return out;
  }
}
