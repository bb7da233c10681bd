/** What native/build knows of the format ELF64: see elf(5). */

/** Offsets in the file header. */
export const HEADER = { machine: 18, entry: 24, programHeaders: 32, headerSize: 54, headerCount: 56 };
/** Offsets in a program header, and its size. */
export const PROGRAM_HEADER = {
  type: 0,
  flags: 4,
  offset: 8,
  address: 16,
  physicalAddress: 24,
  fileSize: 32,
  memorySize: 40,
  align: 48,
  size: 56,
};
export const PT_LOAD = 1;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;

export const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
