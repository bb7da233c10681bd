/**
 * Data through the shell's own hands: the builtins that move it inside the kernel, the same with that switched off, and the programs
 * that do without the shell.
 */
import * as path from "node:path";
import { programFile } from "../../native/build/build.ts";
import { median } from "./measure.ts";

/** A way to do something, as a script in which FILE is the input and OUT begins the names of files to write. */
interface Way {
  readonly name: string;
  readonly script: string;
  /** The program that it needs, if not every system has it. */
  readonly needs?: string;
}

interface Comparison {
  readonly name: string;
  /** Bytes of the input, at scale 1. */
  readonly size: number;
  /** The first is what the others are held against. */
  readonly ways: readonly Way[];
}

export interface StreamResult {
  readonly name: string;
  readonly bytes: number;
  readonly ways: readonly { readonly name: string; readonly milliseconds: number }[];
}

const GIBIBYTE = 2 ** 30;
/** Takes all that comes without looking at it, and costs next to nothing. */
const SINK = "cat > /dev/null";

/** What it costs to look on while data goes to `consumer`. */
function meterComparison(name: string, consumer: string): Comparison {
  return {
    name,
    size: GIBIBYTE,
    ways: [
      { name: "meter", script: `/bin/cat FILE | meter -f | ${consumer}` },
      { name: "no meter", script: `/bin/cat FILE | ${consumer}` },
      { name: "nosplice", script: `/bin/cat FILE | (set -o nosplice; meter -f) | ${consumer}` },
      { name: "pv", script: `/bin/cat FILE | pv -f | ${consumer}`, needs: "pv" },
    ],
  };
}

const COMPARISONS: readonly Comparison[] = [
  {
    name: "cat, file to pipe",
    size: GIBIBYTE,
    ways: [
      { name: "builtin", script: `cat FILE | ${SINK}` },
      { name: "nosplice", script: `(set -o nosplice; cat FILE) | ${SINK}` },
      { name: "GNU cat", script: `/bin/cat FILE | ${SINK}` },
    ],
  },
  {
    name: "cat, pipe to pipe",
    size: GIBIBYTE,
    ways: [
      { name: "builtin", script: `/bin/cat FILE | cat | ${SINK}` },
      { name: "nosplice", script: `/bin/cat FILE | (set -o nosplice; cat) | ${SINK}` },
      { name: "GNU cat", script: `/bin/cat FILE | /bin/cat | ${SINK}` },
    ],
  },
  {
    name: "cat, pipe to file",
    size: 4 * GIBIBYTE,
    ways: [
      { name: "builtin", script: "/bin/cat FILE | cat > OUT" },
      { name: "nosplice", script: "/bin/cat FILE | (set -o nosplice; cat) > OUT" },
      { name: "GNU cat", script: "/bin/cat FILE | /bin/cat > OUT" },
    ],
  },
  {
    name: "fan-out to two files",
    size: GIBIBYTE,
    ways: [
      { name: "tee", script: "/bin/cat FILE | tee OUT1 > OUT2" },
      { name: "multios", script: "set -o multios; /bin/cat FILE > OUT1 > OUT2" },
      { name: "nosplice", script: "set -o nosplice; /bin/cat FILE | tee OUT1 > OUT2" },
      { name: "GNU tee", script: "/bin/cat FILE | /usr/bin/tee OUT1 > OUT2" },
    ],
  },
  meterComparison("meter, to nothing", SINK),
  meterComparison("meter, to a checksum", "sha256sum"),
];

/** Where files are in memory, so that no disk is measured; else the directory for temporary files. */
function makeDirectory(): string {
  const options = { prefix: "hexsh-bench-" };
  try {
    return Deno.makeTempDirSync({ ...options, dir: "/dev/shm" });
  } catch {
    return Deno.makeTempDirSync(options);
  }
}

function isInstalled(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((directory) => {
    try {
      return Deno.statSync(`${directory}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

function writeInput(file: string, size: number): void {
  const block = crypto.getRandomValues(new Uint8Array(65536));
  using output = Deno.openSync(file, { write: true, create: true });
  for (let written = 0; written < size; written += block.length) output.writeSync(block);
}

function runOnce(script: string, directory: string): number {
  const text = script.replaceAll("FILE", path.join(directory, "input")).replaceAll(
    "OUT",
    path.join(directory, "output"),
  );
  const command = new Deno.Command(programFile, { args: ["-c", text], stdin: "null", stdout: "null", stderr: "null" });
  const start = performance.now();
  const { success } = command.outputSync();
  if (!success) throw new Error(`failed: ${text}`);
  return performance.now() - start;
}

/**
 * Measures every comparison, its ways interleaved.
 *
 * @param scale by which sizes are multiplied
 * @param start what to take off for the start of the shell, in milliseconds
 */
export function measureStreams(rounds: number, scale: number, start: number): StreamResult[] {
  const directory = makeDirectory();
  try {
    return COMPARISONS.map(({ name, size, ways }) => {
      const bytes = Math.max(65536, Math.round(size * scale));
      writeInput(path.join(directory, "input"), bytes);
      const able = ways.filter(({ needs }) => needs === undefined || isInstalled(needs));
      const times = new Map(able.map((way) => [way, [] as number[]]));
      // The first round brings what is needed into memory.
      for (let round = -1; round < rounds; round++) {
        for (const way of able) {
          const milliseconds = runOnce(way.script, directory);
          if (round >= 0) times.get(way)!.push(milliseconds);
        }
      }
      const results = able.map((way) => ({
        name: way.name,
        milliseconds: Math.max(median(times.get(way)!) - start, 0.1),
      }));
      return { name, bytes, ways: results };
    });
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

/** The rows of a table: how long each way takes, how much it moves in a second, and how much faster the first one is. */
export function streamRows(results: readonly StreamResult[]): string[][] {
  const rows = results.flatMap(({ name, bytes, ways }) =>
    ways.map(({ name: way, milliseconds }, index) => [
      index === 0 ? name : "",
      way,
      milliseconds.toFixed(0),
      (bytes / milliseconds / (GIBIBYTE / 1000)).toFixed(2),
      index === 0 ? "" : (milliseconds / ways[0]!.milliseconds).toFixed(2),
    ])
  );
  return [["streams", "way", "ms", "GiB/s", "first is faster by"], ...rows];
}
