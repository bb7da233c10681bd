/*
 * The part of the pre-start stub that depends on the machine: its entry point, and system calls.
 *
 * The entry point makes room below the block that the kernel left on the stack, as much as block_size says, has
 * prestart fill it in, and jumps to the address that this returns, with stack and registers as at entry.
 */
#ifndef HEXSH_PRESTART_MACHINE_H
#define HEXSH_PRESTART_MACHINE_H

/* Makes a system call. Returns what the kernel does, -errno on failure. */
static long kernel(long number, long a, long b, long c, long d);

#if defined(__x86_64__)

/* At entry %rsp is at the argument count and %rdx holds what the C library registers with atexit. */
__asm__(".section .text.entry, \"ax\"\n"
        ".globl _start\n"
        "_start:\n"
        "  movq %rsp, %r12\n"
        "  movq %rdx, %r13\n"
        "  movq %rsp, %rdi\n"
        "  andq $-16, %rsp\n"
        "  call block_size\n"
        "  subq %rax, %rsp\n"
        "  movq %r12, %rdi\n"
        "  movq %rsp, %rsi\n"
        "  call prestart\n"
        "  movq %r13, %rdx\n"
        "  jmpq *%rax\n"
        ".text\n");

static long kernel(long number, long a, long b, long c, long d) {
  long result;
  register long fourth __asm__("r10") = d;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

/* At entry sp is at the argument count and x0 holds what the C library registers with atexit. */
__asm__(".section .text.entry, \"ax\"\n"
        ".globl _start\n"
        "_start:\n"
        "  mov x19, sp\n"
        "  mov x20, x0\n"
        "  mov x0, sp\n"
        "  bl block_size\n"
        "  sub sp, sp, x0\n"
        "  mov x0, x19\n"
        "  mov x1, sp\n"
        "  bl prestart\n"
        "  mov x16, x0\n"
        "  mov x0, x20\n"
        "  br x16\n"
        ".text\n");

static long kernel(long number, long a, long b, long c, long d) {
  register long result __asm__("x0") = a;
  register long second __asm__("x1") = b;
  register long third __asm__("x2") = c;
  register long fourth __asm__("x3") = d;
  register long call __asm__("x8") = number;
  __asm__ volatile("svc 0" : "+r"(result) : "r"(second), "r"(third), "r"(fourth), "r"(call) : "memory");
  return result;
}

#else
#error "hexsh runs on x86-64 and aarch64"
#endif

#endif
