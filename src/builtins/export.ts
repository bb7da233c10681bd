/** `export` and `readonly` (XCU export, readonly; bash manual 4.1). */

import { type Declaration, declareOperand, markOutlasting, referencedVariable } from "../execution/declaration.ts";
import { parseOperand } from "../execution/operand.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { traceAssignment } from "../execution/xtrace.ts";
import { EXPORTED, LENT, READ_ONLY } from "../expansion/attributes.ts";
import { type Arguments, fail, has, lesserError, parseArguments, specialError } from "./arguments.ts";
import { listedLine, listFunctions, sortedVariables } from "./declaration.ts";

export const exportHelp = `Gives variables to the programs that the shell starts.

Options:
  -f   the names are those of functions, which other shells will know
  -n   take the names out of the environment again
  -p   list all exported variables in a form that can be read again

Exit status: 0, unless a name is not valid or a variable is read-only.
`;

export const readonlyHelp = `Makes variables unchangeable.

They can be neither assigned to nor unset from then on.

Options:
  -a   indexed arrays: assign to them as such, or list them alone
  -A   associative arrays: assign to them as such, or list them alone
  -f   the names are those of functions
  -p   list all read-only variables in a form that can be read again

Exit status: 0, unless a name is not valid or a variable is read-only already.
`;

export const exportCommand: Builtin = {
  name: "export",
  kind: "special",
  usage: "[-fn] [name[=value] ...] or export -p",
  quiet: true,
  run: (shell, args) => run(shell, exportCommand, args, EXPORTED),
};

export const readonlyCommand: Builtin = {
  name: "readonly",
  kind: "special",
  usage: "[-aAf] [name[=value] ...] or readonly -p",
  quiet: true,
  run: (shell, args) => run(shell, readonlyCommand, args, READ_ONLY),
};

/** Each takes the options of both, as in bash. */
const LETTERS = "aAfnp";

function run(shell: Shell, builtin: Builtin, args: readonly string[], attribute: number): number {
  const parsed = parseArguments(shell, builtin, args, LETTERS);
  if (parsed === null) return USAGE;
  if (parsed.operands.length === 0) return list(shell, builtin.name, parsed, attribute);
  let status: number = SUCCESS;
  for (const operand of parsed.operands) {
    const done = has(parsed, "f")
      ? changeFunction(shell, builtin, operand, attribute, !has(parsed, "n"))
      : change(shell, builtin, operand, parsed, attribute);
    if (!done) status = FAILURE;
  }
  return status === SUCCESS ? status : lesserError(shell, builtin.name, status);
}

function change(shell: Shell, builtin: Builtin, text: string, parsed: Arguments, attribute: number): boolean {
  const operand = parseOperand(text);
  if (operand === null || operand.subscript !== null) {
    const shown = operand === null ? text : `${operand.name}[${operand.subscript}]`;
    return complain(shell, builtin, `\`${shown}': not a valid identifier`);
  }
  const { name, value, append } = operand;
  const kind = has(parsed, "A") ? "associative" : has(parsed, "a") ? "indexed" : null;
  if (kind !== null && value !== null) {
    const declaration: Declaration = {
      command: builtin.name,
      on: attribute,
      off: 0,
      kind,
      removesIndexed: false,
      removesAssociative: false,
      global: "unless-local",
      inherit: false,
    };
    const message = declareOperand(shell, declaration, text);
    if (message === null) return true;
    if (message !== "") fail(shell, builtin, message);
    return false;
  }
  const variable = referencedVariable(shell, shell.variables.get(name));
  if (variable.reference !== undefined) {
    fail(shell, builtin, `\`${variable.reference}': not a valid identifier`);
    return true;
  }
  const refused = value !== null && variable.readOnly;
  if (value !== null) {
    if (shell.options.xtrace) traceAssignment(shell, name, append ? "+=" : "=", value);
    // It gets the attribute all the same.
    if (refused) {
      shell.report(`${name}: readonly variable`);
      specialError(shell, builtin.name, FAILURE);
    } else if (append) variable.append(value);
    else variable.write(value);
  }
  // What is read-only stays so.
  if (!has(parsed, "n")) variable.setAttributes(attribute, true);
  else if (attribute === EXPORTED) variable.setAttributes(EXPORTED, false);
  if (attribute === EXPORTED) variable.setAttributes(LENT, false);
  else if (shell.options.allexport) variable.setAttributes(EXPORTED, true);
  markOutlasting(variable);
  return !refused;
}

function complain(shell: Shell, builtin: Builtin, message: string): boolean {
  shell.report(`${builtin.name}: ${message}`);
  return false;
}

function changeFunction(shell: Shell, builtin: Builtin, name: string, attribute: number, on: boolean): boolean {
  const definition = shell.functions.get(name);
  if (definition === undefined) {
    return complain(shell, builtin, `${name}: not a function`);
  }
  if (attribute === EXPORTED && on && /[=/]/.test(name)) {
    return complain(shell, builtin, `${name}: cannot export`);
  }
  const attributes = on ? definition.attributes | attribute : definition.attributes & ~attribute;
  shell.functions.set(name, { ...definition, attributes });
  return true;
}

function list(shell: Shell, command: string, parsed: Arguments, attribute: number): number {
  const { posix, sh } = shell.options;
  if (has(parsed, "f")) return shell.print(listFunctions(shell, attribute, false)) ? SUCCESS : FAILURE;
  let text = "";
  for (const variable of sortedVariables(shell.variables.all())) {
    if ((variable.attributes & attribute) === 0) continue;
    if (has(parsed, "a") && variable.kind !== "indexed") continue;
    if (has(parsed, "A") && variable.kind !== "associative") continue;
    text += listedLine(variable, posix ? command : null, sh);
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}
