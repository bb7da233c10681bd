/** Compiles the C library and the pre-start stub. */
import * as path from "node:path";
import { BuildError, dist, filesBelow, fingerprint, makeIfChanged, root, run } from "./support.ts";

const native = path.join(root, "native");

/** The C library, as `deno run` loads it and as the finished program holds it. */
export const libraryFile = path.join(dist, "library/libhexsh.so");

/** The pre-start stub as an ELF file of one segment. */
export const stubFile = path.join(dist, "library/prestart.elf");

/** For all C code, tests included. */
export const commonFlags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-D_GNU_SOURCE"];

const libraryFlags = [...commonFlags, "-fPIC", "-fvisibility=hidden"];

/** No start-up code, no C library, nothing that the stub does not hold itself. */
const stubFlags = [
  ...commonFlags,
  "-ffreestanding",
  "-fno-builtin",
  "-fPIE",
  "-fvisibility=hidden",
  "-fno-stack-protector",
  "-fno-asynchronous-unwind-tables",
  // Else the compiler may make memcpy out of memcpy's own loop.
  "-fno-tree-loop-distribute-patterns",
  ...Deno.build.arch === "x86_64" ? ["-fcf-protection=none"] : ["-mno-outline-atomics"],
];

const compiler = Deno.env.get("CC") ?? "cc";

/**
 * Runs the C compiler.
 * @throws {BuildError} if there is none or it finds an error.
 */
export async function cc(args: readonly string[]): Promise<void> {
  let finished;
  try {
    finished = await run(compiler, args);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new BuildError(
      `no C compiler "${compiler}"; install one (on Debian: apt-get install gcc libc6-dev) or name it in CC`,
    );
  }
  if (!finished.success) throw new BuildError(`the C compiler failed\n${finished.output}`);
}

/** The sources of the library, as paths. */
export function librarySources(): string[] {
  return filesBelow(native, (name) => name.endsWith(".c"))
    .filter((file) => path.dirname(file) === native);
}

/** The headers that the sources share, as paths. */
export function libraryHeaders(): string[] {
  return filesBelow(native, (name) => name.endsWith(".h")).filter((file) => path.dirname(file) === native);
}

async function compileLibrary(): Promise<void> {
  const headers = libraryHeaders();
  const objects: string[] = [];
  for (const source of librarySources()) {
    const object = path.join(dist, "objects", path.basename(source, ".c") + ".o");
    const inputs = fingerprint([source, ...headers], [compiler, ...libraryFlags]);
    await makeIfChanged(object, inputs, () => cc([...libraryFlags, "-c", "-o", object, source]));
    objects.push(object);
  }
  await makeIfChanged(
    libraryFile,
    fingerprint(objects, [compiler]),
    () => cc(["-shared", "-s", "-Wl,-z,relro,-z,now,-z,defs", "-o", libraryFile, ...objects]),
  );
}

async function compileStub(): Promise<void> {
  const directory = path.join(native, "prestart");
  const script = path.join(directory, "prestart.ld");
  const sources = filesBelow(directory, (name) => name.endsWith(".c"));
  const headers = filesBelow(directory, (name) => name.endsWith(".h"));
  const link = ["-nostdlib", "-static", "-Wl,--build-id=none", `-Wl,-T,${script}`];
  const inputs = fingerprint([...sources, ...headers, ...libraryHeaders(), script], [compiler, ...stubFlags, ...link]);
  await makeIfChanged(stubFile, inputs, async () => {
    const objects = sources.map((source) => path.join(dist, "objects", `prestart-${path.basename(source, ".c")}.o`));
    for (const [index, source] of sources.entries()) await cc([...stubFlags, "-c", "-o", objects[index]!, source]);
    await cc([...link, "-o", stubFile, ...objects]);
  });
}

/**
 * Makes the library and the stub, as far as they have changed.
 * @throws {BuildError} if there is no compiler or it finds an error.
 */
export async function compileC(): Promise<void> {
  await compileLibrary();
  await compileStub();
}
