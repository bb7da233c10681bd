/**
 * For tests: the outline of a tree, short enough to be written down as what is expected.
 *
 * `[…]` is a simple command; compound commands, lists of `&&` and `||` and pipelines stand in parentheses behind what they
 * are called. The parts of a word are joined by `+`, what an expansion consists of is separated by bars: `"${a:-b}"c` is
 * `"${a|:-|b}"+c`. `()` is a word without parts.
 */

import type {
  ArrayValue,
  Assignment,
  CaseItem,
  Command,
  CompoundCommand,
  ConditionalExpression,
  Coprocess,
  HereDocument,
  List,
  ParameterOperation,
  ParameterPart,
  Pipeline,
  Redirection,
  SimpleCommand,
  Statement,
  Subscript,
  Word,
  WordPart,
} from "./tree.ts";

export function outline(list: List): string {
  return list.items.map(({ command, background }, i) => {
    const end = background ? "&" : i < list.items.length - 1 ? ";" : "";
    return ofStatement(command) + end;
  }).join(" ");
}

function ofStatement(statement: Statement): string {
  switch (statement.kind) {
    case "andor": {
      const rest = statement.rest.map(({ operator, command }) => ` ${operator} ${ofStatement(command)}`);
      return `(${ofStatement(statement.first)}${rest.join("")})`;
    }
    case "pipeline":
      return ofPipeline(statement);
    default:
      return ofCommand(statement);
  }
}

function ofPipeline({ negated, timed, stages, joints }: Pipeline): string {
  const words = ["pipe"];
  if (timed !== "no") words.push(timed === "posix" ? "time -p" : "time");
  if (negated) words.push("!");
  stages.forEach((stage, i) => {
    words.push(ofCommand(stage));
    const joint = joints[i];
    if (joint === undefined) return;
    const connections = joint.connections.map(({ from, to }) => `${from}>${to}`).join(",");
    words.push(joint.form === "pipe" ? "|" : joint.form === "both" ? "|&" : `|${connections}`);
  });
  return `(${words.join(" ")})`;
}

function ofCommand(command: Command): string {
  switch (command.kind) {
    case "simple":
      return ofSimple(command);
    case "function":
      return `(function ${command.name} ${ofCommand(command.body)})`;
    case "coprocess":
      return ofCoprocess(command);
    default:
      return [`(${ofCompound(command)})`, ...command.redirections.map(ofRedirection)].join(" ");
  }
}

function ofCoprocess({ binary, name, body }: Coprocess): string {
  const words = [binary ? "coproc -x" : "coproc", ...(name === null ? [] : [ofWord(name)]), ofCommand(body)];
  return `(${words.join(" ")})`;
}

function ofSimple({ assignments, words, redirections }: SimpleCommand): string {
  const before = assignments.map(ofAssignment);
  const named = words.map((word) => word.kind === "assignment" ? `=${ofAssignment(word)}` : ofWord(word));
  return `[${[...before, ...named, ...redirections.map(ofRedirection)].join(" ")}]`;
}

function ofCompound(command: CompoundCommand): string {
  switch (command.kind) {
    case "group":
    case "subshell":
      return `${command.kind} ${outline(command.body)}`;
    case "if": {
      const clauses = command.clauses.map(({ condition, body }) => `${outline(condition)} then ${outline(body)}`);
      const otherwise = command.otherwise === null ? "" : ` else ${outline(command.otherwise)}`;
      return `if ${clauses.join(" elif ")}${otherwise}`;
    }
    case "for":
    case "select": {
      const words = command.words === null ? "" : ` in${command.words.map((word) => " " + ofWord(word)).join("")}`;
      return `${command.kind} ${command.variable}${words} do ${outline(command.body)}`;
    }
    case "arithmetic-for": {
      const expressions = [command.initial, command.condition, command.step];
      return `for ((${expressions.map((each) => each === null ? "" : ofWord(each)).join("|")})) do ${
        outline(command.body)
      }`;
    }
    case "while":
      return `${command.until ? "until" : "while"} ${outline(command.condition)} do ${outline(command.body)}`;
    case "case":
      return `case ${[ofWord(command.subject), ...command.items.map(ofCaseItem)].join(" ")}`;
    case "arithmetic-command":
      return `((${ofWord(command.expression)}))`;
    case "conditional":
      return `[[ ${ofConditional(command.expression)} ]]`;
  }
}

function ofCaseItem({ patterns, body, terminator }: CaseItem): string {
  return `${patterns.map(ofWord).join("|")}) ${body.items.length === 0 ? "" : `${outline(body)} `}${terminator}`;
}

function ofConditional(expression: ConditionalExpression): string {
  switch (expression.kind) {
    case "not":
      return `(! ${ofConditional(expression.operand)})`;
    case "and":
    case "or":
      return `(${expression.kind} ${ofConditional(expression.left)} ${ofConditional(expression.right)})`;
    case "parentheses":
      return `(parentheses ${ofConditional(expression.operand)})`;
    case "unary":
      return `(${expression.operator === "" ? "word" : expression.operator} ${ofWord(expression.operand)})`;
    case "binary":
      return `(${expression.operator} ${ofWord(expression.left)} ${ofWord(expression.right)})`;
  }
}

function ofRedirection({ descriptor, operator, target, hereDocument }: Redirection): string {
  const before = descriptor === null ? "" : typeof descriptor === "number" ? descriptor : `{${descriptor.variable}}`;
  return `${before}${operator}${hereDocument === null ? ofWord(target) : ofHereDocument(hereDocument)}`;
}

function ofHereDocument({ delimiter, quoted, body }: HereDocument): string {
  return `${quoted ? `'${delimiter}'` : delimiter}{${JSON.stringify(ofWord(body)).slice(1, -1)}}`;
}

function ofAssignment({ name, subscript, append, value }: Assignment): string {
  const where = name + (subscript === null ? "" : `[${ofWord(subscript)}]`);
  return `${where}${append ? "+=" : "="}${value.kind === "array" ? ofArray(value) : ofWord(value)}`;
}

function ofArray({ elements }: ArrayValue): string {
  const texts = elements.map(({ subscript, append, value }) =>
    subscript === null ? ofWord(value) : `[${ofWord(subscript)}]${append ? "+=" : "="}${ofWord(value)}`
  );
  return `(${texts.join(" ")})`;
}

export function ofWord(word: Word): string {
  return ofParts(word.parts);
}

function ofParts(parts: readonly WordPart[]): string {
  return parts.length === 0 ? "()" : parts.map(ofPart).join("+");
}

function ofPart(part: WordPart): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "quoted":
      return part.style === "backslash" ? `\\${part.text}` : `${part.style === "ansi" ? "$" : ""}'${part.text}'`;
    case "double":
      return `${part.localized ? "$" : ""}"${part.parts.length === 0 ? "" : ofParts(part.parts)}"`;
    case "parameter":
      return ofParameter(part);
    case "command":
      return part.body === null ? `\`${part.text}\`` : `$(${outline(part.body)})`;
    case "arithmetic":
      return part.form === "brackets" ? `$[${ofWord(part.expression)}]` : `$((${ofWord(part.expression)}))`;
    case "process":
      return `${part.direction}(${outline(part.body)})`;
  }
}

const PREFIXES = { none: "", length: "#", indirect: "!", keys: "keys " };

function ofParameter({ name, subscript, prefix, operation, braces }: ParameterPart): string {
  if (!braces) return `$${name}`;
  const where = subscript === null ? "" : `[${ofSubscript(subscript)}]`;
  const rest = operation === null ? [] : ofOperation(operation);
  return `\${${[PREFIXES[prefix] + name + where, ...rest].join("|")}}`;
}

function ofSubscript(subscript: Subscript): string {
  return typeof subscript === "string" ? subscript : ofWord(subscript);
}

function ofOperation(operation: ParameterOperation): string[] {
  switch (operation.kind) {
    case "default":
      return [(operation.colon ? ":" : "") + operation.operator, ofWord(operation.word)];
    case "trim":
      return [operation.side.repeat(operation.longest ? 2 : 1), ofWord(operation.pattern)];
    case "replace": {
      const { mode, pattern, replacement } = operation;
      return [`replace ${mode}`, ofWord(pattern), ...(replacement === null ? [] : [ofWord(replacement)])];
    }
    case "substring":
      return [":", ofWord(operation.offset), ...(operation.length === null ? [] : [ofWord(operation.length)])];
    case "case":
      return [operation.operator, ...(operation.pattern === null ? [] : [ofWord(operation.pattern)])];
    case "transform":
      return [`@${operation.letter}`];
    case "names":
      return [`names ${operation.join}`];
    case "bad":
      return ["bad", operation.text];
  }
}
