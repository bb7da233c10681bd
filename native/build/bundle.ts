/** Makes one file out of the modules of a program, and puts it into a directory with what else the program holds. */
import * as path from "node:path";
import type { Program } from "./program.ts";
import { BuildError, failedToDownload, runDeno } from "./support.ts";

/** The name of the file. It is a function that sets the exports of the module that it is given, but no module of its own to Deno. */
export const CODE = "program.txt";

/**
 * Bundles the code of `program` into `directory`, which becomes the root of its embedded files.
 * @throws {BuildError} if there is an error in it, or esbuild can't be had.
 */
export async function bundle(program: Program, directory: string): Promise<void> {
  await Deno.remove(directory, { recursive: true }).catch(() => {});
  const file = path.join(directory, CODE);
  const { success, output } = await runDeno([
    "bundle",
    "--quiet",
    "--minify",
    "--format",
    "cjs",
    "--output",
    file,
    program.entry,
  ]);
  if (!success && failedToDownload(output)) {
    throw new BuildError("deno bundle needs esbuild from npm; connect to the network, or set NPM_CONFIG_REGISTRY");
  }
  if (!success) throw new BuildError(`deno bundle failed\n${output}`);
  // A module of that format is strict only if it says so.
  await Deno.writeTextFile(file, `(function(module){"use strict";${await Deno.readTextFile(file)}})`);
  for (const [name, make] of Object.entries(program.assets)) {
    await Deno.writeTextFile(path.join(directory, name), await make());
  }
}
