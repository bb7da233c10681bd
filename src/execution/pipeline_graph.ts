/**
 * The graph of a pipeline: its stages, and the pipes that lead from descriptors of one stage to a descriptor of the next.
 *
 * In comes a syntax tree; out comes what {@link file://./pipeline_plan.ts} makes pipes for and what the builtin `streams` draws, or
 * what is wrong with it. Nothing is opened or started here.
 */

import { literalText } from "../syntax/nodes.ts";
import { jointText, printStatement } from "../syntax/printer.ts";
import type { Connected } from "./multios.ts";
import type { Command, Joint, Pipeline, Word } from "../syntax/tree.ts";

/** A descriptor of a stage; stages are numbered from 0. */
export interface Port {
  readonly stage: number;
  readonly descriptor: number;
}

/** A pipe: everything that its writers write comes to its reader. */
export interface GraphPipe {
  readonly writers: readonly Port[];
  readonly reader: Port;
}

export interface PipelineGraph {
  readonly stages: readonly Command[];
  readonly pipes: readonly GraphPipe[];
  /** Whether a descriptor of a stage leads to several pipes. */
  readonly fansOut: boolean;
}

/** The longest text of a stage in a message. */
const LONGEST_NAME = 40;

/** The graph of `pipeline`: connections that lead to the same descriptor share a pipe. */
export function pipelineGraph({ stages, joints }: Pick<Pipeline, "stages" | "joints">): PipelineGraph {
  const pipes: GraphPipe[] = [];
  const redirected = stages.map((stage, index) => joints[index]?.form === "both" ? withErrorsInOutput(stage) : stage);
  joints.forEach(({ form, connections }, stage) => {
    const byTarget = new Map<number, Port[]>();
    const byRedirection = form === "both" && redirected[stage] !== stages[stage];
    for (const { from, to } of byRedirection ? connections.slice(0, 1) : connections) {
      let writers = byTarget.get(to);
      if (writers === undefined) {
        byTarget.set(to, writers = []);
        pipes.push({ writers, reader: { stage: stage + 1, descriptor: to } });
      }
      writers.push({ stage, descriptor: from });
    }
  });
  return { stages: redirected, pipes, fansOut: joints.some(fansOut) };
}

function fansOut({ connections }: Joint): boolean {
  return connections.length > 1 && new Set(connections.map(({ from }) => from)).size < connections.length;
}

/**
 * What `|&` makes of a command: its `2>&1` comes after all redirections (bash manual 3.2.3). Where there are none, standard error
 * is connected like standard output.
 */
function withErrorsInOutput(stage: Command): Command {
  if (stage.kind === "function" || stage.kind === "coprocess" || stage.redirections.length === 0) return stage;
  const { start, end } = stage;
  const target: Word = { kind: "word", start, end, parts: [{ kind: "literal", start, end, text: "1" }] };
  const last = { kind: "redirection", start, end, descriptor: 2, operator: ">&", target, hereDocument: null } as const;
  return { ...stage, redirections: [...stage.redirections, last] };
}

/** For each stage, its descriptors that pipes lead to or come from. */
export function connectedDescriptors({ stages, pipes }: PipelineGraph): readonly Connected[] {
  const connected = stages.map(() => new Map<number, "in" | "out">());
  for (const { writers, reader } of pipes) {
    connected[reader.stage]!.set(reader.descriptor, "in");
    for (const { stage, descriptor } of writers) connected[stage]!.set(descriptor, "out");
  }
  return connected;
}

/**
 * What keeps a pipeline from being planned, as the text of a message that begins with the operator in question; `null` if
 * nothing does. It is not asked of `|` and `|&`, where everything means what it means in other shells.
 *
 * @param fansOut whether a descriptor may be connected to several others (`set -o multios`)
 * @param limit the first number that no descriptor may have
 */
export function findFault(
  { stages, joints }: Pick<Pipeline, "stages" | "joints">,
  fansOut: boolean,
  limit: number,
): string | null {
  for (const [index, joint] of joints.entries()) {
    if (joint.form !== "streams") continue;
    const problem = findProblem(joint, stages[index]!, stages[index + 1]!, fansOut, limit);
    if (problem !== null) return `${jointText(joint)}: ${problem}`;
  }
  return null;
}

function findProblem(joint: Joint, left: Command, right: Command, fansOut: boolean, limit: number): string | null {
  const { connections } = joint;
  for (const [index, { from, to }] of connections.entries()) {
    const again = connections.slice(0, index).some((other) => other.from === from && (other.to === to || !fansOut));
    if (again) return `descriptor ${from} of \`${stageName(left)}' is connected twice`;
    for (const [descriptor, stage] of [[from, left], [to, right]] as const) {
      if (descriptor >= limit) return `${descriptor}: no descriptor can have this number`;
      if (closes(stage, descriptor)) return `descriptor ${descriptor} of \`${stageName(stage)}' is closed`;
    }
  }
  return null;
}

/** Whether a stage begins by closing a descriptor: `N>&-` among its redirections, without a copy of it before. */
function closes(stage: Command, descriptor: number): boolean {
  if (stage.kind === "function" || stage.kind === "coprocess") return false;
  for (const { descriptor: written, operator, target } of stage.redirections) {
    if (operator !== "<&" && operator !== ">&") continue;
    const text = literalText(target);
    if (text === String(descriptor)) return false;
    if (text === "-" && (written ?? (operator === "<&" ? 0 : 1)) === descriptor) return true;
  }
  return false;
}

/** A stage as messages and drawings name it: its text, on one line and not too long. */
export function stageName(stage: Command): string {
  const text = printStatement(stage).replaceAll(/\s+/g, " ").trim();
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 3)}...`;
}
