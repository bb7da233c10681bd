/**
 * Makes a program out of bundled code: with `deno compile`, the pre-start stub, and what V8 compiles of the code in a first
 * run, the *training* (see `loader.ts`).
 */
import * as path from "node:path";
import { WITHOUT_PRESTART } from "../../src/system/memory_file.ts";
import { libraryFile, stubFile } from "./compile_c.ts";
import { fetchDenort, findDenort } from "./denort.ts";
import { injectPrestart, UnsuitableProgram } from "./elf.ts";
import type { Program } from "./program.ts";
import { BuildError, run, runDeno } from "./support.ts";

/** How long Deno's own download of denort may take, in milliseconds, before npm is asked. */
const DOWNLOAD_TIMEOUT = 60_000;

/** How long the training may take, in milliseconds. */
const TRAINING_TIMEOUT = 60_000;

/** Whether programs are to have the pre-start stub. */
export const wantsPrestart = (Deno.env.get("HEXSH_NO_PRESTART") ?? "") === "";

/** How much stack V8 may use where the stub provides for it: some 20,000 nested calls of a shell function. */
const V8_STACK_KIB = 32_000;
/** What the C library and the runtime use beyond that, and before V8 begins to count. */
const OTHER_STACK_KIB = 2000;

const V8_FLAGS = [
  // A process with helper threads can't be forked.
  "--single-threaded",
  // What has been compiled is kept, also if it is used rarely.
  "--no-flush-bytecode",
  // Baseline code is made at once, in passing over the bytecode; so less of a script's first milliseconds is interpreted.
  "--always-sparkplug",
  // Optimizing takes milliseconds, in which short scripts end; by default 400 calls of a function lead to it. With 1500, a script of as
  // many lines that each run once spends a third of its time on it; with more than this, loops are slower by a noticeable part.
  "--invocation-count-for-maglev=2000",
  // The better one of the optimizing compilers takes ten times as long as the other, and there is no thread to run it beside the
  // script; what it gains shows only after a second.
  "--maglev-as-top-tier",
  // In MiB. In what V8 begins with, a script of some hundred lines meets its first garbage collections, which take 2 ms each, for all
  // of it lives; with more than this, loops run out of the processor's cache.
  "--min-semi-space-size=4",
];

/** What V8 has compiled, as `loader.ts` reads it. */
const COMPILED = "program.cache";

/** A way to make a program: with the stub or without. */
interface Variant {
  readonly v8Flags: readonly string[];
  /** The first arguments that the program has. */
  readonly arguments: readonly string[];
  /** Completes what `deno compile` has made. */
  finish(file: string, commandNames: readonly string[]): Promise<void>;
}

const withPrestart: Variant = {
  v8Flags: [...V8_FLAGS, `--stack-size=${V8_STACK_KIB}`],
  arguments: [],
  async finish(file, names) {
    const program = injectPrestart(await Deno.readFile(file), {
      stub: await Deno.readFile(stubFile),
      library: await Deno.readFile(libraryFile),
      stackSize: (V8_STACK_KIB + OTHER_STACK_KIB) * 1024,
      names,
    });
    await Deno.writeFile(file, program);
  },
};

/** `src/system/library.ts` looks for the argument, and for the library among the embedded files. */
const withoutPrestart: Variant = {
  // V8 takes a megabyte for what there is; a main thread has eight, unless somebody has set a limit.
  v8Flags: [...V8_FLAGS, "--stack-size=2000"],
  arguments: [WITHOUT_PRESTART],
  finish: () => Promise.resolve(),
};

const usualVariant = wantsPrestart ? withPrestart : withoutPrestart;

/** Runs `deno compile` with the given denort, or with the one that Deno downloads. */
function denoCompile(denort: string | null, main: string, target: string, variant: Variant) {
  const args = [
    "compile",
    "--quiet",
    "--no-check",
    "--no-lock",
    // The cache would have a predictable name in a directory that everyone can write to.
    "--no-code-cache",
    ...variant.v8Flags.length === 0 ? [] : [`--v8-flags=${variant.v8Flags.join(",")}`],
    "--allow-all",
    "--include",
    path.dirname(main),
    "--output",
    target,
    main,
    ...variant.arguments,
  ];
  // It would get into the program.
  Deno.env.delete("DENO_V8_FLAGS");
  return denort === null
    ? runDeno(args, { timeout: DOWNLOAD_TIMEOUT })
    : runDeno(args, { environment: { DENORT_BIN: denort } });
}

/**
 * Makes `target` out of the files in `directory`, with the module `loader` as its main module. `commandNames` are those that the
 * stub must leave to it.
 * @throws {BuildError} if that is not possible.
 */
export async function compile(
  directory: string,
  loader: string,
  target: string,
  variant = usualVariant,
  commandNames: readonly string[] = [],
): Promise<void> {
  const main = path.join(directory, "main.ts");
  await Deno.copyFile(loader, main);
  const denort = await findDenort();
  let finished = await denoCompile(denort, main, target, variant);
  if (!finished.success && denort === null) {
    finished = await denoCompile(await fetchDenort(), main, target, variant);
  }
  if (!finished.success) throw new BuildError(`deno compile failed\n${finished.output}`);
  await variant.finish(target, commandNames);
  // The runtime reads the program's code out of the file, so that everyone who may run it must be able to read it.
  await Deno.chmod(target, 0o755);
}

/**
 * Makes the program `target` out of the text of one module, with nothing of the shell's in it, for comparison.
 * @throws {BuildError} if that is not possible.
 */
export async function compilePlain(text: string, target: string): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "hexsh-build-" });
  try {
    const module = path.join(directory, "plain.ts");
    await Deno.writeTextFile(module, text);
    await compile(directory, module, target, { v8Flags: [], arguments: [], finish: () => Promise.resolve() });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Runs `program`, which `training_loader.ts` started to keep what is compiled in the file `compiled`. */
async function train(program: string, args: readonly string[], compiled: string): Promise<void> {
  const { success, output } = await run(program, args, {
    environment: { HEXSH_TRAINING: compiled },
    timeout: TRAINING_TIMEOUT,
  });
  if (!success) throw new BuildError(`the program that was built does not run\n${output}`);
}

async function compileVariant(program: Program, directory: string, target: string, variant: Variant): Promise<void> {
  const compiled = path.join(directory, COMPILED);
  await Deno.remove(compiled).catch(() => {});
  await compile(directory, path.join(import.meta.dirname!, "training_loader.ts"), target, variant);
  await train(target, program.training, compiled);
  await compile(directory, path.join(import.meta.dirname!, "loader.ts"), target, variant, await program.commandNames());
}

/**
 * Makes `program` out of the code that has been bundled into `directory`. Where the stub does not fit, it goes on without it and
 * says so.
 * @throws {BuildError} if that is not possible.
 */
export async function compileProgram(program: Program, directory: string): Promise<void> {
  const unfinished = `${program.file}.unfinished`;
  const compileWithout = async () => {
    await Deno.copyFile(libraryFile, path.join(directory, path.basename(libraryFile)));
    await compileVariant(program, directory, unfinished, withoutPrestart);
  };
  if (!wantsPrestart) await compileWithout();
  else {
    try {
      await compileVariant(program, directory, unfinished, withPrestart);
    } catch (error) {
      if (!(error instanceof UnsuitableProgram)) throw error;
      console.error(`hexsh: built without the pre-start stub: ${error.message}`);
      await compileWithout();
    }
  }
  await Deno.rename(unfinished, program.file);
}
