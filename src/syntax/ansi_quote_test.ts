import assert from "node:assert/strict";
import { decodeAnsi } from "./ansi_quote.ts";

function check(expected: Readonly<Record<string, string>>): void {
  for (const [raw, text] of Object.entries(expected)) assert.equal(decodeAnsi(raw), text, raw);
}

Deno.test("decodeAnsi: escapes of one character", () => {
  check({
    "abc é": "abc é",
    "\\a\\b\\e\\E\\f\\n\\r\\t\\v": "\x07\b\x1b\x1b\f\n\r\t\v",
    "\\\\\\'\\\"\\?": "\\'\"?",
    "\\z\\$\\ \\8": "\\z\\$\\ \\8",
    "\\\n": "\\\n",
  });
});

Deno.test("decodeAnsi: octal and hexadecimal numbers of bytes", () => {
  check({
    "\\1\\12\\123\\1234": "\x01\nSS4",
    "\\x4\\x41\\x414": "\x04AA4",
    "\\x{41}\\x{1234}\\x{4": "A4\x04",
    "\\xg\\x": "\\xg\\x",
    "\\777\\401": "\udcff\x01",
    "\\xff\\303": "\udcff\udcc3",
  });
});

Deno.test("decodeAnsi: bytes that together are a character are one", () => {
  check({
    "\\xc3\\xa9": "é",
    "\\303\\251\\xe2\\x82\\xac": "é€",
    "\\xf0\\x9f\\x98\\x80": "\u{1f600}",
    "\\xe2\\x82": "\udce2\udc82",
    "\\xc3\\xc3\\xa9": "\udcc3é",
    "\\xed\\xa0\\x80": "\udced\udca0\udc80",
    "\\xc0\\x80\\xf5\\x80": "\udcc0\udc80\udcf5\udc80",
    "\\xf4\\x90\\x80\\x80": "\udcf4\udc90\udc80\udc80",
    "\\xe0\\x80\\x80": "\udce0\udc80\udc80",
  });
});

Deno.test("decodeAnsi: code points, as UTF-8 would have them where they are no characters", () => {
  check({
    "\\u41\\u0041\\u00e9\\u20ac": "AAé€",
    "\\U1f600\\U0001f6001": "\u{1f600}\u{1f600}1",
    "\\ug\\U": "\\ug\\U",
    "\\ud800": "\udced\udca0\udc80",
    "\\U110000": "\udcf4\udc90\udc80\udc80",
    "\\U4000000": "\udcfc\udc84\udc80\udc80\udc80\udc80",
    "\\U80000000a": "a",
  });
});

Deno.test("decodeAnsi: control characters", () => {
  check({ "\\ca\\cA\\c[\\c?": "\x01\x01\x1b\x7f", "\\c\\\\a": "\x1ca", "\\cé": "\x03\udca9", "\\c": "\\c" });
});

Deno.test("decodeAnsi: a NUL ends the text", () => {
  check({ "a\\0b": "a", "a\\x00b": "a", "a\\u0b": "a\x0b", "a\\u0000b": "a", "\\c@b": "" });
});
