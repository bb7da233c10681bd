/**
 * The plan of a pipeline: every pipe that its graph asks for, made before anything is started. What can't be had is known
 * then, and of the rest nothing is left.
 */

import { O_CLOEXEC, RLIMIT_NOFILE } from "../system/constants.ts";
import { EMFILE, strerror } from "../system/errno.ts";
import type { Pipe } from "../system/system.ts";
import type { End } from "./compiler.ts";
import { type RelayPlan, startRelay } from "./multios.ts";
import type { PipelineGraph } from "./pipeline_graph.ts";
import type { HeldFile, JobHandle, Shell } from "./shell.ts";

/** An end of a pipe, for a stage. */
export interface PipeEnd extends End {
  readonly file: HeldFile;
  readonly writes: boolean;
}

export class PipelinePlan {
  private readonly ends: PipeEnd[][];
  /** What passes on the output of descriptors that are connected to several others. */
  private readonly relays: RelayPlan[] = [];

  private constructor(private readonly shell: Shell, graph: PipelineGraph) {
    this.ends = graph.stages.map(() => []);
  }

  /** Makes the pipes of `graph`. Returns `null` if one can't be had, which has been reported. */
  static make(shell: Shell, graph: PipelineGraph): PipelinePlan | null {
    const plan = new PipelinePlan(shell, graph);
    for (let i = 0; i < graph.pipes.length; i++) {
      const { writers, reader } = graph.pipes[i]!;
      const pipe = plan.makePipe();
      if (pipe === null) return plan.giveUp();
      plan.add(reader.stage, reader.descriptor, pipe.reading, false);
      for (let j = 0; j < writers.length; j++) plan.add(writers[j]!.stage, writers[j]!.descriptor, pipe.writing, true);
    }
    return !graph.fansOut || plan.ends.every((ends) => plan.fanOut(ends)) ? plan : plan.giveUp();
  }

  private makePipe(): { reading: HeldFile; writing: HeldFile } | null {
    const { table } = this.shell.streams;
    const pipe = makePipe(this.shell);
    if (typeof pipe !== "number") return { reading: table.adopt(pipe.read), writing: table.adopt(pipe.write) };
    this.shell.report(`cannot make pipe: ${strerror(-pipe)}`);
    return null;
  }

  private giveUp(): null {
    this.ends.forEach((_, stage) => this.release(stage));
    for (const relay of this.relays.splice(0)) this.shell.multios.release(relay);
    return null;
  }

  private add(stage: number, number: number, file: HeldFile, writes: boolean): void {
    this.shell.streams.table.hold(file);
    this.ends[stage]!.push({ number, file, writes });
  }

  /** Puts a relay between each descriptor of a stage that writes to several pipes, and these. */
  private fanOut(ends: PipeEnd[]): boolean {
    const writing = ends.filter(({ writes }) => writes);
    for (const number of new Set(writing.map((end) => end.number))) {
      const several = writing.filter((end) => end.number === number);
      if (several.length < 2) continue;
      const pipe = this.makePipe();
      if (pipe === null) return false;
      const { table } = this.shell.streams;
      table.hold(pipe.reading);
      table.hold(pipe.writing);
      const errors = table.get(2);
      if (errors !== undefined) table.hold(errors);
      // The relay has the files from now on.
      const outputs = several.map(({ file }) => ({ file, name: "pipe" }));
      this.relays.push({ inputs: [pipe.reading], outputs, errors });
      ends.splice(0, Infinity, ...ends.filter((end) => !several.includes(end)));
      ends.push({ number, file: pipe.writing, writes: true });
    }
    return true;
  }

  /** Starts the relays in `job`, which has its first stage. If one can't be started, the job is `incomplete`. */
  startRelays(job: JobHandle): void {
    if (this.relays.length === 0) return;
    for (const relay of this.relays.splice(0)) {
      const pid = job.incomplete ? 0 : startRelay(this.shell, job, relay);
      if (pid < 0) this.shell.report(`fork: ${strerror(-pid)}`);
      this.shell.multios.release(relay);
    }
  }

  /** Hands the ends of pipes that a stage is to have over to what `start` starts. */
  handOver(stage: number, start: (stage: number, ends: readonly PipeEnd[]) => void): void {
    const ends = this.ends[stage]!;
    this.ends[stage] = [];
    this.shell.streams.table.handOver(ends, () => start(stage, ends));
  }

  /** Gives up the ends of a stage, which will never need them. */
  private release(stage: number): void {
    for (const { file } of this.ends[stage]!.splice(0)) this.shell.streams.table.release(file);
  }

  /** Gives up the ends of all stages from `stage` on. */
  releaseFrom(stage: number): void {
    for (let later = stage; later < this.ends.length; later++) this.release(later);
  }
}

/** Makes a pipe. For a long pipeline the shell's own limit on descriptors is raised; its programs keep theirs. */
function makePipe({ system, programLimits }: Shell): Pipe | number {
  const pipe = system.pipe2(O_CLOEXEC);
  if (pipe !== -EMFILE) return pipe;
  const limit = system.getrlimit(RLIMIT_NOFILE);
  if (typeof limit === "number" || limit.soft >= limit.hard) return pipe;
  if (system.setrlimit({ ...limit, soft: limit.hard }) < 0) return pipe;
  if (!programLimits.some(({ resource }) => resource === RLIMIT_NOFILE)) programLimits.push(limit);
  return system.pipe2(O_CLOEXEC);
}

/** The first number that no descriptor of a program may have. */
export function descriptorLimit({ system, programLimits }: Shell): number {
  const limit = programLimits.find(({ resource }) => resource === RLIMIT_NOFILE) ?? system.getrlimit(RLIMIT_NOFILE);
  return typeof limit === "number" ? Infinity : limit.soft;
}
