import assert from "node:assert/strict";
import { parse } from "../syntax/parser.ts";
import type { SimpleCommand, WordPart } from "../syntax/tree.ts";
import { holdsUnquoted, plainText } from "./unquoted_text.ts";

/** The parts of the only word of a command. */
function partsOf(word: string): readonly WordPart[] {
  const source = { name: null, kind: "string", firstLine: 1 } as const;
  const { items } = parse(word, { source, posix: false, extglob: true, streams: true });
  return ((items[0]!.command as SimpleCommand).words[0] as { parts: readonly WordPart[] }).parts;
}

Deno.test("plainText() gives the text of a word that no expansion changes", () => {
  for (const word of ["a", "-n", "/usr/bin/x.c", "%1", "a]b"]) assert.equal(plainText(partsOf(word)), word);
});

Deno.test("plainText() leaves words alone in which an expansion may find something", () => {
  for (const word of ["~", "a:~", "{a,b}", "a*", "?", "[a]", "+(a)", "$a", "'a'", '"a"', "a\\b", "ä"]) {
    assert.equal(plainText(partsOf(word)), null, word);
  }
});

Deno.test("holdsUnquoted() looks at unquoted text alone", () => {
  assert.equal(holdsUnquoted(partsOf("'{'a"), "{"), false);
  assert.equal(holdsUnquoted(partsOf('"{"a'), "{"), false);
  assert.equal(holdsUnquoted(partsOf("\\{a"), "{"), false);
  assert.equal(holdsUnquoted(partsOf("'a'{"), "{"), true);
});
