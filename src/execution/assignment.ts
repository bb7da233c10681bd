/** Variable assignments (XCU 2.9.1.2; bash manual 3.4, 6.7). */

import type { ArrayValue, Assignment } from "../syntax/tree.ts";
import type { Shell, ShellVariable } from "./shell.ts";
import { concatenate } from "../system/bytes.ts";
import { quoteForTrace, traceLine } from "./xtrace.ts";

/** Carries an assignment out. Throws an ExpansionFailure where that can't be done. */
export type Assign = () => void;

/**
 * @param prepare called with the variable after the value was expanded and before it is assigned: makes it local, say
 */
export function compileAssignment(
  assignment: Assignment,
  shell: Shell,
  prepare?: (variable: ShellVariable) => void,
): Assign {
  const variable = shell.variables.get(assignment.name);
  const { value, append, subscript } = assignment;
  if (value.kind === "array") return compileArrayAssignment(variable, value, append, shell, prepare);
  const text = shell.words.text(value, "assignment");
  const { options } = shell;

  if (subscript !== null) {
    const key = shell.words.text(subscript);
    return () => {
      const expanded = text();
      prepare?.(variable);
      const index = variable.associative ? key() : Number(shell.words.arithmetic.evaluate(key()));
      variable.writeElement(index, append ? concatenate(variable.readElement(index) ?? "", expanded) : expanded);
    };
  }
  return () => {
    const expanded = text();
    if (options.xtrace) traceLine(shell, `${assignment.name}${append ? "+=" : "="}${quoteForTrace(expanded)}`);
    if (prepare === undefined && !append) {
      variable.write(expanded);
      return;
    }
    const before = append ? variable.read() ?? "" : "";
    prepare?.(variable);
    variable.write(concatenate(before, expanded));
  };
}

function compileArrayAssignment(
  variable: ShellVariable,
  value: ArrayValue,
  append: boolean,
  shell: Shell,
  prepare?: (variable: ShellVariable) => void,
): Assign {
  const elements = value.elements.map((element) => ({
    subscript: element.subscript === null ? null : shell.words.text(element.subscript),
    append: element.append,
    fields: element.subscript === null ? shell.words.fields([element.value]) : null,
    text: shell.words.text(element.value),
  }));
  return () => {
    const expanded = elements.map((element) => {
      const fields: string[] = [];
      if (element.fields === null) fields.push(element.text());
      else element.fields(fields);
      return { subscript: element.subscript?.(), append: element.append, fields };
    });
    prepare?.(variable);
    variable.beginArray(append);
    for (const { subscript, append, fields } of expanded) {
      if (subscript === undefined) { for (const field of fields) variable.appendElement(field); }
      else {
        const key = variable.associative ? subscript : Number(shell.words.arithmetic.evaluate(subscript));
        const before = append ? variable.readElement(key) ?? "" : "";
        variable.writeElement(key, concatenate(before, fields[0]!));
      }
    }
  };
}
