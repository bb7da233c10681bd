/** `kill` (XCU kill; bash manual 7.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";
import { listSignals, parseCondition, parseSignal } from "../signals/conditions.ts";
import { signalList, signalName, SIGTERM } from "../system/signal_numbers.ts";
import { strerror } from "../system/errno.ts";
import { usageError } from "./arguments.ts";
import { findJob } from "./job_operand.ts";

export const help = `Sends a signal to processes or jobs.

Without a signal, TERM. A signal is a name, with SIG or without, or a number. A
process id that is negative means a process group.

Options:
  -s sig   the signal, by name
  -n num   the signal, by number
  -l       list the names of all signals; or translate numbers, exit statuses
           and names that follow

Exit status: 0 if a signal was sent to every operand.
`;

export const kill: Builtin = {
  name: "kill",
  kind: "intrinsic",
  usage: "[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]",
  run(shell, args) {
    let signal: number | null = SIGTERM;
    let operands = args;
    const [first, second] = args;
    if (first === "-l" || first === "-L") return list(shell, args.slice(1).filter((operand) => operand !== "-l"));
    if (first === "-s" || first === "-n") {
      if (second === undefined) {
        shell.report(`kill: ${first}: option requires an argument`);
        return FAILURE;
      }
      signal = parseSignal(second);
      if (signal === null) return invalid(shell, second);
      operands = args.slice(2);
    } else if (first !== undefined && first !== "--" && first.startsWith("-") && first !== "-") {
      const name = /^-[sn](.+)/.exec(first)?.[1];
      signal = parseSignal(first.slice(1)) ?? (name === undefined ? null : parseSignal(name));
      if (signal === null) return invalid(shell, first.slice(1));
      operands = args.slice(1);
    }
    if (operands[0] === "--") operands = operands.slice(1);
    if (operands.length === 0) return usageError(shell, kill);
    // The shell that is to be hit may be the one of which this is a subshell.
    const own = operands.some((operand) => !(Number(operand) > 0) || Number(operand) === shell.system.getpid());
    if (signal !== 0 && own && !operands.every((operand) => operand.startsWith("%")) && !shell.becomeProcess()) {
      return SUCCESS;
    }
    let status = SUCCESS;
    for (const operand of operands) if (!send(shell, signal, operand)) status = FAILURE;
    return status;
  },
};

function invalid(shell: Shell, text: string): number {
  shell.report(`kill: ${text}: invalid signal specification`);
  return FAILURE;
}

function send(shell: Shell, signal: number, operand: string): boolean {
  if (operand.startsWith("%")) {
    const job = findJob(shell, kill, operand);
    return job !== null && sent(shell, operand, shell.jobs.kill(job, signal));
  }
  if (!/^[-+]?\d+$/.test(operand)) {
    shell.report(
      `kill: ${
        operand === "" ? "`': not a pid or valid job spec" : `${operand}: arguments must be process or job IDs`
      }`,
    );
    return false;
  }
  return sent(shell, operand, shell.system.kill(Number(operand), signal));
}

function sent(shell: Shell, operand: string, result: number): boolean {
  if (result < 0) shell.report(`kill: (${operand}) - ${strerror(-result)}`);
  return result >= 0;
}

function list(shell: Shell, operands: readonly string[]): number {
  if (operands.length === 0) {
    // One line of names is POSIX's form.
    const names = signalList().map((number) => signalName(number)).join(" ");
    return shell.print(shell.options.posix ? `${names}\n` : listSignals()) ? SUCCESS : FAILURE;
  }
  let status: number = SUCCESS;
  for (const operand of operands) {
    const translation = translate(operand);
    if (translation === null) status = invalid(shell, operand);
    else if (!shell.print(`${translation}\n`)) return FAILURE;
  }
  return status;
}

/** The name of a signal's number, or of an exit status that a signal caused; the number of a name; `null` if there is none. */
function translate(operand: string): string | number | null {
  if (!/^\s*\d+\s*$/.test(operand)) return parseCondition(operand);
  const number = Number(operand);
  return number === 0 ? "EXIT" : signalName(number > 128 ? number - 128 : number);
}
