/**
 * What a name stands for in each scope, and what that was before a virtual subshell changed it.
 *
 * The variable itself holds its innermost binding. The bindings that this hides hang on it in a chain, and come back when the
 * function returns. A journal keeps the whole as it was, once in each subshell, before the first change.
 */

import { EXPORTED, GIVEN, OUTLASTING, READ_ONLY, REFERENCE, TEMPORARY, VALUELESS } from "../expansion/attributes.ts";
import { decimalText } from "../expansion/arithmetic/decimal_text.ts";
import type { Integer } from "../expansion/arithmetic/integer.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import type { AssociativeArray } from "./associative_array.ts";
import type { IndexedArray } from "./indexed_array.ts";
import type { Special } from "./special.ts";

export type ArrayContents = IndexedArray | AssociativeArray;

/** What the variables of a table share. */
export interface Bindings {
  /** How many virtual subshells are running. */
  readonly journal: number;
  /** The scope of the function that runs; 0 outside of functions. */
  readonly functionScope: number;
  /** Whether a local variable of a caller stays local when it is unset (`localvar_unset`). */
  readonly keepsLocals: boolean;
  /** Called before each change of a variable: keeps what it was. */
  note(variable: BoundVariable): void;
  environmentChanged(): void;
}

/** What a variable is in one scope. */
interface Binding {
  readonly plain: string | undefined;
  readonly number: Integer | null;
  readonly array: ArrayContents | null;
  readonly named: string | undefined;
  readonly attributes: number;
  readonly special: Special | null;
  readonly scope: number;
  readonly outer: Binding | null;
  /** The subshell that it was hidden in. */
  readonly journal: number;
}

/** What a journal keeps of a variable. */
export interface Snapshot extends Binding {
  readonly journaled: number;
}

export abstract class BoundVariable {
  /** The value, unless it is of another kind: an array, a nameref, one that is made anew whenever it is read. */
  plain: string | undefined = undefined;
  /**
   * The number that {@link plain} stands for, if that is known. Of what arithmetic assigned it is all there is, until somebody asks
   * for the text.
   */
  number: Integer | null = null;
  protected array: ArrayContents | null = null;
  /** What a nameref names. */
  protected named: string | undefined = undefined;
  attributes = 0;
  special: Special | null = null;
  /** The scope that the binding is local to; 0 is the global one. */
  scope = 0;
  private outer: Binding | null = null;
  /** The depth of the subshell whose journal has this variable. */
  journaled = 0;

  constructor(readonly name: string, protected readonly table: Bindings) {}

  abstract read(): string | undefined;

  get exported(): boolean {
    return (this.attributes & EXPORTED) !== 0;
  }

  get readOnly(): boolean {
    return (this.attributes & READ_ONLY) !== 0;
  }

  get fixed(): boolean {
    return this.special?.fixed === true;
  }

  /** Whether it is a scalar without attributes, and means nothing to the shell. */
  get isOrdinary(): boolean {
    return this.attributes === 0 && this.array === null && this.special === null;
  }

  /** Whether lists of all variables leave its value out. */
  get isUnlisted(): boolean {
    return this.special?.unlisted === true;
  }

  /** Whether it is declared: it has a value or attributes. */
  get exists(): boolean {
    return this.attributes !== 0 || this.plain !== undefined || this.number !== null || this.array !== null ||
      (this.special !== null && this.special.dynamic);
  }

  /** Fails as bash does if the variable is read-only (XCU 2.8.1, variable assignment error). */
  refuseReadOnly(): void {
    if (this.readOnly) throw new ExpansionFailure(`${this.name}: readonly variable`, "top", 1);
  }

  setAttributes(attributes: number, on: boolean): void {
    const changed = on ? this.attributes | attributes : this.attributes & ~attributes;
    if (changed === this.attributes) return;
    this.table.note(this);
    this.attributes = changed;
    if (attributes & EXPORTED) this.table.environmentChanged();
  }

  /**
   * Unsets the variable. One that is local to the running function stays local; one that is local to a caller, or was assigned
   * before the command that runs, gives way to the binding that it hid (bash manual 4.3.2, localvar_unset). The caller has looked
   * whether it is read-only.
   */
  unset(): void {
    const { table, scope, outer, attributes } = this;
    table.note(this);
    const local = scope === table.functionScope || table.keepsLocals;
    if (outer !== null && (!local || (attributes & TEMPORARY) !== 0)) this.restore(outer);
    else {
      this.plain = undefined;
      this.number = null;
      this.array = null;
      this.named = undefined;
      this.attributes = scope > 0 ? VALUELESS | ((attributes & GIVEN) !== 0 ? attributes & EXPORTED : 0) : 0;
      if (this.special?.fragile) this.special = null;
    }
    table.environmentChanged();
    this.special?.changed?.(this.read());
  }

  // -------------------------------------------------------------------------------------------------------------
  // Scopes

  /**
   * Begins a new binding, local to `scope`: unset, but that it inherits that it is exported, and all there is with `inherit`.
   * The value that a command was given to run with is inherited, too.
   */
  hide(scope: number, inherit: boolean): void {
    this.table.note(this);
    const { plain, number, array, attributes, special } = this;
    this.outer = this.binding();
    const temporary = (attributes & TEMPORARY) !== 0;
    const keep = (inherit || temporary) && (attributes & REFERENCE) === 0;
    this.plain = keep ? plain : undefined;
    this.number = keep ? number : null;
    this.array = keep && array !== null ? array.clone() : null;
    this.named = undefined;
    this.attributes = inherit ? attributes & ~(REFERENCE | TEMPORARY) : attributes & EXPORTED;
    if (this.plain === undefined && this.number === null && this.array === null) this.attributes |= VALUELESS;
    if (special !== null && special.dynamic && !inherit) this.special = null;
    this.scope = scope;
    if (!keep) special?.changed?.(undefined);
  }

  /** Ends the binding that is local to `scope`, if there is one still. */
  reveal(scope: number): void {
    if (this.scope !== scope || this.outer === null) return;
    this.table.note(this);
    const { exported, attributes } = this;
    const outlasts = (attributes & OUTLASTING) !== 0 && this.table.functionScope > 0;
    const text = outlasts ? this.read() : undefined;
    this.restore(this.outer);
    if (outlasts) this.outlast(text, attributes);
    if (exported || this.exported) this.table.environmentChanged();
    this.special?.changed?.(this.read());
  }

  /** Takes over what it was in a scope that has ended. In a function that may be the caller's own such variable. */
  private outlast(text: string | undefined, attributes: number): void {
    if (this.array === null) {
      this.plain = text;
      this.number = null;
    }
    const kept = EXPORTED | READ_ONLY | (this.scope > 0 ? TEMPORARY | OUTLASTING : 0);
    this.attributes = this.attributes & ~VALUELESS | attributes & kept;
  }

  /**
   * What was assigned before a command that now declares it local to the function that runs, `scope`, is that. Returns whether
   * it is a new binding in that scope.
   */
  sink(scope: number): boolean {
    this.table.note(this);
    this.scope = scope;
    this.attributes &= ~TEMPORARY;
    if (this.outer?.scope !== scope) return true;
    ({ outer: this.outer } = this.outer);
    return false;
  }

  /** The value that programs get: that of the innermost of its bindings that is exported and has one. */
  exportedText(): string | undefined {
    if (this.exported && this.array === null) {
      const text = this.scalarText();
      if (text !== undefined) return text;
    }
    for (let outer = this.outer; outer !== null; outer = outer.outer) {
      if ((outer.attributes & EXPORTED) === 0) continue;
      if (outer.plain !== undefined) return outer.plain;
      if (outer.number !== null) return decimalText(outer.number);
    }
    return undefined;
  }

  /** The value as a scalar; of a nameref, what it names. */
  protected abstract scalarText(): string | undefined;

  /** Runs `action` with the binding that is in force in `scope`; those of the scopes within are out of its way. */
  atScope<Result>(scope: number, action: () => Result): Result {
    if (this.scope <= scope) return action();
    this.table.note(this);
    const inner: Binding[] = [];
    while (this.scope > scope && this.outer !== null) {
      inner.push(this.binding());
      this.restore(this.outer);
    }
    try {
      return action();
    } finally {
      for (let binding = inner.pop(); binding !== undefined; binding = inner.pop()) {
        const outer = this.binding();
        this.restore(binding);
        this.outer = outer;
      }
      this.table.environmentChanged();
      this.special?.changed?.(this.read());
    }
  }

  private binding(): Binding {
    const { plain, number, array, named, attributes, special, scope, outer, table } = this;
    return { plain, number, array, named, attributes, special, scope, outer, journal: table.journal };
  }

  private restore(binding: Binding): void {
    const { array } = binding;
    this.plain = binding.plain;
    this.number = binding.number;
    // A journal may hold the same array, as it was before the subshell.
    this.array = array !== null && binding.journal !== this.table.journal ? array.clone() : array;
    this.named = binding.named;
    this.attributes = binding.attributes;
    this.special = binding.special;
    this.scope = binding.scope;
    this.outer = binding.outer;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Journals

  snapshot(): Snapshot {
    const { array, journaled } = this;
    return { ...this.binding(), array: array === null ? null : array.clone(), journaled };
  }

  rollBack(snapshot: Snapshot): void {
    const watched = snapshot.special?.changed !== undefined;
    const text = watched ? this.read() : undefined;
    this.restore({ ...snapshot, journal: this.table.journal });
    this.journaled = snapshot.journaled;
    if (!watched) return;
    const restored = this.read();
    if (restored !== text) this.special?.changed?.(restored);
  }
}
