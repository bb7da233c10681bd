/** A started process and its ends of pipes, as {@link Command} gives them. */
import { O_NONBLOCK, POLLIN, POLLOUT, WNOHANG } from "./constants.ts";
import { EAGAIN, EINTR, EPIPE, ESRCH } from "./errno.ts";
import { SIGKILL } from "./signal_numbers.ts";
import type { Descriptors, PollRequest, Processes } from "./system.ts";
import { orThrow } from "./system_error.ts";
import { processState } from "./wait_status.ts";

/** How a process ended. */
export interface ExitStatus {
  /** Whether it exited with status 0. */
  readonly success: boolean;
  /** Its exit status; `null` if a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it; `null` if it exited. */
  readonly signal: number | null;
}

/** What a process wrote, and how it ended. */
export interface Output {
  readonly status: ExitStatus;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

const READ_SIZE = 65536;

/** One of our ends of a pipe to a child. It belongs to the {@link Child} until it is closed. */
abstract class PipeEnd {
  #open = true;

  constructor(protected readonly system: Descriptors, readonly descriptor: number) {}

  /** Closes it; again is no error. */
  close(): void {
    if (this.#open) this.system.close(this.descriptor);
    this.#open = false;
  }

  get isOpen(): boolean {
    return this.#open;
  }
}

/** The end that the child reads from. */
export class PipeWriter extends PipeEnd {
  /**
   * Writes all of `bytes`, waiting for the child to read.
   * @throws {SystemError} EPIPE once the child has closed its end.
   */
  write(bytes: Uint8Array): void {
    for (let offset = 0; offset < bytes.length;) {
      const written = this.system.write(this.descriptor, bytes, offset, bytes.length - offset);
      if (written !== -EINTR) offset += orThrow("write", written);
    }
  }
}

/** The end that the child writes to. */
export class PipeReader extends PipeEnd {
  /** Reads into `buffer` what is there, waiting until something is. Returns how much; 0 at the end. */
  read(buffer: Uint8Array): number {
    for (;;) {
      const size = this.system.read(this.descriptor, buffer, 0, buffer.length);
      if (size !== -EINTR) return orThrow("read", size);
    }
  }

  /** Reads until the last writer has closed its end. */
  readAll(): Uint8Array {
    const chunks: Uint8Array[] = [];
    const buffer = new Uint8Array(READ_SIZE);
    for (let size = this.read(buffer); size > 0; size = this.read(buffer)) chunks.push(buffer.slice(0, size));
    return joined(chunks);
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}

/** A process that {@link Command.spawn} has started. It stays a zombie until it is waited for. */
export class Child {
  readonly #system: Descriptors & Processes;
  #status: ExitStatus | null = null;

  /**
   * @param pipes our ends, by the child's descriptor
   */
  constructor(
    system: Descriptors & Processes,
    /** The process id. */
    readonly id: number,
    readonly pipes: ReadonlyMap<number, PipeReader | PipeWriter>,
  ) {
    this.#system = system;
  }

  /** The end of its standard input, if that is piped. */
  get stdin(): PipeWriter | null {
    return this.writer(0);
  }

  /** The end of its standard output, if that is piped. */
  get stdout(): PipeReader | null {
    return this.reader(1);
  }

  /** The end of its standard error, if that is piped. */
  get stderr(): PipeReader | null {
    return this.reader(2);
  }

  /** The end of the pipe that the child reads as `descriptor`, if there is one. */
  writer(descriptor: number): PipeWriter | null {
    const end = this.pipes.get(descriptor);
    return end instanceof PipeWriter ? end : null;
  }

  /** The end of the pipe that the child writes as `descriptor`, if there is one. */
  reader(descriptor: number): PipeReader | null {
    const end = this.pipes.get(descriptor);
    return end instanceof PipeReader ? end : null;
  }

  /** Waits until the process has ended. Its standard input is closed first, so that it does not wait for more. */
  wait(): ExitStatus {
    this.stdin?.close();
    for (;;) {
      const status = this.#wait(0);
      if (status !== null) return status;
    }
  }

  /** How the process ended, or `null` if it has not. */
  tryWait(): ExitStatus | null {
    return this.#wait(WNOHANG);
  }

  #wait(options: number): ExitStatus | null {
    if (this.#status !== null) return this.#status;
    const change = this.#system.waitpid(this.id, options);
    if (change === -EINTR || change === null) return null;
    const state = processState(orThrow(`waitpid ${this.id}`, change).status);
    const code = state.kind === "exited" ? state.status : null;
    const signal = state.kind === "signalled" ? state.signal : null;
    return this.#status = { success: code === 0, code, signal };
  }

  /**
   * Sends a signal.
   * @throws {SystemError} ESRCH once the process has been waited for: its id may belong to another by then.
   */
  kill(signal = SIGKILL): void {
    const result = this.#status === null ? this.#system.kill(this.id, signal) : -ESRCH;
    orThrow(`kill ${this.id}`, result);
  }

  /**
   * Writes `input` to the process, if its standard input is piped, reads what it writes to standard output and standard
   * error, as far as these are piped, all at the same time, and waits for it to end. A process that
   * does not read all of its input is no error.
   */
  waitWithOutput(input: Uint8Array = new Uint8Array()): Output {
    const chunks = new Map<PipeReader, Uint8Array[]>();
    for (const reader of [this.stdout, this.stderr]) if (reader !== null) chunks.set(reader, []);
    try {
      this.#exchange(input, chunks);
    } finally {
      for (const end of this.pipes.values()) end.close();
    }
    const read = (reader: PipeReader | null) => joined(reader === null ? [] : chunks.get(reader)!);
    return { status: this.wait(), stdout: read(this.stdout), stderr: read(this.stderr) };
  }

  #exchange(input: Uint8Array, chunks: ReadonlyMap<PipeReader, Uint8Array[]>): void {
    const buffer = new Uint8Array(READ_SIZE);
    const writer = this.stdin;
    let written = 0;
    // POLLOUT promises room for a page, not for all that a blocking write would wait for.
    if (writer?.isOpen) this.#system.setStatusFlags(writer.descriptor, O_NONBLOCK);
    for (;;) {
      if (writer?.isOpen && written === input.length) writer.close();
      const requests: PollRequest[] = [];
      for (const { isOpen, descriptor } of chunks.keys()) {
        if (isOpen) requests.push({ descriptor, events: POLLIN, returned: 0 });
      }
      if (writer?.isOpen) requests.push({ descriptor: writer.descriptor, events: POLLOUT, returned: 0 });
      if (requests.length === 0) return;
      const ready = this.#system.poll(requests, -1);
      if (ready === -EINTR) continue;
      orThrow("poll", ready);
      for (const { descriptor, returned } of requests) {
        if (returned === 0) continue;
        if (descriptor === writer?.descriptor) {
          const result = this.#system.write(descriptor, input, written, input.length - written);
          if (result === -EPIPE) writer.close();
          else if (result !== -EAGAIN && result !== -EINTR) written += orThrow("write", result);
          continue;
        }
        for (const [reader, parts] of chunks) {
          if (reader.descriptor !== descriptor) continue;
          const size = reader.read(buffer);
          if (size === 0) reader.close();
          else parts.push(buffer.slice(0, size));
        }
      }
    }
  }
}
