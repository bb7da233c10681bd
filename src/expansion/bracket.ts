/** Bracket expressions of patterns (XCU 2.14.1, XBD 9.3.5): `[abc]`, `[!a-z]`, `[[:alpha:][.-.]]`. */

/** A set of characters, each one code point. */
export interface CharacterSet {
  readonly negated: boolean;
  /** First and last code points of ranges, in pairs; a single character is a range of one. */
  readonly ranges: readonly number[];
  readonly classes: readonly ((codePoint: number) => boolean)[];
  /** For each ASCII character whether ranges or classes have it; found out when it is first asked for. */
  ascii: readonly boolean[] | null;
}

const ASCII = 128;

/** Reads the bracket expression that begins at `pattern[start]`, a `[`. Returns `null` if it has no end: the `[` then stands for itself. */
export function parseBracket(pattern: string, start: number): { set: CharacterSet; end: number } | null {
  let i = start + 1;
  const negated = pattern[i] === "!" || pattern[i] === "^";
  if (negated) i++;
  const ranges: number[] = [];
  const classes: ((codePoint: number) => boolean)[] = [];
  for (let first = true;; first = false) {
    if (i >= pattern.length) return null;
    if (pattern[i] === "]" && !first) return { set: { negated, ranges, classes, ascii: null }, end: i + 1 };
    if (pattern[i] === "[" && pattern[i + 1] === ":") {
      const close = pattern.indexOf(":]", i + 2);
      const name = close < 0 ? "" : pattern.slice(i + 2, close);
      if (/^[a-z]+$/.test(name)) {
        const test = classNamed(name);
        // A class that nobody knows matches nothing, as in bash.
        classes.push(test ?? (() => false));
        i = close + 2;
        continue;
      }
    }
    const low = element(pattern, i);
    if (low === null) return null;
    i = low.end;
    if (pattern[i] === "-" && pattern[i + 1] !== "]" && i + 1 < pattern.length) {
      const high = element(pattern, i + 1);
      if (high === null) return null;
      i = high.end;
      // A range from or to no character holds nothing; so does one that runs backwards, unless case is ignored.
      if (low.codePoint >= 0 && high.codePoint >= 0) ranges.push(low.codePoint, high.codePoint);
    } else ranges.push(low.codePoint, low.codePoint);
  }
}

/** One character of a bracket expression: itself, escaped, or as `[.c.]` or `[=c=]`. */
function element(pattern: string, start: number): { codePoint: number; end: number } | null {
  const mark = pattern[start + 1];
  if (pattern[start] === "[" && (mark === "." || mark === "=")) {
    const close = pattern.indexOf(mark + "]", start + 2);
    if (close > start + 2) {
      const name = pattern.slice(start + 2, close);
      const codePoint = name.codePointAt(0)!;
      if (name.length === (codePoint > 0xffff ? 2 : 1)) return { codePoint, end: close + 2 };
      const named = COLLATING_NAMES[name];
      // No locale that is known here has collating elements of several characters.
      return { codePoint: named === undefined ? -1 : named.codePointAt(0)!, end: close + 2 };
    }
  }
  const at = pattern[start] === "\\" && start + 1 < pattern.length ? start + 1 : start;
  const codePoint = pattern.codePointAt(at);
  return codePoint === undefined ? null : { codePoint, end: at + (codePoint > 0xffff ? 2 : 1) };
}

/** As bash does for patterns without regard to case: what is listed and the ends of ranges are taken as lower case, and classes as they are. */
export function foldedSetHas({ negated, ranges, classes }: CharacterSet, codePoint: number): boolean {
  const character = lowerCase(codePoint);
  let found = classes.some((test) => test(codePoint));
  for (let i = 0; i < ranges.length && !found; i += 2) {
    found = character >= lowerCase(ranges[i]!) && character <= lowerCase(ranges[i + 1]!);
  }
  return found !== negated;
}

function lowerCase(codePoint: number): number {
  return codePoint < 0 ? codePoint : String.fromCodePoint(codePoint).toLowerCase().codePointAt(0)!;
}

export function setHas(set: CharacterSet, codePoint: number, ignoreCase: boolean): boolean {
  let found = setHasExactly(set, codePoint);
  if (!found && ignoreCase) {
    const character = String.fromCodePoint(codePoint);
    found = setHasExactly(set, character.toLowerCase().codePointAt(0)!) ||
      setHasExactly(set, character.toUpperCase().codePointAt(0)!);
  }
  return found !== set.negated;
}

function setHasExactly(set: CharacterSet, codePoint: number): boolean {
  if (codePoint >= ASCII) return holds(set, codePoint);
  set.ascii ??= Array.from({ length: ASCII }, (_, ascii) => holds(set, ascii));
  return set.ascii[codePoint]!;
}

function holds({ ranges, classes }: CharacterSet, codePoint: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (codePoint >= ranges[i]! && codePoint <= ranges[i + 1]!) return true;
  }
  for (const test of classes) if (test(codePoint)) return true;
  return false;
}

/**
 * A class test: a function for ASCII, and the Unicode property that stands for it beyond. The regular expressions are made
 * when they are first needed, since properties make that slow.
 */
function characterClass(
  ascii: (code: number) => boolean,
  makeBeyond: (() => RegExp) | null,
): (codePoint: number) => boolean {
  let beyond: RegExp | null = null;
  return (codePoint) => {
    if (codePoint < 128) return ascii(codePoint);
    return makeBeyond !== null && (beyond ??= makeBeyond()).test(String.fromCodePoint(codePoint));
  };
}

const upper = (c: number) => c >= 65 && c <= 90;
const lower = (c: number) => c >= 97 && c <= 122;
const digit = (c: number) => c >= 48 && c <= 57;
const alpha = (c: number) => upper(c) || lower(c);
const alnum = (c: number) => alpha(c) || digit(c);
const graph = (c: number) => c > 32 && c < 127;

/** The test of the character class `name`; `undefined` if there is none. */
export function classNamed(name: string): ((codePoint: number) => boolean) | undefined {
  return Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
}

/** The character classes of XBD 7.3.1, and bash's `word` and `ascii`. */
const CLASSES: Readonly<Record<string, (codePoint: number) => boolean>> = {
  alnum: characterClass(alnum, () => /[\p{L}\p{Nd}]/u),
  alpha: characterClass(alpha, () => /\p{L}/u),
  ascii: characterClass(() => true, null),
  blank: characterClass((c) => c === 32 || c === 9, () => /\p{Zs}/u),
  cntrl: characterClass((c) => c < 32 || c === 127, () => /\p{Cc}/u),
  digit: characterClass(digit, null),
  graph: characterClass(graph, () => /[^\p{Z}\p{C}]/u),
  lower: characterClass(lower, () => /\p{Ll}/u),
  print: characterClass((c) => c >= 32 && c < 127, () => /[^\p{Zl}\p{Zp}\p{C}]/u),
  punct: characterClass((c) => graph(c) && !alnum(c), () => /[\p{P}\p{S}]/u),
  space: characterClass((c) => c === 32 || (c >= 9 && c <= 13), () => /\s/u),
  upper: characterClass(upper, () => /\p{Lu}/u),
  word: characterClass((c) => alnum(c) || c === 95, () => /[\p{L}\p{Nd}]/u),
  xdigit: characterClass((c) => digit(c) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102), null),
};

/** The names that XBD 6.1 gives to characters which are awkward in a bracket expression. */
const COLLATING_NAMES: Readonly<Record<string, string>> = {
  "hyphen": "-",
  "hyphen-minus": "-",
  "period": ".",
  "full-stop": ".",
  "slash": "/",
  "solidus": "/",
  "space": " ",
  "tab": "\t",
  "newline": "\n",
  "left-square-bracket": "[",
  "right-square-bracket": "]",
  "circumflex": "^",
  "circumflex-accent": "^",
  "exclamation-mark": "!",
};
