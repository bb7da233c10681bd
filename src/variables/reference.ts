/** Namerefs (bash manual 3.4): what they lead to. */

import { LONGEST_REFERENCE_CHAIN } from "../expansion/attributes.ts";
import type { ElementKey } from "../expansion/environment.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { Separators } from "../expansion/separators.ts";
import { isName } from "../syntax/characters.ts";
import type { ShellVariable, VariableContext } from "./variable.ts";

const ELEMENT = /^([A-Za-z_][A-Za-z0-9_]*)\[([^]+)\]$/;

/** An element of an array that a nameref names. */
export class Element {
  constructor(
    /** As the nameref has it. */
    readonly name: string,
    private readonly variable: ShellVariable,
    private readonly subscript: () => ElementKey,
  ) {}

  read(): string | undefined {
    return this.variable.readElement(this.subscript());
  }

  write(text: string): void {
    this.variable.writeElement(this.subscript(), text);
  }

  append(text: string): void {
    this.variable.appendToElement(this.subscript(), text);
  }
}

/** All elements of an array, which a nameref to `array[@]` or `array[*]` means. They can be had as one text, and not assigned. */
export class Elements {
  constructor(
    /** As the nameref has it. */
    readonly name: string,
    private readonly variable: ShellVariable,
    /** What is between them in that text. */
    private readonly joiner: () => string,
  ) {}

  read(): string | undefined {
    const values = this.variable.values();
    return values.length === 0 ? undefined : values.join(this.joiner());
  }

  write(_text: string): void {
    throw new ExpansionFailure(`${this.name}: bad array subscript`, "top", 1);
  }

  append(text: string): void {
    this.write(text);
  }
}

export type Target = ShellVariable | Element | Elements;

/** Whether a nameref may have `text` for its target: a name, or an element of an array. */
export function isReferenceTarget(text: string): boolean {
  return isName(text) || ELEMENT.test(text);
}

/**
 * Calls `action` with the variable or element at the end of the namerefs that begin with `reference`, or with `null` if they
 * lead nowhere.
 *
 * A nameref of a function that names itself means the global variable of its name. What is assigned through a nameref goes to
 * the variable that its target is in the scope of the nameref, though a function that was called since may hide that.
 */
export function follow<Result>(
  reference: ShellVariable,
  table: VariableContext,
  writing: boolean,
  action: (target: Target | null) => Result,
): Result {
  let current = reference;
  for (let length = 0; length < LONGEST_REFERENCE_CHAIN; length++) {
    const text = current.reference;
    if (text === undefined) return action(null);
    if (!isName(text)) return action(elementOf(text, table));
    const next = table.get(text);
    if (next === reference || next === current) {
      const warning = `warning: ${reference.name}: circular name reference`;
      const global = next.scope > 0 && table.functionScope > 0;
      if (writing && !global) throw new ExpansionFailure(warning, "top", 1);
      table.warn(warning);
      return global ? next.atScope(0, () => action(next.isReference ? null : next)) : action(null);
    }
    if (!next.isReference) return writing ? next.atScope(current.scope, () => action(next)) : action(next);
    current = next;
  }
  table.warn(`warning: ${reference.name}: maximum nameref depth (${LONGEST_REFERENCE_CHAIN}) exceeded`);
  return action(null);
}

function elementOf(text: string, table: VariableContext): Element | Elements | null {
  const match = ELEMENT.exec(text);
  if (match === null) return null;
  const variable = table.get(match[1]!);
  if (match[2] === "@") return new Elements(text, variable, () => " ");
  if (match[2] === "*") return new Elements(text, variable, () => Separators.of(table.get("IFS").read()).joiner);
  return new Element(text, variable, () => table.subscript(variable, match[2]!));
}
