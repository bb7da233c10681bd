/**
 * Bytes from a terminal into keys.
 *
 * A key is the characters that it sends, as one string: `a`, `\x01` for Ctrl-A, `\x1bb` for Alt-B, `\x1b[1;5C` for Ctrl-Right.
 * Escape sequences are told apart by their grammar (ECMA-48 5.4, and the function keys of the Linux console), not by a list, so
 * that one nobody has bound is still one key and never leaks its tail as text. What is pasted between the brackets of bracketed
 * paste comes as one key too.
 *
 * Whether an escape character is a key by itself only time can tell: {@link KeyDecoder.pending} says that the reader should
 * wait a little, and {@link KeyDecoder.flush} that nothing more came.
 */

import { decode } from "../../system/bytes.ts";

export interface Key {
  /** The characters that it sends; a byte that is not valid UTF-8 is its escape, as everywhere. */
  readonly sequence: string;
  /** What was pasted; then there is no sequence. */
  readonly pasted?: string;
}

const ESCAPE = 0x1b;
const LEFT_BRACKET = 0x5b;
const CAPITAL_O = 0x4f;

/** An escape sequence longer than this is none: whoever sent it was no keyboard. */
const LONGEST_SEQUENCE = 32;

const PASTE_BEGIN = "\x1b[200~";
const PASTE_END = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e];

/** What is expected next. */
type State = "start" | "escape" | "control sequence" | "console key" | "single shift" | "character" | "paste";

export class KeyDecoder {
  private state: State = "start";
  /** Bytes of the key so far. */
  private bytes: number[] = [];
  /** How many bytes of the character are still to come, in state "character". */
  private missing = 0;

  /** Whether a key has begun that may go on; pasting is not such a key, for its end is sure to come. */
  get pending(): boolean {
    return this.state !== "start" && this.state !== "paste";
  }

  /** Takes one byte. Returns the keys that it completes: mostly one or none; more if it shows that some were none. */
  feed(byte: number): Key[] {
    switch (this.state) {
      case "start":
        return this.begin(byte);
      case "escape":
        return this.afterEscape(byte);
      case "control sequence":
        return this.inControlSequence(byte);
      case "console key":
      case "single shift":
        return this.inFunctionKey(byte);
      case "character":
        return this.inCharacter(byte);
      case "paste":
        return this.inPaste(byte);
    }
  }

  /** Takes what has come of a key as the whole of it. */
  flush(): Key[] {
    return this.pending ? this.finish() : [];
  }

  private begin(byte: number): Key[] {
    this.bytes = [byte];
    if (byte === ESCAPE) return this.expect("escape");
    return this.beginCharacter(byte);
  }

  private beginCharacter(byte: number): Key[] {
    this.missing = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0;
    return this.missing === 0 ? this.finish() : this.expect("character");
  }

  private afterEscape(byte: number): Key[] {
    this.bytes.push(byte);
    // Alt with a key that sends an escape sequence itself; a third escape begins anew.
    if (byte === ESCAPE) return this.bytes.length < 3 ? this.expect("escape") : this.restart(byte);
    if (byte === LEFT_BRACKET) return this.expect("control sequence");
    if (byte === CAPITAL_O) return this.expect("single shift");
    return this.beginCharacter(byte);
  }

  private inControlSequence(byte: number): Key[] {
    if (byte < 0x20 || byte > 0x7e || this.bytes.length > LONGEST_SEQUENCE) return this.restart(byte);
    const first = this.bytes.at(-1) === LEFT_BRACKET && this.bytes.at(-2) === ESCAPE;
    this.bytes.push(byte);
    if (first && byte === LEFT_BRACKET) return this.expect("console key");
    return byte >= 0x40 ? this.finish() : this.expect("control sequence");
  }

  private inFunctionKey(byte: number): Key[] {
    if (byte < 0x20 || byte > 0x7e) return this.restart(byte);
    this.bytes.push(byte);
    // Some terminals put a number for the modifiers before the letter.
    const modifier = byte >= 0x30 && byte <= 0x39 && this.bytes.length < LONGEST_SEQUENCE;
    return modifier ? [] : this.finish();
  }

  private inCharacter(byte: number): Key[] {
    if ((byte & 0xc0) !== 0x80) return this.restart(byte);
    this.bytes.push(byte);
    return --this.missing === 0 ? this.finish() : [];
  }

  private inPaste(byte: number): Key[] {
    const { bytes } = this;
    bytes.push(byte);
    if (byte !== PASTE_END.at(-1) || bytes.length < PASTE_END.length) return [];
    const end = bytes.length - PASTE_END.length;
    if (!PASTE_END.every((expected, index) => bytes[end + index] === expected)) return [];
    this.state = "start";
    return [{ sequence: "", pasted: decode(Uint8Array.from(bytes), 0, end) }];
  }

  /** `byte` does not belong to what came before, which ends here. */
  private restart(byte: number): Key[] {
    return [...this.finish(), ...this.begin(byte)];
  }

  private expect(state: State): Key[] {
    this.state = state;
    return [];
  }

  private finish(): Key[] {
    const text = decode(Uint8Array.from(this.bytes));
    this.bytes = [];
    if (text === PASTE_BEGIN) return this.expect("paste");
    this.state = "start";
    // Bytes that are no character are as many keys as they are bytes.
    return text.startsWith("\x1b") ? [{ sequence: text }] : [...text].map((sequence) => ({ sequence }));
  }
}
