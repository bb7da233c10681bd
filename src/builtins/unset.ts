/** `unset` (XCU unset). */

import { isProperKey, type NamedVariable, namedVariable } from "../execution/element_operand.ts";
import type { Builtin, Shell, ShellVariable } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { LONGEST_REFERENCE_CHAIN, READ_ONLY } from "../expansion/attributes.ts";
import { fail, has, isName, lesserError, parseArguments } from "./arguments.ts";

export const help = `Unsets variables, elements of arrays, and functions.

A name is that of a variable, or if there is none, of a function.

Options:
  -v   variables only
  -f   functions only
  -n   namerefs themselves, not what they refer to

Exit status: 0, unless a name is not valid or a variable is read-only.
`;

export const unset: Builtin = {
  name: "unset",
  kind: "special",
  usage: "[-f] [-v] [-n] [name ...]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, unset, args, "fnv");
    if (parsed === null) return USAGE;
    const ofFunctions = has(parsed, "f");
    const ofVariables = has(parsed, "v") || has(parsed, "n");
    if (ofFunctions && ofVariables) return fail(shell, unset, "cannot simultaneously unset a function and a variable");
    let status = SUCCESS;
    for (const operand of parsed.operands) {
      const done = ofFunctions
        ? unsetFunction(shell, operand)
        : unsetOperand(shell, operand, ofVariables, has(parsed, "n"));
      if (!done) status = FAILURE;
    }
    return status === SUCCESS ? status : lesserError(shell, "unset", status);
  },
};

function complain(shell: Shell, message: string): boolean {
  shell.report(`unset: ${message}`);
  return false;
}

function unsetFunction(shell: Shell, name: string): boolean {
  const definition = shell.functions.get(name);
  if (definition === undefined) return true;
  if ((definition.attributes & READ_ONLY) !== 0) return complain(shell, `${name}: cannot unset: readonly function`);
  shell.functions.delete(name);
  return true;
}

/** @param reference whether a nameref is meant itself */
function unsetOperand(shell: Shell, operand: string, variableOnly: boolean, reference: boolean): boolean {
  const named = namedVariable(shell, operand, true);
  if (named === null) {
    // A function may have any name. Most shells for `sh` take what is none for a mistake.
    const mistaken = shell.options.sh && shell.functions.get(operand) === undefined;
    if (variableOnly || mistaken) return complain(shell, `\`${operand}': not a valid identifier`);
    return unsetFunction(shell, operand);
  }
  const { variable } = named;
  if (named.subscript !== null) return unsetElement(shell, named, named.subscript);
  if (reference && !variable.isReference) return true;
  if (!reference && variable.isReference && variable.reference !== undefined) return unsetTarget(shell, variable);
  if (!variable.exists) return variableOnly || unsetFunction(shell, operand);
  return unsetVariable(shell, variable);
}

function unsetVariable(shell: Shell, variable: ShellVariable): boolean {
  if (variable.readOnly) return complain(shell, `${variable.name}: cannot unset: readonly variable`);
  variable.unset();
  return true;
}

/** Unsets what a nameref leads to: a variable, or an element. */
function unsetTarget(shell: Shell, reference: ShellVariable): boolean {
  let current = reference;
  for (let length = 0; length < LONGEST_REFERENCE_CHAIN; length++) {
    const target = current.reference;
    if (target === undefined) break;
    if (!isName(target)) {
      // What is no array has no element to lose.
      const element = namedVariable(shell, target, true);
      return element?.variable.kind === null || unsetOperand(shell, target, true, false);
    }
    const next = shell.variables.get(target);
    if (next === current || next === reference) break;
    current = next;
  }
  return unsetVariable(shell, current);
}

function unsetElement(shell: Shell, named: NamedVariable, subscript: string): boolean {
  const { variable } = named;
  const { name, kind } = variable;
  if (variable.readOnly) return complain(shell, `${name}: cannot unset: readonly variable`);
  if (kind !== "associative" && (subscript === "@" || subscript === "*")) {
    if (kind === null) return unsetVariable(shell, variable);
    variable.beginArray(false);
    return true;
  }
  const key = named.key();
  if (kind !== null && !isProperKey(variable, key)) return complain(shell, `[${subscript}]: bad array subscript`);
  if (kind === null && key !== 0) return variable.exists ? complain(shell, `${name}: not an array variable`) : true;
  variable.unsetElement(key);
  return true;
}
