/** Prints words: each part as it is written, but for `$'…'` and `$"…"`, which bash shows as plain quotes. */

import { Layout, SUBSTITUTION } from "./layout.ts";
import { printListInParentheses } from "./print_list.ts";
import { quoteAnsi, quoteSingle } from "./quote.ts";
import type {
  ArrayValue,
  Assignment,
  CommandPart,
  List,
  ParameterOperation,
  ParameterPart,
  QuotedPart,
  Subscript,
  Word,
  WordPart,
} from "./tree.ts";

/** The text of `parts`. `quoted` tells that they stand in double quotes, where single quotes are literal. */
export function printParts(parts: readonly WordPart[], quoted: boolean): string {
  let text = "";
  for (const part of parts) text += printPart(part, quoted);
  return text;
}

export function printWord(word: Word): string {
  return printParts(word.parts, false);
}

function printPart(part: WordPart, quoted: boolean): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "quoted":
      return printQuoted(part, quoted);
    case "double":
      return `"${printParts(part.parts, true)}"`;
    case "parameter":
      return printParameter(part, quoted);
    case "command":
      return printCommandSubstitution(part);
    case "arithmetic": {
      const expression = printParts(part.expression.parts, true);
      return part.form === "brackets" ? `$[${expression}]` : `$((${expression}))`;
    }
    case "process":
      return `${part.direction}(${printSubstitution(part.body)})`;
  }
}

function printQuoted(part: QuotedPart, quoted: boolean): string {
  if (part.style === "backslash") return "\\" + part.text;
  if (part.style === "single") return `'${part.text}'`;
  if (quoted) return /[$`"\\}']/.test(part.text) ? quoteAnsi(part.text) : part.text;
  return part.text === "'" ? "\\'" : quoteSingle(part.text);
}

function printCommandSubstitution(part: CommandPart): string {
  const body = part.body;
  if (body === null) return `\`${part.written}\``;
  // What might be an arithmetic expansion, by its first two characters, bash shows as it is written.
  return part.text.startsWith("(") ? `$(${part.text})` : `$(${printSubstitution(body)})`;
}

/** The text between the parentheses of a substitution. */
function printSubstitution(list: List): string {
  const layout = new Layout(SUBSTITUTION);
  printListInParentheses(layout, list);
  const text = layout.toString();
  return text.startsWith("(") ? " " + text : text;
}

function printParameter(part: ParameterPart, quoted: boolean): string {
  if (!part.braces) return "$" + part.name;
  const prefix = part.prefix === "none" ? "" : part.prefix === "length" ? "#" : "!";
  const subscript = part.subscript === null ? "" : printSubscript(part.subscript);
  const operation = part.operation === null ? "" : printOperation(part.operation, quoted);
  return `\${${prefix}${part.name}${subscript}${operation}}`;
}

function printSubscript(subscript: Subscript): string {
  return typeof subscript === "string" ? `[${subscript}]` : `[${printWord(subscript)}]`;
}

const REPLACE_OPERATORS = { first: "/", all: "//", start: "/#", end: "/%" };

function printOperation(operation: ParameterOperation, quoted: boolean): string {
  switch (operation.kind) {
    case "default": {
      const word = printParts(operation.word.parts, quoted);
      return (operation.colon ? ":" : "") + operation.operator + word;
    }
    case "trim":
      return operation.side + (operation.longest ? operation.side : "") + printWord(operation.pattern);
    case "replace": {
      const pattern = REPLACE_OPERATORS[operation.mode] + printWord(operation.pattern);
      return operation.replacement === null ? pattern : `${pattern}/${printWord(operation.replacement)}`;
    }
    case "substring": {
      const offset = ":" + printParts(operation.offset.parts, true);
      return operation.length === null ? offset : `${offset}:${printParts(operation.length.parts, true)}`;
    }
    case "case":
      return operation.operator + (operation.pattern === null ? "" : printWord(operation.pattern));
    case "transform":
      return "@" + operation.letter;
    case "names":
      return operation.join;
    case "bad":
      return operation.text;
  }
}

export function printAssignment(assignment: Assignment): string {
  const subscript = assignment.subscript === null ? "" : printSubscript(assignment.subscript);
  const operator = assignment.append ? "+=" : "=";
  const value = assignment.value;
  const text = value.kind === "array" ? printArray(value) : printWord(value);
  return assignment.name + subscript + operator + text;
}

function printArray(array: ArrayValue): string {
  const elements = array.elements.map(({ subscript, append, value }) => {
    const text = printWord(value);
    return subscript === null ? text : printSubscript(subscript) + (append ? "+=" : "=") + text;
  });
  return `(${elements.join(" ")})`;
}
