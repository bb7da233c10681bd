/**
 * Builds `dist/hexsh`: the C library and the pre-start stub with `cc`, the shell's code with `deno bundle`, both into
 * one program with `deno compile`. What has not changed is not made again. `--quiet` says nothing if all goes well. With
 * `HEXSH_NO_PRESTART` in the environment the program is made without the stub, as it is where the stub does not fit.
 */
import * as path from "node:path";
import { WITHOUT_PRESTART } from "../../src/system/memory_file.ts";
import { compileC, libraryFile, stubFile } from "./compile_c.ts";
import { DENO_VERSION, fetchDenort, findDenort } from "./denort.ts";
import { injectPrestart, UnsuitableProgram } from "./elf.ts";
import {
  BuildError,
  dist,
  failedToDownload,
  filesBelow,
  fingerprint,
  makeIfChanged,
  root,
  runDeno,
} from "./support.ts";

/** What a program is made of. */
export interface Program {
  /** The main module. */
  readonly entry: string;
  /** Modules that are loaded later, by their names. */
  readonly deferred?: readonly string[];
  /** The finished program. */
  readonly file: string;
  /** The directory of the modules that the program may import. */
  readonly sources: string;
  /**
   * Files that the program holds beside its code, by the name that `import.meta.dirname` shows them under, with the
   * function that makes their text.
   */
  readonly assets: Readonly<Record<string, () => Promise<string>>>;
}

const hexsh: Program = {
  entry: path.join(root, "src/main.ts"),
  deferred: [path.join(root, "src/deferred.ts")],
  file: path.join(dist, "hexsh"),
  sources: path.join(root, "src"),
  assets: {
    "help.json": async () => JSON.stringify((await import("../../src/builtins/help.ts")).HELP),
  },
};

/** The shell. */
export const programFile = hexsh.file;

/** How long Deno's own download of denort may take, in milliseconds, before npm is asked. */
const DOWNLOAD_TIMEOUT = 60_000;

/** Bundles the code into `directory`, which becomes the root of the program's embedded files. */
async function bundle(program: Program, directory: string): Promise<void> {
  await Deno.remove(directory, { recursive: true }).catch(() => {});
  const { success, output } = await runDeno([
    "bundle",
    "--quiet",
    "--minify",
    // Modules that are imported only when needed stay files of their own, and share what they have in common.
    "--code-splitting",
    "--outdir",
    directory,
    program.entry,
    ...program.deferred ?? [],
  ]);
  if (!success && failedToDownload(output)) {
    throw new BuildError("deno bundle needs esbuild from npm; connect to the network, or set NPM_CONFIG_REGISTRY");
  }
  if (!success) throw new BuildError(`deno bundle failed\n${output}`);
  for (const [name, make] of Object.entries(program.assets)) {
    await Deno.writeTextFile(path.join(directory, name), await make());
  }
}

/** Whether programs are to have the pre-start stub. */
export const wantsPrestart = (Deno.env.get("HEXSH_NO_PRESTART") ?? "") === "";

/** How much stack V8 may use where the stub provides for it: some 20,000 nested calls of a shell function. */
const V8_STACK_KIB = 32_000;
/** What the C library and the runtime use beyond that, and before V8 begins to count. */
const OTHER_STACK_KIB = 2000;

/** A process with helper threads can't be forked. */
const V8_FLAGS = ["--single-threaded"];

/**
 * Runs `deno compile` with the given denort, or with the one that Deno downloads.
 * @param args the first arguments that the program has
 */
function compileWith(denort: string | null, main: string, target: string, v8Flags: string[], args: string[]) {
  const command = [
    "compile",
    "--quiet",
    "--no-check",
    "--no-lock",
    // The cache would have a predictable name in a directory that everyone can write to.
    "--no-code-cache",
    `--v8-flags=${v8Flags.join(",")}`,
    "--allow-all",
    "--include",
    path.dirname(main),
    "--output",
    target,
    main,
    ...args,
  ];
  // It would get into the program.
  Deno.env.delete("DENO_V8_FLAGS");
  return denort === null
    ? runDeno(command, { timeout: DOWNLOAD_TIMEOUT })
    : runDeno(command, { environment: { DENORT_BIN: denort } });
}

/** Makes `target` out of the module `main` and the files beside it. */
async function compile(main: string, target: string, v8Flags: string[], args: string[]): Promise<void> {
  const denort = await findDenort();
  let finished = await compileWith(denort, main, target, v8Flags, args);
  if (!finished.success && denort === null) {
    finished = await compileWith(await fetchDenort(), main, target, v8Flags, args);
  }
  if (!finished.success) throw new BuildError(`deno compile failed\n${finished.output}`);
}

/** Makes `target` with the stub in it. */
async function compileWithPrestart(main: string, target: string): Promise<void> {
  await compile(main, target, [...V8_FLAGS, `--stack-size=${V8_STACK_KIB}`], []);
  const program = injectPrestart(await Deno.readFile(target), {
    stub: await Deno.readFile(stubFile),
    library: await Deno.readFile(libraryFile),
    stackSize: (V8_STACK_KIB + OTHER_STACK_KIB) * 1024,
  });
  await Deno.writeFile(target, program);
}

/** Makes `target` without the stub; `src/system/library.ts` looks for the C library and the argument. */
async function compileWithoutPrestart(main: string, target: string): Promise<void> {
  await Deno.copyFile(libraryFile, path.join(path.dirname(main), path.basename(libraryFile)));
  await compile(main, target, V8_FLAGS, [WITHOUT_PRESTART]);
}

async function compileProgram(program: Program, directory: string): Promise<void> {
  const unfinished = `${program.file}.unfinished`;
  const main = path.join(directory, path.basename(program.entry, ".ts") + ".js");
  if (wantsPrestart) {
    try {
      await compileWithPrestart(main, unfinished);
    } catch (error) {
      if (!(error instanceof UnsuitableProgram)) throw error;
      console.error(`hexsh: built without the pre-start stub: ${error.message}`);
      await compileWithoutPrestart(main, unfinished);
    }
  } else await compileWithoutPrestart(main, unfinished);
  // The runtime reads the program's code out of the file, so that everyone who may run it must be able to read it.
  await Deno.chmod(unfinished, 0o755);
  await Deno.rename(unfinished, program.file);
}

/** A fingerprint of everything that a program is made from. */
function programInputs(program: Program): string {
  const sources = filesBelow(program.sources, (name) => name.endsWith(".ts") && !name.endsWith("_test.ts"));
  const build = filesBelow(
    path.join(root, "native/build"),
    (name) => name.endsWith(".ts") && !name.endsWith("_test.ts"),
  );
  const files = [program.entry, ...sources, ...build, path.join(root, "deno.json"), libraryFile, stubFile];
  return fingerprint(files, [DENO_VERSION, Deno.env.get("DENORT_BIN") ?? "", String(wantsPrestart)]);
}

/**
 * Builds what has changed of the C code and of a program, by default the shell. Returns whether the program was made.
 * @throws {BuildError} if something is missing or has an error in it.
 */
export async function build(program: Program = hexsh): Promise<boolean> {
  if (Deno.version.deno !== DENO_VERSION) {
    throw new BuildError(
      `this is Deno ${Deno.version.deno}, and hexsh needs ${DENO_VERSION}: npx -y deno@${DENO_VERSION} task build`,
    );
  }
  await compileC();
  const directory = path.join(dist, "bundle", path.basename(program.file));
  return await makeIfChanged(program.file, programInputs(program), async () => {
    await bundle(program, directory);
    await compileProgram(program, directory);
  });
}

/** Runs `main`; what it throws for the user is printed, and the process ends with status 1. */
export async function reportErrors(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`hexsh: ${error.message}`);
    Deno.exit(1);
  }
}

if (import.meta.main) {
  await reportErrors(async () => {
    const made = await build();
    if (!Deno.args.includes("--quiet")) console.log(`dist/hexsh ${made ? "built" : "is up to date"}`);
  });
}
