/** Decodes the escapes of `$'…'` (XCU 2.2.4, bash manual 3.1.2.4). */

/** The characters that a letter behind a backslash stands for wherever there are escapes at all. */
export const COMMON_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { ...COMMON_ESCAPES, "'": "'", '"': '"', "?": "?" };

const ESCAPE =
  /\\(?:([0-7]{1,3})|x(?:([0-9A-Fa-f]{1,2})|\{([0-9A-Fa-f]*)\}?)|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(\\\\|[^])|([^]))/gu;

/** What the text between the quotes of `$'…'` stands for. A NUL ends it, as in bash. */
export function decodeAnsi(raw: string): string {
  if (!raw.includes("\\")) return raw;
  const decoded = raw.replace(ESCAPE, (escape, octal, hex, braced, short, long, control, simple) => {
    if (octal !== undefined) return byte(parseInt(octal, 8));
    if (hex !== undefined) return byte(parseInt(hex, 16));
    if (braced !== undefined) return byte(parseInt(braced.slice(-2), 16));
    if (short !== undefined) return character(parseInt(short, 16));
    if (long !== undefined) return character(parseInt(long, 16));
    if (control !== undefined) return controlCharacter(control);
    return SIMPLE_ESCAPES[simple] ?? escape;
  });
  const end = decoded.indexOf("\0");
  return joinBytes(end < 0 ? decoded : decoded.slice(0, end));
}

/** A byte as a shell string holds it: beyond ASCII, a lone surrogate. */
function byte(value: number): string {
  const low = value & 0xff;
  return String.fromCharCode(low < 0x80 ? low : 0xdc00 + low);
}

/** What `\c` makes of a character: of the first of its bytes, if it has several. */
function controlCharacter(text: string): string {
  if (text === "?") return "\x7f";
  const code = text.codePointAt(0)!;
  if (code < 0x80 || text >= "\udc80") return byte(code & 0x1f);
  const [first, ...rest] = encode(code);
  return byte(first! & 0x1f) + rest.map(byte).join("");
}

/** The character with this code point; bytes where it is none, in the form that UTF-8 would give it. */
function character(code: number): string {
  if (code < 0xd800 || (code > 0xdfff && code < 0x110000)) return String.fromCodePoint(code);
  return code > 0x7fffffff ? "" : encode(code).map(byte).join("");
}

/** The bytes of a code point beyond ASCII, as UTF-8 had it before it ended at U+10FFFF. */
function encode(code: number): number[] {
  const length = code < 0x800 ? 2 : code < 0x10000 ? 3 : code < 0x200000 ? 4 : code < 0x4000000 ? 5 : 6;
  const bytes: number[] = [];
  let rest = code;
  for (let i = 1; i < length; i++) {
    bytes.unshift(0x80 | rest & 0x3f);
    rest >>>= 6;
  }
  return [(0xff00 >> length & 0xff) | rest, ...bytes];
}

const LONE_BYTES = /[\udc80-\udcff]{2,}/gu;

/** Makes characters of adjacent bytes that together are valid UTF-8. */
function joinBytes(text: string): string {
  return text.replace(LONE_BYTES, (run) => {
    let joined = "";
    for (let i = 0; i < run.length;) {
      const length = sequenceLength(run, i);
      joined += length === 0 ? run[i] : decodeSequence(run, i, length);
      i += length || 1;
    }
    return joined;
  });
}

function decodeSequence(run: string, index: number, length: number): string {
  let code = run.charCodeAt(index) & (0x7f >> length);
  for (let i = 1; i < length; i++) code = code << 6 | run.charCodeAt(index + i) & 0x3f;
  return String.fromCodePoint(code);
}

/** The length of the valid UTF-8 sequence that begins at `index`; 0 if none does. */
function sequenceLength(run: string, index: number): number {
  const first = run.charCodeAt(index) & 0xff;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || index + length > run.length) return 0;
  const second = run.charCodeAt(index + 1) & 0xff;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let i = 2; i < length; i++) {
    if ((run.charCodeAt(index + i) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
