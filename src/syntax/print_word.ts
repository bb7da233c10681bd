/** Prints words: each part as it is written, but for `$'…'` and `$"…"`, which bash shows as plain quotes. */

import type { Printer } from "./printer.ts";
import { quoteAnsi, quoteSingle } from "./quote.ts";
import type {
  ArrayValue,
  Assignment,
  CommandPart,
  ParameterOperation,
  ParameterPart,
  QuotedPart,
  Subscript,
  Word,
  WordPart,
} from "./tree.ts";

/** The text of `parts`. `quoted` tells that they stand in double quotes, where single quotes are literal. */
export function printParts(printer: Printer, parts: readonly WordPart[], quoted: boolean): string {
  let text = "";
  for (const part of parts) text += printPart(printer, part, quoted);
  return text;
}

export function printWord(printer: Printer, word: Word): string {
  return printParts(printer, word.parts, false);
}

function printPart(printer: Printer, part: WordPart, quoted: boolean): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "quoted":
      return printQuoted(part, quoted);
    case "double":
      return `"${printParts(printer, part.parts, true)}"`;
    case "parameter":
      return printParameter(printer, part, quoted);
    case "command":
      return printCommandSubstitution(printer, part);
    case "arithmetic": {
      const expression = printParts(printer, part.expression.parts, true);
      return part.form === "brackets" ? `$[${expression}]` : `$((${expression}))`;
    }
    case "process":
      return `${part.direction}(${printer.substitution(part.body)})`;
  }
}

function printQuoted(part: QuotedPart, quoted: boolean): string {
  if (part.style === "backslash") return "\\" + part.text;
  if (part.style === "single") return `'${part.text}'`;
  if (quoted) return /[$`"\\}']/.test(part.text) ? quoteAnsi(part.text) : part.text;
  return part.text === "'" ? "\\'" : quoteSingle(part.text);
}

function printCommandSubstitution(printer: Printer, part: CommandPart): string {
  const body = part.body;
  if (body === null) return `\`${part.written}\``;
  // What might be an arithmetic expansion, by its first two characters, bash shows as it is written.
  return part.text.startsWith("(") ? `$(${part.text})` : `$(${printer.substitution(body)})`;
}

function printParameter(printer: Printer, part: ParameterPart, quoted: boolean): string {
  if (!part.braces) return "$" + part.name;
  const prefix = part.prefix === "none" ? "" : part.prefix === "length" ? "#" : "!";
  const subscript = part.subscript === null ? "" : printSubscript(printer, part.subscript);
  const operation = part.operation === null ? "" : printOperation(printer, part.operation, quoted);
  return `\${${prefix}${part.name}${subscript}${operation}}`;
}

function printSubscript(printer: Printer, subscript: Subscript): string {
  return typeof subscript === "string" ? `[${subscript}]` : `[${printWord(printer, subscript)}]`;
}

const REPLACE_OPERATORS = { first: "/", all: "//", start: "/#", end: "/%" };

function printOperation(printer: Printer, operation: ParameterOperation, quoted: boolean): string {
  switch (operation.kind) {
    case "default": {
      const word = printParts(printer, operation.word.parts, quoted);
      return (operation.colon ? ":" : "") + operation.operator + word;
    }
    case "trim":
      return operation.side + (operation.longest ? operation.side : "") + printWord(printer, operation.pattern);
    case "replace": {
      const pattern = REPLACE_OPERATORS[operation.mode] + printWord(printer, operation.pattern);
      return operation.replacement === null ? pattern : `${pattern}/${printWord(printer, operation.replacement)}`;
    }
    case "substring": {
      const offset = ":" + printParts(printer, operation.offset.parts, true);
      return operation.length === null ? offset : `${offset}:${printParts(printer, operation.length.parts, true)}`;
    }
    case "case":
      return operation.operator + (operation.pattern === null ? "" : printWord(printer, operation.pattern));
    case "transform":
      return "@" + operation.letter;
    case "names":
      return operation.join;
    case "bad":
      return operation.text;
  }
}

export function printAssignment(printer: Printer, assignment: Assignment): string {
  const subscript = assignment.subscript === null ? "" : printSubscript(printer, assignment.subscript);
  const operator = assignment.append ? "+=" : "=";
  const value = assignment.value;
  const text = value.kind === "array" ? printArray(printer, value) : printWord(printer, value);
  return assignment.name + subscript + operator + text;
}

function printArray(printer: Printer, array: ArrayValue): string {
  const elements = array.elements.map(({ subscript, append, value }) => {
    const text = printWord(printer, value);
    return subscript === null ? text : printSubscript(printer, subscript) + (append ? "+=" : "=") + text;
  });
  return `(${elements.join(" ")})`;
}
