/**
 * Associative arrays (bash manual 6.7).
 *
 * Their elements have no order that a script may count on, but scripts do without knowing it. So they come in the order in
 * which bash has them: that of the buckets of its hash table.
 */

import { encode } from "../system/bytes.ts";

/** How many buckets the table of an array has at first. */
const BUCKETS = 1024;
/** The same of an array that was a scalar. */
export const CONVERTED_BUCKETS = 128;

export class AssociativeArray {
  private readonly elements = new Map<string, string>();
  /** The keys in order, if known. */
  private order: readonly string[] | null = null;

  /** @param buckets how many buckets bash's table has at first */
  constructor(private readonly buckets = BUCKETS) {}

  get size(): number {
    return this.elements.size;
  }

  get(key: string): string | undefined {
    return this.elements.get(key);
  }

  set(key: string, text: string): void {
    if (this.order !== null && !this.elements.has(key)) this.order = null;
    this.elements.set(key, text);
  }

  delete(key: string): void {
    if (this.elements.delete(key)) this.order = null;
  }

  keys(): readonly string[] {
    return this.order ??= inTableOrder([...this.elements.keys()], this.buckets);
  }

  values(): string[] {
    const { elements } = this;
    return this.keys().map((key) => elements.get(key)!);
  }

  /** An array without elements, but with a table of the same size. */
  emptied(): AssociativeArray {
    return new AssociativeArray(this.buckets);
  }

  clone(): AssociativeArray {
    const copy = new AssociativeArray(this.buckets);
    for (const [key, text] of this.elements) copy.elements.set(key, text);
    copy.order = this.order;
    return copy;
  }
}

/**
 * Sorts keys, given in the order in which they were inserted, as bash finds them in a hash table. In each bucket the newest
 * comes first.
 *
 * @param initial how many buckets the table has at first; it gets four times as many whenever there are two keys for each
 */
export function inTableOrder(keys: readonly string[], initial: number): string[] {
  let buckets = initial;
  let sequence: string[] = [];
  let from = 0;
  for (; keys.length > 2 * buckets; buckets *= 4) {
    // When the table grows, each bucket is emptied from its front, and so turned around.
    sequence = [...keys.slice(from, 2 * buckets).reverse(), ...sequence].reverse();
    from = 2 * buckets;
  }
  sequence = [...keys.slice(from).reverse(), ...sequence];
  const bucketOf = new Map<string, number>();
  for (const key of sequence) bucketOf.set(key, (hash(key) & (buckets - 1)) >>> 0);
  return sequence.sort((a, b) => bucketOf.get(a)! - bucketOf.get(b)!);
}

/** FNV-1 in 32 bits, over signed bytes. */
function hash(text: string): number {
  let value = 0x811c9dc5 | 0;
  for (const byte of encode(text)) value = Math.imul(value, 0x01000193) ^ (byte << 24 >> 24);
  return value;
}
