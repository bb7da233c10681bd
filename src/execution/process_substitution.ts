/**
 * Process substitution (bash manual 3.5.6): `<(list)` and `>(list)` start the list beside the shell, with a pipe, and stand for
 * the name of the pipe's other end.
 *
 * That end is a descriptor with a high number, which the command that has the word passes on to its program. It is open until the
 * command has ended.
 */

import { ExpansionFailure } from "../expansion/failure.ts";
import { printParts } from "../syntax/printer.ts";
import type { ProcessPart } from "../syntax/tree.ts";
import { O_CLOEXEC, O_RDWR } from "../system/constants.ts";
import { strerror } from "../system/errno.ts";
import type { Files } from "../system/system.ts";
import type { Compiled, Compiler, End, Ends } from "./compiler.ts";
import { enterEnds } from "./redirection.ts";
import type { HeldFile, JobHandle, StreamTable } from "./shell.ts";
import { FAILURE } from "./status.ts";
import { SubstitutedCommands } from "./substituted_commands.ts";
import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

/** The pipes of process substitutions that commands which run now have among their words. */
export class ProcessSubstitutions implements SubshellState {
  /** The numbers of their descriptors, in the order in which they were made. */
  private readonly numbers: number[] = [];
  private readonly counts = new Stack<number>();

  /** How many there are. A command notes it at its start, and then closes those that have come. */
  count = 0;

  constructor(private readonly table: StreamTable) {}

  add(number: number): void {
    this.count = this.numbers.push(number);
  }

  /** Closes all but the first `count`. */
  close(count: number): void {
    for (const number of this.numbers.splice(count)) this.table.set(number, undefined);
    this.count = this.numbers.length;
  }

  /** What keeps them from a process that is started: it would hold the pipes open. */
  closed(): End[] {
    return this.numbers.map((number) => ({ number, file: undefined }));
  }

  enterSubshell(): void {
    this.counts.push(this.numbers.length);
  }

  leaveSubshell(): void {
    // The table of descriptors takes back by itself what was opened.
    const count = this.counts.pop();
    if (this.count === count) return;
    this.numbers.length = count;
    this.count = count;
  }

  becomeSubshell(): void {
    // They stay open for the commands that the subshell is in.
  }
}

/** Prepares a process substitution: the function starts it and gives the path of its pipe. */
export function compileProcessSubstitution(part: ProcessPart, compiler: Compiler): () => string {
  const { shell } = compiler;
  const { streams, jobs, state, system, substitutions, coprocesses } = shell;
  const { table } = streams;
  const text = () => printParts([part], false);
  const start = compileStart(part, compiler, text);
  return () => {
    streams.settle();
    const number = table.highNumber();
    const pipe = system.pipe2(O_CLOEXEC);
    if (typeof pipe === "number") {
      throw new ExpansionFailure(`cannot make pipe for process substitution: ${strerror(-pipe)}`, "command", FAILURE);
    }
    const [near, far] = part.direction === "<" ? [pipe.read, pipe.write] : [pipe.write, pipe.read];
    const job = jobs.beginSubstitution(text);
    const end = { number: part.direction === "<" ? 1 : 0, file: table.adopt(far) };
    const ours = table.adopt(near);
    table.hold(end.file);
    table.hold(ours);
    table.handOver([end], () => start(job, [...substitutions.closed(), ...coprocesses.ends, end]));
    const file = job.lastPid === 0 ? nullDevice(system, table, ours) : ours;
    const result = table.set(number, file);
    table.release(file);
    if (result < 0) throw new ExpansionFailure(`/dev/fd/${number}: ${strerror(-result)}`, "command", FAILURE);
    substitutions.add(number);
    if (job.lastPid !== 0) state.lastBackgroundPid = job.lastPid;
    return `/dev/fd/${number}`;
  };
}

/** The null device in place of `file`, the end of a pipe whose other end nobody has: it would be deadly to write to. */
function nullDevice(system: Pick<Files, "open">, table: StreamTable, file: HeldFile): HeldFile {
  const descriptor = system.open("/dev/null", O_RDWR, 0);
  if (descriptor < 0) return file;
  table.release(file);
  const device = table.adopt(descriptor);
  table.hold(device);
  return device;
}

/** Returns what starts the commands of a substitution in a job, with some descriptors. */
function compileStart(part: ProcessPart, compiler: Compiler, text: () => string): (job: JobHandle, ends: Ends) => void {
  const { shell, subshells } = compiler;
  const commands = new SubstitutedCommands(shell, part);
  let compiled: Compiled | null = null;
  const run = () => {
    shell.state.status = commands.run();
  };
  return (job, ends) => {
    const command = commands.onlyCommand;
    const enter = () => {
      shell.state.traceDepth++;
      enterEnds(shell, ends);
    };
    // A lone command has no place of its own for the action of ERR.
    if (command === null || (shell.options.errtrace && shell.traps.failed !== null)) {
      subshells.start(job, text, true, run, enter);
    } else {
      compiled ??= compiler.statement(command);
      shell.state.traceDepth++;
      compiled.start(job, true, ends);
      shell.state.traceDepth--;
    }
  };
}
