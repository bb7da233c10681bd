/** The value of an array assignment, `(…)` (bash manual 6.7): expands its words, and assigns what they give. */

import { expandBraces } from "../expansion/brace.ts";
import { quoteText } from "../expansion/declared.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { asExpression } from "../expansion/subscript.ts";
import type { Fields, Text } from "../expansion/words.ts";
import { printWord } from "../syntax/printer.ts";
import type { ArrayElement, ArrayValue, Word, WordPart } from "../syntax/tree.ts";
import type { Shell, ShellVariable } from "./shell.ts";
import { FAILURE } from "./status.ts";

/** What a word among the elements has come to. */
export interface ExpandedElement {
  /** Of `[subscript]=value`, after expansion; else `null`. */
  readonly subscript: string | null;
  readonly append: boolean;
  /** The element as it is written, with its subscript. */
  readonly written: string;
  /** Exactly one with a subscript. */
  readonly values: readonly string[];
}

/** Expands the words of an array's value: those of an associative array are not split. */
export type ExpandElements = (associative: boolean) => readonly ExpandedElement[];

export function compileElements(value: ArrayValue, shell: Shell): ExpandElements {
  const elements = value.elements.map((element) => compileElement(element, shell));
  return (associative) => elements.map((expand) => expand(associative));
}

function compileElement(element: ArrayElement, { words, options }: Shell): (associative: boolean) => ExpandedElement {
  const { append } = element;
  const place = element.subscript === null ? "" : `[${printWord(element.subscript)}]${append ? "+" : ""}=`;
  const written = place + printWord(element.value);
  if (element.subscript !== null) {
    // Those of an associative array have no tildes.
    const key = words.text(element.subscript, "none");
    const index = words.expressionText(asExpression(element.subscript));
    const value = words.text(element.value, "none");
    const indexed = words.assignedElement(element.value);
    const spread = spreadElement(element, element.subscript);
    const fields = spread === null ? null : words.fields([spread]);
    return (associative) => {
      if (fields !== null && !associative && options.braceexpand) {
        const values: string[] = [];
        fields(values);
        return { subscript: null, append, written, values };
      }
      const subscript = associative ? key() : index();
      return { subscript, append, written, values: [associative ? value() : indexed()] };
    };
  }
  const fields: Fields = words.fields([element.value]);
  let text: Text | null = null;
  return (associative) => {
    const values: string[] = [];
    if (associative) values.push((text ??= words.text(element.value))());
    else fields(values);
    return { subscript: null, append, written, values };
  };
}

/** An element of an indexed array as the word that it is written as, if it holds braces that make several words; else `null`. */
function spreadElement({ value, append }: ArrayElement, subscript: Word): Word | null {
  const literal = (text: string): WordPart => ({ kind: "literal", start: value.start, end: value.start, text });
  const parts = [literal("["), ...subscript.parts, literal(append ? "]+=" : "]="), ...value.parts];
  const word: Word = { ...value, parts };
  return expandBraces(word)[0] === word ? null : word;
}

/** As `set -x` shows the elements that a declaration utility is given. */
export function traceElements(elements: readonly ExpandedElement[]): string {
  const texts = elements.flatMap(({ subscript, append, values }) =>
    values.map((value) => {
      const place = subscript === null ? "" : `[${quoteText(subscript)}]${append ? "+" : ""}=`;
      return place + quoteText(value);
    })
  );
  return `(${texts.join(" ")})`;
}

/**
 * Gives an array its elements; those that it has stay if `append`. What is no proper element is reported and passed over.
 *
 * @param declared whether it is done for a declaration utility, whose messages quote words
 */
export function assignElements(
  shell: Shell,
  variable: ShellVariable,
  elements: readonly ExpandedElement[],
  append: boolean,
  declared: boolean,
): void {
  const complain = (message: string) => {
    // As for all that is wrong with a variable, bash does not ask whether something looks at the status.
    if (shell.options.errexit) throw new ExpansionFailure(message, "shell", FAILURE);
    shell.report(message);
    shell.state.status = FAILURE;
  };
  const before = append || !variable.associative ? null : valuesBefore(variable, elements);
  variable.beginArray(append);
  if (variable.associative) assignKeys(variable, before, elements, declared, complain);
  else assignIndices(shell, variable, elements, complain);
}

function assignIndices(
  shell: Shell,
  variable: ShellVariable,
  elements: readonly ExpandedElement[],
  complain: (message: string) => void,
): void {
  let next = variable.end;
  for (const { subscript, append, values } of elements) {
    if (subscript === null) {
      for (const value of values) variable.writeElement(next++, value);
      continue;
    }
    const value = values[0]!;
    const shown = `[${subscript}]${append ? "+" : ""}=${value}`;
    if (subscript === "") complain(`${shown}: bad array subscript`);
    else if (subscript === "@" || subscript === "*") complain(`${shown}: cannot assign to non-numeric index`);
    else {
      const index = shell.words.subscripts.expandedIndex(subscript);
      const from = index < 0 ? variable.end + index : index;
      if (from < 0) {
        complain(`${shown}: bad array subscript`);
        continue;
      }
      if (append) variable.appendToElement(from, value);
      else variable.writeElement(from, value);
      next = from + 1;
    }
  }
}

/** What the elements that are appended to hold: `h=([k]+=x)` appends to what h had before, as bash does it. */
function valuesBefore(variable: ShellVariable, elements: readonly ExpandedElement[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { subscript, append } of elements) {
    if (append && subscript !== null) values.set(subscript, variable.readElement(subscript) ?? "");
  }
  return values;
}

/** @param before what elements are appended to, if it is not what they hold now */
function assignKeys(
  variable: ShellVariable,
  before: ReadonlyMap<string, string> | null,
  elements: readonly ExpandedElement[],
  declared: boolean,
  complain: (message: string) => void,
): void {
  // Keys and values in turn, unless the first word begins as a subscript would.
  if (elements.length > 0 && elements[0]!.subscript === null && !elements[0]!.written.startsWith("[")) {
    for (let i = 0; i < elements.length; i += 2) {
      const { written, values } = elements[i]!;
      const key = values[0]!;
      if (key === "") complain(`${declared ? quoteText(key) : written}: bad array subscript`);
      else variable.writeElement(key, elements[i + 1] === undefined ? "" : wordOf(elements[i + 1]!));
    }
    return;
  }
  for (const { subscript, append, values, written } of elements) {
    const value = values[0] ?? "";
    if (subscript === null) {
      const shown = declared ? quoteText(value) : written;
      complain(`${variable.name}: ${shown}: must use subscript when assigning associative array`);
    } else if (subscript === "") {
      const shown = declared ? `[${quoteText("")}]${append ? "+" : ""}=${quoteText(value)}` : written;
      complain(`${shown}: bad array subscript`);
    } else if (append && before === null) variable.appendToElement(subscript, value);
    else variable.writeElement(subscript, append ? before!.get(subscript)! + value : value);
  }
}

/** An element as the value of the key before it. */
function wordOf({ subscript, append, values }: ExpandedElement): string {
  const value = values[0] ?? "";
  return subscript === null ? value : `[${subscript}]${append ? "+" : ""}=${value}`;
}
