/** `exec` (XCU exec; bash manual 4.1 for its options). */

import { adjustLevel, replaceBy } from "../execution/program.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { CANNOT_EXECUTE, NOT_FOUND, SUCCESS, USAGE } from "../execution/status.ts";
import { strerror } from "../system/errno.ts";
import { fail, has, parseArguments, valueOf } from "./arguments.ts";

export const help = `Replaces the shell by a program, or makes redirections permanent.

Without a command, the redirections stay in force for this shell.

Options:
  -c        run the command with an empty environment
  -l        put a dash before the command's name, as login does
  -a name   give the command this name as its argument 0

Exit status: only if the command can't be executed, 126 or 127; 0 for
redirections alone.
`;

export const exec: Builtin = {
  name: "exec",
  kind: "special",
  usage: "[-cl] [-a name] [command [argument ...]] [redirection ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, exec, args, "cla:");
    if (parsed === null) return USAGE;
    const [name, ...operands] = parsed.operands;
    if (name === undefined) {
      shell.keepRedirections();
      return SUCCESS;
    }
    if (shell.options.restricted_shell) return fail(shell, exec, "restricted");
    const path = shell.hash.find(name);
    if (typeof path === "number") {
      return failed(shell, name, path === NOT_FOUND ? "not found" : "Permission denied", path);
    }
    if (!shell.becomeProcess()) return SUCCESS;
    const zero = (has(parsed, "l") ? "-" : "") + (valueOf(parsed, "a") ?? name);
    adjustLevel(shell, -1);
    const status = replace(shell, absolute(shell, path), [zero, ...operands], has(parsed, "c"));
    adjustLevel(shell, 1);
    return giveUp(shell, status);
  },
};

function replace(shell: Shell, path: string, args: readonly string[], emptyEnvironment: boolean): number {
  const descriptors = shell.streams.table.plan();
  if (typeof descriptors === "number") return fail(shell, exec, strerror(-descriptors), CANNOT_EXECUTE);
  const environment = emptyEnvironment ? { bytes: new Uint8Array(0), count: 0 } : shell.variables.environmentBlock();
  return replaceBy(shell, { path, arguments: args, environment, descriptors });
}

/** A path as messages are to name it, in the working directory that the shell has come to. */
function absolute({ process }: Shell, path: string): string {
  return path.startsWith("/") ? path : `${process.directory.replace(/\/$/, "")}/${path.replace(/^(?:\.\/+)+/, "")}`;
}

function failed(shell: Shell, name: string, reason: string, status: number): number {
  shell.report(`exec: ${name}: ${reason}`);
  return giveUp(shell, status);
}

/** A script exits, unless it has asked not to; a subshell does in any case (bash manual 4.1, exec). */
function giveUp(shell: Shell, status: number): number {
  if (shell.state.subshellDepth > 0) return shell.exit(status);
  return shell.options.execfail ? status : shell.exitUnlessInteractive(status);
}
