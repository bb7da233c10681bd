/** `exit`, `logout` and `return` (XCU exit, return; bash manual 4.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, USAGE } from "../execution/status.ts";
import { fail, parseInteger, tooManyArguments } from "./arguments.ts";

export const exitHelp = `Ends the shell.

A trap for EXIT is executed first. An interactive shell with stopped jobs says
so, and ends when it is told once more.

Exit status: n, or that of the last command.
`;

export const logoutHelp = `Ends a login shell.

As exit, but it fails in a shell that is no login shell.

Exit status: n, or that of the last command.
`;

export const returnHelp = `Ends a function, or a script that is executed by "." .

Exit status: n, or that of the last command; failure outside of functions and
scripts.
`;

export const exit: Builtin = {
  name: "exit",
  kind: "special",
  usage: "[n]",
  run: (shell, args) => leave(shell, exit, args),
};

export const logout: Builtin = {
  name: "logout",
  kind: "regular",
  usage: "[n]",
  run(shell, args) {
    if (!shell.options.login_shell) return fail(shell, logout, "not login shell: use `exit'");
    return leave(shell, logout, args);
  },
};

function leave(shell: Shell, builtin: Builtin, args: readonly string[]): number {
  const { session, state } = shell;
  const ended = state.subshellDepth === 0 ? session : null;
  if (ended !== null && !ended.agreesToExit()) return FAILURE;
  const status = statusOperand(shell, builtin, args);
  if (status === null) return FAILURE;
  state.status = status;
  ended?.logOut();
  state.status = status;
  return state.functionDepth > 0 ? shell.exitHere() : shell.exit(status);
}

export const returnCommand: Builtin = {
  name: "return",
  kind: "special",
  usage: "[n]",
  quiet: true,
  run(shell, args) {
    const { state } = shell;
    if (state.functionDepth === 0 && state.sourceDepth === 0) {
      fail(shell, returnCommand, "can only `return' from a function or sourced script");
      return USAGE;
    }
    const status = statusOperand(shell, returnCommand, args);
    if (status === null) return FAILURE;
    state.statusBeforeReturn = state.status;
    state.status = status;
    state.divert = Divert.return;
    return status;
  },
};

/** The status that the operands ask for; `null` if there are too many. What is no number counts as wrong usage. */
function statusOperand(shell: Shell, builtin: Builtin, args: readonly string[]): number | null {
  const operands = args[0] === "--" ? args.slice(1) : args;
  const [operand] = operands;
  if (operand === undefined) {
    const { trapStatus, returnStatus, status, inExitTrap } = shell.state;
    if (builtin === returnCommand) return trapStatus ?? returnStatus ?? status;
    // As POSIX has it (XCU exit); bash minds the commands of a signal's trap.
    return inExitTrap || shell.options.posix ? trapStatus ?? status : status;
  }
  const status = parseInteger(operand);
  if (status === null) {
    shell.report(`${builtin.name}: ${operand}: numeric argument required`);
    return USAGE;
  }
  if (operands.length > 1) {
    tooManyArguments(shell, builtin);
    return null;
  }
  return status & 0xff;
}
