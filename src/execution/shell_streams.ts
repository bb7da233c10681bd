/** Streams, as execution and builtins see them: open files, redirections, what is read and written. See {@link file://./shell.ts}. */

import type { RedirectionOperator } from "../syntax/tree.ts";
import type { SubshellState } from "./subshell_state.ts";

export interface RedirectionRequest {
  readonly descriptor: number | "new" | null;
  readonly operator: RedirectionOperator;
  readonly target: string;
}

export interface RedirectionError {
  readonly error: string;
  /** Whether what was to be duplicated is not open. */
  readonly badDescriptor?: boolean;
  /** Whether there was no number left for `{name}>`. */
  readonly noNumber?: boolean;
}

/** A file that the shell has open. */
export interface HeldFile {
  readonly descriptor: number;
  /** Whether other processes may use its offset. */
  readonly shared: boolean;
  /** Whether it is a terminal; `null` until somebody has looked. */
  terminal: boolean | null;
  /** How many places refer to it. */
  readonly references: number;
}

export interface StreamTable<File extends HeldFile = HeldFile> {
  get(number: number): File | undefined;
  set(number: number, file: File | undefined): number;
  /** Keeps what the innermost frame has made of one number beyond the end of the frame. */
  keepNumber(number: number): void;
  /** The highest free number for a process substitution. */
  highNumber(): number;
  /** The highest free numbers, up to `count`. */
  highNumbers(count: number): readonly number[];
  /** Makes `number` lead to `file` beyond all redirections of commands that run, and keeps it from programs. */
  keepToItself(number: number, file: File): void;
  /** Whether `number` leads to `file`, or will again after the redirections of commands that run. */
  leadsTo(number: number, file: File): boolean;
  /** Takes back what {@link keepToItself} has done. */
  withdraw(number: number, file: File): void;
  adopt(descriptor: number): File;
  hold(file: File): void;
  release(file: File): void;
  /**
   * Gives up a reference to the file of each of `ends` for what `take` makes lead to it, or else closes it. A process that is forked
   * meanwhile has them for nothing else either, so that it can close them.
   */
  handOver(ends: readonly { readonly file: File }[], take: () => void): void;
  begin(): void;
  end(): void;
  keep(): void;
  /** How many frames are open; {@link endTo} ends those above. */
  readonly depth: number;
  endTo(depth: number): void;
  plan(): readonly number[] | number;
  /** After {@link plan}: the descriptors that nothing but the innermost frame has, so that a program alone will use them. */
  ofFrame(): readonly number[];
  /** Notes that descriptors {@link ofFrame} have been closed. */
  closed(descriptors: readonly number[]): void;
  /** In a forked child, before {@link ShellStreams} becomes a subshell's: keeps a file open to which no number leads. */
  keepOpen(file: File): void;
  /** Notes that a forked child is going to have every file as well. */
  share(): void;
  /**
   * A bit for each of the lowest descriptors whose file's offset only a process will use that is started now, and not the
   * shell, since the innermost frame has opened it. Called before {@link plan}.
   */
  ownOffsets(): number;
  /** As {@link plan}, for a process that is to have nothing but `files`. */
  planOf(files: readonly (readonly [number, File])[]): readonly number[];
  materialize(): number;
  /**
   * As {@link materialize}, before the subshell becomes a process: also for what redirections that are in effect hide. Returns 0
   * or `-errno`.
   */
  materializeAll(): number;
  translate(path: string): string;
}

export interface OutputCapture {
  /** Whether its pipe has not come to its end. */
  readonly reader: number;
  /** Takes what comes until nobody can write any more, or a signal comes. */
  drainToEnd(): void;
  text(): string;
}

export interface LineInput {
  readonly descriptor: number;
  readonly isTerminal: boolean;
  readText(
    delimiter: number,
    ready: () => number,
  ): { readonly text: string; readonly found: boolean; readonly error: number };
  read(
    delimiter: number,
    limit: number,
    ready: () => number,
  ): { readonly bytes: Uint8Array; readonly found: boolean; readonly error: number };
}

/** How a relay has ended: 0 at the end of its input or `-errno`, and whether the error is one of the output. */
export interface RelayEnd {
  readonly error: number;
  readonly outputFailed: boolean;
}

export interface ShellStreams extends SubshellState {
  readonly table: StreamTable;
  readonly captures: {
    end(capture: OutputCapture): void;
    /** Whether there is a pipe that must be read while the shell waits. */
    readonly needReading: boolean;
    poll(requests: { descriptor: number; events: number; returned: number }[], timeout: number): number;
  };
  write(number: number, text: string): number;
  settle(): void;
  finishWriting(): number;
  tick(): void;
  redirect(request: RedirectionRequest): number | RedirectionError;
  input(number: number): LineInput | undefined;
  beginCapture(): OutputCapture;
  /**
   * Moves all that comes from a file, or from a descriptor of the kernel that nobody else has, to what number `to` leads to.
   * Errors are `-errno`; `-EINTR` if `interrupted`, which is asked when a signal has come, says so.
   */
  relay(from: number | HeldFile, to: number, splice: boolean, interrupted: () => boolean): RelayEnd;
}
