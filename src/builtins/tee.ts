/** `tee` (XCU tee), fanning the data out inside the kernel. */

import { runProgram, runUtility } from "../execution/expanded_command.ts";
import type { Builtin } from "../execution/shell.ts";
import { BY_PROGRAM, isStandardProgram } from "./relay.ts";

export const help = `Copies standard input to standard output and to files.

The data moves inside the kernel where that can be done; set -o nosplice moves
it through memory.

Options:
  -a   append to the files
  -i   ignore interrupts

With any other option, the program tee is run. So it is if the first tee in PATH
is not that of the system.

Exit status: 0, unless a file can't be opened or written.
`;

/** Whether there are no options but those that are the builtin's own; the program takes options behind files too. */
function isOwn(args: readonly string[]): boolean {
  const first = args.findIndex((argument) => !/^-[ai]+$/.test(argument));
  return first < 0 || args.slice(first).every((argument) => argument[0] !== "-");
}

export const tee: Builtin = {
  name: "tee",
  kind: "regular",
  usage: "[-ai] [file ...]",
  helpless: true,
  replacesProgram: true,
  relay(shell, args) {
    if (!isOwn(args) || !isStandardProgram(shell, "tee")) return BY_PROGRAM;
    return { kind: "utility", arguments: ["tee", ...args] };
  },
  run(shell, args) {
    return isOwn(args) ? runUtility(shell, ["tee", ...args]) : runProgram(shell, ["tee", ...args]);
  },
};
