/** Indexed arrays (bash manual 6.7): sparse, in the order of their indices. */

/** How many indices may be missing before an array that is mostly empty is kept as a map. */
const GAP = 1000;

/** The elements by index: a plain array, or a map once an index lies far behind the others. */
export class IndexedArray {
  private dense: (string | undefined)[] = [];
  /** How many elements of `dense` are set. */
  private count = 0;
  private sparse: Map<number, string> | null = null;
  /** The indices of `sparse` in order, if known. */
  private order: number[] | null = null;
  /** The highest index of `sparse`. */
  private highest = -1;

  /** @param values the elements, from index 0 on; taken over */
  static of(values: string[]): IndexedArray {
    const array = new IndexedArray();
    array.dense = values;
    array.count = values.length;
    return array;
  }

  get size(): number {
    return this.sparse === null ? this.count : this.sparse.size;
  }

  /** One more than the highest index. */
  get end(): number {
    return this.sparse === null ? this.dense.length : this.highest + 1;
  }

  get(index: number): string | undefined {
    return this.sparse === null ? this.dense[index] : this.sparse.get(index);
  }

  set(index: number, text: string): void {
    const { dense } = this;
    if (this.sparse === null && index > dense.length + GAP && index > 2 * this.count) this.spread();
    if (this.sparse !== null) {
      if (index > this.highest) {
        this.highest = index;
        if (this.order !== null) this.order.push(index);
      } else if (!this.sparse.has(index)) this.order = null;
      this.sparse.set(index, text);
      return;
    }
    while (dense.length < index) dense.push(undefined);
    if (dense[index] === undefined) this.count++;
    dense[index] = text;
  }

  delete(index: number): void {
    const { dense } = this;
    if (this.sparse === null) {
      if (dense[index] === undefined) return;
      this.count--;
      dense[index] = undefined;
      while (dense.length > 0 && dense[dense.length - 1] === undefined) dense.pop();
      if (dense.length > GAP && 4 * this.count < dense.length) this.spread();
      return;
    }
    if (!this.sparse.delete(index)) return;
    if (index === this.highest) {
      const indices = this.indices();
      if (indices.at(-1) === index) indices.pop();
      this.highest = indices.at(-1) ?? -1;
    } else this.order = null;
  }

  indices(): number[] {
    if (this.sparse !== null) return this.order ??= [...this.sparse.keys()].sort((a, b) => a - b);
    const indices: number[] = [];
    for (let i = 0; i < this.dense.length; i++) if (this.dense[i] !== undefined) indices.push(i);
    return indices;
  }

  keys(): string[] {
    return this.indices().map(String);
  }

  values(): string[] {
    const { dense, sparse } = this;
    if (sparse !== null) return this.indices().map((index) => sparse.get(index)!);
    return this.count === dense.length ? dense.slice() as string[] : dense.filter((text) => text !== undefined);
  }

  clone(): IndexedArray {
    const copy = new IndexedArray();
    copy.dense = this.dense.slice();
    copy.count = this.count;
    copy.sparse = this.sparse === null ? null : new Map(this.sparse);
    copy.highest = this.highest;
    return copy;
  }

  private spread(): void {
    const sparse = new Map<number, string>();
    this.dense.forEach((text, index) => {
      if (text !== undefined) sparse.set(index, text);
    });
    this.sparse = sparse;
    this.highest = this.dense.length - 1;
    this.order = null;
    this.dense = [];
  }
}
