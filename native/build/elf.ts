/**
 * Puts the pre-start stub (`native/prestart/`) into a program that `deno compile` has made.
 *
 * Such a program is the runtime, an ELF file, with a section of Deno's own appended, which the runtime finds from
 * the end of the file: the last 8 bytes are the section's length. The stub and the C library go between the two, on a page
 * of their own. A program header is needed to have them loaded; the one of a PT_NOTE, which nothing reads at run
 * time, is used for it. See elf(5).
 */

import { EM_AARCH64, EM_X86_64, HEADER, PROGRAM_HEADER, PT_LOAD, view } from "./elf_format.ts";
import { redirectFunctions, slotOf } from "./elf_relocations.ts";

const PT_NOTE = 4;
const PF_READ_EXECUTE = 5;

/** The largest page size that a kernel for the machine may have. */
const PAGE_SIZES: ReadonlyMap<number, number> = new Map([[EM_X86_64, 0x1000], [EM_AARCH64, 0x10000]]);

/** The parameters at the start of the stub: offsets in `native/prestart/stub.h`. */
const PARAMETERS = {
  magic: "hexshpre",
  runtimeEntry: 8,
  libraryOffset: 16,
  librarySize: 24,
  stackSize: 32,
  namesOffset: 40,
  namesSize: 48,
  heapOffset: 56,
  errnoSlot: 64,
  map: 72,
  unmap: 80,
  advise: 88,
  end: 96,
};

/** A program that the stub can't be put into; the message says why. */
export class UnsuitableProgram extends Error {}

const alignUp = (value: number, align: number) => Math.ceil(value / align) * align;

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** Throws unless `bytes` is a 64-bit, little-endian ELF file. */
function checkElf(bytes: Uint8Array, what: string): void {
  if (text(bytes.subarray(0, 6)) !== "\x7fELF\x02\x01") throw new UnsuitableProgram(`${what} is not a 64-bit ELF file`);
}

/** The program headers of an ELF file, as copies. */
function programHeaders(elf: Uint8Array): { start: number; entries: Uint8Array[] } {
  const header = view(elf);
  const start = Number(header.getBigUint64(HEADER.programHeaders, true));
  const size = header.getUint16(HEADER.headerSize, true);
  const count = header.getUint16(HEADER.headerCount, true);
  if (size !== PROGRAM_HEADER.size) throw new UnsuitableProgram("the program headers have an unknown size");
  const entries = Array.from({ length: count }, (_, index) => {
    return elf.slice(start + index * size, start + (index + 1) * size);
  });
  return { start, entries };
}

const typeOf = (entry: Uint8Array) => view(entry).getUint32(PROGRAM_HEADER.type, true);

const field = (entry: Uint8Array, offset: number) => Number(view(entry).getBigUint64(offset, true));

/** The code of the stub: the one segment of what the linker has made of it. */
function stubCode(stub: Uint8Array): Uint8Array {
  checkElf(stub, "the stub");
  const segments = programHeaders(stub).entries.filter((entry) => typeOf(entry) === PT_LOAD);
  const [segment] = segments;
  if (segment === undefined || segments.length > 1) throw new Error("the stub does not have one segment");
  const offset = field(segment, PROGRAM_HEADER.offset);
  const code = stub.subarray(offset, offset + field(segment, PROGRAM_HEADER.fileSize));
  if (text(code.subarray(0, 8)) !== PARAMETERS.magic) throw new Error("the stub does not begin with its parameters");
  return code;
}

/** Where the section that `deno compile` appended begins. */
function appendedSection(program: Uint8Array): number {
  const length = Number(view(program).getBigUint64(program.length - 8, true));
  const start = program.length - length;
  if (start <= 0 || text(program.subarray(start, start + 8)) !== "d3n0l4nd") {
    throw new UnsuitableProgram("the program has no section of deno compile");
  }
  return start;
}

/** What is put into a program. */
export interface Prestart {
  /** An ELF file of one segment. */
  readonly stub: Uint8Array;
  readonly library: Uint8Array;
  /** How much stack the runtime is going to use at the most, in bytes. */
  readonly stackSize: number;
  /** The names of commands that are no programs. */
  readonly names: readonly string[];
}

/**
 * Code, library and names as one piece, whose entry point is at the first byte after the parameters. At its end is a page that the
 * stub may write to.
 */
function makeSegment({ stub, library, stackSize, names }: Prestart, runtimeEntry: number, page: number): Uint8Array {
  const code = stubCode(stub);
  const nameBytes = new TextEncoder().encode(names.map((name) => name + "\0").join(""));
  const libraryOffset = alignUp(code.length, 16);
  const namesOffset = libraryOffset + library.length;
  const segment = new Uint8Array(alignUp(namesOffset + nameBytes.length, page) + page);
  segment.set(code);
  segment.set(library, libraryOffset);
  segment.set(nameBytes, namesOffset);
  const parameters = view(segment);
  parameters.setBigInt64(PARAMETERS.runtimeEntry, BigInt(runtimeEntry), true);
  parameters.setBigInt64(PARAMETERS.libraryOffset, BigInt(libraryOffset), true);
  parameters.setBigInt64(PARAMETERS.librarySize, BigInt(library.length), true);
  parameters.setBigInt64(PARAMETERS.stackSize, BigInt(stackSize), true);
  parameters.setBigInt64(PARAMETERS.namesOffset, BigInt(namesOffset), true);
  parameters.setBigInt64(PARAMETERS.namesSize, BigInt(nameBytes.length), true);
  return segment;
}

/**
 * Has the runtime ask the stub for memory, and lets the stub use the page at `heapOffset` of its segment. Where the runtime does
 * not call libc for that, everything is left as it is.
 *
 * @param offset where the segment is in the file
 * @param address where it is going to be in memory
 */
function takeOverHeap(program: Uint8Array, offset: number, address: number, heapOffset: number): void {
  const parameters = view(program.subarray(offset));
  const errnoSlot = slotOf(program, "__errno_location");
  if (errnoSlot === null) return;
  const addressOf = (hook: number) => address + Number(parameters.getBigInt64(hook, true));
  const functions = new Map([
    ["mmap", addressOf(PARAMETERS.map)],
    ["mmap64", addressOf(PARAMETERS.map)],
    ["munmap", addressOf(PARAMETERS.unmap)],
    ["madvise", addressOf(PARAMETERS.advise)],
  ]);
  if (!redirectFunctions(program, functions)) return;
  parameters.setBigInt64(PARAMETERS.heapOffset, BigInt(heapOffset), true);
  parameters.setBigInt64(PARAMETERS.errnoSlot, BigInt(errnoSlot - address), true);
}

/**
 * Returns `program`, as `deno compile` made it, with the stub at its entry point and the library where the stub finds it.
 * @throws {UnsuitableProgram} if the program is not of the form that is described above.
 */
export function injectPrestart(program: Uint8Array, prestart: Prestart): Uint8Array {
  checkElf(program, "the program");
  const header = view(program);
  const page = PAGE_SIZES.get(header.getUint16(HEADER.machine, true));
  if (page === undefined) throw new UnsuitableProgram("the program is for another machine");

  const { start, entries } = programHeaders(program);
  const loads = entries.filter((entry) => typeOf(entry) === PT_LOAD);
  const note = entries.findLastIndex((entry) => typeOf(entry) === PT_NOTE);
  const lastLoad = entries.indexOf(loads.at(-1)!);
  if (note < 0 || lastLoad < 0) throw new UnsuitableProgram("the program has no header to spare");

  const memoryEnd = Math.max(
    ...loads.map((entry) => field(entry, PROGRAM_HEADER.address) + field(entry, PROGRAM_HEADER.memorySize)),
  );
  const section = appendedSection(program);
  const offset = alignUp(section, page);
  const address = alignUp(memoryEnd, page);
  const entry = Number(header.getBigUint64(HEADER.entry, true));
  const segment = makeSegment(prestart, entry - address, page);

  const load = view(entries[note]!);
  load.setUint32(PROGRAM_HEADER.type, PT_LOAD, true);
  load.setUint32(PROGRAM_HEADER.flags, PF_READ_EXECUTE, true);
  load.setBigUint64(PROGRAM_HEADER.offset, BigInt(offset), true);
  load.setBigUint64(PROGRAM_HEADER.address, BigInt(address), true);
  load.setBigUint64(PROGRAM_HEADER.physicalAddress, BigInt(address), true);
  load.setBigUint64(PROGRAM_HEADER.fileSize, BigInt(segment.length), true);
  load.setBigUint64(PROGRAM_HEADER.memorySize, BigInt(segment.length), true);
  load.setBigUint64(PROGRAM_HEADER.align, BigInt(page), true);
  // Loaded segments must be in the order of their addresses.
  const [converted] = entries.splice(note, 1);
  entries.splice(note < lastLoad ? lastLoad : lastLoad + 1, 0, converted!);

  const result = new Uint8Array(offset + segment.length + program.length - section);
  result.set(program.subarray(0, section));
  entries.forEach((bytes, index) => result.set(bytes, start + index * PROGRAM_HEADER.size));
  view(result).setBigUint64(HEADER.entry, BigInt(address + PARAMETERS.end), true);
  result.set(segment, offset);
  result.set(program.subarray(section), offset + segment.length);
  takeOverHeap(result, offset, address, segment.length - page);
  return result;
}
