/**
 * Pipelines (XCU 2.9.2): `|`, `|&`, hexsh's `|N>M`, `!` and `time`.
 *
 * Every stage is started as a process, but for at most one, which runs in the shell itself after all others have been
 * started: were it to run earlier, it could fill a pipe that nobody reads yet; `source_stage.ts` has the exception. Under job control no stage runs in the
 * shell, for the whole job must be able to stop. All pipes are made before the first stage is started; if one can't be had,
 * what was made is undone.
 */

import { printStatement } from "../syntax/printer.ts";
import type { Pipeline } from "../syntax/tree.ts";
import type { Compiled, Compiler, Ends } from "./compiler.ts";
import { connectedDescriptors, findFault, type PipelineGraph, pipelineGraph } from "./pipeline_graph.ts";
import { descriptorLimit, type PipeEnd, PipelinePlan } from "./pipeline_plan.ts";
import type { JobHandle, Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, NO_PROCESS, SUCCESS, USAGE } from "./status.ts";
import { enterEnds } from "./redirection.ts";
import { SourceStage } from "./source_stage.ts";
import { timed } from "./time.ts";
import { traceLine } from "./xtrace.ts";

export function compilePipeline(pipeline: Pipeline, compiler: Compiler): Compiled {
  const { shell, subshells } = compiler;
  const { state, streams } = shell;
  const graph = pipelineGraph(pipeline);
  const counts = !pipeline.negated || graph.stages.length > 1;
  const connected = connectedDescriptors(graph);
  const stages = graph.stages.map((stage, index) => compiler.command(stage, connected[index]!, counts));
  const text = () => printStatement(pipeline);
  const prepare = compilePlan(pipeline, graph, shell);
  const run = compileRun(pipeline, stages, prepare, compiler);

  const start = (job: JobHandle, background: boolean, ends: Ends) => {
    if (pipeline.negated || pipeline.timed !== "no" || stages.length < 2) {
      const body = () => {
        state.status = run();
      };
      subshells.start(job, text, true, body, () => enterEnds(shell, ends));
      return;
    }
    streams.settle();
    const plan = prepare();
    if (typeof plan === "number") {
      shell.jobs.addEnded(job, plan);
      shell.jobs.abandon(job);
      return;
    }
    const files = ends.flatMap(({ file }) => file ?? []);
    // Every stage has them where no pipe takes their place.
    for (const file of files) streams.table.hold(file);
    startStages(shell, job, stages, plan, (stage, _index, pipes) => {
      stage.start(job, background, [...ends, ...pipes]);
    });
    for (const file of files) streams.table.release(file);
  };
  return { run, start, runsInShell: () => true };
}

/** Makes the plan, or gives the status of a pipeline of which none can be made, which has been reported. */
type Prepare = () => PipelinePlan | number;

function compilePlan(pipeline: Pipeline, graph: PipelineGraph, shell: Shell): Prepare {
  const { options } = shell;
  const hasStreams = pipeline.joints.some(({ form }) => form === "streams");
  return () => {
    if (hasStreams) {
      const fault = findFault(pipeline, options.multios, descriptorLimit(shell));
      if (fault !== null) {
        shell.state.line = pipeline.line;
        shell.report(fault);
        return USAGE;
      }
      if (options.xtrace) traceLine(shell, printStatement(pipeline));
    }
    return PipelinePlan.make(shell, graph) ?? FAILURE;
  };
}

function compileRun(pipeline: Pipeline, stages: readonly Compiled[], prepare: Prepare, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options } = shell;
  const only = stages[0];
  let run: Run;
  if (only === undefined) run = () => SUCCESS;
  else if (stages.length === 1) run = only.run;
  else run = compileStages(pipeline, stages, prepare, compiler);

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
  // Of what evaluates an expression, PIPESTATUS has the negated status in bash.
  const evaluates = pipeline.stages.length === 1 && /^(conditional|arithmetic-command)$/.test(pipeline.stages[0]!.kind);
  return () => {
    // Without errexit, what is within has its failures trapped, as in bash.
    const exempt = options.errexit ? 1 : 0;
    state.conditionDepth += exempt;
    const status = run();
    state.conditionDepth -= exempt;
    if (state.divert !== Divert.none) return status;
    state.status = status === SUCCESS ? FAILURE : SUCCESS;
    if (evaluates) state.pipeStatus = state.status;
    return state.status;
  };
}

/** Two stages or more, run in the foreground. */
function compileStages(pipeline: Pipeline, stages: readonly Compiled[], prepare: Prepare, compiler: Compiler): Run {
  const { shell, subshells } = compiler;
  const { state, jobs, streams, options } = shell;
  const text = () => printStatement(pipeline);
  const texts = pipeline.stages.map((stage) => () => printStatement(stage));
  const last = stages.length - 1;

  const first = stages[0]!;
  const source = pipeline.joints[0]!.form === "pipe"
    ? SourceStage.of(pipeline.stages[0]!, texts[0]!, flushed(shell, first.runInSubshell ?? first.run), shell, subshells)
    : null;

  /** The index of the stage to run in the shell, or -1: the last that would be forked otherwise, or else only relays. */
  const choose = (first: number): number => {
    if (jobs.controlled) return -1;
    if (options.lastpipe) return last;
    const forked = stages.findLastIndex((stage, index) => index >= first && stage.runsInShell());
    return forked >= 0 ? forked : stages.findLastIndex((stage, index) => index >= first && stage.relaysInShell?.());
  };

  return () => {
    state.line = pipeline.line;
    streams.settle();
    const plan = prepare();
    if (typeof plan === "number") {
      state.pipeStatus = [plan];
      return state.status = plan;
    }
    const feeds = source !== null && source.ready;
    const inShell = choose(feeds ? 1 : 0);
    const job = jobs.begin(text, true, texts);
    let fed: number | null = null;
    let kept: readonly PipeEnd[] | null = null;
    startStages(shell, job, stages, plan, (stage, index, ends) => {
      if (index === 0 && feeds) {
        fed = source.feed(job, ends[0]!);
        return;
      }
      if (index !== inShell) {
        stage.start(job, false, ends);
        return;
      }
      // With functrace the subshell has the trap itself, and with lastpipe there is none.
      if (shell.traps.debug !== null && !options.functrace && !options.lastpipe) stage.announce?.();
      for (const { file } of ends) streams.table.hold(file);
      kept = ends;
    });

    if (fed !== null) jobs.insertOwn(job, 0, fed);
    if (kept !== null) {
      const ends: readonly PipeEnd[] = kept;
      const { run, runInSubshell } = stages[inShell]!;
      const release = () => ends.forEach(({ file }) => streams.table.release(file));
      // The stage alone holds its ends, so that it can close them.
      const enter = () => {
        enterEnds(shell, ends);
        release();
      };
      if (job.incomplete) release();
      else {
        const status = options.lastpipe && inShell === last
          ? runHere(shell, run, enter)
          : subshells.run(texts[inShell]!, flushed(shell, runInSubshell ?? run), true, enter);
        jobs.insertOwn(job, inShell, status);
      }
    }
    const statuses = jobs.waitForeground(job);
    if (job.incomplete) return state.status = NO_PROCESS;
    state.pipeStatus = statuses;
    state.command = texts[last]!;
    const failed = options.pipefail ? statuses.findLast((status) => status !== SUCCESS) : undefined;
    state.status = failed ?? statuses[statuses.length - 1] ?? FAILURE;
    shell.boundary();
    return state.status;
  };
}

/** Runs a stage and writes all its output, so that a pipe without a reader ends the stage, and not the shell. */
function flushed(shell: Shell, run: Run): Run {
  return () => {
    const status = run();
    shell.streams.settle();
    return status;
  };
}

/** The last stage in the shell itself, under `shopt -s lastpipe`. */
function runHere(shell: Shell, run: Run, enter: () => void): number {
  const { table } = shell.streams;
  const { inputGiven } = shell.state;
  table.begin();
  enter();
  const status = run();
  table.end();
  shell.state.inputGiven = inputGiven;
  return status;
}

/**
 * Starts every stage, and gives its ends of pipes up as soon as it has them; whoever runs a stage here holds them. If a
 * process can't be had, those that were started are ended.
 */
function startStages(
  shell: Shell,
  job: JobHandle,
  stages: readonly Compiled[],
  plan: PipelinePlan,
  start: (stage: Compiled, index: number, ends: readonly PipeEnd[]) => void,
): void {
  const { jobs } = shell;
  const last = stages.length - 1;
  const startStage = (index: number, ends: readonly PipeEnd[]) => start(stages[index]!, index, ends);
  for (let index = 0; index <= last && !job.incomplete; index++) {
    jobs.hold(job, index < last);
    plan.handOver(index, startStage);
  }
  plan.startRelays(job);
  if (job.incomplete) {
    plan.releaseFrom(0);
    jobs.abandon(job);
  }
  jobs.letGo(job);
}
