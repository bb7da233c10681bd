/** What the steps of the build share: where things are, running commands, and knowing what is up to date. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import * as path from "node:path";

/** The root of the repository. */
export const root = path.resolve(import.meta.dirname!, "../..");

/** Everything that the build makes is in here. */
export const dist = path.join(root, "dist");

/** A failure that the user can do something about; the message is one line that says what. */
export class BuildError extends Error {}

export interface Finished {
  readonly success: boolean;
  /** Standard output and standard error. */
  readonly output: string;
}

/**
 * Runs a program in the root of the repository, without standard input, and waits for it.
 * @param options `timeout` in milliseconds ends it; `environment` is added to that of the build.
 * @throws {Deno.errors.NotFound} if there is no such program.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { timeout?: number; environment?: Record<string, string> } = {},
): Promise<Finished> {
  const command = new Deno.Command(program, {
    args: [...args],
    cwd: root,
    env: options.environment ?? {},
    stdin: "null",
    ...options.timeout === undefined ? {} : { signal: AbortSignal.timeout(options.timeout) },
  });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { success, output: (decoder.decode(stdout) + decoder.decode(stderr)).trim() };
}

/** Whether a Deno that failed did so because it could not download something. */
export function failedToDownload(output: string): boolean {
  return /error sending request|failed to lookup address|Failed loading https?:/.test(output);
}

/** Runs this very Deno. */
export function runDeno(args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<Finished> {
  return run(Deno.execPath(), args, options);
}

/** The files below `directory` that `wanted` accepts, as sorted paths. */
export function filesBelow(directory: string, wanted: (name: string) => boolean): string[] {
  const files: string[] = [];
  for (const entry of Deno.readDirSync(directory)) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory) files.push(...filesBelow(file, wanted));
    else if (wanted(entry.name)) files.push(file);
  }
  return files.sort();
}

/** A text that changes with the contents of `files` and with `settings`. */
export function fingerprint(files: readonly string[], settings: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${path.relative(root, file)}\0`).update(Deno.readFileSync(file)).update("\0");
  return hash.update(settings.join("\0")).digest("hex");
}

const stampsFile = path.join(dist, "stamps.json");

function readStamps(): Record<string, string> {
  try {
    return JSON.parse(Deno.readTextFileSync(stampsFile));
  } catch {
    // The first build, or one that was cut short: everything is made.
    return {};
  }
}

/**
 * Makes `file` by `make` unless it exists and was made from the same inputs, of which `inputs` is the fingerprint.
 * Returns whether it was made.
 */
export async function makeIfChanged(file: string, inputs: string, make: () => Promise<void>): Promise<boolean> {
  const name = path.relative(dist, file);
  if (readStamps()[name] === inputs && existsSync(file)) return false;
  Deno.mkdirSync(path.dirname(file), { recursive: true });
  await make();
  Deno.writeTextFileSync(stampsFile, JSON.stringify({ ...readStamps(), [name]: inputs }, null, 2) + "\n");
  return true;
}
