/**
 * The system as it is: {@link NativeSystem} carries {@link System} out with the C library, and is, with its helpers
 * `native_descriptors.ts`, `start_state.ts` and `spawn_plan.ts`, the only user of the library's bindings. Shell strings
 * and objects come in; bytes and numbers go to C.
 */
import * as c from "./bindings.ts";
import { decode, encodedLimit } from "./bytes.ts";
import { ENAMETOOLONG, ERANGE } from "./errno.ts";
import { ints, startRecord } from "./library.ts";
import { append, input, integers, numbers, output, passed, reserve } from "./memory.ts";
import { NativeDescriptors } from "./native_descriptors.ts";
import { appendEntries, fileStatus, outputString, unlessError } from "./results.ts";
import { keptPlanBlock, spawnPlanBlock } from "./spawn_plan.ts";
import { readIgnoredSignals, readStartState } from "./start_state.ts";
import type {
  DirectoryEntry,
  Disposition,
  FileStatus,
  NameFilter,
  PasswordEntry,
  ProcessChange,
  ProcessTimes,
  ResourceLimit,
  SpawnPlan,
  StartState,
  System,
  TakenSignal,
  TerminalModes,
  WindowSize,
} from "./system.ts";

/** What the C library adds to the number of a signal that only the kernel sent. */
const FROM_KERNEL = 256;

/** `enum disposition` of `native/internal.h`. */
const DISPOSITIONS: Readonly<Record<Disposition, number>> = { default: 0, ignore: 1, catch: 2 };

/** Bytes of the special characters in `struct modes` of `native/terminal.c`, and where they begin. */
const SPECIAL_CHARACTERS = { start: 16, count: 32 };

const ANY_NAME: NameFilter = { beginning: "", ending: "", accepts: null };

class NativeSystem extends NativeDescriptors implements System {
  // Private to TypeScript only, so that a test can make a system with this one as its prototype.
  /** Whether a caught signal is pending, and the descriptor of the self-pipe. */
  private readonly signalMemory: Int32Array<ArrayBuffer>;
  private ignoredAtStart: ReadonlySet<number> | undefined;
  private startState: StartState | undefined;

  constructor() {
    super();
    const error = c.start(startRecord);
    if (error < 0) throw new Error(`the C library could not start: ${error}`);
    this.signalMemory = ints(c.signalMemory(), 2);
  }

  // Files

  open(path: string, flags: number, mode: number): number {
    return c.open(passed(path), flags, mode);
  }

  stat(path: string): FileStatus | number {
    return unlessError(c.stat(passed(path), 1, numbers), fileStatus);
  }

  lstat(path: string): FileStatus | number {
    return unlessError(c.stat(passed(path), 0, numbers), fileStatus);
  }

  fstat(descriptor: number): FileStatus | number {
    return unlessError(c.fstat(descriptor, numbers), fileStatus);
  }

  access(path: string, mode: number): number {
    return c.access(passed(path), mode);
  }

  readDirectory(path: string, wanted = ANY_NAME): DirectoryEntry[] | number {
    const { beginning, ending, accepts } = wanted;
    const entries: DirectoryEntry[] = [];
    const header = new Int32Array(output.buffer, 0, 1);
    reserve(encodedLimit(path) + encodedLimit(beginning) + encodedLimit(ending) + 3);
    append(ending, append(beginning, append(path, 0)));
    let end = c.readDirectory(input, output, output.length);
    for (;;) {
      if (end < 0) return end;
      const descriptor = header[0]!;
      appendEntries(entries, header.byteLength, end, accepts);
      if (descriptor < 0) return entries;
      end = c.readDirectoryOn(descriptor, input, output, output.length);
    }
  }

  readlink(path: string): string | number {
    return unlessError(c.readlink(passed(path), output, output.length), outputString);
  }

  getcwd(): string | number {
    const length = c.getcwd(output, output.length);
    return length === -ERANGE ? -ENAMETOOLONG : unlessError(length, outputString);
  }

  chdir(path: string): number {
    return c.chdir(passed(path));
  }

  fchdir(descriptor: number): number {
    return c.fchdir(descriptor);
  }

  umask(mask: number): number {
    return c.umask(mask);
  }

  unlink(path: string): number {
    return c.unlink(passed(path));
  }

  rename(from: string, to: string): number {
    reserve(encodedLimit(from) + encodedLimit(to) + 2);
    const end = append(from, 0);
    append(to, end);
    return c.rename(input, input.subarray(end));
  }

  // Processes

  spawn(plan: SpawnPlan): number {
    return c.spawn(spawnPlanBlock(plan), plan.environment.bytes);
  }

  run(plan: SpawnPlan): number {
    return c.run(keptPlanBlock(plan), plan.environment.bytes);
  }

  execve(plan: SpawnPlan): number {
    return c.execve(spawnPlanBlock(plan), plan.environment.bytes);
  }

  fork(): number {
    return c.fork();
  }

  exit(status: number): never {
    c.exit(status);
    throw new Error("_exit returned");
  }

  waitpid(pid: number, options: number): ProcessChange | null | number {
    const changed = c.waitpid(pid, options, integers);
    return changed === 0 ? null : unlessError(changed, (pid) => ({ pid, status: integers[0]! }));
  }

  awaitChildren(options: number): readonly ProcessChange[] | number {
    const count = c.awaitChildren(options, integers, integers.length >> 1);
    if (count < 0) return count;
    const changes: ProcessChange[] = [];
    for (let i = 0; i < count; i++) changes.push({ pid: integers[2 * i]!, status: integers[2 * i + 1]! });
    return changes;
  }

  kill(pid: number, signal: number): number {
    return c.kill(pid, signal);
  }

  getpid(): number {
    return c.getpid();
  }

  getppid(): number {
    return c.getppid();
  }

  getpgid(pid: number): number {
    return c.getpgid(pid);
  }

  setpgid(pid: number, group: number): number {
    return c.setpgid(pid, group);
  }

  getsid(pid: number): number {
    return c.getsid(pid);
  }

  setsid(): number {
    return c.setsid();
  }

  times(): ProcessTimes {
    c.times(numbers);
    return {
      user: numbers[0]!,
      system: numbers[1]!,
      childrenUser: numbers[2]!,
      childrenSystem: numbers[3]!,
    };
  }

  getrlimit(resource: number): ResourceLimit | number {
    const read = () => ({ resource, soft: numbers[0]!, hard: numbers[1]! });
    return unlessError(c.getrlimit(resource, numbers), read);
  }

  setrlimit(limit: ResourceLimit): number {
    return c.setrlimit(limit.resource, limit.soft, limit.hard);
  }

  // Signals

  setDisposition(signal: number, disposition: Disposition): number {
    return c.setDisposition(signal, DISPOSITIONS[disposition]);
  }

  initialDisposition(signal: number): "default" | "ignore" {
    this.ignoredAtStart ??= readIgnoredSignals();
    return this.ignoredAtStart.has(signal) ? "ignore" : "default";
  }

  signalsPending(): boolean {
    // It is asked before every command. The handler runs in this thread: what it wrote is there.
    return this.signalMemory[0] !== 0;
  }

  takeSignals(): TakenSignal[] {
    const count = c.takeSignals(integers);
    return Array.from(integers.subarray(0, count), (number) => ({
      signal: number & ~FROM_KERNEL,
      fromKernel: (number & FROM_KERNEL) !== 0,
    }));
  }

  get signalDescriptor(): number {
    return this.signalMemory[1]!;
  }

  blockSignals(block: boolean): void {
    c.blockSignals(Number(block));
  }

  raiseDefault(signal: number): void {
    c.raiseDefault(signal);
  }

  // Terminals

  isatty(descriptor: number): boolean {
    return c.isatty(descriptor) === 1;
  }

  tcgetpgrp(descriptor: number): number {
    return c.tcgetpgrp(descriptor);
  }

  tcsetpgrp(descriptor: number, group: number): number {
    return c.tcsetpgrp(descriptor, group);
  }

  tcgetattr(descriptor: number): TerminalModes | number {
    const { start, count } = SPECIAL_CHARACTERS;
    return unlessError(c.tcgetattr(descriptor, integers), () => ({
      input: integers[0]! >>> 0,
      output: integers[1]! >>> 0,
      control: integers[2]! >>> 0,
      local: integers[3]! >>> 0,
      characters: [...new Uint8Array(integers.buffer, start, count)],
    }));
  }

  tcsetattr(descriptor: number, when: number, modes: TerminalModes): number {
    this.storeModes(modes);
    return c.tcsetattr(descriptor, when, integers);
  }

  guardTerminal(descriptor: number, modes: TerminalModes, text: string): number {
    this.storeModes(modes);
    return c.guardTerminal(descriptor, integers, passed(text));
  }

  endTerminalGuard(): void {
    c.guardTerminal(-1, null, null);
  }

  private storeModes(modes: TerminalModes): void {
    const { start, count } = SPECIAL_CHARACTERS;
    integers[0] = modes.input;
    integers[1] = modes.output;
    integers[2] = modes.control;
    integers[3] = modes.local;
    new Uint8Array(integers.buffer, start, count).set(modes.characters.slice(0, count));
  }

  windowSize(descriptor: number): WindowSize | number {
    const read = () => ({ rows: integers[0]!, columns: integers[1]! });
    return unlessError(c.windowSize(descriptor, integers), read);
  }

  setWindowSize(descriptor: number, size: WindowSize): number {
    return c.setWindowSize(descriptor, size.rows, size.columns);
  }

  ttyname(descriptor: number): string | number {
    return unlessError(c.ttyname(descriptor, output, output.length), outputString);
  }

  openPseudoTerminal(): { master: number; slavePath: string } | number {
    const opened = c.openPseudoTerminal(output, output.length);
    return unlessError(opened, (master) => ({ master, slavePath: outputString(output.indexOf(0)) }));
  }

  // Identity

  getuid(): number {
    return c.getuid();
  }

  geteuid(): number {
    return c.geteuid();
  }

  getgid(): number {
    return c.getgid();
  }

  getegid(): number {
    return c.getegid();
  }

  getgroups(): number[] {
    const groups = new Int32Array(output.buffer);
    const count = c.getgroups(groups, groups.length);
    return Array.from(groups.subarray(0, Math.max(count, 0)), (group) => group >>> 0);
  }

  passwordEntry(user: string | number): PasswordEntry | null {
    const byName = typeof user === "string";
    const size = c.passwordEntry(byName ? passed(user) : null, byName ? 0 : user, output, output.length);
    if (size <= 0) return null;
    const [id, group] = new Uint32Array(output.buffer, 0, 2);
    const [name, home, shell] = decode(output, 8, size - 1).split("\0");
    return { name: name!, user: id!, group: group!, home: home!, shell: shell! };
  }

  hostname(): string {
    const length = c.hostname(output, output.length);
    return length < 0 ? "" : outputString(length);
  }

  // Clock

  monotonic(): number {
    return c.monotonic();
  }

  now(): number {
    return c.now();
  }

  formatTime(format: string, seconds: number, zone: string | null): string {
    reserve(encodedLimit(format) + encodedLimit(zone ?? "") + 2);
    append(zone ?? "", append(format, 0));
    const hasZone = Number(zone !== null);
    const length = c.formatTime(input, hasZone, seconds, output, output.length);
    return length < 0 ? "" : outputString(length);
  }

  // Start

  get start(): StartState {
    return this.startState ??= readStartState();
  }
}

let system: NativeSystem | undefined;

/** The one native system of this process, made when it is first asked for. */
export function nativeSystem(): System {
  return system ??= new NativeSystem();
}
