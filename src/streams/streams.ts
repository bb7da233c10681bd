/**
 * The streams of the shell: what comes in are redirections and text; what goes out are bytes on descriptors.
 *
 * `descriptor_table.ts` says which file each number leads to, `redirection.ts` opens files, `output.ts` gathers what builtins
 * write, `input.ts` reads lines and no more, `capture.ts` takes the output of command substitutions. This class puts them
 * together. The room knows nothing of words, jobs or variables: what it needs of them it is passed.
 */

import type { HeldFile, RelayEnd } from "../execution/shell.ts";
import type { SubshellState } from "../execution/subshell_state.ts";
import { EBADF } from "../system/errno.ts";
import type { System } from "../system/system.ts";
import { type Capture, Captures } from "./capture.ts";
import { DescriptorTable } from "./descriptor_table.ts";
import { Input } from "./input.ts";
import { OpenFile } from "./open_file.ts";
import { Output } from "./output.ts";
import { Connector } from "./network.ts";
import { relay, relayToCapture } from "./relay.ts";
import { MissingStreams } from "./standard_streams.ts";
import { type RedirectionRequest, type RedirectionResult, Redirector } from "./redirection.ts";

export interface StreamsListener {
  /** Whether `>` must leave existing files alone. */
  noclobber(): boolean;
  /** Whether a descriptor must be open for what it is duplicated for. */
  strict(): boolean;
  /** The number from which on commands can have no descriptor. */
  descriptorLimit(): number;
  /** Whether network connections must not be opened. */
  offline(): boolean;
  /** The value of HEXSH_NET_TIMEOUT. */
  networkTimeout(): string | undefined;
  /** Whether stream 3 is to be standard error where nothing else is opened, under `set -o streams`. */
  debugging(): boolean;
  /** A signal has come while a write or the opening of a file waits: whether to give it up. */
  givenUp(): boolean;
  /** Whether SIGPIPE is ignored or trapped. */
  survivesBrokenPipe(): boolean;
  /** Text that a builtin wrote a while ago can't be written; `errno` is positive. */
  writeFailed(errno: number): void;
}

export class Streams implements SubshellState {
  readonly table: DescriptorTable;
  readonly captures: Captures;
  private readonly output: Output;
  private readonly redirector: Redirector;
  /** Those that may know of more than they have given. */
  private readonly inputs = new Set<Input>();
  private readonly inputBegan = (input: Input): void => void this.inputs.add(input);

  constructor(private readonly system: System, private readonly listener: StreamsListener) {
    this.captures = new Captures(system);
    this.output = new Output(
      system,
      this.captures,
      (errno) => listener.writeFailed(errno),
      () => listener.givenUp(),
      () => listener.survivesBrokenPipe(),
    );
    this.table = new DescriptorTable(
      system,
      this.captures,
      system.start.descriptors,
      (file) => this.closing(file),
      () => listener.descriptorLimit(),
    );
    this.redirector = new Redirector(
      system,
      this.table,
      () => listener.noclobber(),
      () => listener.givenUp(),
      () => listener.strict(),
      new Connector(system, this.captures, () => listener.givenUp(), () => listener.networkTimeout()),
      () => listener.offline(),
    );
  }

  /** Writes `text` to descriptor `number`. Returns 0, or `-errno` of a failure that is known at once. */
  write(number: number, text: string): number {
    const file = this.table.get(number);
    return file === undefined ? -EBADF : this.output.write(file, text);
  }

  /** Brings everything up to date that others could see: before all that may wait, start a process, look at files or end. */
  settle(): void {
    this.output.flush();
    this.settleInputs();
  }

  /** Writes out what a builtin wrote last. Returns 0, or `-errno` for its own message. */
  finishWriting(): number {
    return this.output.flushGathered();
  }

  tick(): void {
    this.output.tick();
  }

  /** Carries a redirection out in the innermost frame of the table. */
  redirect(request: RedirectionRequest): RedirectionResult {
    // A here-document opens nothing.
    if (!request.operator.startsWith("<<")) this.settle();
    return this.redirector.redirect(request);
  }

  /** Opens streams 3 to 5 wherever they are missing, or leaves them closed (`set -o streams`). Returns 0 or `-errno`. */
  fillIn(on: boolean): number {
    const missing = on ? MissingStreams.open(this.system, () => this.listener.debugging()) : null;
    if (typeof missing === "number") return missing;
    this.table.setMissing(missing);
    return 0;
  }

  /** What reads descriptor `number` by lines; `undefined` if it isn't open. */
  input(number: number): Input | undefined {
    const file = this.table.get(number);
    if (file === undefined) return undefined;
    return file.input ??= new Input(this.system, file, this.inputBegan);
  }

  /** Makes descriptor 1 a capture, within the frame of a subshell that has just been entered. */
  beginCapture(): Capture {
    const capture = this.captures.begin();
    this.table.setCapture(1, capture);
    return capture;
  }

  /** See {@link ShellStreams.relay}. */
  relay(from: number | HeldFile, to: number, splice: boolean, interrupted: () => boolean): RelayEnd {
    const file = this.table.get(to);
    if (file === undefined) return { error: -EBADF, outputFailed: true };
    this.settle();
    if (from instanceof OpenFile && from.document !== null) {
      const error = this.output.write(file, from.document.rest()) || this.output.flushGathered();
      return { error, outputFailed: true };
    }
    const descriptor = typeof from === "number" ? from : from.descriptor;
    if (file.capture !== null) {
      return relayToCapture(this.system, this.captures, descriptor, file.capture, interrupted);
    }
    const manner = { splice, ownInput: typeof from === "number" || !from.shared, ownOutput: !file.shared };
    return relay(this.system, descriptor, file.descriptor, manner, interrupted);
  }

  private closing(file: OpenFile): void {
    this.output.closing(file);
    const { input } = file;
    if (input !== null && this.inputs.delete(input)) input.settle();
  }

  private settleInputs(): void {
    if (this.inputs.size === 0) return;
    for (const input of this.inputs) input.settle();
  }

  enterSubshell(): void {
    this.table.enterSubshell();
  }

  leaveSubshell(): void {
    this.table.leaveSubshell();
  }

  becomeSubshell(): void {
    this.output.discard();
    this.table.becomeSubshell();
  }
}
