/**
 * Builds `dist/hexsh`: the C library and the pre-start stub with `cc`, the shell's code with `deno bundle`, both into
 * one program with `deno compile`. What has not changed is not made again. `--quiet` says nothing if all goes well.
 */
import * as path from "node:path";
import { compileC, libraryFile, stubFile } from "./compile_c.ts";
import { DENO_VERSION, fetchDenort, findDenort } from "./denort.ts";
import { injectPrestart } from "./elf.ts";
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
  ]);
  if (!success && failedToDownload(output)) {
    throw new BuildError("deno bundle needs esbuild from npm; connect to the network, or set NPM_CONFIG_REGISTRY");
  }
  if (!success) throw new BuildError(`deno bundle failed\n${output}`);
  for (const [name, make] of Object.entries(program.assets)) {
    await Deno.writeTextFile(path.join(directory, name), await make());
  }
}

/** Runs `deno compile` with the given denort, or with the one that Deno downloads. */
function compileWith(denort: string | null, directory: string, main: string, target: string) {
  const args = [
    "compile",
    "--quiet",
    "--no-check",
    "--no-lock",
    // The cache would have a predictable name in a directory that everyone can write to.
    "--no-code-cache",
    // A process with helper threads can't be forked.
    "--v8-flags=--single-threaded",
    "--allow-all",
    "--include",
    directory,
    "--output",
    target,
    path.join(directory, main),
  ];
  // It would get into the program.
  Deno.env.delete("DENO_V8_FLAGS");
  return denort === null
    ? runDeno(args, { timeout: DOWNLOAD_TIMEOUT })
    : runDeno(args, { environment: { DENORT_BIN: denort } });
}

async function compileProgram(program: Program, directory: string): Promise<void> {
  const unfinished = `${program.file}.unfinished`;
  const compile = (denort: string | null) =>
    compileWith(denort, directory, path.basename(program.entry, ".ts") + ".js", unfinished);
  const denort = await findDenort();
  let finished = await compile(denort);
  if (!finished.success && denort === null) finished = await compile(await fetchDenort());
  if (!finished.success) throw new BuildError(`deno compile failed\n${finished.output}`);
  const read = (file: string) => Deno.readFile(file);
  await Deno.writeFile(
    unfinished,
    injectPrestart(await read(unfinished), await read(stubFile), await read(libraryFile)),
  );
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
  return fingerprint(files, [DENO_VERSION, Deno.env.get("DENORT_BIN") ?? ""]);
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
