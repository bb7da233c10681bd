/** For tests: parsing with the usual options, and the form of a tree that neither layout nor the printer's choices change. */

import assert from "node:assert/strict";
import { ShellSyntaxError } from "./error.ts";
import type { ParserOptions } from "./options.ts";
import { parse } from "./parser.ts";
import { printList } from "./printer.ts";
import { outline } from "./testing_outline.ts";
import type { List } from "./tree.ts";

/** The options of a shell that is not in POSIX mode, with some that are other. */
export function optionsWith(changes: Partial<ParserOptions>): ParserOptions {
  return {
    posix: false,
    extglob: false,
    streams: !changes.posix,
    source: { name: null, kind: "string", firstLine: 1 },
    ...changes,
  };
}

export function parseText(text: string, changes: Partial<ParserOptions> = {}): List {
  return parse(text, optionsWith(changes));
}

/** Parses sources and compares with the outlines that are expected; printed, they must mean the same. */
export function checkOutlines(expected: Readonly<Record<string, string>>, changes: Partial<ParserOptions> = {}): void {
  for (const [source, text] of Object.entries(expected)) {
    assert.equal(outline(parseText(source, changes)), text, source);
    checkRoundTrip(source, changes);
  }
}

/** Checks that what is printed means the same as `source`. */
export function checkRoundTrip(source: string, changes: Partial<ParserOptions> = {}): void {
  const list = parseText(source, changes);
  const printed = `${printList(list)}\n`;
  assert.equal(canonical(parseText(printed, changes)), canonical(list), `${source}\nis printed as\n${printed}`);
}

/** The error in `source`. */
export function errorIn(source: string, changes: Partial<ParserOptions> = {}): ShellSyntaxError {
  try {
    parseText(source, changes);
  } catch (error) {
    if (error instanceof ShellSyntaxError) return error;
    throw error;
  }
  assert.fail(`no error in ${source.slice(0, 200)}`);
}

/** Whether there is a bash 5.2 to compare with. */
export function hasBash(): boolean {
  try {
    const { stdout } = new Deno.Command("bash", { args: ["-c", "echo $BASH_VERSION"], stderr: "null" }).outputSync();
    return new TextDecoder().decode(stdout).startsWith("5.2.");
  } catch {
    return false;
  }
}

/** A tree's node, or anything in it, as plain data. */
type Plain = { [key: string]: Plain } | Plain[] | string | number | boolean | null;
type PlainNode = { [key: string]: Plain };

/** Where and how something was written, which does not change what it means. */
const LAYOUT = new Set(["start", "end", "line", "newline", "keyword", "localized"]);

/** A text that is equal for trees that mean the same. */
export function canonical(list: List): string {
  return JSON.stringify(simplify(list as unknown as Plain, false));
}

/** @param quoted whether `value` is in double quotes, where what `$'…'` stands for is plain text */
function simplify(value: Plain, quoted: boolean): Plain {
  if (Array.isArray(value)) return value.map((each) => simplify(each, quoted));
  if (typeof value !== "object" || value === null) return value;
  const within = value.kind === "double" || (quoted && STAYS_QUOTED.has(value.kind as string));
  const node: PlainNode = {};
  for (const key of Object.keys(value).sort()) {
    if (!LAYOUT.has(key)) node[key] = simplify(value[key]!, within);
  }
  if (Array.isArray(node.parts)) node.parts = joined((node.parts as PlainNode[]).flatMap(within ? plain : requoted));
  const rule = RULES[node.kind as string];
  return rule === undefined ? node : rule(node);
}

/** The kinds of what quotes around reach into. */
const STAYS_QUOTED = new Set(["word", "parameter", "default"]);

/** The printer's choices, by kind of node. */
const RULES: Readonly<Record<string, (node: PlainNode) => PlainNode>> = {
  command: (node) => node.body === null ? node : { ...node, text: null },
  process: (node) => ({ ...node, text: null }),
  function: (node) => ({ ...node, body: asGroup(node.body as PlainNode) }),
  if: (node) => {
    const [first, ...rest] = node.clauses as PlainNode[];
    if (rest.length === 0) return node;
    const inner = simplify({ ...node, clauses: rest, redirections: [] }, false);
    return { ...node, clauses: [first!], otherwise: listOf(inner) };
  },
  for: (node) => ({ ...node, words: node.words ?? ALL_PARAMETERS }),
  select: (node) => ({ ...node, words: node.words ?? ALL_PARAMETERS }),
  "arithmetic-for": (node) => ({
    ...node,
    initial: node.initial ?? ONE,
    condition: node.condition ?? ONE,
    step: node.step ?? ONE,
  }),
  unary: (node) => ({ ...node, operator: node.operator || "-n" }),
  coprocess: (node) =>
    (node.body as PlainNode).kind === "simple" ? node : { ...node, name: node.name ?? word("COPROC") },
  pipeline: (node) => {
    const joints = node.joints as PlainNode[];
    const stages = (node.stages as PlainNode[]).map((stage, i) =>
      joints[i]?.form === "both" && "redirections" in stage
        ? { ...stage, redirections: [...stage.redirections as Plain[], ERRORS_TO_OUTPUT] }
        : stage
    );
    const simplified = joints.map((joint, i) =>
      joint.form === "both" && "redirections" in stages[i]!
        ? { connections: [{ from: 1, to: 0 }], form: "pipe" }
        : joint
    );
    return { ...node, stages, joints: simplified };
  },
  redirection: (node) => {
    const operator = node.operator as string;
    const closes = operator === "<&" && literal(node.target!) === "-";
    return {
      ...node,
      descriptor: node.descriptor ?? (operator.startsWith("<") ? 0 : 1),
      operator: closes ? ">&" : operator,
      target: node.hereDocument === null ? node.target! : null,
    };
  },
};

const ALL_PARAMETERS: Plain = [{
  kind: "word",
  parts: [{
    kind: "double",
    parts: [{ braces: false, kind: "parameter", name: "@", operation: null, prefix: "none", subscript: null }],
  }],
}];

const ONE = word("1");

const ERRORS_TO_OUTPUT: Plain = {
  descriptor: 2,
  hereDocument: null,
  kind: "redirection",
  operator: ">&",
  target: word("1"),
};

function word(text: string): Plain {
  return { kind: "word", parts: [{ kind: "literal", text }] };
}

function literal(target: Plain): Plain {
  const parts = (target as PlainNode).parts as PlainNode[];
  return parts.length === 1 && parts[0]!.kind === "literal" ? parts[0]!.text! : null;
}

function listOf(command: Plain): Plain {
  return { items: [{ background: false, command }], kind: "list" };
}

function asGroup(body: PlainNode): Plain {
  return body.kind === "group" ? body : { body: listOf(body), kind: "group", redirections: [] };
}

function plain(part: PlainNode): PlainNode[] {
  return [part.style === "ansi" ? { kind: "literal", text: part.text! } : part];
}

/** Literal parts that stand side by side are one. */
function joined(parts: PlainNode[]): PlainNode[] {
  const result: PlainNode[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === "literal" && last?.kind === "literal") {
      result[result.length - 1] = { ...last, text: `${last.text}${part.text}` };
    } else result.push(part);
  }
  return result;
}

/** `$'…'` as it is in single quotes, with `\'` between. */
function requoted(part: PlainNode): PlainNode[] {
  if (part.style !== "ansi") return [part];
  if (part.text === "'") return [{ kind: "quoted", style: "backslash", text: "'" }];
  return (part.text as string).split("'").flatMap((text, i) => [
    ...(i > 0 ? [{ kind: "quoted", style: "backslash", text: "'" }] : []),
    { kind: "quoted", style: "single", text },
  ]);
}
