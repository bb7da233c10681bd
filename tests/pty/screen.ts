/** What a terminal shows, as a person sees it: for tests of the line editor. */
import { VirtualTerminal } from "../../src/editor/screen/virtual_terminal.ts";
import type { Context } from "./session.ts";
import type { Terminal, TerminalOptions } from "./terminal.ts";

export interface ScreenOptions extends TerminalOptions {
  readonly arguments?: readonly string[];
  /** More of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Without start-up files, colours and suggestions (which other shells don't have), so that what is shown is what is typed. */
function plainArguments({ name }: Context): readonly string[] {
  const undecorated = name.startsWith("hexsh") ? ["+o", "colors", "+o", "suggestions"] : [];
  return ["--norc", "--noprofile", "-i", ...undecorated];
}

/** A terminal with a shell that edits its lines. Its prompt is `$ `. */
export class Screen {
  readonly terminal: Terminal;
  private readonly rows: number;
  private readonly columns: number;

  constructor(context: Context, options: ScreenOptions = {}) {
    this.rows = options.rows ?? 10;
    this.columns = options.columns ?? 40;
    const environment = { ...context.environment, TERM: "xterm", PS1: "$ ", ...options.variables };
    this.terminal = context.terminal([context.program, ...(options.arguments ?? plainArguments(context))], {
      directory: context.directory,
      ...options,
      rows: this.rows,
      columns: this.columns,
      environment,
    });
  }

  /** All that has been shown, on a screen. */
  get display(): VirtualTerminal {
    const display = new VirtualTerminal(this.rows, this.columns);
    display.write(this.terminal.transcript);
    return display;
  }

  /** Types keys, and waits until the screen shows just `expected`, with `|` where the cursor is. */
  async type(keys: string, expected: string): Promise<void> {
    await this.terminal.send(keys);
    await this.shows(expected);
  }

  async shows(expected: string): Promise<void> {
    const wanted = () => this.display.textWithCursor === expected;
    try {
      await this.terminal.until(wanted, `for the screen ${JSON.stringify(expected)}`);
    } catch (error) {
      throw new Error(`the screen shows\n${this.display.textWithCursor}\nand not\n${expected}`, { cause: error });
    }
  }

  /** Waits until the styled text of the screen has `expected` in it. */
  async showsStyled(expected: string): Promise<void> {
    try {
      await this.terminal.until(() => this.display.styled.includes(expected), `for ${JSON.stringify(expected)}`);
    } catch (error) {
      throw new Error(`the screen shows\n${this.display.styled}\nwithout\n${expected}`, { cause: error });
    }
  }
}
