/** Running scripts under shells and taking the time. */
import * as path from "node:path";
import type { Script } from "./scripts.ts";
import type { BenchedShell } from "./shells.ts";

/** What a shell made of a script. */
export interface Measured {
  readonly shell: string;
  /** Medians, in milliseconds: of a whole run, and without the start of the shell. */
  readonly milliseconds: number;
  readonly net: number;
  /** What it wrote, of which a resident size is taken out. */
  readonly answer: string;
  /** Its resident size at the end in KiB, where the script tells it. */
  readonly resident: number | null;
}

const LIMIT_MILLISECONDS = 120_000;

/** How many lines BENCH_LINES has, at the usual scale. */
const LINES = 300_000;

/** Files that scripts read: BENCH_LINES, of short lines, as many as `scale` says; BENCH_DIRECTORY, with 500 files. */
export function prepareFiles(scale: number): { environment: Record<string, string>; remove: () => void } {
  const directory = Deno.makeTempDirSync({ prefix: "hexsh-bench-" });
  const lines = path.join(directory, "lines");
  Deno.writeTextFileSync(
    lines,
    Array.from({ length: LINES * scale }, (_, i) => `line-${i}:${i}:the rest of it\n`).join(""),
  );
  const files = path.join(directory, "files");
  Deno.mkdirSync(files);
  for (let i = 0; i < 250; i++) {
    for (const suffix of ["txt", "log"]) Deno.writeTextFileSync(path.join(files, `file-${i}.${suffix}`), "");
  }
  return {
    environment: { BENCH_LINES: lines, BENCH_DIRECTORY: files, LC_ALL: "C.UTF-8" },
    remove: () => Deno.removeSync(directory, { recursive: true }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function runOnce(shell: BenchedShell, args: readonly string[], env: Record<string, string>) {
  const [program, ...options] = shell.command;
  const command = new Deno.Command("timeout", {
    args: [String(LIMIT_MILLISECONDS / 1000), program!, ...options, ...args],
    env,
    stdin: "null",
    stderr: "null",
  });
  const start = performance.now();
  const { success, stdout } = command.outputSync();
  const milliseconds = performance.now() - start;
  return { milliseconds, success, answer: new TextDecoder().decode(stdout).trim() };
}

/** The median time that each shell takes to start and end, interleaved. */
export function measureStart(
  shells: readonly BenchedShell[],
  rounds: number,
  environment: Record<string, string>,
): Map<string, number> {
  const times = new Map(shells.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const shell of shells) times.get(shell.name)!.push(runOnce(shell, ["-c", ":"], environment).milliseconds);
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

/**
 * Runs `script` under every shell that can, interleaved.
 *
 * @param start what to take off for the start of each shell
 * @param scale by which its size is multiplied
 */
export function measure(
  script: Script,
  shells: readonly BenchedShell[],
  rounds: number,
  scale: number,
  start: ReadonlyMap<string, number>,
  environment: Record<string, string>,
): Measured[] {
  const able = shells.filter(({ features }) => script.needs === "" || features.includes(script.needs));
  const args = [script.file, String(Math.max(1, Math.round(script.size * scale)))];
  const runs = new Map(able.map(({ name }) => [name, { times: [] as number[], answer: "" }]));
  for (let round = 0; round < rounds; round++) {
    for (const shell of able) {
      const { milliseconds, success, answer } = runOnce(shell, args, environment);
      const kept = runs.get(shell.name)!;
      kept.times.push(milliseconds);
      kept.answer = success ? answer : "failed";
    }
  }
  return able.map(({ name }) => {
    const { times, answer } = runs.get(name)!;
    const resident = /^VmRSS:\s*(\d+) kB$/m.exec(answer);
    const milliseconds = median(times);
    return {
      shell: name,
      milliseconds,
      net: Math.max(milliseconds - start.get(name)!, 0.1),
      answer: resident === null ? answer : "",
      resident: resident === null ? null : Number(resident[1]),
    };
  });
}
