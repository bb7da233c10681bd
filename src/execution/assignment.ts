/** Variable assignments (XCU 2.9.1.2; bash manual 3.4, 6.7). */

import { decimalText } from "../expansion/arithmetic/decimal_text.ts";
import { badSubscript, elementName } from "../expansion/subscript.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { printAssignment } from "../syntax/printer.ts";
import type { ArrayValue, Assignment, Word } from "../syntax/tree.ts";
import { assignElements, compileElements } from "./array_assignment.ts";
import { referencedVariable } from "./declaration.ts";
import { isProperKey } from "./element_operand.ts";
import type { Shell } from "./shell.ts";
import { Divert, ExpansionAbandoned } from "./state.ts";
import { FAILURE } from "./status.ts";
import { traceAssignment, traceLine } from "./xtrace.ts";

/** Carries an assignment out. Throws an ExpansionFailure where that can't be done. */
export type Assign = () => void;

export function compileAssignment(assignment: Assignment, shell: Shell): Assign {
  const { name, value, append, subscript } = assignment;
  if (value.kind === "array") return compileArrayAssignment(assignment, value, shell);
  if (subscript !== null) return compileElementAssignment(assignment, value, subscript, shell);
  const { options } = shell;
  const variable = shell.variables.get(name);
  const evaluate = append ? null : shell.words.arithmeticValue(value);
  if (evaluate !== null) {
    return () => {
      const number = evaluate();
      if (options.xtrace) traceLine(shell, `${name}=${decimalText(number)}`);
      variable.writeNumber(number);
    };
  }
  const text = shell.words.text(value, "assignment");
  return () => {
    const expanded = text();
    if (options.xtrace) traceAssignment(shell, name, append ? "+=" : "=", expanded);
    if (append) variable.append(expanded);
    else variable.write(expanded);
  };
}

function compileElementAssignment({ name, append }: Assignment, value: Word, subscript: Word, shell: Shell): Assign {
  const { options, words } = shell;
  const variable = shell.variables.get(name);
  const text = words.text(value, "assignment");
  const key = words.subscripts.compile(variable, subscript);
  const written = elementName(name, subscript);
  const all = written === `${name}[@]` || written === `${name}[*]`;
  return () => {
    const expanded = text();
    if (options.xtrace) traceAssignment(shell, written, append ? "+=" : "=", expanded);
    if (subscript.parts.length === 0 || (all && !variable.associative)) throw badSubscript(written);
    const at = key();
    if (!isProperKey(variable, at)) throw badSubscript(written);
    if (append) variable.appendToElement(at, expanded);
    else variable.writeElement(at, expanded);
  };
}

function compileArrayAssignment(assignment: Assignment, value: ArrayValue, shell: Shell): Assign {
  const { name, append, subscript } = assignment;
  const { options } = shell;
  const variable = shell.variables.get(name);
  const expand = compileElements(value, shell);
  const written = subscript === null ? null : elementName(name, subscript);
  return () => {
    if (written !== null) throw new ExpansionFailure(`${written}: cannot assign list to array member`, "top", 1);
    if (options.xtrace) traceLine(shell, printAssignment(assignment));
    const elements = expand(variable.associative);
    assignElements(shell, variable, elements, append, false);
  };
}

/** An assignment before a command: known to that alone, and exported (XCU 2.9.1.2). */
export function compileTemporary(assignment: Assignment, shell: Shell): Assign {
  const { variables, options, state } = shell;
  const { name, append, subscript, value } = assignment;
  const named = variables.get(name);
  // An array can't be exported: programs get it as it is written.
  const text = value.kind === "array"
    ? () => printAssignment(assignment).slice(name.length + (append ? 2 : 1))
    : shell.words.text(value, "assignment");
  const written = subscript === null ? null : elementName(name, subscript);
  return () => {
    const expanded = text();
    if (options.xtrace) traceAssignment(shell, written ?? name, append ? "+=" : "=", expanded);
    if (written !== null) {
      shell.report(`\`${written}': not a valid identifier`);
      return;
    }
    const variable = named.isReference ? referencedVariable(shell, named) : named;
    if (variable.readOnly) {
      // It is the end of a script (XCU 2.8.1); for bash in POSIX mode, of the line; else the command runs without.
      if (options.sh) variable.refuseReadOnly();
      shell.report(`${variable.name}: readonly variable`);
      if (!options.posix) return;
      state.status = FAILURE;
      state.divert = Divert.command;
      throw new ExpansionAbandoned();
    }
    const before = append ? variable.read() : undefined;
    variables.declareTemporary(variable);
    if (before !== undefined) variable.write(before);
    if (append) variable.append(expanded);
    else variable.write(expanded);
  };
}
