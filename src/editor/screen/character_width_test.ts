import { equal } from "node:assert/strict";
import { characterWidth } from "./character_width.ts";

Deno.test("characterWidth: letters, ideographs, kana, Hangul, emoji, marks", () => {
  for (const character of ["a", "é", "я", "ｱ", "☺", "\u00ad", "\u{1f1e9}"]) {
    equal(characterWidth(character), 1, character);
  }
  for (const character of ["漢", "か", "カ", "한", "。", "Ａ", "😀", "🚀", "\u{20000}"]) {
    equal(characterWidth(character), 2);
  }
  for (const character of ["\u0301", "\u200d", "\ufe0f", "\u20dd", "\u1160"]) equal(characterWidth(character), 0);
});
