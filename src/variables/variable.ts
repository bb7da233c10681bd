/** A name's variable: reading and writing its value, whatever kind it is of. Its scopes are in `binding.ts`. */

import {
  type ArrayKind,
  CAPITALIZED,
  CONVERTING,
  EXPORTED,
  INTEGER,
  LOWERCASE,
  REFERENCE,
  VALUELESS,
} from "../expansion/attributes.ts";
import type { Integer } from "../expansion/arithmetic/integer.ts";
import type { ElementKey, Variable } from "../expansion/environment.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { changeCase } from "../expansion/operations.ts";
import { decimalText } from "../expansion/arithmetic/decimal_text.ts";
import { concatenate } from "../system/bytes.ts";
import { AssociativeArray, CONVERTED_BUCKETS } from "./associative_array.ts";
import { type ArrayContents, type Bindings, BoundVariable } from "./binding.ts";
import { IndexedArray } from "./indexed_array.ts";
import { follow, isReferenceTarget, type Target } from "./reference.ts";

/** What the variables of a table share, and ask of expansion. */
export interface VariableContext extends Bindings {
  /** `set -a`: whatever is assigned is exported. */
  readonly exportAll: boolean;
  get(name: string): ShellVariable;
  /** The value of an arithmetic expression; with `before`, the sum of the values of both. */
  arithmetic(expression: string, before?: string): string;
  /** What the text of a subscript means for `variable`, after its expansions. */
  subscript(variable: Variable, text: string): ElementKey;
  warn(message: string): void;
}

export class ShellVariable extends BoundVariable implements Variable {
  declare protected readonly table: VariableContext;

  constructor(name: string, table: VariableContext) {
    super(name, table);
  }

  /** Whether it has a value: an array may be empty. */
  get isSet(): boolean {
    const { special } = this;
    return this.plain !== undefined || this.number !== null ||
      (this.array !== null && (this.attributes & VALUELESS) === 0) ||
      this.named !== undefined || (special !== null && special.dynamic && special.isSet?.() !== false);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Namerefs (bash manual 3.4)

  get isReference(): boolean {
    return (this.attributes & REFERENCE) !== 0;
  }

  /** What a nameref names; `undefined` if it names nothing, and for other variables. */
  get reference(): string | undefined {
    return this.isReference ? this.named : undefined;
  }

  target(): ShellVariable | null {
    return this.isReference ? this.fromVariable((target) => target) ?? null : this;
  }

  /** Lets a nameref name another variable. The caller has looked whether `target` may be one. */
  refer(target: string): void {
    this.refuseReadOnly();
    this.table.note(this);
    this.named = target;
    this.attributes &= ~VALUELESS;
  }

  /** Makes it a nameref, with what was its value for its target; or a scalar with its target for its value. */
  setReference(on: boolean): void {
    if (on === this.isReference) return;
    this.table.note(this);
    if (on) {
      this.named = this.scalar();
      this.plain = undefined;
      this.number = null;
      this.attributes = this.attributes & ~CONVERTING | REFERENCE;
    } else {
      this.plain = this.named;
      this.named = undefined;
      this.attributes &= ~REFERENCE;
    }
  }

  /** Reads from what this nameref leads to; `undefined` if it leads nowhere. */
  private fromTarget<Result>(read: (target: Target) => Result): Result | undefined {
    return follow(this, this.table, false, (target) => target === null ? undefined : read(target));
  }

  /** Reads from the variable that this nameref leads to; `undefined` if it leads to none, but to an element, say. */
  private fromVariable<Result>(read: (target: ShellVariable) => Result): Result | undefined {
    return this.fromTarget((target) => target instanceof ShellVariable ? read(target) : undefined);
  }

  /** Changes what this nameref leads to. */
  private change(change: (target: Target) => void): void {
    follow(this, this.table, true, (target) => {
      if (target !== null) change(target);
      else if (this.named !== undefined) throw this.invalid(this.named);
    });
  }

  /** Changes the variable that this nameref leads to, which must be no element. */
  private changeVariable(change: (target: ShellVariable) => void): void {
    this.change((target) => {
      if (!(target instanceof ShellVariable)) throw this.invalid(target.name);
      change(target);
    });
  }

  private invalid(name: string): ExpansionFailure {
    return new ExpansionFailure(`\`${name}': not a valid identifier`, "top", 1, "name");
  }

  // -------------------------------------------------------------------------------------------------------------
  // Scalars

  protected override scalarText(): string | undefined {
    if (this.isReference) return this.named;
    return this.isArray ? undefined : this.read();
  }

  /** The value of an ordinary scalar. */
  private scalar(): string | undefined {
    if (this.plain === undefined && this.number !== null) this.plain = decimalText(this.number);
    return this.plain;
  }

  read(): string | undefined {
    const text = this.scalar();
    if (text !== undefined) return text;
    if (this.isReference) return this.fromTarget((target) => target.read());
    const array = this.contents();
    if (array !== null) return array instanceof AssociativeArray ? array.get("0") : array.get(0);
    return this.special?.read?.();
  }

  write(text: string): void {
    const { table } = this;
    const simple = this.attributes === 0 && this.special === null && this.array === null && !table.exportAll;
    if (simple && this.journaled === table.journal) {
      this.plain = text;
      this.number = null;
    } else this.assign(text, false);
  }

  writeNumber(value: Integer): void {
    const { table } = this;
    const simple = this.attributes === 0 && this.special === null && this.array === null && !table.exportAll;
    if (simple && this.journaled === table.journal) {
      this.plain = undefined;
      this.number = value;
    } else this.assign(decimalText(value), false);
  }

  remember(value: Integer): void {
    if (this.plain !== undefined) this.number = value;
  }

  /** `name+=text`: adds to the text, or to the number. */
  append(text: string): void {
    this.assign(text, true);
  }

  private assign(text: string, append: boolean): void {
    const { table, special } = this;
    if (this.isReference) {
      if (this.named === undefined) this.assignReference(text);
      else if (/\[[@*]\]$/.test(this.named)) throw new ExpansionFailure(`${this.named}: bad array subscript`, "top", 1);
      else this.change((target) => append ? target.append(text) : target.write(text));
      if (table.exportAll) this.exportNamed();
      return;
    }
    this.refuseReadOnly();
    if (special?.fixed) return;
    const value = this.converted(text, append ? this.read() ?? "" : null);
    table.note(this);
    if (this.array !== null) {
      if (this.array instanceof AssociativeArray) this.array.set("0", value);
      else this.array.set(0, value);
      if (table.exportAll) this.attributes |= EXPORTED;
    } else if (special?.array !== undefined) special.elementChanged?.(0, value);
    else if (special?.read === undefined) {
      this.plain = value;
      this.number = null;
    }
    this.written();
    special?.changed?.(value);
  }

  /** With `set -a` an assignment to an element by a nameref exports the array, as bash has it. */
  private exportNamed(): void {
    const name = /^(\w+)\[/.exec(this.named ?? "")?.[1];
    if (name !== undefined) this.table.get(name).setAttributes(EXPORTED, true);
  }

  private assignReference(text: string): void {
    if (!isReferenceTarget(text)) throw this.invalid(text);
    this.refer(text);
  }

  /** What `text` becomes when it is assigned, or added to `before`, as the attributes say. */
  private converted(text: string, before: string | null): string {
    const { attributes, table } = this;
    if ((attributes & CONVERTING) === 0) return before === null ? text : concatenate(before, text);
    if ((attributes & INTEGER) !== 0) return before === null ? table.arithmetic(text) : table.arithmetic(text, before);
    const whole = before === null ? text : concatenate(before, text);
    if ((attributes & LOWERCASE) !== 0) return changeCase(whole, ",,", null);
    if ((attributes & CAPITALIZED) === 0) return changeCase(whole, "^^", null);
    return changeCase(changeCase(whole, ",,", null), "^", null);
  }

  /** After an assignment: it has a value now, and programs may have to be told. They can't be given arrays. */
  private written(): void {
    this.attributes &= ~VALUELESS;
    if (this.table.exportAll && this.array === null) this.attributes |= EXPORTED;
    if (this.exported) this.table.environmentChanged();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Arrays

  /** The elements, of an array of either kind; `null` of a scalar. */
  private contents(): ArrayContents | null {
    const { special } = this;
    if (this.array !== null || special === null || special.array === undefined) return this.array;
    return special.isSet?.() === false ? new IndexedArray() : special.array();
  }

  get kind(): ArrayKind {
    if (this.isReference) return this.fromVariable((target) => target.kind) ?? null;
    const array = this.contents();
    return array === null ? null : array instanceof AssociativeArray ? "associative" : "indexed";
  }

  get associative(): boolean {
    return this.array !== null ? this.array instanceof AssociativeArray : this.kind === "associative";
  }

  /** Whether it is an array of either kind. */
  get isArray(): boolean {
    return this.array !== null || this.kind !== null;
  }

  count(): number {
    if (this.isReference) return this.fromVariable((target) => target.count()) ?? 0;
    return this.contents()?.size ?? (this.read() === undefined ? 0 : 1);
  }

  values(): readonly string[] {
    if (this.isReference) return this.fromVariable((target) => target.values()) ?? [];
    const array = this.contents();
    if (array !== null) return array.values();
    const text = this.read();
    return text === undefined ? [] : [text];
  }

  keys(): readonly string[] {
    if (this.isReference) return this.fromVariable((target) => target.keys()) ?? [];
    const array = this.contents();
    if (array !== null) return array.keys();
    return this.read() === undefined ? [] : ["0"];
  }

  /** @param name what messages call it: of a nameref they name that */
  readElement(subscript: ElementKey, name: string = this.name): string | undefined {
    if (this.isReference) return this.fromVariable((target) => target.readElement(subscript, name));
    const array = this.contents();
    if (array instanceof AssociativeArray) return array.get(String(subscript));
    const index = this.index(subscript, array);
    // What is no array has no last element.
    if (index < 0 || (array === null && Number(subscript) < 0)) {
      this.table.warn(`${name}: bad array subscript`);
      return undefined;
    }
    if (array !== null) return array.get(index);
    return index === 0 ? this.read() : undefined;
  }

  writeElement(subscript: ElementKey, text: string): void {
    this.assignElement(subscript, text, false);
  }

  /** `name[subscript]+=text` */
  appendToElement(subscript: ElementKey, text: string): void {
    this.assignElement(subscript, text, true);
  }

  private assignElement(subscript: ElementKey, text: string, append: boolean): void {
    if (this.isReference) {
      if (this.named === undefined) throw this.invalid("");
      this.changeVariable((target) => target.assignElement(subscript, text, append));
      return;
    }
    this.refuseReadOnly();
    const { special } = this;
    if (special?.fixed) return;
    if (special?.elementChanged !== undefined) {
      special.elementChanged(subscript, text);
      return;
    }
    this.table.note(this);
    const array = this.array ?? this.becomeIndexed();
    if (array instanceof AssociativeArray) {
      const key = String(subscript);
      array.set(key, this.converted(text, append ? array.get(key) ?? "" : null));
    } else {
      const index = this.index(subscript, array);
      if (index < 0) throw new ExpansionFailure(`${this.name}[${subscript}]: bad array subscript`, "top", 1);
      array.set(index, this.converted(text, append ? array.get(index) ?? "" : null));
    }
    this.written();
  }

  /** Fails if a negative index lies before the first element. */
  unsetElement(subscript: ElementKey): void {
    if (this.isReference) {
      this.changeVariable((target) => target.unsetElement(subscript));
      return;
    }
    if (this.special?.elementChanged !== undefined) {
      this.special.elementChanged(subscript, undefined);
      return;
    }
    this.table.note(this);
    const { array } = this;
    if (array instanceof AssociativeArray) {
      array.delete(String(subscript));
      return;
    }
    const index = this.index(subscript, array);
    if (index < 0) throw new ExpansionFailure(`[${subscript}]: bad array subscript`, "command", 1);
    if (array !== null) array.delete(index);
    else if (index === 0) this.unset();
  }

  /**
   * Makes it an array, if it is none; a scalar value becomes element 0. Of an array of the other kind nothing is changed: the
   * caller has looked.
   */
  becomeArray(kind: "indexed" | "associative"): void {
    if (this.array !== null) return;
    this.table.note(this);
    if (kind === "indexed") {
      this.becomeIndexed();
      return;
    }
    const text = this.scalar();
    const array = new AssociativeArray(text === undefined ? undefined : CONVERTED_BUCKETS);
    if (text !== undefined) array.set("0", text);
    this.hold(array);
  }

  /** Makes it an array for the elements that come; what it had before stays only if `keep`. */
  beginArray(keep: boolean): void {
    if (this.isReference && this.named === undefined) {
      // A nameref that has no target yet becomes the array itself.
      this.table.warn(`warning: ${this.name}: removing nameref attribute`);
      this.setReference(false);
    }
    if (this.isReference) {
      this.changeVariable((target) => target.beginArray(keep));
      return;
    }
    this.refuseReadOnly();
    if (this.special?.fixed) return;
    this.table.note(this);
    if (keep) { if (this.array === null) this.becomeIndexed(); }
    else {
      this.array = this.array instanceof AssociativeArray ? this.array.emptied() : new IndexedArray();
      this.plain = undefined;
      this.number = null;
    }
    this.written();
  }

  /** The index behind the last element. */
  get end(): number {
    if (this.isReference) return this.fromVariable((target) => target.end) ?? 0;
    const array = this.contents();
    return array instanceof IndexedArray ? array.end : 0;
  }

  /** Adds an element behind the last one. */
  appendElement(text: string): void {
    this.writeElement(this.end, text);
  }

  private becomeIndexed(): IndexedArray {
    const text = this.scalar();
    return this.hold(IndexedArray.of(text === undefined ? [] : [text]));
  }

  /** Takes an array for its value. Without elements it has none yet. */
  private hold<Contents extends ArrayContents>(array: Contents): Contents {
    if (array.size === 0) this.attributes |= VALUELESS;
    this.plain = undefined;
    this.number = null;
    this.array = array;
    return array;
  }

  /** The index that a subscript means: a negative one counts from the end. Negative if it lies before the first element. */
  private index(subscript: ElementKey, array: ArrayContents | null): number {
    const index = Number(subscript);
    if (index >= 0) return index;
    return (array instanceof IndexedArray ? array.end : 1) + index;
  }
}
