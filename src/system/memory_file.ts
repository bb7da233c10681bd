/**
 * The C library of a program that has no pre-start stub (see `native/build/build.ts`): it is one of the files embedded in
 * the program, and is loaded from a file in memory, since nothing may be read from a directory that others can write to.
 */

/** The first argument of such a program, which `deno compile` puts before those of the user. */
export const WITHOUT_PRESTART = "without-prestart";

const MFD_CLOEXEC = 1;

/**
 * Calls `use` with a path of a file in memory that holds `bytes`; it is closed afterwards.
 * @throws {Error} if there can't be one.
 */
export function withMemoryFile<Result>(bytes: Uint8Array<ArrayBuffer>, use: (path: string) => Result): Result {
  const libc = Deno.dlopen("libc.so.6", {
    memfd_create: { parameters: ["buffer", "u32"], result: "i32" },
    write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    close: { parameters: ["i32"], result: "i32" },
  });
  const { memfd_create, write, close } = libc.symbols;
  const descriptor = memfd_create(new TextEncoder().encode("libhexsh.so\0"), MFD_CLOEXEC);
  if (descriptor < 0) throw new Error("no memory file can be made (memfd_create)");
  try {
    if (Number(write(descriptor, bytes, BigInt(bytes.length))) !== bytes.length) {
      throw new Error("the limit on file size (ulimit -f) is too low");
    }
    return use(`/proc/self/fd/${descriptor}`);
  } finally {
    close(descriptor);
    libc.close();
  }
}
