/**
 * Shell strings and bytes. A byte that is not part of valid UTF-8 is one lone surrogate, U+DC80 for 0x80 to U+DCFF for
 * 0xFF, so that every sequence of bytes has exactly one string and comes back from it unchanged.
 *
 * Strings that were cut or joined may hold escapes that together are valid UTF-8; they give the same bytes, but are not
 * equal to the string that these bytes decode to: {@link canonical} makes them so.
 */

const encoder = new TextEncoder();
/** A byte order mark is a character like any other to a shell. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Up to this length a loop over ASCII is faster than a call into the runtime. */
const SHORT = 48;

/** Up to this length V8 makes a flat string when characters are appended; a longer one would be a chain. */
const LOOPED = 12;

/** An escape stands for the byte that is its code unit less this. */
const ESCAPE_BASE = 0xdc00;

const isEscape = (unit: number) => unit >= 0xdc80 && unit <= 0xdcff;
const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** The most bytes that `text` can take. */
export function encodedLimit(text: string): number {
  return text.length * 3;
}

/**
 * Writes the bytes of `text` into `target` from `at` on, where at least {@link encodedLimit} bytes are free.
 * Returns how many there are.
 */
export function encodeInto(text: string, target: Uint8Array, at: number): number {
  const length = text.length;
  if (length <= SHORT) {
    let index = 0;
    for (; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x80) break;
      target[at + index] = unit;
    }
    if (index === length) return length;
  }
  if (text.isWellFormed()) return encoder.encodeInto(text, target.subarray(at)).written;
  return encodeEscapes(text, target, at);
}

/** As {@link encodeInto}, for text with lone surrogates. One that is no escape becomes three bytes, as if it were valid. */
function encodeEscapes(text: string, target: Uint8Array, at: number): number {
  let end = at;
  for (let index = 0; index < text.length; index++) {
    let point = text.charCodeAt(index);
    // A pair comes first: its second half may look like an escape.
    if (isHighSurrogate(point) && isLowSurrogate(text.charCodeAt(index + 1))) {
      point = text.codePointAt(index++)!;
    } else if (isEscape(point)) {
      target[end++] = point - ESCAPE_BASE;
      continue;
    }
    if (point < 0x80) {
      target[end++] = point;
    } else if (point < 0x800) {
      target[end++] = 0xc0 | point >> 6;
      target[end++] = 0x80 | point & 0x3f;
    } else {
      if (point < 0x10000) {
        target[end++] = 0xe0 | point >> 12;
      } else {
        target[end++] = 0xf0 | point >> 18;
        target[end++] = 0x80 | point >> 12 & 0x3f;
      }
      target[end++] = 0x80 | point >> 6 & 0x3f;
      target[end++] = 0x80 | point & 0x3f;
    }
  }
  return end - at;
}

/** The bytes of `text`. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(encodedLimit(text));
  const length = encodeInto(text, bytes, 0);
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

/** The string of the bytes from `start` up to `end`. */
export function decode(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const length = end - start;
  if (length <= SHORT && isAscii(bytes, start, end)) {
    if (length > LOOPED) return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
    let text = "";
    for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index]!);
    return text;
  }
  const part = bytes.subarray(start, end);
  try {
    return decoder.decode(part);
  } catch {
    return decodeEscapes(part);
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    if (bytes[index]! >= 0x80) return false;
  }
  return true;
}

/** Length of the valid UTF-8 sequence at `index` (Unicode, table 3-7), or 0 if there is none. */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index]!;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || index + length > bytes.length) return 0;
  const second = bytes[index + 1]!;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let offset = 2; offset < length; offset++) {
    if ((bytes[index + offset]! & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** As {@link decode}, for bytes that are not all valid. */
function decodeEscapes(bytes: Uint8Array): string {
  let text = "";
  let valid = 0;
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    if (valid < index) text += decode(bytes, valid, index);
    text += String.fromCharCode(ESCAPE_BASE + bytes[index]!);
    valid = ++index;
  }
  return valid < bytes.length ? text + decode(bytes, valid) : text;
}

/** The one string for the bytes of `text`: escapes that together are valid UTF-8 become the character. */
export function canonical(text: string): string {
  return text.isWellFormed() ? text : decode(encode(text));
}

/** Whether `text` begins with a byte that may complete a character of what stands before it: {@link canonical} is called for. */
export function continuesCharacter(text: string): boolean {
  const unit = text.charCodeAt(0);
  return unit >= 0xdc80 && unit <= 0xdcbf;
}

/** `first` and `second` as one string. */
export function concatenate(first: string, second: string): string {
  return continuesCharacter(second) ? canonical(first + second) : first + second;
}
