/** Command substitutions that consist of one program: `$(basename "$file" .c)`. */

import type { Statement } from "../syntax/tree.ts";
import { PlainProgram } from "./plain_program.ts";
import { startProgram } from "./program.ts";
import type { JobHandle, Shell } from "./shell.ts";
import type { Subshells } from "./subshell.ts";

export class ProgramSubstitution {
  private constructor(private readonly shell: Shell, private readonly program: PlainProgram) {}

  /** @returns `null` if the form of the command alone tells that it isn't one */
  static of(command: Statement, shell: Shell): ProgramSubstitution | null {
    if (command.kind !== "simple" || command.redirections.length > 0) return null;
    const program = PlainProgram.of(command, shell);
    return program === null ? null : new ProgramSubstitution(shell, program);
  }

  /** Gives what the program writes, and sets the status of the substitution; `null` if it has to be run as others are. */
  run(text: () => string, subshells: Subshells): string | null {
    if (subshells.alwaysFork) return null;
    const { shell, program } = this;
    const fields = program.fields();
    if (fields === null) return null;
    const { state } = shell;
    const { line } = state;
    state.line = program.line;
    const start = (job: JobHandle) => shell.hash.unlisted(() => startProgram(shell, job, fields));
    const output = subshells.substituteProgram(text, start);
    state.line = line;
    return output;
  }
}
