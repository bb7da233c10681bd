/** `streams` (hexsh): where the six standard streams lead, and the graph of a pipeline. */

import { findFault, pipelineGraph } from "../execution/pipeline_graph.ts";
import { descriptorLimit } from "../execution/pipeline_plan.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { describeDescriptor } from "../streams/description.ts";
import { drawGraph } from "../streams/drawing.ts";
import { STANDARD_STREAMS } from "../streams/standard_streams.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import type { AndOrList, Command, Pipeline, Statement } from "../syntax/tree.ts";
import { parseArguments } from "./arguments.ts";

export const help = `Shows where streams lead.

Without arguments, prints a table of the six standard streams of the shell: what
each leads to, what it is open for, and the offset in a file.

With arguments, which are joined by spaces and read as commands, draws the graph
of each pipeline in them: its stages, and what the descriptors of each lead to.
Nothing is run or opened.

Exit status: 0, unless the commands can't be parsed or a pipeline is not valid.
`;

export const streams: Builtin = {
  name: "streams",
  kind: "regular",
  usage: "[pipeline ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, streams, args, "");
    if (parsed === null) return USAGE;
    return parsed.operands.length === 0 ? showTable(shell) : draw(shell, parsed.operands.join(" "));
  },
};

const HEADINGS = ["FD", "NAME", "", "KIND", "FLAGS", "OFFSET", "PLACE"];

function showTable(shell: Shell): number {
  const rows = STANDARD_STREAMS.map(({ name, direction }, number) => {
    const row = [String(number), name, direction];
    const file = shell.streams.table.get(number);
    if (file === undefined) return [...row, "closed"];
    // The output of a command substitution needs no descriptor as long as builtins alone write it.
    const description = file.descriptor < 0 ? null : describeDescriptor(shell.system, file.descriptor);
    if (description === null) return [...row, "substitution", "write"];
    const { kind, flags, offset, place } = description;
    return [...row, kind, flags, offset === null ? "-" : String(offset), place];
  });
  const lines = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd() + "\n"
  );
  return shell.print(text.join("")) ? SUCCESS : FAILURE;
}

function draw(shell: Shell, text: string): number {
  const parser = shell.parser(inputOf(text), { name: "streams", kind: "string", firstLine: 1 });
  let drawing = "";
  try {
    for (let list = parser.next(); list !== null; list = parser.next()) {
      for (const { command } of list.items) {
        for (const pipeline of pipelinesOf(command)) {
          const fault = findFault(pipeline, shell.options.multios, descriptorLimit(shell));
          if (fault !== null) {
            shell.report(`streams: ${fault}`);
            return FAILURE;
          }
          if (drawing !== "") drawing += "\n";
          drawing += drawGraph(pipelineGraph(pipeline), (number) => placeOf(shell, number), shell.options.multios);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return shell.reportSyntaxError(error);
  }
  return shell.print(drawing) ? SUCCESS : FAILURE;
}

function pipelinesOf(statement: Statement): Pick<Pipeline, "stages" | "joints">[] {
  if (statement.kind === "andor") return operands(statement).flatMap(pipelinesOf);
  return [statement.kind === "pipeline" ? statement : { stages: [statement], joints: [] }];
}

function operands({ first, rest }: AndOrList): (Pipeline | Command)[] {
  return [first, ...rest.map(({ command }) => command)];
}

/** What a stage has from the shell. */
function placeOf(shell: Shell, number: number): string | null {
  const file = shell.streams.table.get(number);
  if (file === undefined) return null;
  const description = file.descriptor < 0 ? null : describeDescriptor(shell.system, file.descriptor);
  return description === null ? "substitution" : `${description.kind} ${description.place}`;
}
