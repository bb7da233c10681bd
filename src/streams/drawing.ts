/**
 * Draws the graph of a pipeline as text: each stage with what every one of its descriptors leads to.
 *
 * Nothing is run: words are shown as they are written. What a stage neither connects nor redirects, it has from the shell.
 */

import { type GraphPipe, type PipelineGraph, stageName } from "../execution/pipeline_graph.ts";
import { printWord } from "../syntax/printer.ts";
import type { Command, Redirection } from "../syntax/tree.ts";
import { STANDARD_STREAMS } from "./standard_streams.ts";

/** What a descriptor of a stage leads to. */
type Place =
  | { readonly kind: "pipe"; readonly pipe: GraphPipe; readonly writes: boolean }
  | { readonly kind: "file"; readonly arrow: string; readonly text: string };

/** The descriptors of a stage, and what they lead to: with multios maybe several places. */
type Places = Map<number, readonly Place[]>;

const IN = "<--";
const OUT = "-->";
const BOTH = "<->";

/**
 * Draws `graph`, a line for each thing that a descriptor leads to, with a newline at each end.
 *
 * @param inherited what a descriptor leads to that a stage has from the shell; `null` if it is closed
 * @param addsUp whether several redirections of one descriptor add up (`set -o multios`)
 */
export function drawGraph(
  graph: PipelineGraph,
  inherited: (descriptor: number) => string | null,
  addsUp: boolean,
): string {
  const stages = graph.stages.map((stage, index) => placesOf(graph, stage, index, inherited, addsUp));
  const lines = stages.map((places) => {
    const numbers = [...places.keys()].sort((a, b) => a - b);
    return numbers.flatMap((number) =>
      places.get(number)!.map((place) => ({ number, arrow: arrowOf(place), ...target(place, stages) }))
    );
  });
  const all = lines.flat();
  const width = Math.max(...all.map(({ number }) => streamName(number).length));
  const digits = Math.max(...all.map(({ number }) => String(number).length));
  const targetWidth = Math.max(0, ...all.map(({ where, stage }) => stage === null ? 0 : where.length));
  return graph.stages.map((stage, index) => {
    const rows = lines[index]!.map(({ number, arrow, where, stage: other }) => {
      const from = `${streamName(number).padStart(width)} ${String(number).padStart(digits)}`;
      const to = other === null
        ? where
        : `${where.padEnd(targetWidth)}  [${other + 1}] ${stageName(graph.stages[other]!)}`;
      return `    ${from} ${arrow} ${to}\n`;
    });
    return `[${index + 1}] ${stageName(stage)}\n${rows.join("")}`;
  }).join("");
}

function streamName(number: number): string {
  return STANDARD_STREAMS[number]?.name ?? "";
}

function arrowOf(place: Place): string {
  return place.kind === "file" ? place.arrow : place.writes ? OUT : IN;
}

/** The text for what a descriptor leads to, and the stage at the other end of a pipe. */
function target(place: Place, stages: readonly Places[]): { where: string; stage: number | null } {
  if (place.kind === "file") return { where: place.text, stage: null };
  const { pipe, writes } = place;
  if (writes) {
    const { stage, descriptor } = pipe.reader;
    const reads = stages[stage]!.get(descriptor)?.some((other) => other.kind === "pipe" && other.pipe === pipe);
    return reads ? { where: port(descriptor), stage } : { where: "nobody", stage: null };
  }
  const from = pipe.writers[0]!.stage;
  // Redirections such as 2>&1 may have changed what the stage writes there.
  const writers = [...stages[from]!].filter(([, places]) =>
    places.some((other) => other.kind === "pipe" && other.pipe === pipe && other.writes)
  );
  if (writers.length === 0) return { where: "nobody", stage: null };
  return { where: writers.map(([number]) => port(number)).sort().join(", "), stage: from };
}

function port(number: number): string {
  return `${number} ${streamName(number)}`.trimEnd();
}

function placesOf(
  graph: PipelineGraph,
  stage: Command,
  index: number,
  inherited: (descriptor: number) => string | null,
  addsUp: boolean,
): Places {
  const places: Places = new Map();
  STANDARD_STREAMS.forEach(({ direction }, number) => {
    const text = inherited(number);
    if (text !== null) places.set(number, [{ kind: "file", arrow: direction === "in" ? IN : OUT, text }]);
  });
  const given = new Set<number>();
  const lead = (number: number, place: Place, connected = false) => {
    const adds = given.has(number) && (addsUp || connected);
    places.set(number, adds ? [...places.get(number)!, place] : [place]);
    given.add(number);
  };
  for (const pipe of graph.pipes) {
    for (const { descriptor } of pipe.writers.filter((writer) => writer.stage === index)) {
      lead(descriptor, { kind: "pipe", pipe, writes: true }, true);
    }
    if (pipe.reader.stage === index) lead(pipe.reader.descriptor, { kind: "pipe", pipe, writes: false });
  }
  if (stage.kind !== "function" && stage.kind !== "coprocess") {
    for (const redirection of stage.redirections) redirect(places, redirection, lead);
  }
  return places;
}

function redirect(places: Places, redirection: Redirection, lead: (number: number, place: Place) => void): void {
  const { operator, target, descriptor } = redirection;
  // Which number `{name}>` will be is not known.
  if (descriptor !== null && typeof descriptor === "object") return;
  const number = descriptor ?? (operator.startsWith("<") ? 0 : 1);
  const text = redirection.hereDocument !== null ? "here-document" : printWord(target);
  switch (operator) {
    case "<&":
    case ">&": {
      const match = /^(\d*)(-?)$/.exec(text);
      const source = match === null || match[1] === "" ? null : Number(match[1]);
      if (match !== null && source === null) places.delete(number);
      else if (source !== null && places.has(source)) {
        for (const place of places.get(source)!) lead(number, place);
        if (match![2] === "-") places.delete(source);
      } else {
        const closed = source === null ? "" : " (closed)";
        lead(number, { kind: "file", arrow: operator === "<&" ? IN : OUT, text: `${operator}${text}${closed}` });
      }
      return;
    }
    case "&>":
    case "&>>":
      for (const both of [1, 2]) lead(both, { kind: "file", arrow: OUT, text });
      return;
    case "<<<":
      lead(number, { kind: "file", arrow: IN, text: "here-string" });
      return;
    case "<>":
      lead(number, { kind: "file", arrow: BOTH, text });
      return;
    default:
      lead(number, { kind: "file", arrow: operator.startsWith("<") ? IN : OUT, text });
  }
}
