/** `.` and `source` (XCU dot). */

import { openScript } from "../execution/script_file.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { CANNOT_EXECUTE, FAILURE, USAGE } from "../execution/status.ts";
import { R_OK, S_IFDIR, S_IFMT } from "../system/constants.ts";
import { EISDIR, ENOEXEC, strerror } from "../system/errno.ts";
import { fail, parseArguments, specialError, usageError } from "./arguments.ts";

export const help = `Executes the commands in a file in this shell.

The file is looked for by PATH if its name has no slash, then in the working
directory. With arguments, they are the positional parameters while the file is
executed.

Exit status: that of the last command executed; 0 if there was none; failure if
the file can't be read.
`;

const usage = "filename [arguments]";

export const dot: Builtin = { name: ".", kind: "special", usage, run: (shell, args) => run(shell, dot, args) };
export const source: Builtin = {
  name: "source",
  kind: "special",
  usage,
  run: (shell, args) => run(shell, source, args),
};

function run(shell: Shell, builtin: Builtin, args: readonly string[]): number {
  const parsed = parseArguments(shell, builtin, args, "");
  if (parsed === null) return USAGE;
  const [name, ...operands] = parsed.operands;
  if (name === undefined) return usageError(shell, builtin, "filename argument required");
  if (shell.options.restricted_shell && name.includes("/")) return fail(shell, builtin, `${name}: restricted`);
  const path = find(shell, name);
  if (path === null) return fail(shell, builtin, `${name}: file not found`);
  const script = openScript(shell, path);
  if (script === -ENOEXEC) return fail(shell, builtin, `${path}: cannot execute binary file`, CANNOT_EXECUTE);
  if (typeof script === "number") {
    shell.report(script === -EISDIR ? `${builtin.name}: ${name}: is a directory` : `${name}: ${strerror(-script)}`);
    return specialError(shell, builtin.name, FAILURE);
  }

  const { state, positional } = shell;
  const { call, command, line, loopDepth } = state;
  const { values, timesSet } = positional;
  if (operands.length > 0) positional.values = operands;
  state.call = { name: "source", source: path, line, arguments: operands, outer: call };
  state.sourceDepth++;
  const held = shell.traps.enterScript();
  let status = shell.runScript(script, { name: path, kind: "file", firstLine: 1 });
  script.close();
  let seen = status;
  if (state.divert === Divert.return) {
    state.divert = Divert.none;
    status = state.status;
    seen = state.statusBeforeReturn;
  }
  state.sourceDepth--;
  state.line = line;
  state.command = command;
  state.loopDepth = loopDepth;
  state.call = call;
  const { traps } = shell;
  if (traps.returned !== null && state.divert === Divert.none && !traps.runReturn(seen)) status = state.status;
  if (held !== null) traps.leaveFunction(held);
  // `set --` in the file is meant for the caller, too (bash manual 4.1, source), unless that is a function.
  const kept = positional.timesSet !== timesSet && state.functionDepth === 0;
  if (operands.length > 0 && !kept) positional.values = values;
  return status;
}

/** The file that `name` stands for; `null` if there is none. */
function find(shell: Shell, name: string): string | null {
  if (name.includes("/")) return name;
  const path = shell.variables.get("PATH").read() ?? "";
  if (shell.options.sourcepath) {
    for (const directory of path.split(":")) {
      const candidate = directory === "" ? name : `${directory}/${name}`;
      const status = shell.system.stat(candidate);
      if (typeof status === "number" || (status.mode & S_IFMT) === S_IFDIR) continue;
      if (shell.system.access(candidate, R_OK) === 0) return candidate;
    }
  }
  return shell.options.posix ? null : name;
}
