/**
 * The output of a command substitution (XCU 2.6.3), in memory as long as builtins alone write it.
 *
 * A program needs a descriptor to write to: then there is a pipe, which the shell reads whenever it waits for anything. What
 * came before through memory, and what the pipe gave, are kept in their order.
 */

import { Stack } from "../execution/stack.ts";
import { canonical, decode } from "../system/bytes.ts";
import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, POLLIN } from "../system/constants.ts";
import { EAGAIN, EINTR } from "../system/errno.ts";
import type { Descriptors, PollRequest, Signals } from "../system/system.ts";

const CHUNK = 65536;
/** Up to so many bytes, a character that was cut at the end does not make decoding slow. */
const LITTLE = 4096;
/** What every capture reads into; it is copied out at once. */
let scratch: Uint8Array | null = null;

type CaptureSystem =
  & Pick<Descriptors, "pipe2" | "read" | "readAll" | "close" | "poll" | "setStatusFlags">
  & Pick<Signals, "signalsPending">;

export class Capture {
  private readonly parts: (string | Uint8Array)[] = [];
  /** The end of the pipe that the shell reads, or -1: there is no pipe, or it has come to its end. */
  reader = -1;
  /** The pipe may hold something from a program that has run. */
  private stale = false;

  constructor(private readonly system: CaptureSystem) {}

  /** Takes what a builtin writes: text, or bytes that are the capture's from now on. */
  append(text: string | Uint8Array): void {
    if (this.stale) this.drain();
    this.parts.push(text);
  }

  /** Makes the pipe. Returns its writing end, which belongs to the caller, or `-errno`. */
  openPipe(): number {
    const pipe = this.system.pipe2(O_CLOEXEC);
    if (typeof pipe === "number") return pipe;
    const result = this.system.setStatusFlags(pipe.read, O_RDONLY | O_NONBLOCK);
    if (result < 0) {
      this.system.close(pipe.read);
      this.system.close(pipe.write);
      return result;
    }
    this.reader = pipe.read;
    return pipe.write;
  }

  /** Tells that a program may write into the pipe from now on. */
  expectData(): void {
    this.stale = true;
  }

  /** Takes what is in the pipe now, without waiting. */
  drain(): void {
    const buffer = scratch ??= new Uint8Array(CHUNK);
    this.stale = false;
    while (this.reader >= 0) {
      const count = this.system.read(this.reader, buffer, 0, CHUNK);
      if (count > 0) this.parts.push(contents(buffer, count));
      else if (count === -EAGAIN) {
        // Whoever has the other end may still write.
        this.stale = true;
        return;
      } else if (count !== -EINTR) this.close();
    }
  }

  /** Takes what comes until nobody can write any more, or a signal comes. */
  drainToEnd(): void {
    const buffer = scratch ??= new Uint8Array(CHUNK);
    while (this.reader >= 0) {
      const count = this.system.readAll(this.reader, buffer, 0, CHUNK);
      if (count > 0) this.parts.push(contents(buffer, count));
      else if (count === -EINTR) return;
      // What is short is the end, unless it was a signal that ended it.
      if (count <= 0 || (count < CHUNK && !this.system.signalsPending())) this.close();
    }
  }

  /** Gives the reading end up. */
  close(): void {
    if (this.reader >= 0) this.system.close(this.reader);
    this.reader = -1;
  }

  /** All that was written so far, as one text. */
  text(): string {
    let text = "";
    let pieces: Uint8Array[] = [];
    const flush = () => {
      if (pieces.length > 0) text += decode(concatenate(pieces));
      pieces = [];
    };
    for (const part of this.parts) {
      if (typeof part === "string") {
        flush();
        text += part;
      } else pieces.push(part);
    }
    flush();
    return this.parts.length > 1 ? canonical(text) : text;
  }
}

function hasReader({ reader }: Capture): boolean {
  return reader >= 0;
}

/** What was read. Little data is decoded at once: to make an array of it costs more. */
function contents(buffer: Uint8Array, count: number): string | Uint8Array {
  return count <= LITTLE ? decode(buffer, 0, count) : buffer.slice(0, count);
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}

/** The captures that are under way, innermost last. Whoever waits polls through here, so that no writer gets stuck. */
export class Captures {
  private readonly open = new Stack<Capture>();

  constructor(private readonly system: CaptureSystem) {}

  begin(): Capture {
    const capture = new Capture(this.system);
    this.open.push(capture);
    return capture;
  }

  /** Ends `capture`, the innermost one. */
  end(capture: Capture): void {
    this.open.pop();
    capture.close();
  }

  /** Whether a capture has a pipe that must be read while the shell waits. */
  get needReading(): boolean {
    return this.open.some(hasReader);
  }

  /**
   * poll(2), as {@link Descriptors.poll}, that takes the data of captures meanwhile. Returns when one of `requests` is ready,
   * when a capture was read (with 0), after `timeout`, or with `-EINTR`.
   */
  poll(requests: PollRequest[], timeout: number): number {
    const reading = this.open.all().filter((capture) => capture.reader >= 0);
    if (reading.length === 0) return this.system.poll(requests, timeout);
    const all = requests.slice();
    for (const capture of reading) all.push({ descriptor: capture.reader, events: POLLIN, returned: 0 });
    const result = this.system.poll(all, timeout);
    if (result < 0) return result;
    let ready = 0;
    for (const request of requests) if (request.returned !== 0) ready++;
    reading.forEach((capture, i) => {
      if (all[requests.length + i]!.returned !== 0) capture.drain();
    });
    return ready;
  }

  /** In a forked child: captures belong to the parent. */
  abandon(): void {
    for (const capture of this.open.all()) capture.close();
    this.open.clear();
  }
}
