/** `times` (XCU times). */

import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";

export const help = `Prints the processor time used so far.

The first line is that of the shell, the second that of its children: user time,
then system time.

Exit status: 0.
`;

export const times: Builtin = {
  name: "times",
  kind: "special",
  usage: "",
  run(shell) {
    const { user, system, childrenUser, childrenSystem } = shell.system.times();
    const text = `${minutes(user)} ${minutes(system)}\n${minutes(childrenUser)} ${minutes(childrenSystem)}\n`;
    return shell.print(text) ? SUCCESS : FAILURE;
  },
};

function minutes(seconds: number): string {
  const whole = Math.floor(seconds / 60);
  return `${whole}m${(seconds - 60 * whole).toFixed(3)}s`;
}
