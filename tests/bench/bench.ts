/**
 * Measures hexsh against the shells that are installed: `deno task bench --help` tells how it is called.
 *
 * Every script runs under every shell, interleaved; the table has the medians without the time that the shell takes to
 * start, the ratio to bash and to the best other shell (above 1: hexsh is faster), and `!` where an answer differs. The group
 * `streams` compares hexsh's own ways to move data with each other and with programs: see `streams.ts`. The group `platform`
 * holds it against an empty program and a loop in C: see `platform.ts`.
 */
import { parseArgs } from "node:util";
import { build, reportErrors } from "../../native/build/build.ts";
import { BuildError } from "../../native/build/support.ts";
import { measure, type Measured, measureStart, prepareFiles } from "./measure.ts";
import { measurePlatform, platformRows } from "./platform.ts";
import { allScripts, type Script } from "./scripts.ts";
import { installedShells } from "./shells.ts";
import { measureStreams, type StreamResult, streamRows } from "./streams.ts";

/** The groups that aren't scripts: what moves data, and the shell against what it can't get below. */
const STREAMS = "streams";
const PLATFORM = "platform";

const USAGE = `Usage: deno task bench [OPTION]... [GROUP]...
Measure hexsh against the shells that are installed, in all groups or in these: language, memory, parsing, pipelines, platform,
processes, streams.

  --quick         one round of small sizes, which takes a minute
  --rounds N      how often each script runs; the figures are medians (5)
  --scale FACTOR  multiplies the sizes (1)
  --shells NAMES  only these other shells, separated by commas
  --json FILE     write the results there, too
  --help          show this text`;

interface Row {
  readonly script: Script;
  readonly measured: readonly Measured[];
}

/** How much faster hexsh is than `other`. */
function ratio(row: Row, other: Measured | undefined): number | null {
  const own = row.measured[0];
  return own === undefined || other === undefined ? null : other.net / own.net;
}

/** The fastest of the other shells that gave the right answer. */
function bestOther({ measured }: Row): Measured | undefined {
  const [own, ...others] = measured;
  return others
    .filter(({ answer }) => answer === own?.answer)
    .sort((one, other) => one.net - other.net)[0];
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

function cell({ net, resident }: Measured, expected: string, answer: string): string {
  const mark = answer === expected ? "" : "!";
  if (resident !== null) return `${(resident / 1024).toFixed(1)} MB`;
  return `${mark}${net.toFixed(net < 100 ? 1 : 0)}`;
}

/** The rows of a table as lines, with the columns aligned: the first to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((text, column) => column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)).join("  ")
    )
    .join("\n");
}

function table(group: string, rows: readonly Row[], shells: readonly string[]): string {
  const show = (value: number | null) => value === null ? "" : value.toFixed(2);
  const lines = rows.map((row) => {
    const expected = row.measured.find(({ shell }) => shell === "bash")?.answer ?? row.measured[0]!.answer;
    const cells = shells.map((name) => {
      const found = row.measured.find(({ shell }) => shell === name);
      return found === undefined ? "-" : cell(found, expected, found.answer);
    });
    const bash = row.measured.find(({ shell }) => shell === "bash");
    return [row.script.name, ...cells, show(ratio(row, bash)), show(ratio(row, bestOther(row)))];
  });
  return aligned([[group, ...shells, "vs bash", "vs best"], ...lines]);
}

/** The geometric means of the ratios of a group. */
function summary(rows: readonly Row[]): string {
  const toBash = rows.map((row) => ratio(row, row.measured.find(({ shell }) => shell === "bash")));
  const toBest = rows.map((row) => ratio(row, bestOther(row)));
  const mean = (ratios: readonly (number | null)[]) => {
    const known = ratios.filter((value) => value !== null);
    return known.length === 0 ? "-" : geometricMean(known).toFixed(2);
  };
  return `geometric mean: ${mean(toBash)} times bash, ${mean(toBest)} times the best other shell of each script`;
}

/** @throws {BuildError} if they are wrong */
function parseArguments() {
  try {
    return parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        json: { type: "string" },
        shells: { type: "string", default: "" },
        rounds: { type: "string" },
        scale: { type: "string" },
      },
    });
  } catch (error) {
    throw new BuildError(`bench: ${(error as Error).message.split(".")[0]}\n${USAGE}`);
  }
}

await reportErrors(async () => {
  const { values, positionals } = parseArguments();
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  const scale = Number(values.scale ?? (values.quick ? 0.06 : 1));
  const scripts = allScripts(positionals);
  const isWanted = (group: string) => positionals.length === 0 || positionals.includes(group);
  const withStreams = isWanted(STREAMS);
  const withPlatform = isWanted(PLATFORM);
  if ((scripts.length === 0 && !withStreams && !withPlatform) || !(rounds > 0) || !(scale > 0)) {
    throw new BuildError("bench: nothing to measure");
  }
  await build();
  const shells = installedShells(values.shells === "" ? [] : values.shells.split(","));
  const names = shells.map(({ name }) => name);
  const { environment, remove } = prepareFiles(scale);
  try {
    const start = measureStart(shells, values.quick ? 5 : 21, environment);
    console.log(aligned([["start-up", ...names], ["-c :", ...names.map((name) => start.get(name)!.toFixed(1))]]));
    const platform = withPlatform ? await measurePlatform(rounds) : [];
    if (withPlatform) console.log(`\n${aligned(platformRows(platform))}`);
    const all: Row[] = [];
    for (const group of [...new Set(scripts.map((script) => script.group))]) {
      const rows = scripts.filter((script) => script.group === group).map((script) => ({
        script,
        measured: measure(script, shells, rounds, scale, start, environment),
      }));
      console.log(`\n${table(group, rows, names)}`);
      if (group !== "memory") console.log(summary(rows));
      all.push(...rows);
    }
    const streams: StreamResult[] = [];
    for (const result of withStreams ? measureStreams(rounds, scale, start.get(names[0]!)!) : []) {
      console.log(`\n${aligned(streamRows(result))}`);
      streams.push(result);
    }
    if (values.json !== undefined) {
      const results = all.map(({ script: { group, name, size }, measured }) => ({ group, name, size, measured }));
      Deno.writeTextFileSync(
        values.json,
        JSON.stringify({ start: Object.fromEntries(start), platform, results, streams }, null, 2) + "\n",
      );
    }
  } finally {
    remove();
  }
});
