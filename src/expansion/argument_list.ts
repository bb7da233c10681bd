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
  let general: readonly Fields[] | null = null;
  /** Expands the words from `index` on, before which there are the fields `out`. */
  const from = (index: number, out: string[]): string[] => {
    general ??= compile();
    for (let i = index; i < general.length; i++) general[i]!(out);
    return out;
  };
  const [one, two, three, four] = ones as [OneField, OneField, OneField, OneField];
  switch (ones.length) {
    case 0:
      return () => [];
    case 1:
      return () => {
        const first = one();
        return first === null ? from(0, []) : [first];
      };
    case 2:
      return () => {
        const first = one();
        if (first === null) return from(0, []);
        const second = two();
        return second === null ? from(1, [first]) : [first, second];
      };
    case 3:
      return () => {
        const first = one();
        if (first === null) return from(0, []);
        const second = two();
        if (second === null) return from(1, [first]);
        const third = three();
        return third === null ? from(2, [first, second]) : [first, second, third];
      };
    default:
      return () => {
        const first = one();
        if (first === null) return from(0, []);
        const second = two();
        if (second === null) return from(1, [first]);
        const third = three();
        if (third === null) return from(2, [first, second]);
        const fourth = four();
        if (fourth === null) return from(3, [first, second, third]);
        const fields = [first, second, third, fourth];
        for (let i = 4; i < ones.length; i++) {
          const field = ones[i]!();
          if (field === null) return from(i, fields);
          fields.push(field);
        }
        return fields;
      };
  }
}
