import { deepEqual, equal } from "node:assert/strict";
import { quoteFor, unquote } from "./quoting.ts";

const LOOKUP = {
  variable: (name: string) => name === "HOME" ? "/home/me" : undefined,
  home: (user: string) => user === "" ? "/home/me" : user === "root" ? "/root" : undefined,
};

Deno.test("unquote: what a word stands for, and the quotation that is open", () => {
  const rows: readonly (readonly [string, string, string | null, number])[] = [
    ["plain", "plain", null, -1],
    ["a\\ b", "a b", null, -1],
    ["'a b'c", "a bc", null, -1],
    ["x'a b", "xa b", "'", 1],
    ['"a $HOME', "a /home/me", '"', 0],
    ['"a\\"b" c', 'a"b c', null, 0],
    ["$'a\\n\\x41b", "a\nAb", "$'", 0],
    ["$HOME/x ${HOME}", "/home/me/x /home/me", null, -1],
    ["~/x", "/home/me/x", null, -1],
    ["~root/x", "/root/x", null, -1],
    ["~nobody", "~nobody", null, -1],
    ["a~", "a~", null, -1],
    ["$", "$", null, -1],
  ];
  for (const [word, text, quote, opened] of rows) {
    const result = unquote(word, LOOKUP);
    equal(result?.text, text, word);
    equal(result?.quote, quote, word);
    if (quote !== null) equal(result?.opened, opened, word);
  }
});

Deno.test("unquote: nothing is run", () => {
  for (const word of ["$(ls)", "`ls`", '"$(ls)', "${x:-y}"]) equal(unquote(word, LOOKUP), null, word);
});

Deno.test("quoteFor: what it makes stands for the text again", () => {
  const texts = [
    "a b",
    "it's",
    'say "x"',
    "$x `y` \\",
    "a*b?[c]",
    "#x",
    "~x",
    "-n",
    "a\nb\x01",
    "!x",
    "(a;b)&|<>",
    "漢字",
  ];
  for (const text of texts) {
    for (const quote of ['"', "'", "$'", null] as const) {
      if (quote !== "$'" && quote !== null && text.includes("\n")) continue;
      deepEqual(unquote((quote ?? "") + quoteFor(text, quote), LOOKUP)?.text, text, `${quote} ${text}`);
    }
  }
});
