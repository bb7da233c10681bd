/** LINES and COLUMNS of a script, which follow the terminal (bash manual 4.3.2, checkwinsize). */

import type { Shell } from "./shell.ts";

/** Sets LINES and COLUMNS after a program or a subshell. An interactive shell does so before its prompt instead. */
export function checkWindowSize(shell: Shell): void {
  if (!shell.options.checkwinsize || shell.state.interactive) return;
  const { streams, system, variables } = shell;
  const file = streams.table.get(2);
  if (file === undefined || !(file.terminal ??= system.isatty(file.descriptor))) return;
  const size = system.windowSize(file.descriptor);
  if (typeof size === "number") return;
  for (const [name, value] of [["LINES", size.rows], ["COLUMNS", size.columns]] as const) {
    const variable = variables.get(name);
    if (value > 0 && !variable.readOnly && variable.read() !== String(value)) variable.write(String(value));
  }
}
