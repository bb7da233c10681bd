/** `((expression))` (bash manual 3.2.5.2): its status says whether the value is other than 0. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { printWord } from "../syntax/printer.ts";
import type { ArithmeticCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run, Shell } from "./shell.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { compileTracedExpression } from "./xtrace.ts";

/** @param checks whether its failure counts by itself */
export function compileArithmeticCommand(command: ArithmeticCommand, compiler: Compiler, checks: boolean): Run {
  const { shell } = compiler;
  const { state, traps } = shell;
  const evaluate = compileTracedExpression(shell, command.expression);
  const text = () => `((${printWord(command.expression)}))`;
  return () => {
    let status: number;
    state.line = command.line;
    state.command = text;
    if (traps.debug !== null && !traps.runDebug()) return state.status;
    try {
      status = evaluate() !== 0 ? SUCCESS : FAILURE;
    } catch (error) {
      status = expressionFailed(shell, error);
    }
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS && checks) shell.checkErrexit(status);
    return status;
  };
}

/**
 * What the expression of a command has thrown: it makes the command fail. What is wrong with an expansion in it, or unset under `set -u`, is
 * as grave as elsewhere.
 */
export function expressionFailed(shell: Shell, error: unknown): number {
  if (!(error instanceof ExpansionFailure)) return shell.failed(error);
  return shell.failed(error.behind("((: "), error.consequence === "shell" ? undefined : "command");
}
