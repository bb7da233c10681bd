/**
 * Tests of interactive shells: {@link session} declares one, and hands it what it needs to start shells on terminals. The same
 * tests run with another shell, to confirm what they expect: see `oracle.ts`.
 */
import { process, processesOf } from "./processes.ts";
import { Terminal, type TerminalOptions } from "./terminal.ts";

/** Marks where the shell waits for a command. */
export const PROMPT = "ready> ";

/** How many characters of a transcript are shown at the most: the last ones. */
const LONGEST = 4000;

/** How long a test may take, in seconds, unless it says otherwise. */
const LIMIT = 60;

export interface SessionTest {
  readonly name: string;
  readonly seconds: number;
  /** Shells that do it otherwise on purpose, with why. */
  readonly differs: Readonly<Record<string, string>>;
  /** Whether it is about something that only hexsh has. */
  readonly own: boolean;
  readonly body: (context: Context) => Promise<void>;
}

/** The tests that have been declared. */
export const tests: SessionTest[] = [];

/** Declares a test. */
export function session(
  name: string,
  body: (context: Context) => Promise<void>,
  options: Partial<Pick<SessionTest, "seconds" | "differs" | "own">> = {},
): void {
  tests.push({ name, seconds: LIMIT, differs: {}, own: false, body, ...options });
}

/** Thrown by a test that can't run here, with why. */
export class Skipped extends Error {}

export interface ShellOptions extends TerminalOptions {
  /** Instead of `-i`. */
  readonly arguments?: readonly string[];
  /** Instead of the shell that is tested, with its arguments. */
  readonly command?: readonly string[];
}

/** What a test works with. All that it opened is closed at its end. */
export class Context {
  private readonly terminals: Terminal[] = [];

  /**
   * @param program the shell that is tested
   * @param directory an empty one of the test's own: home directory and working directory
   */
  constructor(readonly program: string, readonly directory: string) {}

  /** The name of the shell, as its messages begin. */
  get name(): string {
    return this.program.slice(this.program.lastIndexOf("/") + 1);
  }

  /** The environment of the shells that are started; there is no line editor, so that what is shown is what they write. */
  get environment(): Record<string, string> {
    return {
      PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      HOME: this.directory,
      LANG: "C.UTF-8",
      TERM: "dumb",
      PS1: PROMPT,
    };
  }

  /** Where every user can get to the shell: itself, or a copy if its directory is closed to them. */
  async programForAll(): Promise<string> {
    for (let path = this.program; path !== ""; path = path.slice(0, path.lastIndexOf("/"))) {
      if (((await Deno.stat(path)).mode! & 0o005) !== 0o005) return await this.copyForAll();
    }
    return this.program;
  }

  private async copyForAll(): Promise<string> {
    await Deno.chmod(this.directory, 0o755);
    const copy = `${this.directory}/${this.name}`;
    await Deno.copyFile(this.program, copy);
    return copy;
  }

  /** A terminal with `command`. */
  terminal(command: readonly string[], options: TerminalOptions = {}): Terminal {
    const defaults = { environment: this.environment, directory: this.directory };
    const terminal = new Terminal(command, { ...defaults, ...options });
    this.terminals.push(terminal);
    return terminal;
  }

  /** An interactive shell that waits for its first command. */
  async shell(options: ShellOptions = {}): Promise<ShellTerminal> {
    const defaults = { environment: this.environment, directory: this.directory };
    const command = options.command ?? [this.program, ...this.shellArguments(options)];
    const shell = new ShellTerminal(command, { ...defaults, ...options });
    this.terminals.push(shell);
    await shell.prompt();
    return shell;
  }

  private shellArguments(options: ShellOptions): readonly string[] {
    return options.arguments ?? [...this.plainOptions, "-i"];
  }

  /** Options that keep a shell from reading files and from editing. */
  get plainOptions(): readonly string[] {
    return ["--norc", "--noprofile", "--noediting"];
  }

  async close(): Promise<void> {
    await Promise.all(this.terminals.map((terminal) => terminal.close()));
  }

  /** What the terminals have shown, for the report of a failure. */
  get transcript(): string {
    const shown = (text: string) => text.length > LONGEST ? `…${text.slice(-LONGEST)}` : text;
    return this.terminals.map(({ transcript }) => shown(transcript.replaceAll("\r\n", "\n"))).join("\n-----\n");
  }
}

/** A terminal with a shell that prompts with {@link PROMPT}. */
export class ShellTerminal extends Terminal {
  /** Waits for the prompt. Returns what was shown before it, with newlines as programs write them. */
  async prompt(): Promise<string> {
    const { before } = await this.expect(new RegExp(`${PROMPT}$`));
    return before.replaceAll("\r\n", "\n");
  }

  /** Types a line. */
  async type(line: string): Promise<void> {
    await this.send(`${line}\r`);
  }

  /** Types a line, and waits until its echo has been shown. */
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.expect(`${line}\r\n`);
  }

  /** Waits until another process group than the shell's is in the foreground, with its `stages`. Returns it. */
  async jobStarted(stages = 1): Promise<number> {
    const pid = await this.pid;
    let group = pid;
    await this.poll(async () => {
      group = await this.foreground();
      const members = processesOf(pid).filter((process) => process.group === group);
      // What runs still may be about to become its program.
      return group !== pid && members.length >= stages && members.every(({ state }) => state === "S");
    }, "a foreground job");
    return group;
  }

  /** Waits until the shell itself sleeps: in `wait` or `read`, say. */
  async asleep(): Promise<void> {
    const pid = await this.pid;
    await this.poll(() => process(pid)?.state === "S", "the shell to sleep");
  }

  /** Stops the foreground job with Ctrl-Z once it has begun. Returns what is shown up to the prompt. */
  async stop(stages = 1): Promise<string> {
    await this.jobStarted(stages);
    await this.send("\x1a");
    return await this.prompt();
  }

  /** Interrupts the foreground job with Ctrl-C once it has begun. Returns what is shown up to the prompt. */
  async interrupt(stages = 1): Promise<string> {
    await this.jobStarted(stages);
    await this.send("\x03");
    return await this.prompt();
  }

  /** Has the shell run a line of commands. Returns what they show. */
  async run(line: string): Promise<string> {
    await this.enter(line);
    return await this.prompt();
  }
}
