/**
 * What builtins write. It is gathered and written in large pieces, in such a way that no reader can tell: the shell
 * flushes before all that may block, start a process, look at files, or end, a terminal gets each line as it comes, and
 * nothing waits longer than {@link LONGEST_DELAY}.
 *
 * At most one file has text gathered at any time, so that the order between files is kept too.
 */

import { encodedLimit, encodeInto } from "../system/bytes.ts";
import { O_ACCMODE, O_RDONLY, POLLOUT, S_IFCHR, S_IFIFO, S_IFMT, S_IFREG, S_IFSOCK } from "../system/constants.ts";
import { EAGAIN, EBADF, EINTR } from "../system/errno.ts";
import type { Clock, Descriptors, Files, FileStatus, Terminals } from "../system/system.ts";
import type { Captures } from "./capture.ts";
import type { Gathering, OpenFile } from "./open_file.ts";

/** In seconds: how long text may wait for more. */
const LONGEST_DELAY = 0.01;
/** In UTF-16 units: how much text is gathered. */
const LARGEST_GATHERING = 32768;
/** In bytes: what text is encoded into is kept for the next text, unless it is larger. */
const LEAST_MEMORY = 1024;
const MOST_MEMORY = 2 ** 17;
/** How many checks of {@link Output.tick} go by before the clock is asked. */
const TICKS = 64;
/** What a pipe that is ready takes at the least without blocking: PIPE_BUF. */
const PIPE_PIECE = 4096;

type OutputSystem =
  & Pick<Descriptors, "write" | "poll" | "getStatusFlags">
  & Pick<Files, "fstat" | "stat">
  & Pick<Terminals, "isatty">
  & Pick<Clock, "monotonic">;

export class Output {
  private file: OpenFile | null = null;
  private gathered = "";
  private since = 0;
  private ticks = 0;
  private memory: Uint8Array | null = null;

  /**
   * @param failed told when text that was gathered earlier can't be written, with a positive errno
   * @param interrupted whether a signal that has come is to end a write that waits, with EINTR
   * @param survivesBrokenPipe whether a write that nobody will read is an error for the builtin that made it, for SIGPIPE ends
   * nothing
   */
  constructor(
    private readonly system: OutputSystem,
    private readonly captures: Captures,
    private readonly failed: (errno: number) => void,
    private readonly interrupted: () => boolean,
    private readonly survivesBrokenPipe: () => boolean,
  ) {}

  /** Writes `text` to `file`. Returns 0, or `-errno` of a failure that is known now. */
  write(file: OpenFile, text: string): number {
    if (file.capture !== null) {
      file.capture.append(text);
      return 0;
    }
    if (this.file !== null && this.file !== file) this.flush();
    if (file.gathering === "unknown") file.gathering = this.choose(file.descriptor);
    if (file.gathering === "none" || (file.gathering === "pipe" && this.survivesBrokenPipe())) {
      return this.flushGathered() || this.writeOut(file.descriptor, text);
    }
    if (this.file === null) {
      this.file = file;
      this.since = this.system.monotonic();
    }
    this.gathered += text;
    const now = file.gathering === "lines" ? text.includes("\n") : this.gathered.length >= LARGEST_GATHERING;
    return now ? this.flushGathered() : 0;
  }

  /** Writes out what was gathered. A failure is told to the listener, since whoever wrote it has gone on. */
  flush(): void {
    const result = this.flushGathered();
    if (result < 0) this.failed(-result);
  }

  /** Writes out what was gathered. Returns 0 or `-errno`. */
  flushGathered(): number {
    const { file, gathered } = this;
    if (file === null) return 0;
    this.file = null;
    this.gathered = "";
    const result = this.writeOut(file.descriptor, gathered);
    // Whoever goes on writing there is to know at once that it fails.
    if (result < 0) file.gathering = "none";
    return result;
  }

  /** Flushes what was gathered for `file`, which is about to be closed. */
  closing(file: OpenFile): void {
    if (this.file === file) this.flush();
  }

  /** Forgets what was gathered: a forked child must not write it a second time. */
  discard(): void {
    this.file = null;
    this.gathered = "";
  }

  /** Called between commands that write nothing: flushes what has waited long enough. */
  tick(): void {
    if (this.file === null || ++this.ticks < TICKS) return;
    this.ticks = 0;
    if (this.system.monotonic() - this.since > LONGEST_DELAY) this.flush();
  }

  /** Regular files, pipes and sockets are gathered for; what a device makes of each write is its own affair. */
  private choose(descriptor: number): Gathering {
    if (this.system.isatty(descriptor)) return "lines";
    const flags = this.system.getStatusFlags(descriptor);
    const status = this.system.fstat(descriptor);
    if (flags < 0 || (flags & O_ACCMODE) === O_RDONLY || typeof status === "number") return "none";
    const type = status.mode & S_IFMT;
    if (type === S_IFCHR) return this.isNullDevice(status) ? "full" : "none";
    return type === S_IFREG ? "full" : type === S_IFIFO || type === S_IFSOCK ? "pipe" : "none";
  }

  /** Nobody can tell when text arrives at the null device. */
  private isNullDevice({ device, inode }: FileStatus): boolean {
    const nullDevice = this.system.stat("/dev/null");
    return typeof nullDevice !== "number" && nullDevice.device === device && nullDevice.inode === inode;
  }

  /** Writes all of `text`, waiting as often as needed. Returns 0 or `-errno`. */
  private writeOut(descriptor: number, text: string): number {
    if (text === "") return descriptor < 0 ? -EBADF : 0;
    const bytes = this.takeMemory(encodedLimit(text));
    const result = this.writeBytes(descriptor, bytes, encodeInto(text, bytes, 0));
    if (bytes.length <= MOST_MEMORY) this.memory = bytes;
    return result;
  }

  /** Gives memory of at least `size` bytes, which nobody else has until it is put back. */
  private takeMemory(size: number): Uint8Array {
    const { memory } = this;
    this.memory = null;
    if (memory !== null && memory.length >= size) return memory;
    return new Uint8Array(Math.max(LEAST_MEMORY, 2 ** Math.ceil(Math.log2(size))));
  }

  private writeBytes(descriptor: number, bytes: Uint8Array, end: number): number {
    let offset = 0;
    while (offset < end) {
      let length = end - offset;
      // The reader may wait in turn for a capture to be read: then the shell must not block in write(2).
      if (this.captures.needReading) {
        const result = this.awaitWritable(descriptor);
        if (result < 0) return result;
        length = Math.min(length, PIPE_PIECE);
      }
      const count = this.system.write(descriptor, bytes, offset, length);
      if (count >= 0) offset += count;
      else if (count === -EAGAIN) {
        const result = this.awaitWritable(descriptor);
        if (result < 0) return result;
      } else if (count !== -EINTR || this.interrupted()) return count;
    }
    return 0;
  }

  private awaitWritable(descriptor: number): number {
    const request = { descriptor, events: POLLOUT, returned: 0 };
    while (request.returned === 0) {
      const result = this.captures.poll([request], -1);
      if (result < 0 && (result !== -EINTR || this.interrupted())) return result;
    }
    return 0;
  }
}
