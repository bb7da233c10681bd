import assert from "node:assert/strict";
import { injectPrestart, type Prestart, UnsuitableProgram } from "./elf.ts";

const encoder = new TextEncoder();
const PT_LOAD = 1;
const PT_NOTE = 4;

interface Header {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** A program as `deno compile` makes it, but small: two segments, a note, and a section at the end. */
function smallProgram(types = [PT_LOAD, PT_NOTE, PT_LOAD]): Uint8Array {
  const bytes = new Uint8Array(0x1100);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode("\x7fELF\x02\x01"));
  view.setUint16(18, 62, true);
  view.setBigUint64(24, 0x40n, true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, types.length, true);
  types.forEach((type, index) => {
    const at = 64 + index * 56;
    view.setUint32(at, type, true);
    view.setBigUint64(at + 16, BigInt(index * 0x3000), true);
    view.setBigUint64(at + 40, 0x1800n, true);
  });
  bytes.set(encoder.encode("d3n0l4nd, and what Deno puts there"), 0x1080);
  view.setBigUint64(0x10f8, 0x80n, true);
  return bytes;
}

function headers(program: Uint8Array): Header[] {
  const view = new DataView(program.buffer);
  return Array.from({ length: view.getUint16(56, true) }, (_, index) => {
    const at = 64 + index * 56;
    return {
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      offset: Number(view.getBigUint64(at + 8, true)),
      address: Number(view.getBigUint64(at + 16, true)),
      size: Number(view.getBigUint64(at + 32, true)),
    };
  });
}

/** An ELF file with one segment: 100 bytes of code at 0x100. */
function smallStub(code = "hexshpre"): Uint8Array {
  const bytes = new Uint8Array(0x200);
  const view = new DataView(bytes.buffer);
  bytes.set(encoder.encode("\x7fELF\x02\x01"));
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, PT_LOAD, true);
  view.setBigUint64(64 + 8, 0x100n, true);
  view.setBigUint64(64 + 32, 100n, true);
  bytes.set(encoder.encode(code), 0x100);
  return bytes;
}

const library = encoder.encode("library");
const names = encoder.encode("cd\0if\0");
const prestart: Prestart = { stub: smallStub(), library, stackSize: 0x12345, names: ["cd", "if"] };

Deno.test("injectPrestart: makes the note a segment after all others, with the entry point in it", () => {
  const program = injectPrestart(smallProgram(), prestart);
  const [first, second, third] = headers(program);
  assert.deepEqual([first!.type, second!.type, third!.type], [PT_LOAD, PT_LOAD, PT_LOAD]);
  assert.equal(second!.address, 0x6000);
  assert.deepEqual(third, {
    type: PT_LOAD,
    flags: 5,
    offset: 0x2000,
    address: 0x8000,
    size: 0x2000,
  });
  const view = new DataView(program.buffer);
  assert.equal(Number(view.getBigUint64(24, true)), 0x8000 + 96);
  // The parameters: the old entry point and the library, relative to the segment.
  assert.equal(Number(view.getBigInt64(0x2000 + 8, true)), 0x40 - 0x8000);
  assert.equal(Number(view.getBigInt64(0x2000 + 16, true)), 112);
  assert.equal(Number(view.getBigInt64(0x2000 + 24, true)), library.length);
  assert.equal(Number(view.getBigInt64(0x2000 + 32, true)), 0x12345);
  assert.equal(Number(view.getBigInt64(0x2000 + 40, true)), 112 + library.length);
  assert.equal(Number(view.getBigInt64(0x2000 + 48, true)), names.length);
  assert.deepEqual(program.slice(0x2000 + 112 + library.length, 0x2000 + 112 + library.length + names.length), names);
  assert.deepEqual(program.slice(0x2000 + 112, 0x2000 + 112 + library.length), library);
});

Deno.test("injectPrestart: leaves Deno's section at the end", () => {
  const program = injectPrestart(smallProgram(), prestart);
  assert.deepEqual(program.slice(-0x80), smallProgram().slice(-0x80));
});

Deno.test("injectPrestart: refuses what it does not know", () => {
  const refuses = (program: Uint8Array, message: RegExp) => {
    assert.throws(() => injectPrestart(program, prestart), (error) => {
      return error instanceof UnsuitableProgram && message.test(error.message);
    });
  };
  refuses(new Uint8Array(100), /the program is not a 64-bit ELF/);
  refuses(smallProgram([PT_LOAD, PT_LOAD]), /no header to spare/);
  const otherMachine = smallProgram();
  otherMachine[18] = 3;
  refuses(otherMachine, /another machine/);
  const noSection = smallProgram();
  noSection[0x10f8] = 0x70;
  refuses(noSection, /no section/);
});

Deno.test("injectPrestart: refuses a stub that is none", () => {
  const inject = (stub: Uint8Array) => injectPrestart(smallProgram(), { ...prestart, stub });
  assert.throws(() => inject(new Uint8Array(100)), /the stub is not a 64-bit ELF/);
  assert.throws(() => inject(smallStub("x")), /parameters/);
});
