/**
 * How many columns of a terminal a character takes: as wcwidth(3) of the usual terminals has it, which goes by the code point
 * (Unicode Standard Annex 11), not by the cluster.
 */

/** Made when a wide character is first shown: sets of this size take long to make. */
let sets: { zero: RegExp; wide: RegExp; narrow: RegExp } | null = null;

const makeSets = () => ({
  /** Characters that combine with the one before them, or only format: they have no width of their own. Arabic number signs have. */
  zero: /(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb]/u,
  /** Characters of two columns: the ideographic scripts, their punctuation and full-width forms, and emoji. */
  wide: new RegExp(
    "[" +
      "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}\\p{Script=Yi}\\p{Script=Tangut}" +
      "\\p{Script=Nushu}\\p{Script=Khitan_Small_Script}\\p{Emoji_Presentation}" +
      "\\u1100-\\u115f\\u2329\\u232a\\u2ff0-\\u303e\\u3099-\\u3247\\u3250-\\u33ff\\ua960-\\ua97c\\uac00-\\ud7a3\\ufe10-\\ufe19\\ufe30-\\ufe6b" +
      "\\uff01-\\uff60\\uffe0-\\uffe6\\u{1f200}-\\u{1f265}" +
      "]",
    "u",
  ),
  /** Emoji as such, and half-width forms of the scripts above. */
  narrow: /[\uff61-\uffdc\u{1f1e6}-\u{1f1ff}]/u,
});

const SOFT_HYPHEN = 0xad;

/** The columns that the printable character `character` (one code point) takes: 0, 1 or 2. */
export function characterWidth(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x300 || point === SOFT_HYPHEN) return 1;
  const { zero, wide, narrow } = sets ??= makeSets();
  if (zero.test(character)) return 0;
  return wide.test(character) && !narrow.test(character) ? 2 : 1;
}
