/**
 * `set -o multios`: several redirections of one descriptor add up. What a command writes goes to all of its files; what it reads
 * is one file after the other. The descriptor leads to a pipe, and a relay (`native/utility.h`) at the pipe's other end does the rest.
 *
 * A relay that serves a program is part of its job. One that serves something in the shell is waited for when that has ended,
 * so that the files are complete; those of `exec` last until the shell ends.
 */

import { printWord } from "../syntax/printer.ts";
import type { Redirection, RedirectionOperator } from "../syntax/tree.ts";
import { O_CLOEXEC } from "../system/constants.ts";
import { strerror } from "../system/errno.ts";
import { EMPTY_ENVIRONMENT } from "./program.ts";
import type { HeldFile, JobHandle, Shell } from "./shell.ts";
import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

type Direction = "in" | "out";

/** An end of a relay that is not its pipe, with what messages call it. */
interface Member {
  readonly file: HeldFile;
  readonly name: string;
}

/** What a relay passes on: each input, one after the other, to all outputs. It holds its files until it is started. */
export interface RelayPlan {
  readonly inputs: readonly HeldFile[];
  readonly outputs: readonly Member[];
  /** For its messages: what standard error was before the redirections. */
  readonly errors: HeldFile | undefined;
}

/** Descriptors of stages that pipes lead to or come from, and so are redirected already. */
export type Connected = ReadonlyMap<number, Direction>;

/** Whether a command is a stage of a pipeline. */
export function isStage(connected: Connected | undefined): boolean {
  return connected !== undefined && connected.size > 0;
}

const STANDARD_ERROR = 2;
/** The first descriptor of a relay's inputs: RELAY_FIRST of `native/utility.h`. */
const FIRST = 3;
/** How many descriptors {@link Program.utility} can tell of. */
const BITS = 31;

/** Starts a relay in `job`. Returns its process id or `-errno`. */
export function startRelay({ jobs, options, streams }: Shell, job: JobHandle, plan: RelayPlan): number {
  const { inputs, outputs, errors } = plan;
  const files = [...inputs, ...outputs.map(({ file }) => file)];
  const places = files.map((file, index) => [FIRST + index, file] as const);
  if (errors !== undefined) places.push([STANDARD_ERROR, errors]);
  let own = 0;
  files.forEach((file, index) => {
    if (FIRST + index < BITS && !file.shared && file.references === 1) own |= 1 << (FIRST + index);
  });
  const names = outputs.map(({ name }) => name);
  return jobs.spawn(job, {
    path: "relay",
    arguments: ["relay", String(inputs.length), String(outputs.length), ...names],
    environment: EMPTY_ENVIRONMENT,
    descriptors: streams.table.planOf(places),
    utility: { splice: !options.nosplice, own, serves: true },
  });
}

function directionOf(operator: RedirectionOperator): Direction | null {
  if (operator === "<>") return null;
  return operator.startsWith("<") ? "in" : "out";
}

/** The numbers that a redirection gives something to, with the direction; none for `{name}>` and for what is closed. */
function targetsOf({ operator, descriptor, target }: Redirection): readonly (readonly [number, Direction])[] {
  const direction = directionOf(operator);
  const [part] = target.parts;
  const closes = target.parts.length === 1 && part!.kind === "literal" && part!.text === "-" && operator.endsWith("&");
  if (direction === null || closes || (descriptor !== null && typeof descriptor === "object")) return [];
  if (operator === "&>" || operator === "&>>") return [[1, "out"], [2, "out"]];
  return [[descriptor ?? (direction === "in" ? 0 : 1), direction]];
}

/** Whether there is a descriptor that is redirected more than once in the same direction. */
export function addsUp(redirections: readonly Redirection[], connected: Connected): boolean {
  if (redirections.length === 1 && connected.size === 0) return false;
  const seen = new Map(connected);
  return redirections.some((redirection) =>
    targetsOf(redirection).some(([number, direction]) => {
      if (seen.get(number) === direction) return true;
      seen.set(number, direction);
      return false;
    })
  );
}

/** What has been redirected so far of one descriptor. */
interface Group {
  readonly direction: Direction;
  readonly members: Member[];
  /** The ends of the pipe, once there are two members: the command's and the relay's. */
  pipe: { readonly command: HeldFile; readonly relay: HeldFile } | null;
}

/** By descriptor. */
type Groups = Map<number, Group>;

/** A relay of a command that runs or is about to. */
interface Entry {
  readonly plan: RelayPlan;
  /** The descriptor that leads to it. */
  readonly number: number;
  state: "planned" | "started" | "kept";
  /** Its own job, if it is in none of a command. */
  job: JobHandle | null;
}

export class Multios implements SubshellState {
  private readonly entries: Entry[] = [];
  /** The redirections that are being carried out, in subshells those of the subshell. */
  private building: Groups[] = [];
  private readonly outer = new Stack<{ readonly count: number; readonly building: Groups[] }>();

  constructor(private readonly shell: Shell) {}

  /** How many relays there are. A command notes it at its start, and then ends those that have come. */
  get count(): number {
    return this.entries.length;
  }

  /**
   * Carries redirections out that may add up. Returns whether all went well.
   *
   * @param carryOut carries out the redirection of an index; false after an error, which has been reported
   */
  redirect(redirections: readonly Redirection[], connected: Connected, carryOut: (index: number) => boolean): boolean {
    // What goes into a command substitution has to have a descriptor by now.
    const { table } = this.shell.streams;
    const materialized = table.materialize();
    if (materialized < 0) return this.noPipe(materialized);
    const errors = table.get(STANDARD_ERROR);
    const groups: Groups = new Map();
    for (const [number, direction] of connected) this.join(groups, number, direction, "pipe");
    this.building.push(groups);
    let done = false;
    try {
      done = redirections.every((redirection, index) => carryOut(index) && this.add(groups, redirection));
    } finally {
      this.building.pop();
      for (const [number, group] of groups) this.close(group, done ? number : null, errors);
    }
    return done;
  }

  /** Adds what a redirection that has been carried out leads to. Returns whether that could be done. */
  private add(groups: Groups, redirection: Redirection): boolean {
    const targets = targetsOf(redirection);
    // What is closed, or opened for both directions, begins anew.
    if (targets.length === 0) this.drop(groups, redirection);
    return targets.every(([number, direction]) => this.join(groups, number, direction, printWord(redirection.target)));
  }

  /** Adds what `number` leads to now to its group; the second member makes it a pipe. */
  private join(groups: Groups, number: number, direction: Direction, name: string): boolean {
    const { table } = this.shell.streams;
    const file = table.get(number);
    if (file === undefined) return true;
    if (file.descriptor < 0) return this.noPipe(file.descriptor);
    let group = groups.get(number);
    if (group?.direction !== direction) {
      if (group !== undefined) this.close(group, null);
      group = { direction, members: [], pipe: null };
      groups.set(number, group);
    }
    table.hold(file);
    group.members.push({ file, name });
    if (group.members.length < 2) return true;
    if (group.pipe === null && !this.makePipe(group)) return false;
    table.set(number, group.pipe!.command);
    return true;
  }

  private makePipe(group: Group): boolean {
    const { system, streams: { table } } = this.shell;
    const pipe = system.pipe2(O_CLOEXEC);
    if (typeof pipe === "number") return this.noPipe(pipe);
    const [command, relay] = group.direction === "in" ? [pipe.read, pipe.write] : [pipe.write, pipe.read];
    group.pipe = { command: table.adopt(command), relay: table.adopt(relay) };
    table.hold(group.pipe.command);
    table.hold(group.pipe.relay);
    return true;
  }

  private noPipe(error: number): boolean {
    this.shell.report(`cannot make pipe: ${strerror(-error)}`);
    return false;
  }

  private drop(groups: Groups, { descriptor, operator }: Redirection): void {
    const number = descriptor ?? (operator.startsWith("<") ? 0 : 1);
    const group = typeof number === "number" ? groups.get(number) : undefined;
    if (group === undefined) return;
    groups.delete(number as number);
    this.close(group, null);
  }

  /** Makes a group with a pipe the plan of a relay, to which `number` leads, unless that is `null`: then it is given up. */
  private close({ direction, members, pipe }: Group, number: number | null, errors?: HeldFile): void {
    const { table } = this.shell.streams;
    if (number === null || pipe === null) {
      for (const { file } of members) table.release(file);
      if (pipe !== null) table.release(pipe.relay);
    } else {
      if (errors !== undefined) table.hold(errors);
      const plan = direction === "in"
        ? { inputs: members.map(({ file }) => file), outputs: [{ file: pipe.relay, name: "pipe" }], errors }
        : { inputs: [pipe.relay], outputs: members, errors };
      this.entries.push({ plan, number, state: "planned", job: null });
    }
    if (pipe !== null) table.release(pipe.command);
  }

  /**
   * Starts the relays that have been planned: in `job`, or in one of their own that {@link end} waits for. Returns whether
   * that could be done; if not, it has been reported.
   */
  start(job: JobHandle | null): boolean {
    for (const entry of this.entries) {
      if (entry.state !== "planned") continue;
      const own = job ?? this.shell.jobs.beginSubstitution(() => "relay");
      const pid = startRelay(this.shell, own, entry.plan);
      this.release(entry.plan);
      entry.state = "started";
      if (pid < 0) {
        this.shell.report(`fork: ${strerror(-pid)}`);
        return false;
      }
      if (job === null) entry.job = own;
    }
    return true;
  }

  /** Gives up the files of a plan: the relay has them now, or will never be. */
  release({ inputs, outputs, errors }: RelayPlan): void {
    const { table } = this.shell.streams;
    if (errors !== undefined) table.release(errors);
    for (const file of inputs) table.release(file);
    for (const { file } of outputs) table.release(file);
  }

  /** Keeps all relays but the first `count`: `exec` has them stay. */
  keep(count: number): void {
    for (const entry of this.entries.slice(count)) entry.state = "kept";
  }

  /**
   * Ends all relays but the first `count`: a command has ended, and so have its redirections. Waits for those that are in no
   * job of the command.
   */
  end(count: number): void {
    for (let i = this.entries.length - 1; i >= count; i--) {
      if (this.entries[i]!.state !== "kept") this.endOne(this.entries.splice(i, 1)[0]!);
    }
  }

  private endOne(entry: Entry): void {
    if (entry.state === "planned") this.release(entry.plan);
    if (entry.job !== null) this.shell.jobs.waitForeground(entry.job);
  }

  /** Ends what was kept: the shell ends. */
  endAll(): void {
    for (const { number } of this.entries) this.shell.streams.table.set(number, undefined);
    for (const entry of this.entries.splice(0)) this.endOne(entry);
  }

  enterSubshell(): void {
    this.outer.push({ count: this.entries.length, building: this.building });
    this.building = [];
  }

  /** The descriptors have been taken back already. */
  leaveSubshell(): void {
    const { count, building } = this.outer.pop();
    this.building = building;
    if (this.entries.length > count) { for (const entry of this.entries.splice(count)) this.endOne(entry); }
  }

  becomeSubshell(): void {
    // They are children of the parent, which waits for them.
    for (const entry of this.entries) entry.job = null;
    const { table } = this.shell.streams;
    for (const { members, pipe } of this.building.flatMap((groups) => [...groups.values()])) {
      for (const { file } of members) table.keepOpen(file);
      if (pipe !== null) table.keepOpen(pipe.relay);
    }
  }
}
