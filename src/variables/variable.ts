/** A name's variable, with its value, attributes, and the outer bindings that a local one hides. */

import type { Variable } from "../expansion/environment.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { IndexedArray } from "./indexed_array.ts";
import type { VariableTable } from "./table.ts";

/** Attributes, as bits. */
export const EXPORTED = 1;
export const READ_ONLY = 2;

/** Behaviour of variables that the shell itself sets or watches, such as RANDOM and PATH. */
export interface Special {
  /** Gives the value each time, in place of a stored one. */
  readonly read?: () => string | undefined;
  /** Told after each assignment or unset, with the new value. */
  readonly changed?: (text: string | undefined) => void;
  /** Whether unsetting it takes its special meaning away (bash manual 5.2). */
  readonly fragile?: boolean;
}

/** What a variable is at one scope; the variable itself holds the innermost. */
interface Binding {
  readonly plain: string | undefined;
  readonly array: IndexedArray | Map<string, string> | null;
  readonly attributes: number;
  readonly scope: number;
  readonly outer: Binding | null;
}

/** What a journal keeps of a variable. */
export interface Snapshot extends Binding {
  readonly special: Special | null;
  readonly journaled: number;
}

export class ShellVariable implements Variable {
  plain: string | undefined = undefined;
  private array: IndexedArray | Map<string, string> | null = null;
  attributes = 0;
  /** The function scope that the binding is local to; 0 is the global one. */
  scope = 0;
  private outer: Binding | null = null;
  special: Special | null = null;
  /** The depth of the subshell whose journal has this variable. */
  journaled = 0;

  constructor(readonly name: string, private readonly table: VariableTable) {}

  get isSet(): boolean {
    return this.plain !== undefined || this.special?.read !== undefined || (this.array !== null && this.size() > 0);
  }

  get exported(): boolean {
    return (this.attributes & EXPORTED) !== 0;
  }

  get readOnly(): boolean {
    return (this.attributes & READ_ONLY) !== 0;
  }

  get associative(): boolean {
    return this.array instanceof Map;
  }

  /** Whether it is an array of either kind. */
  get isArray(): boolean {
    return this.array !== null;
  }

  read(): string | undefined {
    if (this.plain !== undefined) return this.plain;
    if (this.array !== null) return this.array instanceof Map ? this.array.get("0") : this.array.get(0);
    return this.special?.read?.();
  }

  write(text: string): void {
    const { table } = this;
    const simple = this.attributes === 0 && this.special === null && this.array === null && !table.exportAll;
    if (simple && this.journaled === table.journal) this.plain = text;
    else this.writeWatched(text);
  }

  private writeWatched(text: string): void {
    this.refuseReadOnly();
    this.table.note(this);
    if (this.array instanceof Map) this.array.set("0", text);
    else if (this.array !== null) this.array.set(0, text);
    else if (this.special?.read === undefined) this.plain = text;
    if (this.table.exportAll) this.attributes |= EXPORTED;
    if (this.exported) this.table.environmentChanged();
    this.special?.changed?.(text);
  }

  /** Fails as bash does if the variable is read-only (XCU 2.8.1, variable assignment error). */
  refuseReadOnly(): void {
    if (this.readOnly) throw new ExpansionFailure(`${this.name}: readonly variable`, "top", 1);
  }

  setAttributes(attributes: number, on: boolean): void {
    if (((this.attributes & attributes) === attributes) === on && on) return;
    this.table.note(this);
    this.attributes = on ? this.attributes | attributes : this.attributes & ~attributes;
    if (attributes & EXPORTED) this.table.environmentChanged();
  }

  /**
   * Unsets the variable. One that is local to the running function stays local; one that is local to a caller gives way to
   * the binding that it hid (bash manual 6.1, localvar_unset). The caller has looked whether it is read-only.
   */
  unset(): void {
    this.table.note(this);
    const { scope, outer } = this;
    if (scope !== 0 && scope !== this.table.scope && outer !== null) this.restore(outer);
    else {
      this.plain = undefined;
      this.array = null;
      this.attributes = 0;
      if (this.special?.fragile) this.special = null;
    }
    this.table.environmentChanged();
    this.special?.changed?.(this.read());
  }

  /** Begins a new binding, local to `scope`. It is unset; of its attributes it keeps that it is exported. */
  hide(scope: number): void {
    this.table.note(this);
    const { plain, array, attributes, scope: outerScope, outer } = this;
    this.outer = { plain, array, attributes, scope: outerScope, outer };
    this.plain = undefined;
    this.array = null;
    this.attributes = attributes & EXPORTED;
    this.scope = scope;
    this.special?.changed?.(undefined);
  }

  /** Ends the binding that is local to `scope`, if there is one still. */
  reveal(scope: number): void {
    if (this.scope !== scope || this.outer === null) return;
    this.table.note(this);
    const exported = this.exported;
    this.restore(this.outer);
    if (exported || this.exported) this.table.environmentChanged();
    this.special?.changed?.(this.read());
  }

  private restore(binding: Binding): void {
    this.plain = binding.plain;
    this.array = binding.array;
    this.attributes = binding.attributes;
    this.scope = binding.scope;
    this.outer = binding.outer;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Arrays

  private size(): number {
    return this.array?.size ?? 0;
  }

  values(): readonly string[] {
    if (this.array !== null) return [...this.array.values()];
    const text = this.read();
    return text === undefined ? [] : [text];
  }

  keys(): readonly string[] {
    if (this.array instanceof Map) return [...this.array.keys()];
    if (this.array !== null) return this.array.indices().map(String);
    return this.read() === undefined ? [] : ["0"];
  }

  readElement(subscript: string | number): string | undefined {
    if (this.array instanceof Map) return this.array.get(String(subscript));
    const index = this.index(subscript);
    if (this.array !== null) return this.array.get(index);
    return index === 0 ? this.read() : undefined;
  }

  writeElement(subscript: string | number, text: string): void {
    this.refuseReadOnly();
    this.table.note(this);
    const array = this.becomeIndexed();
    if (array instanceof Map) array.set(String(subscript), text);
    else array.set(this.index(subscript), text);
    if (this.exported) this.table.environmentChanged();
  }

  unsetElement(subscript: string | number): void {
    this.table.note(this);
    if (this.array instanceof Map) this.array.delete(String(subscript));
    else if (this.array !== null) this.array.delete(this.index(subscript));
    else if (this.index(subscript) === 0) this.unset();
  }

  /** Makes it an array for the elements that come; what it had before stays only if `keep`. */
  beginArray(keep: boolean): void {
    this.refuseReadOnly();
    this.table.note(this);
    if (keep) this.becomeIndexed();
    else {
      this.array = this.array instanceof Map ? new Map() : new IndexedArray();
      this.plain = undefined;
    }
  }

  /** Adds an element behind the last one. */
  appendElement(text: string): void {
    this.writeElement(this.array instanceof IndexedArray ? this.array.end : 0, text);
  }

  /** Turns it into an indexed array, if it is none; a scalar value becomes element 0. */
  private becomeIndexed(): IndexedArray | Map<string, string> {
    if (this.array !== null) return this.array;
    const array = new IndexedArray();
    if (this.plain !== undefined) array.set(0, this.plain);
    this.plain = undefined;
    this.array = array;
    return array;
  }

  /** A negative index counts from the end. */
  private index(subscript: string | number): number {
    const index = Number(subscript);
    if (index >= 0) return index;
    const end = this.array instanceof IndexedArray ? this.array.end : 1;
    if (end + index < 0) throw new ExpansionFailure(`${this.name}: bad array subscript`, "top", 1);
    return end + index;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Journals

  snapshot(): Snapshot {
    const { plain, attributes, scope, outer, special, journaled } = this;
    const array = this.array instanceof Map ? new Map(this.array) : this.array === null ? null : this.array.clone();
    return { plain, array, attributes, scope, outer, special, journaled };
  }

  rollBack(snapshot: Snapshot): void {
    const text = this.read();
    this.restore(snapshot);
    this.special = snapshot.special;
    this.journaled = snapshot.journaled;
    const restored = this.read();
    if (restored !== text) this.special?.changed?.(restored);
  }
}
