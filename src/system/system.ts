/**
 * The shell's whole view of the kernel: every system call that it makes goes through {@link System}.
 *
 * It is cut into narrow interfaces, so that a function asks for what it uses and a test passes three methods. The
 * native implementation (`native.ts`) is the only caller of FFI; tests wrap it to inject failures.
 *
 * Conventions. A method that can fail returns a non-negative number, or an object, on success and `-errno` (see
 * `errno.ts`) on failure; nothing throws. Strings are shell strings: a byte that is not valid UTF-8 is one lone
 * surrogate U+DC80..U+DCFF (see `bytes.ts`); none holds a NUL. Descriptors that a method makes are close-on-exec
 * unless it says otherwise, and belong to the caller. No call is restarted after a signal: `-EINTR` is
 * returned to the caller, who knows whether to go on, except where a method says that it restarts.
 */

import type { Limits, Processes, ResourceLimit } from "./processes.ts";

export type * from "./processes.ts";

/** Operations on open descriptors. */
export interface Descriptors {
  close(descriptor: number): number;
  /** fcntl(F_DUPFD_CLOEXEC): the lowest free descriptor that is at least `minimum`. */
  duplicate(descriptor: number, minimum: number): number;
  /** dup3: `target` is closed first, if open; `flags` is 0 or O_CLOEXEC. Equal numbers give `-EINVAL`. */
  dup3(descriptor: number, target: number, flags: number): number;
  /** pipe2 with `flags` of O_CLOEXEC and O_NONBLOCK. */
  pipe2(flags: number): Pipe | number;
  /** A pipe that gives `text` and then ends: returns its reading end. `-EAGAIN` if the text does not fit in. */
  pipeHolding(text: string): number;
  /** Reads at most `length` bytes into `buffer` at `offset`. Returns their number, 0 at end of file. */
  read(descriptor: number, buffer: Uint8Array, offset: number, length: number): number;
  /**
   * Reads until there are `length` bytes, or to the end of what is written. Returns their number; with a caught signal pending fewer,
   * or `-EINTR` in place of 0. SIGCHLD alone does not end it, and is taken: children have to be waited for afterwards.
   */
  readAll(descriptor: number, buffer: Uint8Array, offset: number, length: number): number;
  /** Writes at most `length` bytes of `buffer` from `offset`. Returns how many were written. */
  write(descriptor: number, buffer: Uint8Array, offset: number, length: number): number;
  /** Returns the new position from the start, which must be below 2^53. */
  lseek(descriptor: number, offset: number, whence: number): number;
  /** The open file description's status flags (F_GETFL). */
  getStatusFlags(descriptor: number): number;
  /** F_SETFL. */
  setStatusFlags(descriptor: number, flags: number): number;
  setCloseOnExec(descriptor: number, closeOnExec: boolean): number;
  /** Capacity of a pipe in bytes; `set` asks for a new one (F_SETPIPE_SZ). */
  pipeCapacity(descriptor: number, set?: number): number;
  /**
   * Waits until one of `requests` is ready, `timeout` milliseconds have gone (-1: without end), or a caught signal
   * comes (`-EINTR`). Fills in `returned` of each. Returns how many are ready.
   */
  poll(requests: PollRequest[], timeout: number): number;
  /** tee(2): copies up to `length` bytes from pipe to pipe without taking them. */
  tee(from: number, to: number, length: number, flags: number): number;
  /** splice(2) without offsets: moves up to `length` bytes; one end is a pipe. */
  splice(from: number, to: number, length: number, flags: number): number;
  /** copy_file_range(2) without offsets. */
  copyFileRange(from: number, to: number, length: number): number;
  /** sendfile(2) without offset. */
  sendfile(to: number, from: number, length: number): number;
  /**
   * Moves all data from `from` to `to`, inside the kernel where that can be done and `manner` allows it. Descriptors that
   * don't block are waited for. With a caught signal pending, `-EINTR`: after {@link Signals.takeSignals} the same call
   * with `resume` goes on. `-EDEADLK` if both are the same file in such a way that there would be no end.
   */
  relay(from: number, to: number, manner: RelayManner, resume: boolean): Relayed;
  /** memfd_create with MFD_CLOEXEC: an anonymous file in memory. */
  memfdCreate(name: string): number;
  /** recv(2) with MSG_PEEK: as {@link read}, but leaves what it read. */
  peek(descriptor: number, buffer: Uint8Array, offset: number, length: number): number;
}

export interface Pipe {
  readonly read: number;
  readonly write: number;
}

export interface PollRequest {
  readonly descriptor: number;
  readonly events: number;
  returned: number;
}

/** How {@link Descriptors.relay} may move data. */
export interface RelayManner {
  /** Whether splice(2) and its kin may be used at all. */
  readonly splice: boolean;
  /**
   * Whether no other process uses the same offset of the file that is read, or written. Only then may it be spliced: the
   * kernel changes an offset in one step with read and write alone.
   */
  readonly ownInput: boolean;
  readonly ownOutput: boolean;
}

/** What {@link Descriptors.relay} has done. */
export interface Relayed {
  /** 0 at the end of the input, or `-errno`. */
  readonly error: number;
  /** Whether the error is one of the output. */
  readonly outputFailed: boolean;
  /** How many bytes have been moved, over all calls of one relay. */
  readonly moved: number;
}

/** A host and a service, whose addresses are looked for. */
export interface LookupRequest {
  /** `null` for addresses of this host to listen at. */
  readonly host: string | null;
  readonly service: string;
  readonly datagram: boolean;
}

/** A child process that looks names up. */
export interface Lookup {
  readonly pid: number;
  /** What it finds comes from here, for {@link Network.readLookup}; it belongs to the caller. */
  readonly descriptor: number;
}

/** An address as the kernel has it. */
export type Address = Uint8Array<ArrayBuffer>;

/** Sockets. Those that these make don't block until their flags are changed. */
export interface Network {
  /** The addresses of a request without names, at once; none if it has names. */
  lookUpNumbers(request: LookupRequest): Address[];
  /** Begins to look names up, in a child process. */
  beginLookup(request: LookupRequest): Lookup | number;
  /** What the bytes stand for that came from a look-up: addresses, or the text of an error. */
  readLookup(bytes: Uint8Array): Address[] | string;
  /** The address of a socket in the file system. */
  unixAddress(path: string): Address | number;
  /** Begins to connect. When the descriptor is ready to write, {@link socketError} says how it has turned out. */
  connect(address: Address): number;
  /** 0 or `-errno`. */
  socketError(descriptor: number): number;
  listen(address: Address): number;
  /** accept(2): the descriptor of a connection, which blocks. */
  accept(listening: number): number;
  /** The address of the other side, or else the socket's own, as text; empty if it has none. */
  socketName(descriptor: number): string | number;
}

/** Says which names of a directory are wanted. */
export interface NameFilter {
  /** What they begin with, and what they end with. */
  readonly beginning: string;
  readonly ending: string;
  /** Looks at a name that begins and ends so, which is the text from `start` to `end`; `null` if all of these are wanted. */
  readonly accepts: ((text: string, start: number, end: number) => boolean) | null;
}

/** Files and directories by path; paths are relative to the working directory. */
export interface Files {
  /** open(2). O_CLOEXEC is added to `flags`. */
  open(path: string, flags: number, mode: number): number;
  stat(path: string): FileStatus | number;
  lstat(path: string): FileStatus | number;
  fstat(descriptor: number): FileStatus | number;
  /** faccessat(2) with AT_EACCESS: by the effective ids; `mode` is F_OK, or R_OK, W_OK, X_OK joined. */
  access(path: string, mode: number): number;
  /**
   * Every entry but `.` and `..`, or those that are wanted, in the directory's order, as one call; restarts after a signal.
   */
  readDirectory(path: string, wanted?: NameFilter): DirectoryEntry[] | number;
  /** Where a symbolic link leads. */
  readlink(path: string): string | number;
  getcwd(): string | number;
  chdir(path: string): number;
  fchdir(descriptor: number): number;
  umask(mask: number): number;
  unlink(path: string): number;
  /** rename(2): what `to` names is replaced at once. */
  rename(from: string, to: string): number;
}

/** Times are seconds since the epoch, with a fraction that is precise to about a microsecond. */
export interface FileStatus {
  readonly device: number;
  /** A bigint only where it takes more than 53 bits, as overlay file systems do. */
  readonly inode: number | bigint;
  /** Type and permission bits. */
  readonly mode: number;
  readonly links: number;
  readonly user: number;
  readonly group: number;
  readonly rawDevice: number;
  readonly size: number;
  readonly accessTime: number;
  readonly modificationTime: number;
  readonly changeTime: number;
}

export interface DirectoryEntry {
  readonly name: string;
  /** A `DT_` value of readdir(3); DT_UNKNOWN where the file system does not say. */
  readonly type: number;
}

/** What a signal does to this process. */
export type Disposition = "default" | "ignore" | "catch";

/** A signal that has come. */
export interface TakenSignal {
  readonly signal: number;
  /** Whether no process has sent it: a key of the terminal did, or the kernel for another reason. */
  readonly fromKernel: boolean;
}

/** Signals: handlers only mark the signal and write to the self-pipe; the shell takes them from here when it is ready. */
export interface Signals {
  setDisposition(signal: number, disposition: Disposition): number;
  /** As the process was started; the runtime's own changes (SIGPIPE) don't show. */
  initialDisposition(signal: number): "default" | "ignore";
  /** Whether a caught signal has come since the last {@link takeSignals}: one load from memory, no call. */
  signalsPending(): boolean;
  /** The caught signals that have come, each once, in ascending order; empties the self-pipe. */
  takeSignals(): TakenSignal[];
  /** The end of the self-pipe to poll for POLLIN; close-on-exec, and replaced in a forked child. */
  readonly signalDescriptor: number;
  /**
   * Blocks every signal (`true`) or gives back the mask of entry (`false`), around a critical section. SIGCHLD is never
   * blocked by the mask of entry, except in programs that are started.
   */
  blockSignals(block: boolean): void;
  /** Ends this process by `signal` at its default disposition, as if it had never been caught. */
  raiseDefault(signal: number): void;
}

/** Terminals. */
export interface Terminals {
  isatty(descriptor: number): boolean;
  tcgetpgrp(descriptor: number): number;
  /** With SIGTTOU blocked, so that it works from a background process group. */
  tcsetpgrp(descriptor: number, group: number): number;
  tcgetattr(descriptor: number): TerminalModes | number;
  /** `when` is TCSANOW, TCSADRAIN or TCSAFLUSH. */
  tcsetattr(descriptor: number, when: number, modes: TerminalModes): number;
  /**
   * While a terminal is in modes that programs could not live with: a signal that ends the shell, by a crash of its own for one,
   * first writes `text` (at most 64 bytes) and sets `modes`. Dispositions of signals must not be changed meanwhile. A forked
   * child is without it.
   */
  guardTerminal(descriptor: number, modes: TerminalModes, text: string): number;
  endTerminalGuard(): void;
  windowSize(descriptor: number): WindowSize | number;
  setWindowSize(descriptor: number, size: WindowSize): number;
  ttyname(descriptor: number): string | number;
  /** A new pseudo-terminal: the descriptor of its master and the path of its slave. */
  openPseudoTerminal(): { readonly master: number; readonly slavePath: string } | number;
}

/** The fields of struct termios; a copy is changed to make other modes. */
export interface TerminalModes {
  readonly input: number;
  readonly output: number;
  readonly control: number;
  readonly local: number;
  /** `c_cc`, by index V*. */
  readonly characters: readonly number[];
}

export interface WindowSize {
  readonly rows: number;
  readonly columns: number;
}

/** Who and where the process is. */
export interface Identity {
  getuid(): number;
  geteuid(): number;
  getgid(): number;
  getegid(): number;
  getgroups(): number[];
  /** The entry of a user in the password database by name or number; `null` if there is none. */
  passwordEntry(user: string | number): PasswordEntry | null;
  hostname(): string;
}

export interface PasswordEntry {
  readonly name: string;
  readonly user: number;
  readonly group: number;
  readonly home: string;
  readonly shell: string;
}

export interface Clock {
  /** Seconds of CLOCK_MONOTONIC. */
  monotonic(): number;
  /** Seconds since the epoch of CLOCK_REALTIME. */
  now(): number;
  /** strftime(3) in the local time zone given by the environment variable TZ, which is passed. */
  formatTime(format: string, seconds: number, zone: string | null): string;
}

/** How the process was started, before the runtime changed anything. */
export interface StartState {
  /** argv, `[0]` included. */
  readonly arguments: readonly string[];
  /** The entries of the environment as they are, normally `name=value`. */
  readonly environment: readonly string[];
  /** Descriptors that were open; all of the runtime's own are left out. */
  readonly descriptors: readonly number[];
  /** The working directory had been removed. The process is in it still; only getcwd and the like fail. */
  readonly directoryRemoved: boolean;
  /** Limits that had to be raised for the runtime to start: what programs should get. */
  readonly limits: readonly ResourceLimit[];
}

export interface Start {
  readonly start: StartState;
}

/** Everything. */
export interface System
  extends Descriptors, Network, Files, Processes, Limits, Signals, Terminals, Identity, Clock, Start {}
