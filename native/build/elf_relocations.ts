/**
 * Functions that a program takes from shared libraries: the dynamic loader puts their addresses into slots, as the program's relocations
 * tell it. See elf(5), and the supplements to it for the machines.
 */

import { EM_AARCH64, HEADER, PROGRAM_HEADER, PT_LOAD, view } from "./elf_format.ts";

const PT_DYNAMIC = 2;
const DYNAMIC_SIZE = 16;
const DT_NULL = 0n;
const DT_STRTAB = 5n;
const DT_SYMTAB = 6n;
const DT_RELA = 7n;
const DT_RELASZ = 8n;
const DT_PLTRELSZ = 2n;
const DT_JMPREL = 23n;
const SYMBOL_SIZE = 24;
const RELOCATION = { address: 0, type: 8, symbol: 12, addend: 16, size: 24 };

/** Relocation types: two kinds of slots for functions, and one that takes no symbol but an address within the program. */
const X86_64 = { slots: [6, 7], relative: 8 };
const AARCH64 = { slots: [1025, 1026], relative: 1027 };

/** A relocation of a slot for a function. */
interface Slot {
  readonly name: string;
  /** Where the slot is in memory. */
  readonly address: number;
  /** Where the relocation is in the file. */
  readonly at: number;
}

function types(program: Uint8Array): typeof X86_64 {
  return view(program).getUint16(HEADER.machine, true) === EM_AARCH64 ? AARCH64 : X86_64;
}

function segments(program: Uint8Array): { type: number; offset: number; address: number; size: number }[] {
  const file = view(program);
  const start = Number(file.getBigUint64(HEADER.programHeaders, true));
  return Array.from({ length: file.getUint16(HEADER.headerCount, true) }, (_, index) => {
    const at = start + index * PROGRAM_HEADER.size;
    return {
      type: file.getUint32(at + PROGRAM_HEADER.type, true),
      offset: Number(file.getBigUint64(at + PROGRAM_HEADER.offset, true)),
      address: Number(file.getBigUint64(at + PROGRAM_HEADER.address, true)),
      size: Number(file.getBigUint64(at + PROGRAM_HEADER.fileSize, true)),
    };
  });
}

/** The slots for the functions that `wanted` names. */
function slots(program: Uint8Array, wanted: (name: string) => boolean): Slot[] {
  const file = view(program);
  const all = segments(program);
  const offsetOf = (address: number) => {
    const segment = all.find(({ type, address: start, size }) => {
      return type === PT_LOAD && address >= start && address < start + size;
    });
    return segment === undefined ? 0 : address - segment.address + segment.offset;
  };
  const dynamic = all.find(({ type }) => type === PT_DYNAMIC);
  if (dynamic === undefined) return [];
  const entries = new Map<bigint, number>();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += DYNAMIC_SIZE) {
    const tag = file.getBigUint64(at, true);
    if (tag === DT_NULL) break;
    entries.set(tag, Number(file.getBigUint64(at + 8, true)));
  }
  const symbols = offsetOf(entries.get(DT_SYMTAB) ?? 0);
  const names = offsetOf(entries.get(DT_STRTAB) ?? 0);
  const nameOf = (symbol: number) => {
    const start = names + file.getUint32(symbols + symbol * SYMBOL_SIZE, true);
    return String.fromCharCode(...program.subarray(start, program.indexOf(0, start)));
  };
  const found: Slot[] = [];
  const { slots: kinds } = types(program);
  for (const [table, tableSize] of [[DT_RELA, DT_RELASZ], [DT_JMPREL, DT_PLTRELSZ]] as const) {
    const start = offsetOf(entries.get(table) ?? 0);
    const end = start + (entries.get(tableSize) ?? 0);
    for (let at = start; at < end; at += RELOCATION.size) {
      if (!kinds.includes(file.getUint32(at + RELOCATION.type, true))) continue;
      const name = nameOf(file.getUint32(at + RELOCATION.symbol, true));
      if (wanted(name)) found.push({ name, address: Number(file.getBigUint64(at, true)), at });
    }
  }
  return found;
}

/** Where in memory a slot is that holds the address of the function `name`; `null` if the program does not use it. */
export function slotOf(program: Uint8Array, name: string): number | null {
  return slots(program, (other) => other === name)[0]?.address ?? null;
}

/**
 * Has `program` call functions of its own in place of those of a library: `functions` has their addresses in memory by the names of
 * those that they replace. Returns whether it uses any of them.
 */
export function redirectFunctions(program: Uint8Array, functions: ReadonlyMap<string, number>): boolean {
  const file = view(program);
  const found = slots(program, (name) => functions.has(name));
  for (const { name, at } of found) {
    file.setUint32(at + RELOCATION.type, types(program).relative, true);
    file.setUint32(at + RELOCATION.symbol, 0, true);
    file.setBigUint64(at + RELOCATION.addend, BigInt(functions.get(name)!), true);
  }
  return found.length > 0;
}
