/** Lists (XCU 2.9.3): `;`, `&`, newlines; `&&` and `||`. */

import { printStatement } from "../syntax/printer.ts";
import type { AndOrList, List, ListItem, SimpleCommand } from "../syntax/tree.ts";
import type { Compiled, Compiler, Ends } from "./compiler.ts";
import { O_RDONLY } from "../system/constants.ts";
import type { HeldFile, JobHandle, Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { NO_PROCESS, SUCCESS } from "./status.ts";

export function compileList(list: List, compiler: Compiler): Run {
  const { state } = compiler.shell;
  const { items } = list;
  if (items.length === 1) return compileItem(items[0]!, compiler);
  const runs: Run[] = [];
  for (let i = 0; i < items.length; i++) runs.push(compileItem(items[i]!, compiler));
  const { length } = runs;
  return () => {
    let status = SUCCESS;
    // V8's faster optimizer does not see through the iterators of `for of`; so in the other loops that commands and words go through.
    for (let i = 0; i < length; i++) {
      status = runs[i]!();
      if (state.divert !== Divert.none) return status;
    }
    return status;
  };
}

function compileItem(item: ListItem, compiler: Compiler): Run {
  return item.background ? compileAsync(item, compiler) : compiler.run(item.command);
}

/** An asynchronous list (XCU 2.9.3.1): started and left to itself. */
function compileAsync(item: ListItem, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, jobs } = shell;
  const compiled = compiler.statement(item.command);
  const { command } = item;
  const text = () => printStatement(command);
  const stages = command.kind === "pipeline" ? command.stages.map((stage) => () => printStatement(stage)) : [];
  const specification = command.kind === "simple" ? jobSpecification(command) : null;
  return () => {
    if (specification !== null && jobs.controlled) {
      return state.status = shell.builtins.get("bg")!.run(shell, [specification]);
    }
    shell.streams.settle();
    const job = jobs.begin(text, false, stages);
    const input = jobs.isDeaf(job) && !state.inputGiven ? nullInput(shell) : null;
    const status = startAsync(shell, job, compiled, input === null ? [] : [{ number: 0, file: input }]);
    if (input !== null) shell.streams.table.release(input);
    return state.status = status;
  };
}

/** Starts a command in `job` and leaves it to itself. Returns 0, or the status that says why there is no process. */
export function startAsync(shell: Shell, job: JobHandle, command: Compiled, ends: Ends): number {
  const { state, jobs } = shell;
  command.start(job, true, ends);
  const statuses = job.statuses();
  const failure = statuses[statuses.length - 1] ?? NO_PROCESS;
  // A program that could not be found has a process id all the same, to wait for.
  if (!job.incomplete && job.lastPid === 0 && jobs.fork(job) === 0) shell.system.exit(failure);
  if (job.incomplete) {
    jobs.abandon(job);
    return failure;
  }
  state.lastBackgroundPid = job.lastPid;
  jobs.background(job);
  return SUCCESS;
}

/** The job specification that a command consists of: in the background it means `bg` (bash manual 7.1). */
function jobSpecification({ words }: SimpleCommand): string | null {
  const [word] = words;
  const part = words.length === 1 && word?.kind === "word" && word.parts.length === 1 ? word.parts[0]! : null;
  return part?.kind === "literal" && part.text.startsWith("%") ? part.text : null;
}

/**
 * Without job control, the standard input of an asynchronous list is the null device (XCU 2.9.3.1). As in bash it is not
 * within a compound command whose input was redirected.
 */
function nullInput(shell: Shell): HeldFile | null {
  const { system, streams } = shell;
  const descriptor = system.open("/dev/null", O_RDONLY, 0);
  if (descriptor < 0) return null;
  const file = streams.table.adopt(descriptor);
  streams.table.hold(file);
  return file;
}

export function compileAndOr(list: AndOrList, compiler: Compiler): Run {
  const { state } = compiler.shell;
  const first = compiler.run(list.first);
  const rest = list.rest.map(({ operator, command }) => ({
    onSuccess: operator === "&&",
    run: compiler.whenReached(() => compiler.run(command)),
  }));
  const last = rest.length - 1;
  return () => {
    // Only the last command's failure counts for errexit.
    state.conditionDepth++;
    let status = first();
    state.conditionDepth--;
    for (let i = 0; i <= last; i++) {
      if (state.divert !== Divert.none) return status;
      const { onSuccess, run } = rest[i]!;
      if ((status === SUCCESS) !== onSuccess) continue;
      if (i < last) {
        state.conditionDepth++;
        status = run();
        state.conditionDepth--;
      } else status = run();
    }
    return status;
  };
}
