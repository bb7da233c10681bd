/** `command` (XCU command). */

import { runFields } from "../execution/expanded_command.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments } from "./arguments.ts";
import { describe, type Meaning, meaningOf, STANDARD_PATH } from "./meaning.ts";

export const help = `Executes a command, or says what a name stands for.

Functions are not looked at, and special builtins lose what is special about
them.

Options:
  -p   look for the command in a path that finds the standard utilities
  -v   print the word that the shell would use to execute the name
  -V   print what the name stands for, in a sentence

Exit status: that of the command; with -v and -V, 0 if the name stands for
something.
`;

/** In POSIX mode, files and builtins that are not intrinsic are shown by absolute paths (XCU command, -v). */
function absolute(shell: Shell, name: string, meaning: Meaning): string {
  if (meaning.kind === "file") {
    return meaning.word.startsWith("/") ? meaning.word : `${shell.process.directory}/${meaning.word}`;
  }
  const regular = meaning.kind === "builtin" && shell.builtins.get(name)!.kind === "regular";
  const found = regular ? shell.hash.search(name, shell.variables.get("PATH").read() ?? "") : 0;
  return typeof found === "string" ? found : meaning.word;
}

export const command: Builtin = {
  name: "command",
  kind: "intrinsic",
  usage: "[-pVv] command [arg ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, command, args, "pvV");
    if (parsed === null) return USAGE;
    const { operands } = parsed;
    if (has(parsed, "p") && shell.options.restricted_shell) return fail(shell, command, "-p: restricted");
    const path = has(parsed, "p") ? STANDARD_PATH : null;
    const verbose = has(parsed, "V");
    if (!verbose && !has(parsed, "v")) {
      return operands.length === 0 ? SUCCESS : runFields(shell, operands, path);
    }
    let status: number = operands.length === 0 ? SUCCESS : FAILURE;
    for (const name of operands) {
      const meaning = meaningOf(shell, name, path);
      if (meaning === null) {
        if (verbose) shell.report(`command: ${name}: not found`);
        continue;
      }
      status = SUCCESS;
      const word = shell.options.posix ? absolute(shell, name, meaning) : meaning.word;
      if (!shell.print(verbose ? describe(name, meaning, word) : `${word}\n`)) return FAILURE;
    }
    return status;
  },
};
