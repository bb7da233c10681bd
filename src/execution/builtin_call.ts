/** Calls of builtins (XCU 2.15, 1.7). */

import { ExpansionFailure } from "../expansion/failure.ts";
import type { Builtin, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";

/**
 * Runs `builtin` with the arguments that follow its name.
 *
 * @param redirected whether its output goes to a file of its own, so that a failure to write it is known at its end
 */
export function builtinStatus(shell: Shell, builtin: Builtin, args: readonly string[], redirected: boolean): number {
  if (args.length === 1 && args[0] === "--help" && !builtin.helpless) return showHelp(shell, builtin);
  let status: number;
  shell.state.builtinName = builtin.name;
  try {
    status = builtin.run(shell, args);
  } catch (error) {
    if (!(error instanceof ExpansionFailure)) throw error;
    status = assignmentFailed(shell, builtin, error);
  }
  if (redirected) {
    const result = shell.streams.finishWriting();
    if (result < 0) {
      shell.writeFailed(-result);
      return shell.state.divert === Divert.none ? FAILURE : shell.state.status;
    }
  }
  // What it wrote may have come to nobody, which has ended all this with a status of its own.
  return shell.state.divert === Divert.exit ? shell.state.status : status;
}

/** Builtins that only assign: their name does not come before what a variable has against it. */
const ASSIGNING: ReadonlySet<string> = new Set(["let", "printf", "read"]);

/** An assignment that a builtin makes fails like a usage error of the builtin, but for what is wrong with an expression. */
function assignmentFailed(shell: Shell, builtin: Builtin, error: ExpansionFailure): number {
  const { origin } = error;
  const plain = origin === "subscript" || origin === "unset" || (origin === null && ASSIGNING.has(builtin.name));
  const message = plain ? error.message : `${builtin.name}: ${error.message}`;
  if (origin !== null && origin !== "name") {
    return shell.failed(new ExpansionFailure(message, error.consequence, error.status));
  }
  shell.report(message);
  return FAILURE;
}

function showHelp(shell: Shell, builtin: Builtin): number {
  return shell.print(`${builtin.name}: ${builtin.name} ${builtin.usage}\n${shell.help(builtin.name)}`)
    ? SUCCESS
    : FAILURE;
}
