/**
 * Fuzzes the parser and the printer: `deno run -A tests/fuzz/syntax.ts SEED COUNT`. Half of the programs are valid, the rest are
 * cut off, changed, or tokens in any order. What must hold for each is in {@link checkValid} and {@link checkAny}; what
 * fails is shown as small as it can be made, with the seed that makes it again alone.
 */
import assert from "node:assert/strict";
import { ShellSyntaxError } from "../../src/syntax/error.ts";
import type { ParserOptions } from "../../src/syntax/options.ts";
import { Parser } from "../../src/syntax/parser.ts";
import { printList } from "../../src/syntax/printer.ts";
import { canonical, optionsWith, parseText } from "../../src/syntax/testing.ts";
import type { HereDocument, List, ListItem, Node } from "../../src/syntax/tree.ts";
import { Programs } from "./programs.ts";
import { Random } from "./random.ts";
import { shrink } from "./shrink.ts";
import { mutated, soup, truncated } from "./soup.ts";

/** No program here is long: one that takes more than this makes the parser slow. */
const MILLISECONDS = 1000;

/** A valid program is parsed; printed, it means the same. */
function checkValid(program: string, options: ParserOptions): void {
  const list = parseText(program, options);
  checkTree(list, program);
  checkPrinting(list, options);
  assert.equal(outcome(() => parseLines(program, options)), canonical(list), "read line by line");
}

/** Any text is either parsed, with all that holds then, or is a syntax error; read line by line it is the same. */
function checkAny(text: string, options: ParserOptions): void {
  const start = performance.now();
  const whole = outcome(() => parseText(text, options));
  const elapsed = performance.now() - start;
  assert.ok(elapsed < MILLISECONDS, `it takes ${elapsed.toFixed()} ms`);
  assert.equal(outcome(() => parseLines(text, options)), whole, "read line by line");
  if (whole.startsWith("line ")) return;
  const list = parseText(text, options);
  checkTree(list, text);
  if (!text.endsWith("\\") && !hasDelimiterOfLines(list)) checkPrinting(list, options);
}

function checkPrinting(list: List, options: ParserOptions): void {
  const printed = `${printList(list)}\n`;
  const again = outcome(() => parseText(printed, options));
  assert.equal(again, canonical(list), `printed as\n${printed}`);
}

/** The tree in a form to compare, or the syntax error. */
function outcome(parse: () => List): string {
  try {
    return canonical(parse());
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    assert.notEqual(error.message, "");
    return `line ${error.line}: ${error.messages.join("; ")}`;
  }
}

/** Parses from an input that gives a line at a time. */
function parseLines(text: string, options: ParserOptions): List {
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
  const parser = new Parser({ read: () => lines.shift() ?? null }, options);
  const items: ListItem[] = [];
  for (let list = parser.next(); list !== null; list = parser.next()) items.push(...list.items);
  return { kind: "list", start: 0, end: 0, items };
}

/** Checks that the ranges of nodes lie in the text. */
function checkTree(list: List, text: string): void {
  for (const { start, end } of nodesIn<Node>(list, "start")) {
    assert.ok(0 <= start && start <= end && end <= text.length + 1, `a node from ${start} to ${end}`);
  }
}

/** Whether a here-document can't be printed, for its delimiter has several lines, so that nothing ends it. */
function hasDelimiterOfLines(list: List): boolean {
  return [...nodesIn<HereDocument>(list, "delimiter")].some(({ delimiter }) => delimiter.includes("\n"));
}

/** Everything in a tree that has `key`. */
function* nodesIn<Found extends object>(value: unknown, key: string): Generator<Found> {
  if (typeof value !== "object" || value === null) return;
  if (key in value) yield value as Found;
  for (const child of Object.values(value)) yield* nodesIn<Found>(child, key);
}

interface Sample {
  readonly text: string;
  readonly options: ParserOptions;
  readonly check: (text: string, options: ParserOptions) => void;
}

function sample(seed: number): Sample {
  const random = new Random(seed);
  const dialect = { extglob: random.chance(50), streams: random.chance(50) };
  const valid = random.chance(50);
  // A mutation may make anything of anything, in any mode.
  const posix = !valid && random.chance(30);
  const options = optionsWith({ ...dialect, posix });
  const program = new Programs(random, dialect).program();
  if (valid) return { text: program, options, check: checkValid };
  const change = random.pick([
    soup,
    (random: Random) => truncated(program, random),
    (random: Random) => mutated(program, random),
  ]);
  return { text: change(random), options, check: checkAny };
}

/** Why a text fails its check; the empty string if it does not. */
function failure(text: string, { options, check }: Sample): string {
  try {
    check(text, options);
    return "";
  } catch (error) {
    if (error instanceof assert.AssertionError) return error.message;
    return error instanceof Error ? `${error.stack}` : `a syntax error in a valid program: ${error}`;
  }
}

function describe(seed: number, made: Sample): string {
  const reason = failure(made.text, made).split("\n")[0]!;
  const smallest = made.check === checkValid && reason.startsWith("a syntax error")
    ? made.text
    : shrink(made.text, (text) => failure(text, made).split("\n")[0] === reason);
  return `seed ${seed}: ${failure(smallest, made)}\n${JSON.stringify(smallest)}`;
}

if (import.meta.main) {
  const [seed, count] = Deno.args.map(Number) as [number, number];
  let failures = 0;
  for (let i = 0; i < count; i++) {
    // What hangs is found behind the last of these lines.
    if (i % 250 === 0) console.log(`# ${i} programs, from seed ${seed + i} on`);
    const made = sample(seed + i);
    if (failure(made.text, made) === "") continue;
    console.log(`not ok ${describe(seed + i, made).replaceAll("\n", "\n  ")}`);
    if (++failures === 5) break;
  }
  console.log(`${count} programs, ${failures} failures`);
  if (failures > 0) Deno.exit(1);
}
