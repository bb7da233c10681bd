/** `cat` (XCU cat) without options, moving the data inside the kernel. */

import { runProgram } from "../execution/expanded_command.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SIGNALLED, SUCCESS } from "../execution/status.ts";
import { O_RDONLY } from "../system/constants.ts";
import { EBADF, EDEADLK, EINTR, EPIPE, strerror } from "../system/errno.ts";
import { SIGINT, SIGPIPE } from "../system/signal_numbers.ts";
import { BY_PROGRAM, canRelayHere, HERE, isInterrupted, isStandardProgram } from "./relay.ts";

export const help = `Copies files, one after the other, to standard output.

Without a file, or for the file -, copies standard input. The data moves inside
the kernel where that can be done; set -o nosplice moves it through memory.

There are no options here: with any, the program cat is run. So it is if the
first cat in PATH is not that of the system.

Exit status: 0, unless a file can't be read or the output can't be written.
`;

const hasOptions = (args: readonly string[]) => args.some((argument) => argument.length > 1 && argument[0] === "-");

export const cat: Builtin = {
  name: "cat",
  kind: "regular",
  usage: "[file ...]",
  helpless: true,
  replacesProgram: true,
  relay(shell, args, mayWait) {
    if (hasOptions(args) || !isStandardProgram(shell, "cat")) return BY_PROGRAM;
    return mayWait && canRelayHere(shell) ? HERE : { kind: "utility", arguments: ["cat", ...args] };
  },
  run(shell, args) {
    if (hasOptions(args)) return runProgram(shell, ["cat", ...args]);
    // It counts as a use of the program.
    shell.hash.find("cat");
    if (shell.streams.table.get(1) === undefined) return complain(shell, "standard output", EBADF);
    let status: number = SUCCESS;
    for (const operand of args.length === 0 ? ["-"] : args) {
      const result = copy(shell, operand);
      if (typeof result !== "number") return result.status;
      if (result !== SUCCESS) status = result;
    }
    return status;
  },
};

/** Copies a file. Returns a status, or the status in an object if nothing more is to be copied. */
function copy(shell: Shell, operand: string): number | { readonly status: number } {
  const { system, streams, options } = shell;
  const interrupted = () => isInterrupted(shell);
  const own = operand !== "-";
  const from = own ? open(shell, operand, interrupted) : streams.table.get(0) ?? -EBADF;
  if (from === -EINTR) return { status: SIGNALLED + SIGINT };
  if (typeof from === "number" && from < 0) return complain(shell, operand, -from);
  const { error, outputFailed } = streams.relay(from, 1, !options.nosplice, interrupted);
  if (typeof from === "number") system.close(from);
  if (error === 0) return SUCCESS;
  if (error === -EINTR) return { status: SIGNALLED + SIGINT };
  if (error === -EDEADLK) {
    streams.write(2, `cat: ${operand}: input file is output file\n`);
    return FAILURE;
  }
  if (!outputFailed) return complain(shell, operand, -error);
  if (error !== -EPIPE || shell.traps.handles(SIGPIPE)) return { status: complain(shell, "write error", -error) };
  // The program would have died of it, and what runs it gone on.
  shell.traps.forget(SIGPIPE);
  return { status: SIGNALLED + SIGPIPE };
}

function open(shell: Shell, path: string, interrupted: () => boolean): number {
  for (;;) {
    const descriptor = shell.system.open(shell.streams.table.translate(path), O_RDONLY, 0);
    if (descriptor !== -EINTR || interrupted()) return descriptor;
  }
}

/** Reports an error in the words of the program. */
function complain(shell: Shell, subject: string, errno: number): number {
  shell.streams.write(2, `cat: ${subject}: ${strerror(errno)}\n`);
  return FAILURE;
}
