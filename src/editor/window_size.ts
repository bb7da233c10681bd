/** LINES and COLUMNS, which follow the size of the terminal's window (bash manual 5.2; `checkwinsize`). */

import type { Interpreter } from "../execution/interpreter.ts";

export class WindowSizeVariables {
  /** Whether the terminal has told of a change that the variables don't show yet. */
  changed = false;
  private rows = 0;
  private columns = 0;

  constructor(private readonly shell: Interpreter) {}

  /** SIGWINCH has come. */
  signalled(): void {
    this.changed = true;
    this.update();
  }

  /** Asks the terminal: a program in the foreground may have been told of a change, and not the shell. */
  update(): void {
    const { shell } = this;
    // What a virtual subshell changes is taken back; the prompt that follows looks again.
    if (shell.subshells.virtual) return;
    if (!shell.options.checkwinsize) return;
    const size = shell.system.windowSize(shell.streams.table.get(2)?.descriptor ?? -1);
    if (typeof size === "number" || (size.rows === this.rows && size.columns === this.columns)) return;
    ({ rows: this.rows, columns: this.columns } = size);
    this.write("LINES", size.rows);
    this.write("COLUMNS", size.columns);
  }

  private write(name: string, value: number): void {
    const variable = this.shell.variables.get(name);
    if (value > 0 && !variable.readOnly) variable.write(String(value));
  }
}
