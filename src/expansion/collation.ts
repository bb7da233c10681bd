/** The order of texts, as the POSIX locale collates: by the bytes of UTF-8. */

/**
 * Compares by bytes of UTF-8. UTF-16 order differs from it only where one of two differing units is a surrogate: a pair stands above
 * all of the basic plane, a lone one for a byte of 0x80 or more.
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    if (a < 0xd800 && b < 0xd800) return a - b;
    return left.codePointAt(i)! - right.codePointAt(i)!;
  }
  return left.length - right.length;
}

/** Fewer texts are sorted sooner by comparing them. */
const FEW = 16;
/** How many characters of a text its key holds, and how many texts can have keys: both go into the 53 bits of a number. */
const KEY_LENGTH = 5;
const MOST = 2 ** 12;
/** A character of a key, 0 where the text has ended, takes seven bits. */
const CHARACTER = 128;

/**
 * Sorts `texts` in place by {@link compareText}.
 *
 * Mostly they are names in ASCII with a beginning in common. Then the next characters of each become a number, for numbers are sorted
 * by the runtime itself; where these are the same, the texts are compared.
 */
export function sortTexts(texts: string[]): string[] {
  const { length } = texts;
  const keys = length < FEW || length > MOST ? null : keysOf(texts);
  if (keys === null) return texts.sort(compareText);
  keys.sort();
  const unsorted = texts.slice();
  let from = 0;
  for (let i = 0; i < length; i++) {
    const key = keys[i]!;
    const index = key % MOST;
    texts[i] = unsorted[index]!;
    // Those from `from` on have the same characters in their keys.
    const next = i + 1 < length ? keys[i + 1]! : Infinity;
    if (Math.floor(next / MOST) === (key - index) / MOST) continue;
    if (i > from) sortRange(texts, from, i + 1);
    from = i + 1;
  }
  return texts;
}

function sortRange(texts: string[], start: number, end: number): void {
  const range = texts.slice(start, end).sort(compareText);
  for (let i = 0; i < range.length; i++) texts[start + i] = range[i]!;
}

/** For each text a number of its characters behind what they all begin with, and of its index; `null` if they are not all ASCII. */
function keysOf(texts: readonly string[]): Float64Array | null {
  const first = texts[0]!;
  let common = first.length;
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i]!;
    let same = 0;
    while (same < common && text.charCodeAt(same) === first.charCodeAt(same)) same++;
    common = same;
  }
  const keys = new Float64Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    let key = 0;
    for (let at = common; at < common + KEY_LENGTH; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0;
      if (code >= CHARACTER) return null;
      key = key * CHARACTER + code;
    }
    keys[i] = key * MOST + i;
  }
  return keys;
}
