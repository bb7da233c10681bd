/** `eval` (XCU eval). */

import type { Builtin } from "../execution/shell.ts";
import { SUCCESS } from "../execution/status.ts";
import { usageError } from "./arguments.ts";

export const help = `Executes its arguments as a command of this shell.

The arguments are joined by spaces, read as commands, and executed.

Exit status: that of the commands; 0 if there are none.
`;

export const evalCommand: Builtin = {
  name: "eval",
  kind: "special",
  usage: "[arg ...]",
  run(shell, args) {
    const [first] = args;
    // It has no options, and a command by such a name would be a mistake.
    if (first !== undefined && first.length > 1 && first.startsWith("-") && first !== "--") {
      return usageError(shell, evalCommand, `${first.slice(0, 2)}: invalid option`);
    }
    const words = first === "--" ? args.slice(1) : args;
    const text = words.join(" ");
    if (text === "") return SUCCESS;
    const { line, command } = shell.state;
    const status = shell.evaluate(text, { name: "eval", kind: "eval", firstLine: line });
    shell.state.line = line;
    shell.state.command = command;
    return status;
  },
};
