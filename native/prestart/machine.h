/* The part of the pre-start stub that depends on the machine: its entry point (see entry.c), and system calls. */
#ifndef HEXSH_PRESTART_MACHINE_H
#define HEXSH_PRESTART_MACHINE_H

#if defined(__x86_64__)

/* At entry %rsp is at the argument count and %rdx holds what the C library registers with atexit. */
#define ENTRY_CODE \
  "  movq %rsp, %r12\n" \
  "  movq %rdx, %r13\n" \
  "  movq %rsp, %rdi\n" \
  "  andq $-16, %rsp\n" \
  "  call block_size\n" \
  "  subq %rax, %rsp\n" \
  "  movq %r12, %rdi\n" \
  "  movq %rsp, %rsi\n" \
  "  call prestart\n" \
  "  movq %r13, %rdx\n" \
  "  jmpq *%rax\n"

/* Makes a system call. Returns what the kernel does, -errno on failure. */
static inline long kernel6(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  register long fourth __asm__("r10") = d;
  register long fifth __asm__("r8") = e;
  register long sixth __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__aarch64__)

/* At entry sp is at the argument count and x0 holds what the C library registers with atexit. */
#define ENTRY_CODE \
  "  mov x19, sp\n" \
  "  mov x20, x0\n" \
  "  mov x0, sp\n" \
  "  bl block_size\n" \
  "  sub sp, sp, x0\n" \
  "  mov x0, x19\n" \
  "  mov x1, sp\n" \
  "  bl prestart\n" \
  "  mov x16, x0\n" \
  "  mov x0, x20\n" \
  "  br x16\n"

/* Makes a system call. Returns what the kernel does, -errno on failure. */
static inline long kernel6(long number, long a, long b, long c, long d, long e, long f) {
  register long result __asm__("x0") = a;
  register long second __asm__("x1") = b;
  register long third __asm__("x2") = c;
  register long fourth __asm__("x3") = d;
  register long fifth __asm__("x4") = e;
  register long sixth __asm__("x5") = f;
  register long call __asm__("x8") = number;
  __asm__ volatile("svc 0"
                   : "+r"(result)
                   : "r"(second), "r"(third), "r"(fourth), "r"(fifth), "r"(sixth), "r"(call)
                   : "memory");
  return result;
}

#else
#error "hexsh runs on x86-64 and aarch64"
#endif

/* The same with at most four arguments. */
static inline long kernel(long number, long a, long b, long c, long d) {
  return kernel6(number, a, b, c, d, 0, 0);
}

#endif
