/**
 * Builds `dist/hexsh`: the C library and the pre-start stub with `cc`, the shell's code with `deno bundle`, both into
 * one program with `deno compile`. What has not changed is not made again. `--quiet` says nothing if all goes well. With
 * `HEXSH_NO_PRESTART` in the environment the program is made without the stub, as it is where the stub does not fit.
 */
import * as path from "node:path";
import { bundle } from "./bundle.ts";
import { compileProgram, wantsPrestart } from "./compile.ts";
import { compileC, libraryFile, stubFile } from "./compile_c.ts";
import { DENO_VERSION } from "./denort.ts";
import type { Program } from "./program.ts";
import { BuildError, dist, filesBelow, fingerprint, makeIfChanged, root } from "./support.ts";

const trainingScript = path.join(import.meta.dirname!, "training.sh");

const hexsh: Program = {
  entry: path.join(root, "src/main.ts"),
  file: path.join(dist, "hexsh"),
  sources: path.join(root, "src"),
  assets: {
    "help.json": async () => JSON.stringify((await import("../../src/builtins/help.ts")).HELP),
  },
  commandNames: async () => {
    const { BUILTINS } = await import("../../src/builtins/table.ts");
    const { RESERVED_WORDS } = await import("../../src/syntax/reserved_words.ts");
    return [...BUILTINS.keys(), ...RESERVED_WORDS.keys()];
  },
  training: [trainingScript],
};

/** The shell. */
export const programFile = hexsh.file;

/** A fingerprint of everything that a program is made from. */
function programInputs(program: Program): string {
  const sources = filesBelow(program.sources, (name) => name.endsWith(".ts") && !name.endsWith("_test.ts"));
  const build = filesBelow(
    path.join(root, "native/build"),
    (name) => name.endsWith(".ts") && !name.endsWith("_test.ts"),
  );
  const files = [
    program.entry,
    trainingScript,
    ...sources,
    ...build,
    path.join(root, "deno.json"),
    libraryFile,
    stubFile,
  ];
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
