/**
 * A command on a pseudo-terminal of its own, as a person would have it: what comes in is typed, what goes out is what the terminal
 * shows, and the terminal's state can be asked for. Nothing here knows what a shell is. `terminal.c` does the work.
 */
import * as path from "node:path";
import { cc, commonFlags } from "../../native/build/compile_c.ts";
import { dist, fingerprint, makeIfChanged, root } from "../../native/build/support.ts";

/** How long {@link Terminal.expect} and its kin wait if they are not told. Long: the machine may be busy. */
export const SECONDS = 20;

const HEADER = 5;

const source = path.join(root, "tests/pty/terminal.c");
const program = path.join(dist, "tests/terminal");

/** Compiles `terminal.c`, if that has not been done. */
export async function compileTerminal(): Promise<void> {
  await makeIfChanged(program, fingerprint([source], commonFlags), () => cc([...commonFlags, "-o", program, source]));
}

export interface TerminalOptions {
  /** All of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly rows?: number;
  readonly columns?: number;
}

/** The fields of struct termios. */
export interface Modes {
  readonly input: number;
  readonly output: number;
  readonly control: number;
  readonly local: number;
  readonly characters: readonly number[];
}

/** How a process ended. */
export interface End {
  /** 0 if a signal ended it. */
  readonly status: number;
  /** 0 if it exited. */
  readonly signal: number;
}

/** What was not shown in time, with what was. */
export class ExpectationError extends Error {}

export class Terminal {
  /** The process id of the command, which leads the session. */
  readonly pid: Promise<number>;
  /** How the command ended. */
  readonly end: Promise<End>;
  /** What the terminal has shown and nobody has expected yet. */
  unread = "";
  /** All that it has shown. */
  transcript = "";
  private readonly child: Deno.ChildProcess;
  private readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  private readonly started = Promise.withResolvers<number>();
  private readonly ended = Promise.withResolvers<End>();
  private readonly answers: ((text: string) => void)[] = [];
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();
  private watchers: (() => void)[] = [];
  private readonly reader: Promise<void>;
  private closed = false;
  private stops = 0;

  /** Starts `command`; {@link compileTerminal} has been called. {@link close} it in any case. */
  constructor(command: readonly string[], options: TerminalOptions = {}) {
    this.child = new Deno.Command(program, {
      args: [String(options.rows ?? 24), String(options.columns ?? 80), ...command],
      cwd: options.directory ?? root,
      clearEnv: true,
      env: options.environment ?? {},
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.writer = this.child.stdin.getWriter();
    this.pid = this.started.promise;
    this.end = this.ended.promise;
    // Who does not ask for them is not to be troubled by their failure.
    this.pid.catch(() => {});
    this.end.catch(() => {});
    this.reader = this.read();
  }

  /** Types `text`: `\r` is the key Return, `\x03` Ctrl-C. */
  async send(text: string | Uint8Array): Promise<void> {
    await this.request("i", text);
  }

  /**
   * Waits until what is shown matches, and takes it, with all before it, as read. A string must be shown as it is.
   * @returns the match; `before` is what was shown before it.
   */
  async expect(pattern: string | RegExp, seconds = SECONDS): Promise<{ before: string; match: RegExpExecArray }> {
    const expression = typeof pattern === "string" ? new RegExp(RegExp.escape(pattern)) : pattern;
    let match = expression.exec(this.unread);
    await this.until(() => (match = expression.exec(this.unread)) !== null, `to see ${pattern}`, seconds);
    const before = this.unread.slice(0, match!.index);
    this.unread = this.unread.slice(match!.index + match![0].length);
    return { before, match: match! };
  }

  /** Waits until `holds`, which is asked after each thing that happens on the terminal. */
  async until(holds: () => boolean, what: string, seconds = SECONDS): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    while (!holds()) {
      const left = deadline - performance.now();
      if (left <= 0 || this.closed) {
        const why = this.closed ? "the terminal has been closed" : `${seconds} seconds are over`;
        throw new ExpectationError(`waited ${what}, but ${why}; it shows\n${JSON.stringify(this.unread)}`);
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, left);
      this.watchers.push(resolve);
      await promise;
      clearTimeout(timer);
    }
  }

  /** Waits until `holds`, asking every few milliseconds: for states of processes, of which nobody is told. */
  async poll(holds: () => boolean | Promise<boolean>, what: string, seconds = SECONDS): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    while (!(await holds())) {
      if (performance.now() > deadline || this.closed) {
        throw new ExpectationError(`waited ${seconds} seconds for ${what}; it shows\n${JSON.stringify(this.unread)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async resize(rows: number, columns: number): Promise<void> {
    await this.request("w", `${rows} ${columns}`);
  }

  /** The foreground process group. */
  async foreground(): Promise<number> {
    return (await this.state())[0]!;
  }

  async modes(): Promise<Modes> {
    const [, input, output, control, local, ...characters] = await this.state();
    return { input: input!, output: output!, control: control!, local: local!, characters };
  }

  /** kill(2), as root or whoever runs the tests. Returns errno. */
  async kill(pid: number, signal: number): Promise<number> {
    return Number(await this.ask("k", `${pid} ${signal}`));
  }

  /** How often the command itself has stopped. */
  get stopCount(): number {
    return this.stops;
  }

  /** Takes the terminal away. */
  async hangUp(): Promise<void> {
    await this.request("h", "");
  }

  /** Ends the command and everything that it started. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.writer.close().catch(() => {});
    await this.reader;
    await this.child.status;
    this.wake();
  }

  private async state(): Promise<number[]> {
    return (await this.ask("q", "")).split(" ").map(Number);
  }

  private async ask(kind: string, payload: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.answers.push(resolve);
    await this.request(kind, payload);
    return await promise;
  }

  private async request(kind: string, text: string | Uint8Array): Promise<void> {
    const payload = typeof text === "string" ? this.encoder.encode(text) : text;
    const frame = new Uint8Array(HEADER + payload.length);
    frame[0] = kind.charCodeAt(0);
    new DataView(frame.buffer).setUint32(1, payload.length);
    frame.set(payload, HEADER);
    await this.writer.write(frame);
  }

  private async read(): Promise<void> {
    let rest: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
    for await (const chunk of this.child.stdout) {
      const bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
      rest = bytes;
      while (rest.length >= HEADER) {
        const end = HEADER + new DataView(rest.buffer, rest.byteOffset).getUint32(1);
        if (rest.length < end) break;
        this.take(String.fromCharCode(rest[0]!), rest.subarray(HEADER, end));
        rest = rest.subarray(end);
      }
      this.wake();
    }
    const gone = new ExpectationError("the terminal has been closed");
    this.started.reject(gone);
    this.ended.reject(gone);
  }

  private take(kind: string, payload: Uint8Array): void {
    const text = this.decoder.decode(payload, { stream: kind === "o" });
    if (kind === "o") {
      this.unread += text;
      this.transcript += text;
    } else if (kind === "p") this.started.resolve(Number(text));
    else if (kind === "s") this.changed(Number(text));
    else if (kind === "e") console.error(`terminal: ${text}`);
    else this.answers.shift()?.(text);
  }

  /** @param status as waitpid(2) gives it */
  private changed(status: number): void {
    const CONTINUED = 0xffff;
    if (status === CONTINUED) return;
    if ((status & 0xff) === 0x7f) this.stops++;
    else this.ended.resolve({ status: status >> 8, signal: status & 0x7f });
  }

  private wake(): void {
    const { watchers } = this;
    this.watchers = [];
    for (const watcher of watchers) watcher();
  }
}
