/** Indexed arrays (bash manual 6.7): sparse, in the order of their indices. */

/** The elements by index. Dense at first; a map once an index lies far behind the others. */
export class IndexedArray {
  private dense: (string | undefined)[] = [];
  private count = 0;
  private sparse: Map<number, string> | null = null;
  /** The indices of `sparse` in order, if known. */
  private order: number[] | null = null;

  get size(): number {
    return this.sparse?.size ?? this.count;
  }

  /** One more than the highest index. */
  get end(): number {
    if (this.sparse === null) return this.dense.length;
    return (this.indices().at(-1) ?? -1) + 1;
  }

  get(index: number): string | undefined {
    return this.sparse === null ? this.dense[index] : this.sparse.get(index);
  }

  set(index: number, text: string): void {
    if (this.sparse === null && index > this.dense.length + 1000 && index > 2 * this.count) this.spread();
    if (this.sparse !== null) {
      if (!this.sparse.has(index)) this.order = null;
      this.sparse.set(index, text);
      return;
    }
    while (this.dense.length < index) this.dense.push(undefined);
    if (this.dense[index] === undefined) this.count++;
    this.dense[index] = text;
  }

  delete(index: number): void {
    if (this.sparse !== null) {
      if (this.sparse.delete(index)) this.order = null;
      return;
    }
    if (this.dense[index] === undefined) return;
    this.count--;
    this.dense[index] = undefined;
    while (this.dense.length > 0 && this.dense.at(-1) === undefined) this.dense.pop();
  }

  indices(): number[] {
    if (this.sparse !== null) return this.order ??= [...this.sparse.keys()].sort((a, b) => a - b);
    const indices: number[] = [];
    for (let i = 0; i < this.dense.length; i++) if (this.dense[i] !== undefined) indices.push(i);
    return indices;
  }

  values(): string[] {
    if (this.sparse === null) return this.dense.filter((text) => text !== undefined);
    const { sparse } = this;
    return this.indices().map((index) => sparse.get(index)!);
  }

  clone(): IndexedArray {
    const copy = new IndexedArray();
    copy.dense = this.dense.slice();
    copy.count = this.count;
    copy.sparse = this.sparse === null ? null : new Map(this.sparse);
    return copy;
  }

  private spread(): void {
    this.sparse = new Map();
    this.dense.forEach((text, index) => {
      if (text !== undefined) this.sparse!.set(index, text);
    });
    this.dense = [];
  }
}
