/*
 * The entry point: makes room below the block that the kernel left on the stack, as much as block_size says, has prestart
 * fill it in, and jumps to the address that this returns, with stack and registers as at entry.
 */
#include "machine.h"

__asm__(".section .text.entry, \"ax\"\n"
        ".globl _start\n"
        "_start:\n" ENTRY_CODE ".text\n");
