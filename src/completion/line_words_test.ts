import { deepEqual } from "node:assert/strict";
import { WORD_BREAKS } from "../variables/dynamic.ts";
import { splitLine } from "./line_words.ts";

/** The line, with `|` for the cursor; the words; which of them; what is completed. */
const ROWS: readonly (readonly [string, readonly string[], number, string])[] = [
  ["cmd a|", ["cmd", "a"], 1, "a"],
  ["cmd a b |", ["cmd", "a", "b", ""], 3, ""],
  ["cmd --opt=va|", ["cmd", "--opt", "=", "va"], 3, "va"],
  ["cmd --opt=|", ["cmd", "--opt", "="], 2, ""],
  ["cmd a:b:c|", ["cmd", "a", ":", "b", ":", "c"], 5, "c"],
  ["cmd 'x y|", ["cmd", "'x y"], 1, "x y"],
  ['cmd "x y|', ["cmd", '"x y'], 1, "x y"],
  ["cmd a\\ b|", ["cmd", "a\\ b"], 1, "a\\ b"],
  ["cmd a| b c", ["cmd", "a", "b", "c"], 1, "a"],
  ["cmd a | c", ["cmd", "a", "c"], 2, ""],
  ["cmd a >fi|", ["cmd", "a", ">", "fi"], 3, "fi"],
  ["cmd x::y|", ["cmd", "x", "::", "y"], 3, "y"],
  ["cmd a=:b|", ["cmd", "a", "=:", "b"], 3, "b"],
  ["cmd 'a b' \"c d\" e|", ["cmd", "'a b'", '"c d"', "e"], 3, "e"],
  ['cmd "a=b|', ["cmd", '"a=b'], 1, "a=b"],
  ["cmd a='b c|", ["cmd", "a", "=", "'b c"], 3, "b c"],
  ['cmd a"b c|', ["cmd", 'a"b c'], 1, "b c"],
  ["cmd 'a'\"b\\\"|", ["cmd", "'a'\"b\\\""], 1, 'b\\"'],
  ["cmd a\\'b|", ["cmd", "a\\'b"], 1, "a\\'b"],
  ["cmd é ü|", ["cmd", "é", "ü"], 2, "ü"],
];

Deno.test("splitLine: COMP_WORDS, COMP_CWORD and the word to complete", () => {
  for (const [shown, words, index, word] of ROWS) {
    const cursor = shown.indexOf("|");
    const line = shown.replace("|", "");
    const split = splitLine(line, cursor, WORD_BREAKS);
    deepEqual([split.words, split.index, line.slice(split.start, cursor)], [words, index, word], shown);
  }
});

Deno.test("splitLine: other breaks", () => {
  deepEqual(splitLine("cmd a:b=c", 9, " \t\n=").words, ["cmd", "a:b", "=", "c"]);
});
