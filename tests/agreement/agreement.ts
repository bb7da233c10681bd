/**
 * Holds random programs against bash: `deno run -A tests/agreement/agreement.ts SEED COUNT [SHELL]`. Both shells have to print
 * the same and end with the same status. A program on which they don't is shown as small as it can be made, with the
 * seed that makes it again alone.
 */
import { programFile } from "../../native/build/build.ts";
import { Random } from "../fuzz/random.ts";
import { Choices } from "./choices.ts";
import { type Outcome, runBatch } from "./batch.ts";
import { Programs } from "./programs.ts";
import { shrink } from "./shrink.ts";

export const BASH = "/usr/bin/bash";

/** How many programs one start of a shell runs. */
const BATCH = 100;
/** How many of these are under way at once, so that no processor waits for the slower shell. */
const UNDER_WAY = 1 + Math.ceil(navigator.hardwareConcurrency / 2);
/** How long a batch may take, also on a machine that has much else to do. */
const SECONDS = 60;
/** How long those of a program that is being made small may take: few do much, and some that it might become never end. */
const SHRINKING_SECONDS = 3;
/** How many disagreements are shown: each of them takes a while to be made small. */
const SHOWN = Number(Deno.env.get("HEXSH_AGREEMENT_SHOWN") ?? 10);

/** Writes the program that choices make. */
const write = (choices: Choices) => new Programs(choices).program();

const programOf = (seed: number) => write(new Choices([], new Random(seed)));

/** Whether both did the same. Where bash has not lived to tell its status, there is nothing to agree on. */
const agree = (ours: Outcome, theirs: Outcome) =>
  theirs.status === null ||
  (ours.status === theirs.status && ours.stdout === theirs.stdout && ours.stderr === theirs.stderr);

/** Runs programs in both shells at once. */
async function runBoth(
  shell: string,
  programs: readonly string[],
  seconds = SECONDS,
): Promise<[Outcome, Outcome][]> {
  const [ours, theirs] = await Promise.all([
    runBatch(shell, programs, seconds),
    runBatch(BASH, programs, seconds),
  ]);
  return ours.map((outcome, index) => [outcome, theirs[index]!]);
}

/** Which seeds of `count` from `first` on make programs on which the shells disagree. */
async function* disagreements(shell: string, first: number, count: number): AsyncGenerator<number> {
  const batches: Promise<readonly number[]>[] = [];
  for (let at = 0; at < count; at += BATCH) {
    if (batches.length >= UNDER_WAY) yield* await batches.shift()!;
    const seeds = Array.from({ length: Math.min(BATCH, count - at) }, (_, index) => first + at + index);
    batches.push(disagreementsAmong(shell, seeds));
  }
  for (const batch of batches) yield* await batch;
}

/** Those of some seeds, of one batch, on whose programs the shells disagree, also when they are run alone. */
async function disagreementsAmong(shell: string, seeds: readonly number[]): Promise<readonly number[]> {
  const outcomes = await runBoth(shell, seeds.map(programOf));
  const suspects = seeds.filter((_, index) => !agree(...outcomes[index]!));
  const confirmed: number[] = [];
  for (const seed of suspects) if (await disagree(shell, programOf(seed))) confirmed.push(seed);
  return confirmed;
}

/** Whether the shells disagree on a program that is run alone. */
async function disagree(shell: string, program: string): Promise<boolean> {
  const [[ours, theirs]] = await runBoth(shell, [program]) as [[Outcome, Outcome]];
  return !agree(ours, theirs);
}

async function describe(shell: string, seed: number): Promise<string> {
  const choices = new Choices([], new Random(seed));
  write(choices);
  const program = await shrink(choices.made, write, (programs) => firstDisagreement(shell, programs));
  const [[ours, theirs]] = await runBoth(shell, [program]) as [[Outcome, Outcome]];
  return [`seed ${seed}`, program, "hexsh:", shown(ours), "bash:", shown(theirs)].join("\n");
}

/** The first of several programs that the shells disagree on; -1 if there is none. */
async function firstDisagreement(shell: string, programs: readonly string[]): Promise<number> {
  const outcomes = await runBoth(shell, programs, SHRINKING_SECONDS);
  for (const [index, [ours, theirs]] of outcomes.entries()) {
    if (!agree(ours, theirs) && await disagree(shell, programs[index]!)) return index;
  }
  return -1;
}

function shown({ stdout, stderr, status }: Outcome): string {
  return `${
    (stdout + (stderr && `\nstderr:\n${stderr}`)).replaceAll(/[^\n\x20-\x7e\x80-\uffff]/g, (character) =>
      `\\x${character.charCodeAt(0).toString(16)}`)
  }\nstatus ${status ?? "unknown: it was ended"}`
    .replaceAll(/^/gm, "  ");
}

/** Holds `count` programs, from the seed `first` on, against bash. Gives what there is to say of each that it does not agree on. */
export async function* check(shell: string, first: number, count: number): AsyncGenerator<string> {
  let failures = 0;
  for await (const seed of disagreements(shell, first, count)) {
    yield ++failures <= SHOWN ? await describe(shell, seed) : `seed ${seed}`;
  }
}

if (import.meta.main) {
  const [seed, count] = Deno.args.map(Number) as [number, number];
  let failures = 0;
  for await (const failure of check(Deno.args[2] ?? programFile, seed, count)) {
    failures++;
    console.log(`not ok ${failure.replaceAll("\n", "\n  ")}`);
  }
  console.log(`${count} programs, ${failures} disagreements`);
  if (failures > 0) Deno.exit(1);
}
