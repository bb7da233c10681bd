/** `trap` (XCU trap). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { conditionName, listSignals, parseCondition } from "../signals/conditions.ts";
import { quoteSingle } from "../syntax/quote.ts";
import { has, parseArguments, usageError } from "./arguments.ts";

export const help = `Says what is to be done when the shell receives a signal.

The action is executed as a command when one of the signals arrives. The null
string ignores the signal; a dash, or a number where the action would be, brings
back what was there when the shell was started. A signal is a name, with SIG or
without, or a number; EXIT, or 0, is the end of the shell. Without arguments,
the traps are listed.

Options:
  -l   list the names of the signals and their numbers
  -p   list the traps of the given signals, or all

Exit status: 0, unless a signal is not valid.
`;

export const trap: Builtin = {
  name: "trap",
  kind: "special",
  usage: "[-lp] [[arg] signal_spec ...]",
  run(shell, args) {
    // A lone dash, or an action that begins with one, is no option.
    const parsed = parseArguments(shell, trap, args, "lp");
    if (parsed === null) return USAGE;
    if (has(parsed, "l")) return shell.print(listSignals()) ? SUCCESS : FAILURE;
    const { operands } = parsed;
    if (operands.length === 0 || has(parsed, "p")) return list(shell, operands);

    const [first, ...others] = operands as [string, ...string[]];
    const resetting = /^\d+$/.test(first) || (others.length === 0 && parseCondition(first) !== null);
    if (!resetting && others.length === 0) return usageError(shell, trap);
    const action = resetting || first === "-" ? undefined : first;
    // Traps belong to a process.
    if (!shell.becomeProcess()) return SUCCESS;
    let status = SUCCESS;
    for (const operand of resetting ? operands : others) {
      const condition = parseCondition(operand);
      if (condition === null) status = invalid(shell, operand);
      else shell.traps.set(condition, action);
    }
    return status;
  },
};

function invalid(shell: Shell, operand: string): number {
  shell.report(`trap: ${operand}: invalid signal specification`);
  return FAILURE;
}

function list(shell: Shell, operands: readonly string[]): number {
  let status = SUCCESS;
  const conditions = operands.flatMap((operand) => {
    const condition = parseCondition(operand);
    if (condition === null) status = invalid(shell, operand);
    return condition ?? [];
  });
  const entries: [number, string | undefined][] = operands.length === 0
    ? [...shell.traps.entries()]
    : conditions.map((condition) => [condition, shell.traps.get(condition)]);
  let text = "";
  for (const [condition, action] of entries) {
    if (action !== undefined) {
      text += `trap -- ${quoteSingle(action)} ${conditionName(condition, shell.options.posix)}\n`;
    } else if (operands.length > 0 && shell.options.posix) {
      text += `trap -- - ${conditionName(condition, true)}\n`;
    }
  }
  return shell.print(text) ? status : FAILURE;
}
