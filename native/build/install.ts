/**
 * Builds and installs the program: `deno task install [--prefix DIR]`, by default below /usr/local. Run by root, it also
 * enters the path into /etc/shells, so that hexsh can be a login shell (shells(5)).
 */
import { existsSync, rmSync } from "node:fs";
import * as path from "node:path";
import { build, programFile, reportErrors } from "./build.ts";
import { BuildError } from "./support.ts";

/** Where login shells are listed. */
const SHELLS = "/etc/shells";

/** The prefix that the arguments name, as an absolute path. */
export function parsePrefix(args: readonly string[]): string {
  const words = args.flatMap((arg) =>
    arg.startsWith("--prefix=") ? ["--prefix", arg.slice("--prefix=".length)] : [arg]
  );
  const [option, value, ...rest] = words;
  if (option === undefined) return "/usr/local";
  if (option !== "--prefix" || value === undefined || value === "" || rest.length > 0) {
    throw new BuildError("usage: deno task install [--prefix DIR]");
  }
  return path.resolve(value);
}

/** Copies `program` to `target`, in one step: a shell that runs at the moment keeps its file. */
export function installProgram(program: string, target: string): void {
  const unfinished = `${target}.${Deno.pid}`;
  try {
    Deno.mkdirSync(path.dirname(target), { recursive: true });
    Deno.copyFileSync(program, unfinished);
    // Readable by all: the runtime reads the shell's code out of the file.
    Deno.chmodSync(unfinished, 0o755);
    Deno.renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new BuildError(`can't install ${target}: ${(error as Error).message}`);
  }
}

/** Adds `target` to the list of login shells in the file `shells`. Returns whether it was missing. */
export function enterShell(target: string, shells: string): boolean {
  const text = existsSync(shells) ? Deno.readTextFileSync(shells) : "";
  if (text.split("\n").includes(target)) return false;
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  Deno.writeTextFileSync(shells, `${separator}${target}\n`, { append: true });
  return true;
}

if (import.meta.main) {
  await reportErrors(async () => {
    const target = path.join(parsePrefix(Deno.args), "bin/hexsh");
    await build();
    installProgram(programFile, target);
    console.log(`installed ${target}`);
    if (Deno.uid() !== 0) console.log(`to make it a login shell, root must add ${target} to ${SHELLS}`);
    else if (enterShell(target, SHELLS)) console.log(`added it to ${SHELLS}`);
  });
}
