import assert from "node:assert/strict";
import { setLocale } from "../system/locale.ts";
import { needsAnsiQuotes, quoteAnsi, quoteDouble, quoteSingle } from "./quote.ts";
import { parseText } from "./testing.ts";
import type { SimpleCommand, Word, WordPart } from "./tree.ts";

const TEXTS = [
  "",
  "a b",
  "it's",
  "''",
  '"a" $b `c` \\d!',
  "\n\t",
  "\x01\x7f\x1b[0m",
  "é€\u{1f600}",
  "\udcff\udcc3x",
  "\\'",
];

/** What a word without expansions stands for. */
function unquoted(parts: readonly WordPart[]): string {
  return parts.map((part) => {
    if (part.kind === "literal" || part.kind === "quoted") return part.text;
    assert.equal(part.kind, "double");
    return unquoted((part as { parts: readonly WordPart[] }).parts);
  }).join("");
}

Deno.test("quoting: what is quoted is read back as it was", () => {
  for (const quote of [quoteSingle, quoteDouble, quoteAnsi]) {
    for (const text of TEXTS) {
      const quoted = quote(text);
      const command = parseText(`a ${quoted}`).items[0]!.command as SimpleCommand;
      assert.equal(command.words.length, 2, quoted);
      assert.equal(unquoted((command.words[1] as Word).parts), text, quoted);
    }
  }
});

// What a terminal shows depends on the locale.
setLocale(["C.UTF-8"]);

Deno.test("quoting: has the forms of bash", () => {
  assert.equal(quoteSingle("it's"), "'it'\\''s'");
  assert.equal(quoteDouble('a"b$c`d\\e!'), '"a\\"b\\$c\\`d\\\\e!"');
  assert.equal(quoteAnsi("a\n\t\x01'\\é\udcff"), "$'a\\n\\t\\001\\'\\\\é\\377'");
});

Deno.test("needsAnsiQuotes: for what a terminal does not show", () => {
  for (const text of ["a\n", "\x7f", "\udc80", "\u0085", "\u2028"]) assert.equal(needsAnsiQuotes(text), true, text);
  for (const text of ["", "a b'\"$\\", "é€\u{1f600}", "\u00a0"]) assert.equal(needsAnsiQuotes(text), false, text);
});
