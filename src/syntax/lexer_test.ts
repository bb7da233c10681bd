import assert from "node:assert/strict";
import { checkRoundTrip, errorIn, parseText } from "./testing.ts";

/** What opens each construct that nests, what is in the innermost, and what closes each. */
const NESTS: readonly (readonly [string, string, string])[] = [
  ["{ ", "a", "; }"],
  ["( ", "a", " )"],
  ["if ", "a", "; then b; fi"],
  ["if a; then ", "b", "; fi"],
  ["if a; then b; else ", "c", "; fi"],
  ["while a; do ", "b", "; done"],
  ["until ", "a", "; do b; done"],
  ["for a in b; do ", "c", "; done"],
  ["for ((a;b;c)); do ", "d", "; done"],
  ["select a; do ", "b", "; done"],
  ["case a in b) ", "c", ";; esac"],
  ["f() { ", "a", "; }"],
  ["function f { ", "a", "; }"],
  ["coproc { ", "a", "; }"],
  ["! { ", "a", "; }"],
  ["a | { ", "a", "; }"],
  ["a && ( ", "a", " )"],
  ["$(", "a", ")"],
  ['"$(', "a", ')"'],
  ["$( ( ", "a", " ) )"],
  ["<(", "a", ")"],
  ["$((", "a", "))"],
  ["$(( (", "a", ") ))"],
  ["$((a); ", "b", ")"],
  ["((a); ", "b", ")"],
  ["$[", "a", "]"],
  ["${a:-", "b", "}"],
  ['"${a:-', "b", '}"'],
  ["${a#", "b", "}"],
  ["${a/b/", "c", "}"],
  ["${a:", "1", "}"],
  ["${a[", "1", "]}"],
  ["a=($(", "b", "))"],
  ["a[$(", "b", ")]=c"],
  ["[[ $(", "a", ") ]]"],
];

function nest([open, inner, close]: readonly [string, string, string], depth: number): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

Deno.test("nesting: what is deep is parsed and printed", () => {
  for (const nesting of NESTS) checkRoundTrip(nest(nesting, 100));
  checkRoundTrip(nest(["[[ ", "( ".repeat(100) + "a" + " )".repeat(100), " ]]"], 1));
  checkRoundTrip(`[[ ${"! ".repeat(100)}a ]]`);
  checkRoundTrip(`[[ a${" && b || c".repeat(100)} ]]`);
});

Deno.test("nesting: what is too deep is a syntax error", () => {
  const sources = NESTS.map((nesting) => nest(nesting, 20_000));
  sources.push(`[[ ${"( ".repeat(20_000)}a`, `[[ ${"! ".repeat(20_000)}a`, `[[ a${" && b".repeat(20_000)}`);
  for (const source of sources) {
    const { message, incomplete } = errorIn(source);
    assert.equal(message, "syntax error: commands are nested too deeply", source.slice(0, 40));
    assert.equal(incomplete, false);
  }
  // In a here-document it is found when that is expanded.
  assert.equal(parseText(`a <<E\n${nest(["$(", "b", ")"], 20_000)}\nE\nc`).items.length, 2);
});

Deno.test("nesting: a parser that has little of the stack left says the same", () => {
  const useUp = (): string => {
    try {
      return useUp();
    } catch {
      return errorIn(nest(["{ ", "a", "; }"], 300)).message;
    }
  };
  assert.equal(useUp(), "syntax error: commands are nested too deeply");
});

Deno.test("nesting: what does not nest may be long", () => {
  const count = 20_000;
  for (
    const source of [
      "a; ".repeat(count),
      `a${" && b".repeat(count)}`,
      `a${" | b".repeat(count)}`,
      "! ".repeat(count) + "a",
      "time ".repeat(count) + "a",
      `a${" >b".repeat(count)}`,
      `a=(${" b".repeat(count)})`,
      "${a}".repeat(count),
      "'a'".repeat(count),
      "\\a".repeat(count),
      "a\\\n".repeat(count),
      `$((${"(".repeat(count)}a${")".repeat(count)}))`,
      `((${"(".repeat(count)}a${")".repeat(count)}))`,
      `a[${"[".repeat(count)}a${"]".repeat(count)}]=b`,
      "`" + "\\`".repeat(count) + "`",
      `case a in${" b) c;;".repeat(count)} esac`,
      "a\n".repeat(count),
    ]
  ) {
    assert.ok(parseText(source).items.length > 0);
  }
  assert.ok(parseText(`@(${"(".repeat(count)}${")".repeat(count)})`, { extglob: true }).items.length > 0);
});

Deno.test("nesting: parentheses that may be arithmetic or not are told apart in time", () => {
  const depth = 150;
  errorIn("$((".repeat(depth));
  errorIn("((".repeat(depth));
  parseText(nest(["$(( ", "a", ") )"], depth));
  parseText(nest(["(( ", "a", ") )"], depth));
  parseText(nest(["$(( $((a); ", "b", ") ) )"], depth / 3));
});

Deno.test("text: bytes that are no characters, and NULs, which are dropped", () => {
  const { items } = parseText("a\udc80\udcff'\udcc3'\0b \u{1f600}\n");
  assert.deepEqual(items.map(({ command }) => JSON.stringify(command).match(/"text":"[^"]*"/g)), [[
    '"text":"a\\udc80\\udcff"',
    '"text":"\\udcc3"',
    '"text":"b"',
    '"text":"\u{1f600}"',
  ]]);
});
