/** Assignments among the arguments of a declaration utility (XCU 2.9.1.1; bash manual 4.2, declare). */

import { attributeOf, CAPITALIZED, INTEGER, LOWERCASE, UPPERCASE } from "../expansion/attributes.ts";
import { expandBraces } from "../expansion/brace.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { printAssignment } from "../syntax/printer.ts";
import type { ArrayValue, Assignment, Word, WordPart } from "../syntax/tree.ts";
import { assignElements, compileElements, traceElements } from "./array_assignment.ts";
import { type Declaration, declareOperand } from "./declaration.ts";
import type { Shell, ShellVariable } from "./shell.ts";
import { FAILURE } from "./status.ts";
import { traceLine } from "./xtrace.ts";

/** `name=value` as one field, its value expanded as in an assignment. With braces in it, it is a word like any other. */
export function compileDeclared(assignment: Assignment, shell: Shell): (out: string[]) => void {
  const { value } = assignment;
  if (value.kind === "array") return compileDeclaredArray(assignment, value, shell);
  const plain = compileDeclaredText(assignment, value, shell);
  const expanded = expandBraces(value);
  if (expanded.length === 1 && expanded[0] === value) return plain;
  const fields = shell.words.fields([plainWord(assignment, value)]);
  return (out) => shell.options.braceexpand ? fields(out) : plain(out);
}

/** An assignment as a word like any other, which it is where braces make several of it. */
function plainWord({ name, subscript, append, start }: Assignment, value: Word): Word {
  const literal = (text: string): WordPart => ({ kind: "literal", start, end: value.start, text });
  const operator = append ? "+=" : "=";
  const place = subscript === null
    ? [literal(name + operator)]
    : [literal(`${name}[`), ...subscript.parts, literal(`]${operator}`)];
  return { kind: "word", start, end: value.end, parts: [...place, ...value.parts] };
}

function compileDeclaredText(assignment: Assignment, value: Word, shell: Shell): (out: string[]) => void {
  const { name, append } = assignment;
  const operator = append ? "+=" : "=";
  const text = shell.words.text(value, "assignment");
  if (assignment.subscript === null) return (out) => void out.push(name + operator + text());
  // As any argument: the utility expands it again.
  const subscript = shell.words.text(assignment.subscript);
  return (out) => void out.push(`${name}[${subscript()}]${operator}${text()}`);
}

/**
 * `name=(…)`: declares the variable as the options before it say and gives it its elements at once. The utility is left with
 * its name.
 */
function compileDeclaredArray(
  assignment: Assignment,
  value: ArrayValue,
  shell: Shell,
): (out: string[]) => void {
  const { name, append, subscript } = assignment;
  const { options } = shell;
  const variable = shell.variables.get(name);
  const expand = compileElements(value, shell);
  return (out) => {
    const declaration = readDeclaration(out);
    const elements = expand(declaration.kind === "associative" || variable.associative);
    if (options.xtrace) traceLine(shell, `${name}${append ? "+=" : "="}${traceElements(elements)}`);
    const operand = subscript === null
      ? name
      : printAssignment({ ...assignment, append: false, value }).split("=(")[0]!;
    const message = declareOperand(shell, declaration, operand);
    if (message === null) {
      const assign = () => assignElements(shell, variable, elements, append, true);
      variable.atScope(scopeOf(declaration, variable), assign);
    } else if (shell.variables.functionScope === 0) throw new ExpansionFailure(message, "top", FAILURE);
    else {
      // In a function the utility goes on with the name, and has its own message.
      const caller = (declaration.global === true || append) && shell.state.call !== null
        ? `${shell.state.call.name}: `
        : "";
      shell.report(caller + message);
    }
    out.push(name);
  };

  /** The scope whose binding gets the elements. */
  function scopeOf({ global }: Declaration, { scope }: ShellVariable): number {
    const { functionScope } = shell.variables;
    return global === false || (global === "unless-local" && scope === functionScope) ? scope : 0;
  }
}

/** What the fields of the command so far say how its arrays are to be declared. */
function readDeclaration(fields: readonly string[]): Declaration {
  const command = fields[0] ?? "";
  let on = 0;
  let off = 0;
  let kind: Declaration["kind"] = null;
  let global: Declaration["global"] = command === "export" || command === "readonly" ? "unless-local" : false;
  let inherit = false;
  for (let i = 1; i < fields.length; i++) {
    const field = fields[i]!;
    if (!/^[-+]./.test(field) || field === "--") break;
    for (const letter of field.slice(1)) {
      if (letter === "a" && kind === null) kind = "indexed";
      else if (letter === "A") kind = "associative";
      else if (letter === "g") global = true;
      else if (letter === "I") inherit = true;
      const attribute = attributeOf(letter) & (INTEGER | LOWERCASE | UPPERCASE | CAPITALIZED);
      if (field[0] === "-") on |= attribute;
      else off |= attribute;
    }
  }
  return { command, on, off, kind, removesIndexed: false, removesAssociative: false, global, inherit };
}
