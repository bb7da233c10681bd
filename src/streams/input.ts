/**
 * Reading up to a delimiter without taking a byte more (XCU 3.read, 2.3): what is not returned stays for other readers.
 *
 * A regular file is read in blocks; its offset is put right before anyone else can look ({@link Input.settle}). The
 * contents of a pipe are looked at with tee(2) and then read exactly as far as the delimiter; those of a socket with
 * MSG_PEEK. A terminal gives a line at a time by itself. Anything else is read by single bytes.
 */

import { ICANON, O_CLOEXEC, O_NONBLOCK, S_IFIFO, S_IFMT, S_IFREG, S_IFSOCK, SEEK_CUR } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";
import { decode } from "../system/bytes.ts";
import type { Descriptors, Files, Terminals } from "../system/system.ts";
import type { OpenFile } from "./open_file.ts";

type InputSystem =
  & Pick<Descriptors, "read" | "lseek" | "tee" | "pipe2" | "peek" | "close">
  & Pick<Files, "fstat">
  & Pick<Terminals, "tcgetattr" | "isatty">;

const BLOCK = 65536;
/** How much is decoded at a time: a line that is kept keeps so much. */
const WINDOW = 4096;
const TERMINAL_LINE = 4096;
const NEWLINE = 10;
/** Bytes below this are characters. */
const ASCII = 0x80;

/** Where blocks are read to; a new one each time would have to be cleared. Made when it is first needed. */
let readMemory: Uint8Array | null = null;

const NO_BYTES = new Uint8Array(0);

/** Where bytes go that are known already. */
const SCRATCH = new Uint8Array(1024);

/** What a descriptor is, as far as reading ahead goes. */
type Kind = "file" | "pipe" | "socket" | "other";

export class Input {
  private kind: Kind | null = null;
  /** What is known of the bytes to come: of a file, read already; of a pipe, only looked at. */
  private ahead: Uint8Array = NO_BYTES;
  private position = 0;

  /** The text of some of the bytes ahead; `null` if it is not all ASCII, so that offsets differ. */
  private window: string | null = null;
  private windowStart = 0;
  private windowEnd = 0;

  /** @param began told when bytes are about to be read from the descriptor, so that {@link settle} may be needed */
  constructor(
    private readonly system: InputSystem,
    private readonly file: Pick<OpenFile, "descriptor" | "document">,
    private readonly began: (input: Input) => void = () => {},
  ) {}

  get descriptor(): number {
    return this.file.descriptor;
  }

  /** Whether it is a terminal. */
  get isTerminal(): boolean {
    if (this.file.document !== null) return false;
    this.kind ??= this.findKind();
    return this.kind === "other" && this.system.isatty(this.descriptor);
  }

  /** As {@link read} without a limit, with the bytes as text. */
  readText(delimiter: number, ready: () => number): { text: string; found: boolean; error: number } {
    const { ahead, position } = this;
    const { document } = this.file;
    if (document !== null && delimiter < ASCII) return document.line(delimiter);
    if (position < ahead.length) {
      const end = ahead.indexOf(delimiter, position);
      if (end >= 0) {
        const text = this.textAhead(position, end);
        if (this.kind === "file") {
          this.position = end + 1;
          return { text, found: true, error: 0 };
        }
        const length = end + 1 - position;
        const bytes = memoryFor(length);
        const count = this.take(bytes, length);
        if (count === length) return { text, found: true, error: 0 };
        return count < 0
          ? { text: "", found: false, error: count }
          : { text: decode(bytes, 0, count), found: false, error: 0 };
      }
    }
    const { bytes, found, error } = this.read(delimiter, Infinity, ready);
    return { text: decode(bytes), found, error };
  }

  /** The text of bytes ahead. What is near them is decoded with them: a slice of a text costs next to nothing. */
  private textAhead(start: number, end: number): string {
    const { ahead } = this;
    if (start < this.windowStart || end > this.windowEnd) {
      this.windowStart = start;
      this.windowEnd = Math.max(end, Math.min(ahead.length, start + WINDOW));
      const text = decode(ahead, start, this.windowEnd);
      this.window = text.length === this.windowEnd - start ? text : null;
    }
    if (this.window === null) return decode(ahead, start, end);
    return this.window.slice(start - this.windowStart, end - this.windowStart);
  }

  /**
   * Reads up to and including the first `delimiter` (a byte), but at most `limit` bytes.
   *
   * @param ready called before anything that may wait: waits until there is something to read; 0 or `-errno`
   * @returns the bytes, without the delimiter, and whether it was found; at end of file there may be no bytes. After an
   * error they are those that came before it.
   */
  read(delimiter: number, limit: number, ready: () => number): { bytes: Uint8Array; found: boolean; error: number } {
    const pieces: Uint8Array[] = [];
    let length = 0;
    const result = (found: boolean, error: number) => ({ bytes: join(pieces, length), found, error });
    while (length < limit) {
      const piece = this.next(delimiter, limit - length, ready);
      if (typeof piece === "number") return result(false, piece);
      if (piece.length === 0) return result(false, 0);
      const end = piece.length - 1;
      if (piece[end] === delimiter) {
        pieces.push(piece.subarray(0, end));
        length += end;
        return result(true, 0);
      }
      pieces.push(piece);
      length += piece.length;
    }
    return result(false, 0);
  }

  /** Puts the offset of a regular file where reading by others is to go on, and forgets what is known ahead. */
  settle(): void {
    if (this.ahead.length === 0) return;
    const rest = this.ahead.length - this.position;
    if (this.kind === "file" && rest > 0) this.system.lseek(this.descriptor, -rest, SEEK_CUR);
    this.ahead = this.ahead.subarray(0, 0);
    this.position = 0;
    this.windowEnd = 0;
  }

  /** Takes bytes up to a delimiter, a limit or the end of what there is: none at end of file. */
  private next(delimiter: number, limit: number, ready: () => number): Uint8Array | number {
    this.kind ??= this.findKind();
    if (this.position >= this.ahead.length) {
      const result = this.lookAhead(delimiter, limit, ready);
      if (result <= 0) return result < 0 ? result : NO_BYTES;
    }
    const { ahead, position } = this;
    const found = ahead.indexOf(delimiter, position);
    const end = Math.min(found < 0 ? ahead.length : found + 1, position + limit);
    if (this.kind === "pipe" || this.kind === "socket") {
      const bytes = memoryFor(end - position);
      const count = this.take(bytes, end - position);
      return count < 0 ? count : bytes.slice(0, count);
    }
    this.position = end;
    return ahead.subarray(position, end);
  }

  /** Reads from a pipe or socket what was looked at. Returns how many bytes were had, or `-errno`. */
  private take(bytes: Uint8Array, length: number): number {
    const count = readAll(this.system, this.descriptor, bytes, length);
    if (count < 0) this.settle();
    else this.position += count;
    return count;
  }

  /** Finds out about the bytes to come. Returns how many are known now, 0 at end of file, or `-errno`. */
  private lookAhead(delimiter: number, limit: number, ready: () => number): number {
    const { system, descriptor } = this;
    readMemory ??= new Uint8Array(BLOCK);
    const length = this.kind === "other" ? Math.min(this.deviceLength(delimiter), limit) : BLOCK;
    const block = length === BLOCK ? readMemory : readMemory.subarray(0, length);
    for (;;) {
      const waited = this.kind === "file" ? 0 : ready();
      if (waited < 0) return waited;
      let count: number;
      if (this.kind === "pipe") count = this.lookIntoPipe(block);
      else if (this.kind === "socket") count = system.peek(descriptor, block, 0, BLOCK);
      else count = system.read(descriptor, block, 0, block.length);
      if (count === -EINTR) continue;
      if (count < 0 && (this.kind === "pipe" || this.kind === "socket")) {
        // It can't be looked into: no scratch pipe to be had, or a socket of an odd sort.
        this.kind = "other";
        return this.lookAhead(delimiter, 1, ready);
      }
      // Results share no memory with the next block.
      this.ahead = block.slice(0, Math.max(count, 0));
      this.position = 0;
      this.windowEnd = 0;
      return count;
    }
  }

  private lookIntoPipe(block: Uint8Array): number {
    const { system } = this;
    const scratch = system.pipe2(O_CLOEXEC | O_NONBLOCK);
    if (typeof scratch === "number") return scratch;
    let count = system.tee(this.descriptor, scratch.write, block.length, 0);
    if (count > 0) count = readAll(system, scratch.read, block, count);
    system.close(scratch.read);
    system.close(scratch.write);
    return count;
  }

  /** A terminal in canonical mode gives no more than a line at a time; of other devices nothing is known. */
  private deviceLength(delimiter: number): number {
    if (delimiter !== NEWLINE) return 1;
    const modes = this.system.tcgetattr(this.descriptor);
    return typeof modes !== "number" && (modes.local & ICANON) !== 0 ? TERMINAL_LINE : 1;
  }

  private findKind(): Kind {
    this.began(this);
    const status = this.system.fstat(this.descriptor);
    if (typeof status === "number") return "other";
    const type = status.mode & S_IFMT;
    if (type === S_IFREG) return this.system.lseek(this.descriptor, 0, SEEK_CUR) < 0 ? "other" : "file";
    return type === S_IFIFO ? "pipe" : type === S_IFSOCK ? "socket" : "other";
  }
}

/** Memory for `length` bytes, until it is asked for again. */
function memoryFor(length: number): Uint8Array {
  return length <= SCRATCH.length ? SCRATCH : new Uint8Array(length);
}

/** Reads `length` bytes that are there. Returns how many were had, or `-errno`. */
function readAll(system: Pick<Descriptors, "read">, descriptor: number, block: Uint8Array, length: number): number {
  let taken = 0;
  while (taken < length) {
    const count = system.read(descriptor, block, taken, length - taken);
    if (count === -EINTR) continue;
    if (count < 0) return count;
    if (count === 0) break;
    taken += count;
  }
  return taken;
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length < 2) return pieces[0] ?? NO_BYTES;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
