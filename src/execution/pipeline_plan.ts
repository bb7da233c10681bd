/**
 * The plan of a pipeline: every pipe that its graph asks for, made before anything is started. What can't be had is known
 * then, and of the rest nothing is left.
 */

import { O_CLOEXEC, RLIMIT_NOFILE } from "../system/constants.ts";
import { EMFILE, strerror } from "../system/errno.ts";
import type { Pipe } from "../system/system.ts";
import type { End } from "./compiler.ts";
import type { PipelineGraph } from "./pipeline_graph.ts";
import type { HeldFile, Shell } from "./shell.ts";

/** An end of a pipe, for a stage. */
export interface PipeEnd extends End {
  readonly file: HeldFile;
}

export class PipelinePlan {
  private readonly ends: PipeEnd[][];

  private constructor(private readonly shell: Shell, graph: PipelineGraph) {
    this.ends = graph.stages.map(() => []);
  }

  /** Makes the pipes of `graph`. Returns `null` if one can't be had, which has been reported. */
  static make(shell: Shell, graph: PipelineGraph): PipelinePlan | null {
    const { table } = shell.streams;
    const plan = new PipelinePlan(shell, graph);
    for (const { writers, reader } of graph.pipes) {
      const pipe = makePipe(shell);
      if (typeof pipe === "number") {
        plan.releaseFrom(0);
        shell.report(`cannot make pipe: ${strerror(-pipe)}`);
        return null;
      }
      plan.add(reader.stage, reader.descriptor, table.adopt(pipe.read));
      const writing = table.adopt(pipe.write);
      for (const { stage, descriptor } of writers) plan.add(stage, descriptor, writing);
    }
    return plan;
  }

  private add(stage: number, number: number, file: HeldFile): void {
    this.shell.streams.table.hold(file);
    this.ends[stage]!.push({ number, file });
  }

  /** The ends of pipes that a stage is to have. They are held until {@link release}. */
  endsOf(stage: number): readonly PipeEnd[] {
    return this.ends[stage]!;
  }

  /** Gives up the ends of a stage: it has them now, or will never need them. */
  release(stage: number): void {
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
