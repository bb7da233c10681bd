/**
 * The system as it is: {@link NativeSystem} carries {@link System} out with the C library, and is, with its helpers
 * `start_state.ts` and `spawn_plan.ts`, the only user of the library's bindings. Shell strings and objects come in; bytes
 * and numbers go to C.
 */
import * as c from "./bindings.ts";
import { decode, encodedLimit } from "./bytes.ts";
import { ENAMETOOLONG, ERANGE } from "./errno.ts";
import { ints, startRecord } from "./library.ts";
import { append, input, integers, numbers, output, passed, reserve } from "./memory.ts";
import { spawnPlanBlock } from "./spawn_plan.ts";
import { readIgnoredSignals, readStartState } from "./start_state.ts";
import type {
  Address,
  DirectoryEntry,
  Disposition,
  FileStatus,
  Lookup,
  LookupRequest,
  NameFilter,
  PasswordEntry,
  Pipe,
  PollRequest,
  ProcessChange,
  ProcessTimes,
  Relayed,
  RelayManner,
  ResourceLimit,
  SpawnPlan,
  StartState,
  System,
  TakenSignal,
  TerminalModes,
  WindowSize,
} from "./system.ts";

/** `enum disposition` of `native/internal.h`. */
/** What the C library adds to the number of a signal that only the kernel sent. */
const FROM_KERNEL = 256;

const DISPOSITIONS: Readonly<Record<Disposition, number>> = { default: 0, ignore: 1, catch: 2 };

/** Flags of `hexsh_relay`, in `native/relay.h` and `native/hexsh.h`. */
const RELAY_NO_SPLICE = 1;
const RELAY_SHARED_INPUT = 2;
const RELAY_SHARED_OUTPUT = 4;
const RELAY_RESUME = 256;

/** `struct record` of `native/network.c`: its size, and where the text of an error is in it. */
const ADDRESS_SIZE = 144;
const ADDRESS_TEXT = 16;

/** Flags of the look-ups in `native/hexsh.h`. */
const LOOKUP_DATAGRAM = 1;
const LOOKUP_PASSIVE = 2;

function lookupFlags({ host, datagram }: LookupRequest): number {
  return (datagram ? LOOKUP_DATAGRAM : 0) | (host === null ? LOOKUP_PASSIVE : 0);
}

function lookupNames({ host, service }: LookupRequest): Uint8Array<ArrayBuffer> {
  reserve(encodedLimit(host ?? "") + encodedLimit(service) + 2);
  append(service, append(host ?? "", 0));
  return input;
}

/** Bytes of the special characters in `struct modes` of `native/terminal.c`, and where they begin. */
const SPECIAL_CHARACTERS = { start: 16, count: 32 };

/** `result`, or what `value` makes of it if it is no error. */
function unlessError<T>(result: number, value: (result: number) => T): T | number {
  return result < 0 ? result : value(result);
}

/** The string of `length` bytes in the output memory. */
const outputString = (length: number) => decode(output, 0, length);

function checkRange(buffer: Uint8Array, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= buffer.length)) {
    throw new RangeError(`${length} bytes at ${offset} of a buffer of ${buffer.length}`);
  }
}

/** What the C library has put into the shared numbers. */
function fileStatus(): FileStatus {
  const high = numbers[1]!;
  const low = numbers[2]!;
  return {
    device: numbers[0]!,
    inode: high < 2 ** 21 ? high * 2 ** 32 + low : BigInt(high) << 32n | BigInt(low),
    mode: numbers[3]!,
    links: numbers[4]!,
    user: numbers[5]!,
    group: numbers[6]!,
    rawDevice: numbers[7]!,
    size: numbers[8]!,
    accessTime: numbers[9]!,
    modificationTime: numbers[10]!,
    changeTime: numbers[11]!,
  };
}

const ANY_NAME: NameFilter = { beginning: "", ending: "", accepts: null };

/** The entries between `start` and `end` of the output memory, a type and a name with NUL each, as far as they are accepted. */
function appendEntries(entries: DirectoryEntry[], start: number, end: number, accepts: NameFilter["accepts"]): void {
  const text = decode(output, start, end);
  // Where all of it is ASCII, names are parts of one text.
  if (text.length === end - start) {
    for (let at = 0; at < text.length;) {
      const nameEnd = text.indexOf("\0", at + 1);
      if (accepts === null || accepts(text, at + 1, nameEnd)) {
        entries.push({ type: text.charCodeAt(at), name: text.slice(at + 1, nameEnd) });
      }
      at = nameEnd + 1;
    }
    return;
  }
  while (start < end) {
    const nameEnd = output.indexOf(0, start + 1);
    const name = decode(output, start + 1, nameEnd);
    if (accepts === null || accepts(name, 0, name.length)) entries.push({ type: output[start]!, name });
    start = nameEnd + 1;
  }
}

/** As many struct pollfd as were ever needed; two ints each. */
let pollBuffer = new Int32Array(new ArrayBuffer(512));

class NativeSystem implements System {
  // Private to TypeScript only, so that a test can make a system with this one as its prototype.
  /** Whether a caught signal is pending, and the descriptor of the self-pipe. */
  private readonly signalMemory: Int32Array<ArrayBuffer>;
  private ignoredAtStart: ReadonlySet<number> | undefined;
  private startState: StartState | undefined;

  constructor() {
    const error = c.start(startRecord);
    if (error < 0) throw new Error(`the C library could not start: ${error}`);
    this.signalMemory = ints(c.signalMemory(), 2);
  }

  // Descriptors

  close(descriptor: number): number {
    return c.close(descriptor);
  }

  duplicate(descriptor: number, minimum: number): number {
    return c.duplicate(descriptor, minimum);
  }

  dup3(descriptor: number, target: number, flags: number): number {
    return c.dup3(descriptor, target, flags);
  }

  pipe2(flags: number): Pipe | number {
    return unlessError(c.pipe2(flags, integers), () => ({ read: integers[0]!, write: integers[1]! }));
  }

  read(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.read(descriptor, buffer, offset, length);
  }

  readAll(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.readAll(descriptor, buffer, offset, length);
  }

  write(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.write(descriptor, buffer, offset, length);
  }

  lseek(descriptor: number, offset: number, whence: number): number {
    return c.lseek(descriptor, offset, whence);
  }

  getStatusFlags(descriptor: number): number {
    return c.getStatusFlags(descriptor);
  }

  setStatusFlags(descriptor: number, flags: number): number {
    return c.setStatusFlags(descriptor, flags);
  }

  setCloseOnExec(descriptor: number, closeOnExec: boolean): number {
    return c.setCloseOnExec(descriptor, Number(closeOnExec));
  }

  pipeCapacity(descriptor: number, set = -1): number {
    return c.pipeCapacity(descriptor, set);
  }

  poll(requests: PollRequest[], timeout: number): number {
    if (requests.length * 2 > pollBuffer.length) pollBuffer = new Int32Array(requests.length * 4);
    requests.forEach(({ descriptor, events }, index) => {
      pollBuffer[index * 2] = descriptor;
      // Two shorts: events, and above them what is returned.
      pollBuffer[index * 2 + 1] = events;
    });
    const ready = c.poll(pollBuffer, requests.length, timeout);
    requests.forEach((request, index) => request.returned = ready > 0 ? pollBuffer[index * 2 + 1]! >>> 16 : 0);
    return ready;
  }

  tee(from: number, to: number, length: number, flags: number): number {
    return c.tee(from, to, length, flags);
  }

  splice(from: number, to: number, length: number, flags: number): number {
    return c.splice(from, to, length, flags);
  }

  copyFileRange(from: number, to: number, length: number): number {
    return c.copyFileRange(from, to, length);
  }

  sendfile(to: number, from: number, length: number): number {
    return c.sendfile(to, from, length);
  }

  relay(from: number, to: number, { splice, ownInput, ownOutput }: RelayManner, resume: boolean): Relayed {
    const shared = (ownInput ? 0 : RELAY_SHARED_INPUT) | (ownOutput ? 0 : RELAY_SHARED_OUTPUT);
    const flags = shared | (splice ? 0 : RELAY_NO_SPLICE) | (resume ? RELAY_RESUME : 0);
    const error = c.relay(from, to, flags, numbers);
    return { error, moved: numbers[0]!, outputFailed: numbers[1] === 1 };
  }

  memfdCreate(name: string): number {
    return c.memfdCreate(passed(name));
  }

  peek(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.peek(descriptor, buffer, offset, length);
  }

  // Network

  lookUpNumbers(request: LookupRequest): Address[] {
    const count = c.lookupNumeric(lookupNames(request), lookupFlags(request), output);
    return Array.from({ length: count }, (_, i) => output.slice(i * ADDRESS_SIZE, (i + 1) * ADDRESS_SIZE));
  }

  beginLookup(request: LookupRequest): Lookup | number {
    const begun = c.lookupBegin(lookupNames(request), lookupFlags(request), integers);
    return unlessError(begun, (descriptor) => ({ descriptor, pid: integers[0]! }));
  }

  readLookup(bytes: Uint8Array): Address[] | string {
    const [family] = new Int32Array(bytes.slice(0, 4).buffer);
    if (family === -1) return decode(bytes, ADDRESS_TEXT, bytes.indexOf(0, ADDRESS_TEXT));
    const count = Math.floor(bytes.length / ADDRESS_SIZE);
    return Array.from({ length: count }, (_, i) => bytes.slice(i * ADDRESS_SIZE, (i + 1) * ADDRESS_SIZE));
  }

  unixAddress(path: string): Address | number {
    return unlessError(c.unixAddress(passed(path), output), (size) => output.slice(0, size));
  }

  connect(address: Address): number {
    return c.connect(address);
  }

  socketError(descriptor: number): number {
    return c.socketError(descriptor);
  }

  listen(address: Address): number {
    return c.listen(address);
  }

  accept(listening: number): number {
    return c.accept(listening);
  }

  socketName(descriptor: number): string | number {
    return unlessError(c.socketName(descriptor, output, output.length), outputString);
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
