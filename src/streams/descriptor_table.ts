/**
 * The descriptors as commands see them: a table from numbers to open files, which is the shell's own.
 *
 * Redirections change this table, not the kernel's: `2>&1` makes two numbers share an {@link OpenFile}, and costs no
 * system call. A program gets its descriptors by the plan of its spawn. So the runtime's own descriptors never show, nothing has
 * to be saved out of the way and put back, and what a builtin writes in a command substitution needs no descriptor at all.
 *
 * Each redirected command opens a *frame*, which keeps what the numbers led to before; ending the frame restores it.
 * A virtual subshell is a frame too.
 */

import type { SubshellState } from "../execution/subshell_state.ts";
import { EBADF } from "../system/errno.ts";
import type { Descriptors } from "../system/system.ts";
import type { Capture, Captures } from "./capture.ts";
import type { HereDocument } from "./here_document.ts";
import { OpenFile } from "./open_file.ts";
import { MissingStreams } from "./standard_streams.ts";

/** Keeps what numbers led to before their first change in it. Most frames change one or two. */
class Frame {
  readonly numbers: number[] = [];
  private readonly before: (OpenFile | undefined)[] = [];

  /**
   * @param subshell whether it is that of a subshell
   * @param whole whether it is the whole of this process, so that nothing of it will be restored
   */
  constructor(readonly subshell: boolean, readonly whole: boolean) {}

  has(number: number): boolean {
    return this.numbers.includes(number);
  }

  get(number: number): OpenFile | undefined {
    return this.before[this.numbers.indexOf(number)];
  }

  set(number: number, file: OpenFile | undefined): void {
    const index = this.numbers.indexOf(number);
    if (index >= 0) this.before[index] = file;
    else {
      this.numbers.push(number);
      this.before.push(file);
    }
  }

  /** Forgets a number. Returns whether it was known. */
  delete(number: number): boolean {
    const index = this.numbers.indexOf(number);
    if (index < 0) return false;
    this.numbers.splice(index, 1);
    this.before.splice(index, 1);
    return true;
  }
}

/** Numbers that `{name}>` gives out start here (bash manual 3.6). */
const FIRST_NAMED = 10;
/** How many descriptors {@link DescriptorTable.ownOffsets} tells of. */
const BITS = 31;
/** Numbers of process substitutions go down from here, as bash's do. */
const HIGHEST_NAMED = 63;

export class DescriptorTable implements SubshellState {
  private readonly files: (OpenFile | undefined)[] = [];
  /** Numbers from here on lead where they have always led: nothing is to be done about them for a program. */
  private changedEnd = 0;
  private readonly frames: Frame[] = [];
  /** Every file that has a descriptor of the kernel. */
  private readonly opened = new Set<OpenFile>();
  /** Descriptors that the shell was started with: they stay open over execve by themselves. */
  private readonly inherited: OpenFile[] = [];
  private cachedPlan: readonly number[] | null = null;
  /** Numbers that no program gets as long as they lead to these files. */
  private readonly own = new Map<number, OpenFile>();
  private readonly keptOpen: OpenFile[] = [];
  private readonly documentOpened = (file: OpenFile): void => {
    this.opened.add(file);
    this.cachedPlan = null;
  };
  /** What streams 3 to 5 lead to while nothing is opened there, under `set -o streams`. */
  private missing: MissingStreams | null = null;

  /**
   * @param inherited the numbers that were open when the shell was started
   * @param closing told before a file is closed, so that what was gathered for it is written
   * @param limit the number from which on a process may have no descriptor
   */
  constructor(
    private readonly system: Pick<Descriptors, "close">,
    private readonly captures: Captures,
    inherited: readonly number[],
    private readonly closing: (file: OpenFile) => void,
    private readonly limit: () => number,
  ) {
    for (const number of inherited) {
      const file = new OpenFile(number, false);
      file.references = 1;
      file.shared = true;
      this.files[number] = file;
      this.opened.add(file);
      this.inherited.push(file);
    }
  }

  get(number: number): OpenFile | undefined {
    const file = this.files[number];
    return file === undefined && this.missing !== null ? this.missing.get(number, this.files[2]) : file;
  }

  /** Has streams 3 to 5 lead to `missing` where nothing else is opened; `null` leaves them closed. */
  setMissing(missing: MissingStreams | null): void {
    for (const file of this.missing?.files ?? []) this.release(file);
    for (const file of missing?.files ?? []) {
      this.hold(file);
      this.opened.add(file);
    }
    this.missing = missing;
    this.cachedPlan = null;
  }

  /** Takes a descriptor of the kernel in, close-on-exec, as a file that nothing refers to yet. */
  adopt(descriptor: number): OpenFile {
    const file = new OpenFile(descriptor, true);
    this.opened.add(file);
    return file;
  }

  /** As {@link adopt}, for a document, which has no descriptor until one is needed. */
  adoptDocument(document: HereDocument): OpenFile {
    return OpenFile.of(document, this.documentOpened);
  }

  /** Makes `number` lead to `capture`. */
  setCapture(number: number, capture: Capture): void {
    this.set(number, new OpenFile(-1, true, capture));
  }

  hold(file: OpenFile): void {
    file.references++;
  }

  /** Gives one reference up; the last one closes the file. */
  release(file: OpenFile): void {
    if (--file.references === 0) this.close(file);
  }

  handOver(ends: readonly { readonly file: OpenFile }[], take: () => void): void {
    for (let i = 0; i < ends.length; i++) ends[i]!.file.references--;
    take();
    for (let i = 0; i < ends.length; i++) if (ends[i]!.file.references === 0) this.close(ends[i]!.file);
  }

  private close(file: OpenFile): void {
    this.closing(file);
    if (file.document !== null) file.document = null;
    else if (file.descriptor >= 0) {
      this.opened.delete(file);
      this.system.close(file.descriptor);
      file.descriptor = -1;
    }
  }

  /**
   * Makes `number` lead to `file`, or to nothing. Returns 0, or `-EBADF` for a number that no process here may have.
   * The innermost frame remembers what it led to before.
   */
  set(number: number, file: OpenFile | undefined): number {
    if (number > 2 && number >= this.limit()) return -EBADF;
    const before = this.files[number];
    const frame = this.innermost;
    if (file !== undefined) this.hold(file);
    this.files[number] = file;
    if (number >= this.changedEnd) this.changedEnd = number + 1;
    this.cachedPlan = null;
    if (frame !== undefined && !frame.whole && !frame.has(number)) frame.set(number, before);
    else if (before !== undefined) this.release(before);
    return 0;
  }

  /** The lowest free number for `{name}>`; -1 if there may be none. */
  freeNumber(): number {
    let number = FIRST_NAMED;
    while (this.files[number] !== undefined) number++;
    return number < this.limit() ? number : -1;
  }

  /** The highest free number for a process substitution. */
  highNumber(): number {
    let number = Math.min(HIGHEST_NAMED, this.limit() - 1);
    while (number > FIRST_NAMED && this.files[number] !== undefined) number--;
    return number;
  }

  highNumbers(count: number): readonly number[] {
    const numbers: number[] = [];
    for (let number = Math.min(HIGHEST_NAMED, this.limit() - 1); number >= FIRST_NAMED; number--) {
      if (numbers.length < count && this.files[number] === undefined) numbers.push(number);
    }
    return numbers;
  }

  // -------------------------------------------------------------------------------------------------------------
  // What only the shell has

  keepToItself(number: number, file: OpenFile): void {
    this.own.set(number, file);
    this.setForGood(number, file);
  }

  leadsTo(number: number, file: OpenFile): boolean {
    return this.files[number] === file || this.redirections.some((frame) => frame.get(number) === file);
  }

  withdraw(number: number, file: OpenFile): void {
    if (this.own.get(number) === file) this.own.delete(number);
    for (const frame of this.redirections) {
      if (frame.get(number) !== file) continue;
      frame.set(number, undefined);
      this.release(file);
    }
    if (this.files[number] === file) this.setForGood(number, undefined);
  }

  private setForGood(number: number, file: OpenFile | undefined): void {
    this.begin();
    this.set(number, file);
    this.keep();
  }

  /** The frames of the commands that run in this shell environment. */
  private get redirections(): readonly Frame[] {
    return this.frames.slice(this.frames.findLastIndex(({ subshell }) => subshell) + 1);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Frames

  private get innermost(): Frame | undefined {
    return this.frames[this.frames.length - 1];
  }

  begin(): void {
    this.frames.push(new Frame(false, false));
  }

  /** Ends the innermost frame: its numbers lead again to where they led before. */
  end(): void {
    const frame = this.frames.pop()!;
    this.cachedPlan = null;
    const { numbers } = frame;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      const file = this.files[number];
      this.files[number] = frame.get(number);
      if (file !== undefined) this.release(file);
    }
  }

  /** Ends the innermost frame and keeps what it changed, as `exec` does; a subshell around will take it back. */
  keep(): void {
    const frame = this.frames.pop()!;
    for (const number of frame.numbers) this.handOn(number, frame.get(number), this.frames);
  }

  keepNumber(number: number): void {
    const frame = this.innermost!;
    const before = frame.get(number);
    if (!frame.delete(number)) return;
    this.handOn(number, before, this.frames.slice(0, -1));
  }

  /** Keeps a change of one number; a subshell around will take it back. */
  private handOn(number: number, before: OpenFile | undefined, outer: readonly Frame[]): void {
    const owner = outer.findLast((frame) => frame.subshell || frame.has(number));
    if (owner !== undefined && !owner.whole && !owner.has(number)) owner.set(number, before);
    else if (before !== undefined) this.release(before);
  }

  get depth(): number {
    return this.frames.length;
  }

  /** Ends frames until `depth` are left. */
  endTo(depth: number): void {
    while (this.frames.length > depth) this.end();
  }

  enterSubshell(): void {
    this.frames.push(new Frame(true, false));
  }

  leaveSubshell(): void {
    // A failure may have left frames of the subshell's own commands open.
    while (this.frames.length > 0 && !this.innermost!.subshell) this.end();
    if (this.frames.length > 0) this.end();
  }

  keepOpen(file: OpenFile): void {
    this.keptOpen.push(file);
  }

  /** In the forked child: closes whatever only the commands around the subshell knew. */
  becomeSubshell(): void {
    const innermost = this.frames.findLastIndex((frame) => frame.subshell);
    const frames = this.frames.splice(innermost);
    this.frames.length = 0;
    this.frames.push(new Frame(true, true), ...frames.slice(1));
    const known = new Set([...this.files, ...this.missing?.files ?? [], ...this.keptOpen.splice(0)]);
    for (const frame of frames.slice(1)) for (const number of frame.numbers) known.add(frame.get(number));
    for (const file of this.opened) {
      if (known.has(file)) continue;
      this.opened.delete(file);
      this.system.close(file.descriptor);
      file.descriptor = -1;
    }
    for (const file of known) if (file !== undefined) file.capture = null;
    this.captures.abandon();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Programs

  /** Gives every capture and document that a number leads to a descriptor, as a program or a forked child needs. Returns 0 or `-errno`. */
  materialize(): number {
    return this.makeDescriptors(this.files, this.changedEnd);
  }

  materializeAll(): number {
    const innermost = this.frames.findLastIndex((frame) => frame.subshell);
    const hidden = this.frames.slice(innermost + 1).flatMap((frame) =>
      frame.numbers.map((number) => frame.get(number))
    );
    const files = [...this.files, ...hidden];
    return this.makeDescriptors(files, files.length);
  }

  private makeDescriptors(files: readonly (OpenFile | undefined)[], end: number): number {
    for (let i = 0; i < end; i++) {
      const file = files[i];
      if (file === undefined) continue;
      const { document, descriptor } = file;
      if (document !== null && descriptor < 0) return descriptor;
      if (file.capture === null) continue;
      if (file.descriptor < 0) {
        const descriptor = file.capture.openPipe();
        if (descriptor < 0) return descriptor;
        file.descriptor = descriptor;
        this.opened.add(file);
        this.cachedPlan = null;
      }
      file.capture.expectData();
    }
    return 0;
  }

  /** The descriptors of a program, as pairs for SpawnPlan.descriptors; `-errno` if a pipe can't be had. */
  plan(): readonly number[] | number {
    if (this.cachedPlan !== null) return this.cachedPlan;
    const result = this.materialize();
    if (result < 0) return result;
    const pairs: number[] = [];
    // A capture is told of each program that writes to it.
    let captured = false;
    for (let number = 0; number < this.changedEnd; number++) {
      const file = this.files[number];
      if (file === undefined || (this.own.size > 0 && this.own.get(number) === file)) continue;
      if (file.capture !== null) captured = true;
      file.shared = true;
      if (file.descriptor !== number || file.closeOnExec) pairs.push(file.descriptor, number);
    }
    for (const { descriptor } of this.inherited) {
      if (descriptor >= 0 && this.files[descriptor] === undefined) pairs.push(-1, descriptor);
    }
    if (this.missing === null) {
      if (!captured) this.cachedPlan = pairs;
      return pairs;
    }
    // Where stream 3 leads may be otherwise for the next program.
    for (const number of MissingStreams.numbers) {
      const file = this.files[number] === undefined ? this.get(number) : undefined;
      if (file !== undefined) pairs.push(file.descriptor, number);
    }
    return pairs;
  }

  ofFrame(): readonly number[] {
    const { numbers } = this.innermost!;
    const descriptors: number[] = [];
    for (let i = 0; i < numbers.length; i++) {
      const file = this.files[numbers[i]!];
      if (file === undefined || file.capture !== null || file.input !== null) continue;
      let j = 0;
      while (this.files[numbers[j]!] !== file) j++;
      // Of `>file 2>&1` the second number leads to what the first one does.
      if (j < i) continue;
      let uses = 0;
      for (; j < numbers.length; j++) if (this.files[numbers[j]!] === file) uses++;
      if (uses === file.references) descriptors.push(file.descriptor);
    }
    return descriptors;
  }

  closed(descriptors: readonly number[]): void {
    const { numbers } = this.innermost!;
    for (let i = 0; i < numbers.length; i++) {
      const file = this.files[numbers[i]!];
      if (file === undefined || file.descriptor < 0 || !descriptors.includes(file.descriptor)) continue;
      this.opened.delete(file);
      file.descriptor = -1;
    }
  }

  share(): void {
    for (const file of this.opened) file.shared = true;
  }

  ownOffsets(): number {
    let own = 0;
    for (const number of this.innermost?.numbers ?? []) {
      const file = this.files[number];
      if (number < BITS && file !== undefined && !file.shared && file.references === 1) own |= 1 << number;
    }
    return own;
  }

  planOf(files: readonly (readonly [number, OpenFile])[]): readonly number[] {
    const pairs = this.inherited.flatMap(({ descriptor }) => descriptor >= 0 ? [-1, descriptor] : []);
    return [...pairs, ...files.flatMap(([number, { descriptor }]) => [descriptor, number])];
  }

  /**
   * Where a path leads that names a descriptor (`/dev/fd/N`, `/dev/stdout` …): the shell's numbers are not the
   * kernel's. Any other path is given back.
   */
  translate(path: string): string {
    if (!path.startsWith("/dev/fd/") && !path.startsWith("/dev/std") && !path.startsWith("/proc/self/")) return path;
    const match = /^(?:\/dev\/(?:fd\/(\d+)|std(in|out|err))|\/proc\/self\/fd\/(\d+))$/.exec(path);
    if (match === null) return path;
    const [, fd, standard, proc] = match;
    const number = standard === undefined ? Number(fd ?? proc) : ["in", "out", "err"].indexOf(standard);
    this.materialize();
    const descriptor = this.get(number)?.descriptor ?? -1;
    return `/proc/self/fd/${descriptor}`;
  }
}
