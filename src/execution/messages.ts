/** Messages on standard error, in bash's form: the shell's name or the script's, the line, and what is wrong. */

import type { ShellSyntaxError } from "../syntax/error.ts";
import type { Shell } from "./shell.ts";
import { FAILURE, USAGE } from "./status.ts";

/** What messages are made of, and where they go. */
type Reporter = Pick<Shell, "options" | "positional" | "state" | "streams">;

/** Writes `name: line N: message`; in an interactive shell `name: message`. */
export function report(shell: Reporter, message: string): void {
  const { state } = shell;
  const name = shownName(shell);
  const where = state.interactive ? name : place(shell, state.call?.source ?? name, state.line);
  shell.streams.write(2, `${where}: ${message}\n`);
}

/**
 * Reports a syntax error, with the line that it is in. Returns the status that it gives.
 *
 * @param last whether errexit ends the shell: bash does not come to show the line then
 */
export function reportSyntaxError(shell: Reporter, error: ShellSyntaxError, last: boolean): number {
  const { state, streams } = shell;
  const { source, line, messages, sourceLine, recoverable } = error;
  let where = shownName(shell);
  if (source.kind === "file") where = `${state.interactive ? `${where}: ` : ""}${place(shell, source.name!, line)}`;
  else if (!state.interactive) {
    const file = state.call?.source ?? where;
    where = place(shell, source.name === null ? file : `${file}: ${source.name}`, line);
  }
  streams.settle();
  for (const message of messages) streams.write(2, `${where}: ${message}\n`);
  if (sourceLine !== null && !last && (source.kind === "file" || !state.interactive)) {
    streams.write(2, `${where}: \`${sourceLine}'\n`);
  }
  return state.status = recoverable && !last ? FAILURE : USAGE;
}

/** The shell's name in messages. */
function shownName({ positional, state }: Reporter): string {
  const { zero } = positional;
  return state.interactive ? zero.slice(zero.lastIndexOf("/") + 1) : zero;
}

/** A line of a file, as messages begin; with `gnu_errfmt` as other tools show it. */
function place({ options }: Reporter, name: string, line: number): string {
  return options.gnu_errfmt ? `${name}:${line}` : `${name}: line ${line}`;
}
