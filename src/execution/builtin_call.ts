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
    // An assignment that a builtin makes fails as the builtin does.
    if (!(error instanceof ExpansionFailure)) throw error;
    shell.report(error.message);
    status = FAILURE;
  }
  if (redirected) {
    const result = shell.streams.finishWriting();
    if (result < 0) {
      shell.writeFailed(-result);
      return shell.state.divert === Divert.none ? FAILURE : shell.state.status;
    }
  }
  return status;
}

function showHelp(shell: Shell, builtin: Builtin): number {
  return shell.print(`${builtin.name}: ${builtin.name} ${builtin.usage}\n${shell.help(builtin.name)}`)
    ? SUCCESS
    : FAILURE;
}
