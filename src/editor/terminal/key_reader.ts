/**
 * Keys from a terminal that is in editing modes, one byte at a time: what is typed behind the key that ends a line is for the
 * program that the line starts.
 */

import { POLLIN } from "../../system/constants.ts";
import { EAGAIN, EINTR } from "../../system/errno.ts";
import type { Descriptors } from "../../system/system.ts";
import { type Key, KeyDecoder } from "./key_decoder.ts";

/** The terminal's driver has made a newline of Return. */
function asReturn(key: Key): Key {
  return key.sequence.endsWith("\n") ? { sequence: `${key.sequence.slice(0, -1)}\r` } : key;
}

/** How long an escape may wait for what follows it, in milliseconds: keyboards send a sequence as one. */
const ESCAPE_DELAY = 50;

export class KeyReader {
  private readonly decoder = new KeyDecoder();
  private readonly byte = new Uint8Array(1);

  constructor(private readonly system: Pick<Descriptors, "read" | "poll">) {}

  /**
   * Takes the keys that have come, one by one, up to one that `take` returns false for.
   *
   * @param ready whether the terminal has something to read, its end included
   * @returns false if the terminal has come to its end
   */
  read(descriptor: number, take: (key: Key) => boolean): boolean {
    for (let first = true;; first = false) {
      const count = this.system.read(descriptor, this.byte, 0, 1);
      if (count === -EINTR) continue;
      if (count < 0 && count !== -EAGAIN) return false;
      if (count !== 1) {
        // That there is nothing to read though there should be is the end.
        if (first) return count !== 0;
        if (this.decoder.pending && this.hasInput(descriptor, ESCAPE_DELAY)) continue;
        return this.takeAll(this.decoder.flush(), take) || true;
      }
      if (!this.takeAll(this.decoder.feed(this.byte[0]!), take)) return true;
    }
  }

  /** Whether something can be read within `milliseconds`. A signal ends the wait. */
  hasInput(descriptor: number, milliseconds: number): boolean {
    const request = { descriptor, events: POLLIN, returned: 0 };
    return this.system.poll([request], milliseconds) > 0;
  }

  private takeAll(keys: readonly Key[], take: (key: Key) => boolean): boolean {
    return keys.every((key) => take(asReturn(key)));
  }
}
