/**
 * A program that is built as the shell is and shows what it finds, for `native/build/prestart_test.ts`. The first argument
 * says what it does.
 */
import { encode } from "../../src/system/bytes.ts";
import { nativeSystem } from "../../src/system/native.ts";

const system = nativeSystem();

function print(value: unknown): void {
  const bytes = encode(JSON.stringify(value));
  system.write(1, bytes, 0, bytes.length);
}

/** The descriptors that a program started from here would get. */
function inherited(): number[] {
  const entries = system.readDirectory("/proc/self/fdinfo");
  if (typeof entries === "number") return [];
  const buffer = new Uint8Array(4096);
  return entries.map(({ name }) => Number(name)).filter((descriptor) => {
    const file = system.open(`/proc/self/fdinfo/${descriptor}`, 0, 0);
    if (file < 0) return false;
    const size = system.read(file, buffer, 0, buffer.length);
    system.close(file);
    const flags = /flags:\s*(\d+)/.exec(String.fromCharCode(...buffer.subarray(0, size)))![1]!;
    return (parseInt(flags, 8) & 0o2000000) === 0;
  }).sort((one, other) => one - other);
}

function depth(): number {
  try {
    return 1 + depth();
  } catch {
    return 0;
  }
}

/** Keeps the collector busy, and returns what must come out. */
function allocate(seed: number): number {
  let kept: number[][] = [];
  for (let round = 0; round < 200; round++) {
    kept.push(Array.from({ length: 1000 }, (_, index) => index + seed));
    if (kept.length > 50) kept = kept.slice(25);
  }
  return kept[0]![7]! - seed;
}

/** Forks 50 children that allocate and exit with a status of their own. Returns how many did so. */
function fork(): number {
  const children = new Map<number, number>();
  for (let index = 0; index < 50; index++) {
    const child = system.fork();
    if (child === 0) system.exit(allocate(index) + index);
    children.set(child, index);
  }
  let right = 0;
  for (const [child, index] of children) {
    const change = system.waitpid(child, 0);
    if (typeof change === "object" && change?.status === index + 7 << 8) right++;
  }
  return right;
}

const modes: Readonly<Record<string, () => void>> = {
  state: () =>
    print({
      start: system.start,
      inherited: inherited(),
      ignored: [1, 2, 13, 15, 40].filter((signal) => system.initialDisposition(signal) === "ignore"),
      directory: system.getcwd(),
      environment: Deno.env.toObject(),
    }),
  depth: () => print(depth()),
  fork: () => print(fork()),
  // Closes standard output, and lives on until standard input ends.
  closeOutput: () => {
    system.close(1);
    system.read(0, new Uint8Array(1), 0, 1);
  },
};

export { nativeSystem };

export function start(): never {
  modes[system.start.arguments[1]!]?.();
  return system.exit(0);
}
