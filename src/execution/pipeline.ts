/**
 * Pipelines (XCU 2.9.2): `|`, `|&`, hexsh's `|N>M`, `!` and `time`.
 *
 * Every stage is started as a process, but for at most one, which runs in the shell itself after all others have been
 * started: were it to run earlier, it could fill a pipe that nobody reads yet. Under job control no stage runs in the
 * shell, for the whole job must be able to stop. If a pipe can't be had, what was made is undone.
 */

import { printStatement } from "../syntax/printer.ts";
import type { Joint, Pipeline } from "../syntax/tree.ts";
import { O_CLOEXEC } from "../system/constants.ts";
import { strerror } from "../system/errno.ts";
import type { Compiled, Compiler, End, Ends } from "./compiler.ts";
import type { HeldFile, JobHandle, Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, NO_PROCESS, SUCCESS } from "./status.ts";
import { enterEnds } from "./redirection.ts";
import { timed } from "./time.ts";

/** An end of a pipe, for a stage. */
interface PipeEnd extends End {
  readonly file: HeldFile;
}

export function compilePipeline(pipeline: Pipeline, compiler: Compiler): Compiled {
  const { shell, subshells } = compiler;
  const { state, streams } = shell;
  const stages = pipeline.stages.map((stage) => compiler.command(stage));
  const text = () => printStatement(pipeline);
  const run = compileRun(pipeline, stages, compiler);

  const start = (job: JobHandle, background: boolean, ends: Ends) => {
    if (pipeline.negated || pipeline.timed !== "no" || stages.length < 2) {
      const body = () => {
        state.status = run();
      };
      subshells.start(job, text, true, body, () => enterEnds(shell, ends));
      return;
    }
    streams.settle();
    startStages(shell, job, stages, pipeline.joints, (stage, index, pipes) => {
      stage.start(job, background, index === 0 ? [...ends, ...pipes] : pipes);
    });
  };
  return { run, start, runsInShell: () => true };
}

function compileRun(pipeline: Pipeline, stages: readonly Compiled[], compiler: Compiler): Run {
  const { shell } = compiler;
  const { state } = shell;
  const only = stages[0];
  let run: Run;
  if (only === undefined) run = () => SUCCESS;
  else if (stages.length === 1) run = only.run;
  else run = compileStages(pipeline, stages, compiler);

  if (pipeline.timed !== "no") {
    const inner = run;
    run = () => timed(shell, inner, pipeline.timed === "posix");
  }
  if (!pipeline.negated) {
    if (stages.length < 2) return run;
    return () => {
      const status = run();
      if (status !== SUCCESS) shell.checkErrexit(status);
      return status;
    };
  }
  return () => {
    state.conditionDepth++;
    const status = run();
    state.conditionDepth--;
    if (state.divert !== Divert.none) return status;
    return state.status = status === SUCCESS ? FAILURE : SUCCESS;
  };
}

/** Two stages or more, run in the foreground. */
function compileStages(pipeline: Pipeline, stages: readonly Compiled[], compiler: Compiler): Run {
  const { shell, subshells } = compiler;
  const { state, jobs, streams, options } = shell;
  const text = () => printStatement(pipeline);
  const texts = pipeline.stages.map((stage) => () => printStatement(stage));
  const last = stages.length - 1;

  /** The index of the stage to run in the shell, or -1: the last that would have to be forked otherwise. */
  const choose = (): number => {
    if (jobs.controlled) return -1;
    if (options.lastpipe) return last;
    for (let i = last; i >= 0; i--) if (stages[i]!.runsInShell()) return i;
    return -1;
  };

  return () => {
    streams.settle();
    const inShell = choose();
    const job = jobs.begin(text, true, texts);
    let kept: readonly PipeEnd[] | null = null;
    startStages(shell, job, stages, pipeline.joints, (stage, index, ends) => {
      if (index !== inShell) {
        stage.start(job, false, ends);
        return;
      }
      // With functrace the subshell has the trap itself.
      if (shell.traps.debug !== null && !options.functrace) stage.announce?.();
      for (const { file } of ends) streams.table.hold(file);
      kept = ends;
    });

    let ownStatus = SUCCESS;
    if (kept !== null) {
      const ends: readonly PipeEnd[] = kept;
      const { run } = stages[inShell]!;
      if (!job.incomplete) {
        ownStatus = options.lastpipe && inShell === last
          ? runHere(shell, run, ends)
          : subshells.run(texts[inShell]!, run, true, () => enterEnds(shell, ends));
      }
      for (const { file } of ends) streams.table.release(file);
    }
    const statuses = jobs.waitForeground(job).slice();
    if (kept !== null) statuses.splice(inShell, 0, ownStatus);
    if (job.incomplete) return state.status = NO_PROCESS;
    state.pipeStatus = statuses;
    state.command = texts[last]!;
    const failed = options.pipefail ? statuses.findLast((status) => status !== SUCCESS) : undefined;
    state.status = failed ?? statuses.at(-1) ?? FAILURE;
    shell.boundary();
    return state.status;
  };
}

/** The last stage in the shell itself, under `shopt -s lastpipe`. */
function runHere(shell: Shell, run: Run, ends: Ends): number {
  const { table } = shell.streams;
  const { inputGiven } = shell.state;
  table.begin();
  enterEnds(shell, ends);
  const status = run();
  table.end();
  shell.state.inputGiven = inputGiven;
  return status;
}

/**
 * Makes the pipes one joint after the other, and hands each stage its ends. The ends are closed in the shell as soon as
 * the stage has them, unless it holds on to them. If a pipe or a process can't be had, those that were started are ended.
 */
function startStages(
  shell: Shell,
  job: JobHandle,
  stages: readonly Compiled[],
  joints: readonly Joint[],
  start: (stage: Compiled, index: number, ends: readonly PipeEnd[]) => void,
): void {
  const { table } = shell.streams;
  let incoming: readonly PipeEnd[] = [];
  for (let index = 0; index < stages.length; index++) {
    const joint = joints[index];
    const pipes = joint === undefined ? { writers: [], readers: [] } : makePipes(shell, joint);
    const ends = [...incoming, ...pipes?.writers ?? []];
    if (pipes !== null) start(stages[index]!, index, ends);
    for (const { file } of ends) table.release(file);
    incoming = pipes?.readers ?? [];
    if (pipes !== null && !job.incomplete) continue;
    for (const { file } of incoming) table.release(file);
    shell.jobs.abandon(job);
    return;
  }
}

/** The pipes of one joint: connections that feed the same descriptor share one. */
function makePipes(shell: Shell, joint: Joint): { writers: PipeEnd[]; readers: PipeEnd[] } | null {
  const { system, streams } = shell;
  const writers: PipeEnd[] = [];
  const readers: PipeEnd[] = [];
  const byTarget = new Map<number, HeldFile>();
  for (const { from, to } of joint.connections) {
    let writer = byTarget.get(to);
    if (writer === undefined) {
      const pipe = system.pipe2(O_CLOEXEC);
      if (typeof pipe === "number") {
        shell.report(`cannot make pipe: ${strerror(-pipe)}`);
        for (const { file } of [...writers, ...readers]) streams.table.release(file);
        return null;
      }
      writer = streams.table.adopt(pipe.write);
      const reader = streams.table.adopt(pipe.read);
      streams.table.hold(reader);
      readers.push({ number: to, file: reader });
      byTarget.set(to, writer);
    }
    streams.table.hold(writer);
    writers.push({ number: from, file: writer });
  }
  return { writers, readers };
}
