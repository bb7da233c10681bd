/** `break` and `continue` (XCU break, continue). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SIGNALLED, SUCCESS } from "../execution/status.ts";
import { fail, parseInteger, tooManyArguments } from "./arguments.ts";

export const breakHelp = `Leaves a loop.

Ends the innermost for, while, until or select loop; with n, the n-th that
encloses the command.

Exit status: 0, unless n is not a positive number.
`;

export const continueHelp = `Goes on with the next round of a loop.

It is the innermost for, while, until or select loop; with n, the n-th that
encloses the command.

Exit status: 0, unless n is not a positive number.
`;

export const breakCommand: Builtin = {
  name: "break",
  kind: "special",
  usage: "[n]",
  quiet: true,
  run: (shell, args) => leave(shell, breakCommand, args, Divert.break),
};

export const continueCommand: Builtin = {
  name: "continue",
  kind: "special",
  usage: "[n]",
  quiet: true,
  run: (shell, args) => leave(shell, continueCommand, args, Divert.continue),
};

function leave(shell: Shell, builtin: Builtin, args: readonly string[], divert: Divert): number {
  const { state } = shell;
  if (state.loopDepth === 0) {
    // POSIX leaves it open; bash says nothing in its mode.
    if (!shell.options.posix) shell.report(`${builtin.name}: only meaningful in a \`for', \`while', or \`until' loop`);
    return SUCCESS;
  }
  const operands = args[0] === "--" ? args.slice(1) : args;
  const [operand] = operands;
  const levels = operand === undefined ? 1 : parseInteger(operand);
  if (levels === null) {
    shell.report(`${builtin.name}: ${operand}: numeric argument required`);
    return shell.exitUnlessInteractive(SIGNALLED);
  }
  if (operands.length > 1) return tooManyArguments(shell, builtin);
  if (levels <= 0) {
    fail(shell, builtin, `${operand}: loop count out of range`);
    // Every loop is left: what the script meant can't be known.
    state.levels = state.loopDepth;
    if (state.divert === Divert.none) state.divert = Divert.break;
    return FAILURE;
  }
  state.levels = Math.min(levels, state.loopDepth);
  state.divert = divert;
  return SUCCESS;
}
