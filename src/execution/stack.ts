/**
 * A stack that keeps its memory. V8 takes the memory of an array that has become empty, and calls its runtime for new one at the next
 * push: that would be once for each part of the shell's state in every subshell.
 */
export class Stack<Item> {
  private readonly items: (Item | undefined)[] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The item that was pushed last; `undefined` if there is none. */
  get top(): Item | undefined {
    return this.count === 0 ? undefined : this.items[this.count - 1];
  }

  push(item: Item): void {
    this.items[this.count++] = item;
  }

  /** Takes the item off that was pushed last. Of an empty stack, which a child that was forked meanwhile may have, it takes nothing. */
  pop(): Item {
    if (this.count > 0) this.count--;
    const item = this.items[this.count]!;
    this.items[this.count] = undefined;
    return item;
  }

  /** Puts `item` in the place of the one that was pushed last. */
  replaceTop(item: Item): void {
    this.items[this.count - 1] = item;
  }

  some(predicate: (item: Item) => boolean): boolean {
    for (let i = 0; i < this.count; i++) if (predicate(this.items[i]!)) return true;
    return false;
  }

  /** All items, the first one first. */
  all(): readonly Item[] {
    return this.items.slice(0, this.count) as Item[];
  }

  /** Forgets all but the item that was pushed last. */
  keepTop(): void {
    const top = this.pop();
    this.clear();
    this.push(top);
  }

  clear(): void {
    this.items.length = this.count = 0;
  }
}
