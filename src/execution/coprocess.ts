/**
 * Co-processes (bash manual 3.2.6): `coproc [-x] [NAME] command` starts a command beside the shell, with a pipe from its standard
 * output, NAME[0], and one to its standard input, NAME[1]. With hexsh's `-x` there are pipes for binary data too: from its
 * stream 5, NAME[4], and to its stream 4, NAME[5].
 *
 * The shell's ends of the pipes are for its own redirections alone. Neither programs nor subshells get them, but for command and
 * process substitutions: if anybody else had the writing end, closing it here would not be the end of the command's input.
 */

import { isName } from "../syntax/characters.ts";
import { printStatement } from "../syntax/printer.ts";
import type { Coprocess } from "../syntax/tree.ts";
import { O_CLOEXEC, POLLIN } from "../system/constants.ts";
import { EMFILE, strerror } from "../system/errno.ts";
import type { Compiler, End } from "./compiler.ts";
import { startAsync } from "./list.ts";
import type { HeldFile, JobHandle, Run, Shell, ShellVariable, StreamTable } from "./shell.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

/** A pipe between the shell and a co-process. */
interface Wire {
  /** The element of the array that holds the shell's descriptor: as a stream of the shell, it would have this number. */
  readonly index: number;
  /** The stream of the command. */
  readonly stream: number;
  /** Whether it is the shell that reads. */
  readonly reads: boolean;
}

const TEXT: readonly Wire[] = [{ index: 0, stream: 1, reads: true }, { index: 1, stream: 0, reads: false }];
const BINARY: readonly Wire[] = [{ index: 4, stream: 5, reads: true }, { index: 5, stream: 4, reads: false }];

const DEFAULT_NAME = "COPROC";

/** The shell's end of a pipe. */
interface ShellEnd extends End {
  readonly file: HeldFile;
  readonly index: number;
}

interface Entry {
  /** The name of its array; `null` once that is another's. */
  name: string | null;
  readonly job: JobHandle;
  /** Those that the user has not closed. */
  ends: readonly ShellEnd[];
  /** Whether its end has been noted. */
  ended: boolean;
}

const NONE: readonly never[] = [];

/** The co-processes of this shell environment. */
export class Coprocesses implements SubshellState {
  private entries: readonly Entry[] = NONE;
  /** Those of the environments around. */
  private readonly outer = new Stack<readonly Entry[]>();

  constructor(private readonly shell: Pick<Shell, "report" | "streams" | "system" | "variables">) {}

  /** Whether there are any for {@link update} to look at. */
  get exist(): boolean {
    return this.entries !== NONE;
  }

  /** The ends of pipes that can be used here, for a substitution. */
  get ends(): readonly ShellEnd[] {
    if (this.entries === NONE && !this.outer.some((entries) => entries !== NONE)) return NONE;
    const { table } = this.shell.streams;
    return [...this.outer.all(), this.entries].flat().flatMap(({ ends }) => ends)
      .filter(({ number, file }) => table.get(number) === file);
  }

  /** Warns if there is one that runs: bash can keep track of but one. */
  warnOfExisting(): void {
    const running = this.entries.findLast(({ job }) => job.state !== "done");
    if (running === undefined) return;
    const { job, name } = running;
    this.shell.report(`warning: execute_coproc: coproc [${job.lastPid}:${name ?? DEFAULT_NAME}] still exists`);
  }

  /** Takes a co-process in that has been started, and sets its variables. */
  add(name: string, job: JobHandle, ends: readonly ShellEnd[]): void {
    for (const entry of this.entries) if (entry.name === name) entry.name = null;
    this.entries = [...this.entries, { name, job, ends, ended: false }];
    const array = this.variable(name);
    if (this.refuses(array)) return;
    if (array.associative) array.unset();
    array.beginArray(true);
    for (const { index, number } of ends) array.writeElement(index, String(number));
    const pid = this.variable(this.pidVariable(name).name);
    if (!this.refuses(pid)) pid.write(String(job.lastPid));
  }

  private refuses({ readOnly, name }: ShellVariable): boolean {
    if (readOnly) this.shell.report(`${name}: readonly variable`);
    return readOnly;
  }

  /** The variable that `name` means, at the end of all namerefs. */
  private variable(name: string): ShellVariable {
    const seen = new Set<string>();
    let variable = this.shell.variables.get(name);
    while (variable.isReference && !seen.has(variable.name)) {
      seen.add(variable.name);
      const { reference } = variable;
      if (reference === undefined || !isName(reference)) break;
      variable = this.shell.variables.get(reference);
    }
    return variable;
  }

  private pidVariable(name: string): ShellVariable {
    return this.shell.variables.get(`${this.variable(name).name}_PID`);
  }

  /**
   * Notes between commands which ends of pipes have been closed, and which co-processes have ended: their variables go. What one
   * has written can still be read, unless the user has waited for its end: when that comes is a matter of chance.
   */
  update(): void {
    for (const entry of this.entries) {
      this.noteClosed(entry);
      const { state, waitedFor } = entry.job;
      if (state !== "done") continue;
      if (!entry.ended && entry.name !== null) this.unset(this.pidVariable(entry.name));
      entry.ended = true;
      if (waitedFor || !this.holdsOutput(entry)) this.dispose(entry);
    }
  }

  private holdsOutput({ ends }: Entry): boolean {
    const requests = ends.map(({ file: { descriptor } }) => ({ descriptor, events: POLLIN, returned: 0 }));
    return this.shell.system.poll(requests, 0) > 0 && requests.some(({ returned }) => (returned & POLLIN) !== 0);
  }

  private noteClosed(entry: Entry): void {
    const { table } = this.shell.streams;
    const isOpen = ({ number, file }: ShellEnd) => table.leadsTo(number, file);
    if (entry.ends.every(isOpen)) return;
    const array = entry.name === null ? null : this.variable(entry.name);
    for (const end of entry.ends) {
      if (isOpen(end)) continue;
      table.withdraw(end.number, end.file);
      if (array !== null && array.isArray && !array.readOnly) array.writeElement(end.index, "-1");
    }
    entry.ends = entry.ends.filter(isOpen);
  }

  private dispose(entry: Entry): void {
    for (const { number, file } of entry.ends) this.shell.streams.table.withdraw(number, file);
    const remaining = this.entries.filter((other) => other !== entry);
    this.entries = remaining.length === 0 ? NONE : remaining;
    if (entry.name !== null) this.unset(this.variable(entry.name));
  }

  private unset(variable: ShellVariable): void {
    if (variable.readOnly) this.shell.report(`${variable.name}: cannot unset: readonly variable`);
    else variable.unset();
  }

  /** In a process that has been forked to run something else: they are not its own. */
  forsake(): void {
    for (const { number, file } of this.ends) this.shell.streams.table.withdraw(number, file);
    this.entries = NONE;
  }

  enterSubshell(): void {
    const { ends } = this;
    this.outer.push(this.entries);
    this.entries = NONE;
    for (const { number } of ends) this.shell.streams.table.set(number, undefined);
  }

  leaveSubshell(): void {
    this.entries = this.outer.pop();
    // The table of descriptors takes back by itself what was closed and opened.
  }

  becomeSubshell(): void {
    // Those around are children of the parent, and closed.
  }
}

export function compileCoprocess(command: Coprocess, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, jobs, streams, coprocesses } = shell;
  const { binary, body, line } = command;
  const compiled = compiler.command(body);
  const nameOf = command.name === null ? () => DEFAULT_NAME : shell.words.text(command.name);
  const wires = binary ? [...TEXT, ...BINARY] : TEXT;

  const start = (): number => {
    const name = nameOf();
    if (!isName(name)) {
      shell.report(`\`${name}': not a valid identifier`);
      return FAILURE;
    }
    coprocesses.warnOfExisting();
    streams.settle();
    const connection = connect(shell, wires);
    if (connection === null) return FAILURE;
    const { theirs, ours } = connection;
    const text = () => `coproc ${binary ? "-x " : ""}${name} ${printStatement(body)}`;
    const job = jobs.begin(text, false);
    let status: number = SUCCESS;
    streams.table.handOver(theirs, () => {
      status = startAsync(shell, job, compiled, theirs);
    });
    if (status === SUCCESS) {
      for (const { number, file } of ours) streams.table.keepToItself(number, file);
      coprocesses.add(name, job, ours);
    }
    for (const { file } of ours) streams.table.release(file);
    return status;
  };

  return () => {
    state.line = line;
    try {
      state.status = start();
    } catch (error) {
      state.status = shell.failed(error);
    }
    if (state.status !== SUCCESS) shell.checkErrexit(state.status);
    return state.status;
  };
}

/** The ends of the pipes of a co-process, all of them held: the command's and the shell's. */
interface Connection {
  readonly theirs: readonly (End & { readonly file: HeldFile })[];
  readonly ours: readonly ShellEnd[];
}

/** Makes the pipes. If one can't be had, that is reported, and nothing is left of the others: `null`. */
function connect(shell: Shell, wires: readonly Wire[]): Connection | null {
  const { system, streams: { table } } = shell;
  const numbers = endNumbers(table, wires.length);
  const theirs: (End & { readonly file: HeldFile })[] = [];
  const ours: ShellEnd[] = [];
  for (const [i, { index, stream, reads }] of wires.entries()) {
    const pipe = numbers === null ? -EMFILE : system.pipe2(O_CLOEXEC);
    if (typeof pipe === "number") {
      shell.report(`cannot make pipe: ${strerror(-pipe)}`);
      for (const { file } of [...theirs, ...ours]) table.release(file);
      return null;
    }
    const [near, far] = reads ? [pipe.read, pipe.write] : [pipe.write, pipe.read];
    theirs.push({ number: stream, file: table.adopt(far) });
    ours.push({ index, number: numbers![i]!, file: table.adopt(near) });
    for (const { file } of [theirs[i]!, ours[i]!]) table.hold(file);
  }
  return { theirs, ours };
}

/**
 * The numbers for the shell's ends: as bash has them, which gives numbers from the top to both ends of both pipes and then keeps
 * the outer ones. Those between are for the pipes of binary data.
 */
function endNumbers(table: StreamTable, count: number): readonly number[] | null {
  const [first, second, third, fourth] = table.highNumbers(4);
  return fourth === undefined ? null : [first!, fourth, second!, third!].slice(0, count);
}
