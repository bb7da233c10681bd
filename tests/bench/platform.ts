/**
 * The shell against what it can't get below: an empty program that `deno compile` makes, and a loop in C that does nothing but start a
 * program.
 */
import * as path from "node:path";
import { programFile } from "../../native/build/build.ts";
import { compilePlain } from "../../native/build/compile.ts";
import { cc } from "../../native/build/compile_c.ts";
import { BuildError, run } from "../../native/build/support.ts";
import { median } from "./measure.ts";

/** Programs that one measurement starts, as many as the script `processes/programs.sh`. */
const PROGRAMS = 1000;

/** Writes, if it has an argument, how much memory it has. */
const EMPTY = `if (Deno.args.length > 0) console.log(Deno.readTextFileSync("/proc/self/status"));\n`;

export interface PlatformResult {
  readonly name: string;
  readonly unit: string;
  readonly hexsh: number;
  /** What it is held against. */
  readonly floor: number;
}

/** A script of 400 lines: 50 functions, each a little different, 40 settings, and calls of ten of the functions. */
function fourHundredLines(): string {
  const lines = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("");
  const definition = (i: number) =>
    `function_${i}() {
  local name=$1 count=\${2:-${i}}
  if [ "$count" -gt ${i} ]; then
    name=\${name#prefix-} total=$((total + count * ${i}))
  fi
  case $name in a${i}*) result="\${name}_$total" ;; esac
}
`;
  const setting = (i: number) => `setting_${i}="the value of ${i}"\n`;
  return lines(50, definition) + lines(40, setting) + lines(10, (i) => `function_${i} prefix-a${i} 7\n`);
}

async function attempt(program: string, args: readonly string[]): Promise<string> {
  const { success, output } = await run(program, args);
  if (!success) throw new BuildError(`failed: ${program} ${args.join(" ")}\n${output}`);
  return output;
}

/** In milliseconds. */
function timeOf(command: readonly string[]): number {
  const [program, ...args] = command;
  const start = performance.now();
  const { success } = new Deno.Command(program!, { args, stdin: "null", stdout: "null", stderr: "null" }).outputSync();
  if (!success) throw new BuildError(`failed: ${command.join(" ")}`);
  return performance.now() - start;
}

/** The medians of commands that are run by turns. */
function medians(rounds: number, commands: readonly (readonly string[])[]): number[] {
  const times = commands.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) commands.forEach((command, i) => times[i]!.push(timeOf(command)));
  return times.map(median);
}

const residentOf = (status: string) => Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) / 1024;

/** @param rounds of the long measurements; the short ones have eight times as many */
export async function measurePlatform(rounds: number): Promise<PlatformResult[]> {
  const directory = Deno.makeTempDirSync({ prefix: "hexsh-bench-" });
  try {
    const at = (name: string) => path.join(directory, name);
    // How a file lies in the page cache is worth milliseconds: all are written alike.
    const hexsh = at("hexsh"), empty = at("empty"), loop = at("loop"), script = at("script"), nothing = at("nothing");
    await compilePlain(EMPTY, at("compiled"));
    Deno.copyFileSync(at("compiled"), empty);
    Deno.copyFileSync(programFile, hexsh);
    await cc(["-O2", "-o", loop, path.join(import.meta.dirname!, "vfork_loop.c")]);
    Deno.writeTextFileSync(script, fourHundredLines());
    Deno.writeTextFileSync(nothing, "");
    const shellsLoop = `i=0; while [ $i -lt ${PROGRAMS} ]; do /bin/true; i=$((i + 1)); done`;
    const [start, emptyStart, command, program, scriptTime, noScript] = medians(8 * rounds, [
      [hexsh, "-c", ":"],
      [empty],
      [hexsh, "-c", "/bin/true"],
      ["/bin/true"],
      [hexsh, script],
      [hexsh, nothing],
    ]);
    const [programs, loopPrograms] = medians(rounds, [
      [hexsh, "-c", shellsLoop],
      [loop, "/bin/true", String(PROGRAMS)],
    ]);
    return [
      { name: "start-up, against an empty program", unit: "ms", hexsh: start!, floor: emptyStart! },
      { name: "-c /bin/true, against the program alone", unit: "ms", hexsh: command!, floor: program! },
      { name: "400 lines of 50 functions, against none", unit: "ms", hexsh: scriptTime!, floor: noScript! },
      {
        name: `/bin/true ${PROGRAMS} times, against a C loop`,
        unit: "ms",
        hexsh: programs! - start!,
        floor: loopPrograms!,
      },
      {
        name: "resident memory, against an empty program",
        unit: "MiB",
        hexsh: residentOf(await attempt(hexsh, ["-c", "while read -r line; do echo $line; done </proc/self/status"])),
        floor: residentOf(await attempt(empty, ["memory"])),
      },
    ];
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

/** A table: both figures, their difference and their ratio. */
export function platformRows(results: readonly PlatformResult[]): string[][] {
  return [
    ["platform", "", "hexsh", "floor", "more", "times"],
    ...results.map(({ name, unit, hexsh, floor }) => [
      name,
      unit,
      hexsh.toFixed(1),
      floor.toFixed(1),
      (hexsh - floor).toFixed(1),
      (hexsh / floor).toFixed(2),
    ]),
  ];
}
