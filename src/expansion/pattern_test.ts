import assert from "node:assert/strict";
import { compilePattern, PreparedPattern } from "./pattern.ts";

const plain = { extglob: false, ignoreCase: false };

/** Whether `pattern` matches, tried in the simplest way: of literal characters, `?` and `*`. */
function matchesSimply(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "*") {
    for (let i = 0; i <= text.length; i++) if (matchesSimply(pattern.slice(1), text.slice(i))) return true;
    return false;
  }
  return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) &&
    matchesSimply(pattern.slice(1), text.slice(1));
}

/** All texts of up to `length` characters out of `characters`. */
function textsOf(characters: string, length: number): string[] {
  let longest = [""];
  const texts = [""];
  for (let i = 0; i < length; i++) {
    longest = longest.flatMap((text) => [...characters].map((character) => text + character));
    texts.push(...longest);
  }
  return texts;
}

Deno.test("Pattern.matches() agrees with trying everything", () => {
  const texts = textsOf("ab", 5);
  for (const pattern of textsOf("a?*", 4)) {
    const compiled = compilePattern(pattern, plain);
    for (const text of texts) assert.equal(compiled.matches(text), matchesSimply(pattern, text), `${pattern} ${text}`);
  }
});

Deno.test("Pattern.matches() takes pairs of surrogates as one character behind the last star", () => {
  assert.ok(compilePattern("*?", plain).matches("\u{1f600}"));
  assert.ok(compilePattern("a*[!b]", plain).matches("a\u{1f600}\u{1f600}"));
  assert.ok(!compilePattern("*??", plain).matches("\u{1f600}"));
  assert.ok(compilePattern("*?c", plain).matches("a\u{1f600}c"));
  assert.ok(compilePattern("*?[!a]c", plain).matches("\u{1f600}\u{1f600}c"));
  assert.ok(!compilePattern("*?[!a]?", plain).matches("\u{1f600}\u{1f600}"));
  // A byte of 0x80 is no part of a character.
  assert.ok(!compilePattern("*?\udc80", plain).matches("a\u{10080}"));
  assert.ok(compilePattern("*?\udc80", plain).matches("\u{10080}\udc80"));
});

Deno.test("PreparedPattern.expand() notices another text and other options", () => {
  let text = "a*";
  const pattern = new PreparedPattern(() => text);
  assert.ok(pattern.expand(false, false).matches("abc"));
  assert.ok(!pattern.expand(false, false).matches("ABC"));
  assert.ok(pattern.expand(false, true).matches("ABC"));
  text = "@(x|y)";
  assert.ok(!pattern.expand(false, false).matches("x"));
  assert.ok(pattern.expand(true, false).matches("x"));
});
