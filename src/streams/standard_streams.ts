/** The six standard streams: their names, and what `set -o streams` has the three of hexsh lead to where nobody opens them. */

import { O_RDONLY, O_WRONLY } from "../system/constants.ts";
import { EINTR } from "../system/errno.ts";
import type { Descriptors, Files } from "../system/system.ts";
import { OpenFile } from "./open_file.ts";

export interface StandardStream {
  readonly name: string;
  readonly direction: "in" | "out";
}

/** By descriptor. */
export const STANDARD_STREAMS: readonly StandardStream[] = [
  { name: "stdin", direction: "in" },
  { name: "stdout", direction: "out" },
  { name: "stderr", direction: "out" },
  { name: "stddbg", direction: "out" },
  { name: "stddati", direction: "in" },
  { name: "stddato", direction: "out" },
];

const STDDBG = 3;
const STDDATI = 4;
const STDDATO = 5;

/** What streams 3 to 5 lead to under `set -o streams` as long as nothing is opened there. */
export class MissingStreams {
  private constructor(
    private readonly reading: OpenFile,
    private readonly writing: OpenFile,
    private readonly debugging: () => boolean,
  ) {}

  /**
   * Opens the null device, for reading and for writing. Returns `-errno` if that can't be done.
   *
   * @param debugging whether stream 3 is to be standard error now
   */
  static open(
    system: Pick<Files, "open"> & Pick<Descriptors, "close">,
    debugging: () => boolean,
  ): MissingStreams | number {
    const reading = openNullDevice(system, O_RDONLY);
    if (reading < 0) return reading;
    const writing = openNullDevice(system, O_WRONLY);
    if (writing >= 0) return new MissingStreams(new OpenFile(reading, true), new OpenFile(writing, true), debugging);
    system.close(reading);
    return writing;
  }

  /** What `number` leads to; `errors` is what standard error leads to. */
  get(number: number, errors: OpenFile | undefined): OpenFile | undefined {
    if (number === STDDATI) return this.reading;
    if (number === STDDATO) return this.writing;
    if (number === STDDBG) return this.debugging() ? errors : this.writing;
    return undefined;
  }

  /** The null devices. */
  get files(): readonly OpenFile[] {
    return [this.reading, this.writing];
  }

  /** The numbers in question. */
  static readonly numbers: readonly number[] = [STDDBG, STDDATI, STDDATO];
}

/** A signal that comes meanwhile makes no difference. */
function openNullDevice(system: Pick<Files, "open">, flags: number): number {
  for (;;) {
    const descriptor = system.open("/dev/null", flags, 0);
    if (descriptor !== -EINTR) return descriptor;
  }
}
