/** `eval` (XCU eval). */

import type { Builtin } from "../execution/shell.ts";
import { SUCCESS, USAGE } from "../execution/status.ts";
import { parseArguments } from "./arguments.ts";

export const help = `Executes its arguments as a command of this shell.

The arguments are joined by spaces, read as commands, and executed.

Exit status: that of the commands; 0 if there are none.
`;

export const evalCommand: Builtin = {
  name: "eval",
  kind: "special",
  usage: "[arg ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, evalCommand, args, "");
    if (parsed === null) return USAGE;
    const { operands } = parsed;
    const text = operands.length === 1 ? operands[0]! : operands.join(" ");
    if (text === "") return SUCCESS;
    const { line, command } = shell.state;
    const status = shell.evaluate(text, { name: "eval", kind: "eval", firstLine: line });
    shell.state.line = line;
    shell.state.command = command;
    return status;
  },
};
