/**
 * The command with which the text of `-c` ends. If it is a program, that takes the place of the shell, as it does in bash and dash: whoever
 * started the shell to run it has its signals go to the program, and no shell waits beside it.
 */

import type { List, SimpleCommand } from "../syntax/tree.ts";
import { adjustLevel, becomeProgram } from "./program.ts";
import type { Shell } from "./shell.ts";

/** The simple command with which `list` ends in the foreground, or `null`. */
export function finalCommand({ items }: List): SimpleCommand | null {
  const { command, background } = items[items.length - 1]!;
  return command.kind === "simple" && !background ? command : null;
}

/** Whether nothing remains for the shell to do behind the program that its final command is. */
export function endsShell({ state, options, traps, substitutions, multios }: Shell): boolean {
  return state.subshellDepth === 0 && !state.interactive && !options.monitor && !options.login_shell &&
    substitutions.count === 0 && multios.count === 0 && traps.entries().every(([, action]) => action === "");
}

/** Makes the shell the program `args[0]`. Returns only if that can't be done, with the status; the error has been reported. */
export function becomeFinalProgram(shell: Shell, args: readonly string[]): number {
  adjustLevel(shell, -1);
  const status = becomeProgram(shell, args);
  adjustLevel(shell, 1);
  return status;
}
