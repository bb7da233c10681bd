/** `let` (bash manual 4.2): arithmetic by arguments. */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { fail } from "./arguments.ts";

export const help = `Evaluates its arguments as arithmetic expressions, one after the other.

Exit status: 0 if the value of the last one is not 0; 1 if it is.
`;

export const letCommand: Builtin = {
  name: "let",
  kind: "regular",
  usage: "arg [arg ...]",
  quiet: true,
  run(shell, args) {
    const expressions = args[0] === "--" ? args.slice(1) : args;
    if (expressions.length === 0) return fail(shell, letCommand, "expression expected");
    let status: number = SUCCESS;
    try {
      for (const expression of expressions) {
        status = shell.words.arithmetic.evaluate(expression) !== 0 ? SUCCESS : FAILURE;
      }
    } catch (error) {
      if (!(error instanceof ExpansionFailure) || error.origin !== "expression") throw error;
      return fail(shell, letCommand, error.message);
    }
    return status;
  },
};
