/**
 * Starting programs from TypeScript without await, after the model of Rust's `std::process::Command`.
 *
 * ```ts
 * const { stdout } = new Command("sort").args(["-r"]).stdin("piped").output(encode("a\nb\n"));
 * ```
 *
 * A program gets the descriptors that the command names and standard input, output and error, and no others that were
 * made here: every descriptor is close-on-exec. What was opened for a program that then could not be
 * started is closed again. Everything blocks; nothing needs the event loop.
 */
import { Child, type ExitStatus, type Output, PipeReader, PipeWriter } from "./child.ts";
import { O_CLOEXEC, O_RDWR, S_IFMT, S_IFREG, X_OK } from "./constants.ts";
import { environmentBlock } from "./environment.ts";
import { EACCES, ENOENT } from "./errno.ts";
import { nativeSystem } from "./native.ts";
import { signalList } from "./signal_numbers.ts";
import type { System } from "./system.ts";
import { orThrow, SystemError } from "./system_error.ts";

export { Child, type ExitStatus, type Output, PipeReader, PipeWriter, SystemError };

/**
 * What a descriptor of the program is: that of this process, the null device, a new pipe to this process, or the
 * given descriptor of this process, which still belongs to the caller.
 */
export type Stream = "inherit" | "null" | "piped" | number;

/** Where PATH is not set; what bash uses. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The descriptors that a program reads, of the six streams: stdin and stddati. The others it writes. */
const INPUT_STREAMS: readonly number[] = [0, 4];

/** What is open for one start: all of it is closed when that fails, the child's part also when it succeeds. */
interface Opened {
  readonly moves: number[];
  readonly childEnds: number[];
  readonly pipes: Map<number, PipeReader | PipeWriter>;
}

/** A program to start: how is said by chained calls, and {@link spawn}, {@link output} or {@link status} starts it. */
export class Command {
  readonly #system: System;
  readonly #program: string;
  readonly #arguments: string[] = [];
  readonly #environment = new Map<string, string>();
  readonly #streams = new Map<number, Stream>();
  #directory: string | null = null;

  /**
   * @param program a path, or a name that is searched for in PATH
   */
  constructor(program: string, system: System = nativeSystem()) {
    this.#system = system;
    this.#program = program;
    for (const entry of system.start.environment) {
      const equals = entry.indexOf("=");
      if (equals > 0) this.#environment.set(entry.slice(0, equals), entry.slice(equals + 1));
    }
  }

  /** Adds an argument. */
  arg(argument: string): this {
    this.#arguments.push(argument);
    return this;
  }

  /** Adds arguments. */
  args(list: Iterable<string>): this {
    this.#arguments.push(...list);
    return this;
  }

  /** Sets a variable of the program's environment, which else is that of this process. */
  env(name: string, value: string): this {
    this.#environment.set(name, value);
    return this;
  }

  /** Takes a variable out of the program's environment. */
  envRemove(name: string): this {
    this.#environment.delete(name);
    return this;
  }

  /** Takes all variables out of the program's environment. */
  envClear(): this {
    this.#environment.clear();
    return this;
  }

  /** Sets the directory to start in; a relative path of the program is taken from there. */
  currentDir(directory: string): this {
    this.#directory = directory;
    return this;
  }

  /** Sets standard input; by default it is inherited, or with {@link output} the null device. */
  stdin(stream: Stream): this {
    return this.stream(0, stream);
  }

  /** Sets standard output; by default it is inherited, or with {@link output} piped. */
  stdout(stream: Stream): this {
    return this.stream(1, stream);
  }

  /** Sets standard error; by default it is inherited, or with {@link output} piped. */
  stderr(stream: Stream): this {
    return this.stream(2, stream);
  }

  /** Sets any descriptor of the program. A pipe is one that the program reads for 0 and 4, and else one that it writes. */
  stream(descriptor: number, stream: Stream): this {
    this.#streams.set(descriptor, stream);
    return this;
  }

  /**
   * Starts the program.
   * @throws {SystemError} if it can't be found or started.
   */
  spawn(): Child {
    const opened: Opened = { moves: [], childEnds: [], pipes: new Map() };
    try {
      const path = this.#search();
      for (const [descriptor, stream] of this.#streams) this.#connect(opened, descriptor, stream);
      const id = this.#system.spawn({
        path,
        arguments: [this.#program, ...this.#arguments],
        environment: environmentBlock(Array.from(this.#environment, ([name, value]) => `${name}=${value}`)),
        descriptors: opened.moves,
        closing: [],
        ignoredSignals: this.#ignoredSignals(),
        processGroup: -1,
        foreground: -1,
        directory: this.#directory,
        limits: this.#system.start.limits,
        newSession: false,
      });
      return new Child(this.#system, orThrow(this.#program, id), opened.pipes);
    } catch (error) {
      for (const end of opened.pipes.values()) end.close();
      throw error;
    } finally {
      for (const descriptor of opened.childEnds) this.#system.close(descriptor);
    }
  }

  /**
   * Starts the program, gives it `input` if standard input is piped, gathers what it writes to standard output and
   * standard error, and waits until it has ended.
   */
  output(input?: Uint8Array): Output {
    if (!this.#streams.has(0)) this.stdin("null");
    if (!this.#streams.has(1)) this.stdout("piped");
    if (!this.#streams.has(2)) this.stderr("piped");
    return this.spawn().waitWithOutput(input);
  }

  /** Starts the program and waits until it has ended. */
  status(): ExitStatus {
    return this.spawn().wait();
  }

  /** The path of the program. A name without a slash is looked up as XCU 2.9.1.4 says. */
  #search(): string {
    if (this.#program.includes("/")) return this.#program;
    let error = -ENOENT;
    for (const directory of (this.#environment.get("PATH") ?? DEFAULT_PATH).split(":")) {
      const path = directory === "" ? `./${this.#program}` : `${directory}/${this.#program}`;
      const status = this.#system.stat(path);
      if (typeof status === "number" || (status.mode & S_IFMT) !== S_IFREG) continue;
      if (this.#system.access(path, X_OK) === 0) return path;
      error = -EACCES;
    }
    throw new SystemError(this.#program, error);
  }

  /** What this process was started to ignore, the program ignores as well, as after nohup(1). */
  #ignoredSignals(): number[] {
    return signalList().filter((signal) => this.#system.initialDisposition(signal) === "ignore");
  }

  /** Opens what `stream` takes, and notes how the child gets it as `descriptor`. */
  #connect(opened: Opened, descriptor: number, stream: Stream): void {
    if (stream === "inherit") {
      // Close-on-exec may be set; standard streams are inherited as they are.
      if (descriptor > 2) opened.moves.push(descriptor, descriptor);
      return;
    }
    if (typeof stream === "number") {
      opened.moves.push(stream, descriptor);
      return;
    }
    if (stream === "null") {
      const device = orThrow("/dev/null", this.#system.open("/dev/null", O_RDWR, 0));
      opened.childEnds.push(device);
      opened.moves.push(device, descriptor);
      return;
    }
    const pipe = orThrow("pipe", this.#system.pipe2(O_CLOEXEC));
    const reads = INPUT_STREAMS.includes(descriptor);
    const childEnd = reads ? pipe.read : pipe.write;
    opened.childEnds.push(childEnd);
    opened.moves.push(childEnd, descriptor);
    opened.pipes.set(
      descriptor,
      reads ? new PipeWriter(this.#system, pipe.write) : new PipeReader(this.#system, pipe.read),
    );
  }
}
