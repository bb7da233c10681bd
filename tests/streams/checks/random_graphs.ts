/** A hundred random pipelines: every byte arrives where the model says, and nothing is left behind. */
import { deepEqual, equal } from "node:assert/strict";
import * as path from "node:path";
import { Random } from "../../fuzz/random.ts";
import { check, runScript } from "../check.ts";
import { type RandomGraph, randomGraph } from "../graph.ts";

const GRAPHS = 100;
const SEED = 6;

/** Runs all in one shell, each in a directory of its own, and looks at the shell's descriptors and children before and after. */
function scriptOf(graphs: readonly RandomGraph[]): string {
  const parts = graphs.map(({ setting, pipeline }, index) => [
    `cd ${index}`,
    "set +m; shopt -u lastpipe",
    setting,
    `{ ${pipeline}`,
    'echo "${PIPESTATUS[@]}" > statuses; } < /dev/null > stdout 2> stderr',
    "cd ..",
  ]);
  return [
    'f() { sixstream "$@"; }',
    "look() { set -- /proc/$$/fd/*; echo $#; jobs -p; cat /proc/$$/task/$$/children; }",
    "look > before; look > before",
    ...parts.flat(),
    "set +m +o multios; shopt -u lastpipe",
    "look > after",
  ].join("\n");
}

function bytesOf(file: string): Uint8Array | null {
  try {
    return Deno.readFileSync(file);
  } catch {
    return null;
  }
}

/** What is wrong with what a graph has left; empty if nothing is. */
function wrongIn(directory: string, { pipeline, outputs }: RandomGraph): string[] {
  const stages = pipeline.split(/ \|[&\d>,]* /).length;
  const wrong = [...outputs].flatMap(([name, expected]) => {
    const bytes = bytesOf(path.join(directory, name));
    if (bytes === null) return [`${name} is missing`];
    if (bytes.length === expected.length && bytes.every((byte, i) => byte === expected[i])) return [];
    return [`${name}: ${bytes.length} bytes, not those ${expected.length} that are expected`];
  });
  const statuses = Deno.readTextFileSync(path.join(directory, "statuses"));
  if (statuses !== `${Array(stages).fill("0").join(" ")}\n`) wrong.push(`statuses ${statuses}`);
  return [...wrong, Deno.readTextFileSync(path.join(directory, "stderr"))].filter((text) => text !== "");
}

for (const [name, environment] of [["", {}], [", every subshell forked", { HEXSH_FORCE_FORK: "1" }]] as const) {
  check(`random graphs of up to eight stages, against a model${name}`, async (directory) => {
    const random = new Random(SEED);
    const graphs = Array.from({ length: GRAPHS }, () => randomGraph(random));
    for (const [index, { inputs }] of graphs.entries()) {
      Deno.mkdirSync(path.join(directory, String(index)));
      for (const [file, bytes] of inputs) Deno.writeFileSync(path.join(directory, String(index), file), bytes);
    }
    const { status, stderr } = await runScript(scriptOf(graphs), directory, { environment, seconds: 120 });
    equal(stderr, "");
    equal(status, 0);
    const failures = graphs.flatMap((graph, index) =>
      wrongIn(path.join(directory, String(index)), graph).map((wrong) =>
        `${graph.setting}\n${graph.pipeline}\n${wrong}`
      )
    );
    deepEqual(failures, []);
    const look = (file: string) => Deno.readTextFileSync(path.join(directory, file));
    equal(look("after"), look("before"));
  });
}
