/**
 * First stages of pipelines that do nothing but write what their words say: `echo "$x" | cmd`. Such a stage neither reads nor waits, so
 * that it can run to its end in the shell before the other stages are started. What it has written fits the pipe, mostly;
 * then it costs no process, and another stage can still run in the shell.
 */

import { encode, encodedLimit } from "../system/bytes.ts";
import { literalText } from "../syntax/nodes.ts";
import type { Command, List } from "../syntax/tree.ts";
import type { PipeEnd } from "./pipeline_plan.ts";
import { enterEnds } from "./redirection.ts";
import type { JobHandle, Run, Shell } from "./shell.ts";
import { FAILURE } from "./status.ts";
import type { Subshells } from "./subshell.ts";

/** What a pipe takes at least, at once (XBD PIPE_BUF). */
const ALWAYS_FITS = 4096;

export class SourceStage {
  private constructor(
    private readonly shell: Shell,
    private readonly subshells: Subshells,
    private readonly text: () => string,
    private readonly run: Run,
    /** The names of its commands, of those in substitutions too. */
    private readonly names: readonly string[],
  ) {}

  /** @param run the compiled stage. @returns `null` if its form alone tells that it is no source */
  static of(stage: Command, text: () => string, run: Run, shell: Shell, subshells: Subshells): SourceStage | null {
    const names: string[] = [];
    return addNames(stage, names) ? new SourceStage(shell, subshells, text, run, names) : null;
  }

  /** Whether its commands are the builtins that their names say, and nothing is to happen between them. */
  get ready(): boolean {
    const { shell, names } = this;
    if (shell.jobs.controlled || this.subshells.alwaysFork || shell.traps.debug !== null) return false;
    return names.every((name) => shell.builtins.get(name)?.quiet === true && shell.functions.get(name) === undefined);
  }

  /**
   * Runs the stage, and has what it wrote come out of the pipe that `end` leads to; a process in `job` writes what doesn't
   * fit. Returns its status, or `null` if that is the process's.
   */
  feed(job: JobHandle, end: PipeEnd): number | null {
    const { shell, subshells, text, run } = this;
    const { output, status } = subshells.collect(text, run);
    const enter = () => enterEnds(shell, [end]);
    const write = () => shell.state.status = shell.print(output) ? status : FAILURE;
    const fits = encodedLimit(output) <= ALWAYS_FITS ||
      encode(output).length <= shell.system.pipeCapacity(end.file.descriptor);
    if (fits) return subshells.run(text, write, false, enter);
    subshells.start(job, text, true, write, enter);
    return null;
  }
}

/** Adds the names of the commands that `command` is made of. Returns false if it can't be a source. */
function addNames(command: Command, names: string[]): boolean {
  if (command.kind !== "simple" || command.assignments.length > 0 || command.redirections.length > 0) return false;
  const [first] = command.words;
  const name = first?.kind === "word" ? literalText(first) : null;
  if (name === null || name === "") return false;
  names.push(name);
  return addNamesWithin(command.words, names);
}

/** The same for the substitutions in any part of a tree. */
function addNamesWithin(tree: unknown, names: string[]): boolean {
  if (tree === null || typeof tree !== "object") return true;
  if (Array.isArray(tree)) return tree.every((part) => addNamesWithin(part, names));
  const { kind } = tree as { kind?: unknown };
  if (kind === "process") return false;
  if (kind !== "command") return Object.values(tree).every((part) => addNamesWithin(part, names));
  const { body } = tree as { body: List | null };
  if (body === null) return false;
  return body.items.every(({ command, background }) =>
    !background && command.kind === "simple" && addNames(command, names)
  );
}
