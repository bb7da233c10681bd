import assert from "node:assert/strict";
import { ShellSyntaxError } from "./error.ts";
import type { Input } from "./input.ts";
import { Parser } from "./parser.ts";
import { optionsWith } from "./testing.ts";
import { outline } from "./testing_outline.ts";

/** An input that gives a line at a time, and remembers for each whether a command had begun: `>`, or not: `$`. */
class Lines implements Input {
  prompts = "";
  private next = 0;

  constructor(private readonly lines: readonly string[]) {}

  read(continuation: boolean): string | null {
    this.prompts += continuation ? ">" : "$";
    const line = this.lines[this.next++];
    return line === undefined ? null : `${line}\n`;
  }

  /** How many lines have been read. */
  get count(): number {
    return this.next;
  }
}

/** What comes before the last line that a complete command needs, each with lines that must be read no more. */
const COMPLETE_COMMANDS = [
  ["a"],
  ["a; b & c"],
  ["", "# a", "b"],
  ["a # b"],
  ["a \\", "b"],
  ["a\\", "\\", "b"],
  ["a |", "b"],
  ["a |", "", "# b", "c"],
  ["a &&", "b"],
  ["a ||", "b"],
  ["'a", "b'"],
  ['"a', "", 'b"'],
  ["$'a", "b'"],
  ["`a", "b`"],
  ["$(a", ")"],
  ["$(", "a", "", ")"],
  ["${a:-", "}"],
  ["$((a", "+ 1))"],
  ["((a", "+ 1))"],
  ["((a);", "b)"],
  ["$[1", "]"],
  ["a=(", "b # c", ")"],
  ["a[1", "]=2"],
  ["{", "a", "}"],
  ["{ a; }"],
  ["(a", ")"],
  ["if a; then b; fi"],
  ["if a", "then b", "elif c; then", "d", "else", "", "e", "fi"],
  ["while a", "do b", "done"],
  ["for a", "do b", "done"],
  ["for a in b", "do c; done"],
  ["for ((a;b;", "c))", "do d; done"],
  ["case a", "in", "b)", "c;;", "esac"],
  ["case a in b) c;; esac"],
  ["[[ a &&", "b ]]"],
  ["f()", "{ a", "}"],
  ["f() { a; }"],
  ["function f", "{ a; }"],
  ["a <<E", "b", "", "E"],
  ["a <<A; b <<B", "A", "c", "B"],
  ["a <<E |", "E", "b"],
  ["{ a <<E", "b", "E", "}"],
  ["$(a <<E", "b", "E", ")"],
  ["a <<'E' 'b", "c'", "d", "E"],
  ["a >b"],
  ["! a"],
  ["time a"],
];

Deno.test("incremental input: a complete command is returned without another line, its lines are asked for as such", () => {
  for (const lines of COMPLETE_COMMANDS) {
    const input = new Lines([...lines, "next", "last"]);
    const parser = new Parser(input, optionsWith({}));
    const source = lines.join("\n");
    assert.notEqual(parser.next(), null);
    const before = lines.findIndex((line) => line !== "" && !line.startsWith("#"));
    assert.equal(input.prompts, "$".repeat(before + 1) + ">".repeat(lines.length - before - 1), source);
    assert.equal(input.count, lines.length, source);
    assert.equal(outline(parser.next()!), "[next]", source);
    assert.equal(input.count, lines.length + 1, source);
  }
});

Deno.test("incremental input: an error leaves the lines behind it unread", () => {
  for (const lines of [["a )"], ["if a", "then )"], ["f() a"], ["'a", "b' )"], ["[[ a b ]]"], ["a=(", ";)"]]) {
    const input = new Lines([...lines, "next"]);
    const parser = new Parser(input, optionsWith({}));
    assert.throws(() => parser.next(), ShellSyntaxError);
    assert.equal(input.count, lines.length, lines.join("\n"));
    assert.equal(outline(parser.next()!), "[next]");
  }
});

Deno.test("incremental input: it may go on where it had come to its end", () => {
  const texts: (string | null)[] = ["a\n", null, "b\n", null];
  const parser = new Parser({ read: () => texts.shift() ?? null }, optionsWith({}));
  assert.equal(outline(parser.next()!), "[a]");
  assert.equal(parser.next(), null);
  assert.equal(outline(parser.next()!), "[b]");
  assert.equal(parser.next(), null);
});

Deno.test("incremental input: how the text is cut into pieces makes no difference", () => {
  const source =
    "a \\\nb 'c\nd' \"$(e\nf <<E\ng\nE\n)\" <<F\n$h\ni\\\nj\nF\nk() {\n((l\n+ 1)); ((m); n\n)\n}\no=(p\nq) r";
  const all = outline(new Parser(new Lines([source]), optionsWith({})).next()!);
  const parser = new Parser(new Lines(source.split("\n")), optionsWith({}));
  assert.equal(outline(parser.next()!), all);
  assert.equal(outline(parser.next()!), "(function k (group (((l\n+ 1))); (subshell (subshell [m]); [n])))");
  assert.equal(outline(parser.next()!), "[o=(p q) r]");
});

Deno.test("incremental input: options hold from the next complete command on", () => {
  const options = { ...optionsWith({}), extglob: false };
  const parser = new Parser(new Lines(["a; b", "@(c|d)"]), options);
  assert.equal(outline(parser.next()!), "[a]; [b]");
  options.extglob = true;
  assert.equal(outline(parser.next()!), "[@(c|d)]");
});

Deno.test("incremental input: with lineByLine, lines are given back that were not needed yet", () => {
  const options = { ...optionsWith({}), lineByLine: false };
  const given: string[] = [];
  let rest = "a\nb\nif c\nthen d; fi\ne";
  const input: Input = {
    read() {
      if (rest === "") return null;
      const text = options.lineByLine ? /^.*\n?/.exec(rest)![0] : rest;
      rest = rest.slice(text.length);
      given.push(text);
      return text;
    },
    unread(text) {
      rest = text + rest;
    },
  };
  const parser = new Parser(input, options);
  assert.equal(outline(parser.next()!), "[a]");
  options.lineByLine = true;
  assert.equal(outline(parser.next()!), "[b]");
  assert.equal(parser.next()!.start, 4);
  assert.equal(outline(parser.next()!), "[e]");
  assert.deepEqual(given.slice(1), ["b\n", "if c\n", "then d; fi\n", "e\n"]);
});
