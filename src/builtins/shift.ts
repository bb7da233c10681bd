/** `shift` (XCU shift). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";
import { parseInteger, tooManyArguments } from "./arguments.ts";

export const help = `Moves the positional parameters down.

The parameter n+1 becomes 1, and so on; n is 1 if it is not given.

Exit status: 0, unless n is negative or greater than the number of parameters.
`;

export const shift: Builtin = {
  name: "shift",
  kind: "special",
  usage: "[n]",
  quiet: true,
  run(shell, args) {
    const operands = args[0] === "--" ? args.slice(1) : args;
    const [operand] = operands;
    const count = operand === undefined ? 1 : parseInteger(operand);
    // POSIX leaves open whether a script ends at these errors (XCU shift); with bash it does not.
    if (count === null) {
      shell.report(`shift: ${operand}: numeric argument required`);
      return FAILURE;
    }
    if (operands.length > 1) return tooManyArguments(shell, shift);
    const { values } = shell.positional;
    if (count < 0 || count > values.length) {
      const { posix, shift_verbose } = shell.options;
      if (count < 0 || posix || shift_verbose) {
        shell.report(`shift: ${operand === undefined ? "" : `${operand}: `}shift count out of range`);
      }
      return FAILURE;
    }
    shell.positional.values = values.slice(count);
    return SUCCESS;
  },
};
