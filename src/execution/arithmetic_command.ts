/** `((expression))` (bash manual 3.2.5.2): its status says whether the value is other than 0. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { printWord } from "../syntax/printer.ts";
import type { ArithmeticCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { compileTracedExpression } from "./xtrace.ts";

export function compileArithmeticCommand(command: ArithmeticCommand, compiler: Compiler): Run {
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
      status = shell.failed(error instanceof ExpansionFailure ? error.behind("((: ") : error, "command");
    }
    state.status = state.pipeStatus = status;
    shell.boundary();
    if (status !== SUCCESS) shell.checkErrexit(status);
    return status;
  };
}
