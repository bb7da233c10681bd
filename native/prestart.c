/*
 * The pre-start stub: runs in the finished program before the runtime of Deno does, at the ELF entry point, where the
 * dynamic loader jumps to when it is done.
 *
 * The runtime ignores SIGPIPE, opens the null device in place of closed standard streams, and ends in a stack trace
 * when the working directory has been removed, a limit is low, or an argument isn't UTF-8; several environment
 * variables change what it does. So the stub
 *   1. records the true start state, see start_record.h;
 *   2. mends what would stop the runtime, or ends in one clear line and status 126, as for any program that can't run;
 *   3. puts the C library into a sealed memory file, where TypeScript loads it from: nothing is read from a directory
 *      that others can write to;
 *   4. gives the runtime an argument list of its own (name, library descriptor, address of the record) and no
 *      environment; the true ones are in the record.
 *
 * It is freestanding, position-independent code without data; native/build/elf.ts puts it into the program and fills in
 * the parameters.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "prestart_machine.h"
#include "start_record.h"

/* The first bytes of the stub; all offsets are from here. The entry point follows them. */
__attribute__((section(".parameters"), used)) static const volatile struct {
  char magic[8];
  int64_t runtime_entry;
  int64_t library_offset;
  int64_t library_size;
} parameters = {"hexshpre", 0, 0, 0};

/* The name that the runtime is given; the true argv[0] is in the record. */
#define RUNTIME_NAME "hexsh"
/* As a shell reports a program that was found but can't be run (XCU 2.8.2). */
#define CANNOT_START 126

/* From linux/memfd.h, which older systems don't have in full. */
#define MEMFD_CLOEXEC 1u
#define MEMFD_ALLOW_SEALING 2u
#define MEMFD_EXEC 16u
#define ADD_SEALS 1033
#define ALL_SEALS 15 /* F_SEAL_SEAL, SHRINK, GROW and WRITE */

/* What the kernel leaves on the stack of a new program. */
struct block {
  int64_t argument_count;
  char **arguments;
  char **environment;
  size_t environment_count;
  const Elf64_auxv_t *auxiliary;
  size_t auxiliary_count; /* AT_NULL included */
};

static struct block read_block(uintptr_t *words) {
  struct block block;
  block.argument_count = (int64_t)words[0];
  block.arguments = (char **)(words + 1);
  block.environment = block.arguments + block.argument_count + 1;
  block.environment_count = 0;
  while (block.environment[block.environment_count] != NULL)
    block.environment_count++;
  block.auxiliary = (const Elf64_auxv_t *)(block.environment + block.environment_count + 1);
  block.auxiliary_count = 1;
  while (block.auxiliary[block.auxiliary_count - 1].a_type != AT_NULL)
    block.auxiliary_count++;
  return block;
}

/* A number in decimal has at most 20 digits. */
#define DIGITS 24

/* What lies between the new stack pointer and the old block, in this order; then come pointers of variable number. */
struct layout {
  uintptr_t argument_count;
  char *arguments[4];
  char *environment[1];
  /* The auxiliary vector goes here; its size is known only at run time, so that the rest follows it. */
};

struct tail {
  struct start_record record;
  char name[sizeof RUNTIME_NAME + 2];
  char library[DIGITS];
  char address[DIGITS];
  /* The copy of the environment pointers goes here. */
};

__attribute__((used)) size_t block_size(uintptr_t *words) {
  struct block block = read_block(words);
  size_t size = sizeof(struct layout) + block.auxiliary_count * sizeof(Elf64_auxv_t) + sizeof(struct tail) +
                (block.environment_count + 1) * sizeof(char *);
  return (size + 15) & ~(size_t)15;
}

static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != '\0')
    length++;
  return length;
}

static char *append(char *to, const char *text) {
  while (*text != '\0')
    *to++ = *text++;
  *to = '\0';
  return to;
}

static void write_decimal(char *to, uint64_t number) {
  char reversed[DIGITS];
  int count = 0;
  do
    reversed[count++] = (char)('0' + number % 10);
  while ((number /= 10) != 0);
  while (count > 0)
    *to++ = reversed[--count];
  *to = '\0';
}

__attribute__((noreturn)) static void cannot_start(const char *reason) {
  char line[256];
  append(append(append(line, "hexsh: cannot start: "), reason), "\n");
  kernel(SYS_write, 2, (long)line, (long)length_of(line), 0);
  for (;;)
    kernel(SYS_exit_group, CANNOT_START, 0, 0, 0);
}

static void record_signals(struct start_record *record) {
  struct {
    uintptr_t handler;
    unsigned long flags;
    uintptr_t restorer;
    uint64_t mask;
  } action;
  record->ignored_signals = 0;
  for (int number = 1; number <= 64; number++) {
    long failed = kernel(SYS_rt_sigaction, number, 0, (long)&action, sizeof(uint64_t));
    if (!failed && action.handler == (uintptr_t)SIG_IGN)
      record->ignored_signals |= UINT64_C(1) << (number - 1);
  }
  record->blocked_signals = 0;
  kernel(SYS_rt_sigprocmask, SIG_SETMASK, 0, (long)&record->blocked_signals, sizeof(uint64_t));
}

/*
 * Raises a limit that is below `enough`: as far as the hard limit lets it, and beyond that if the process may. What it
 * was goes into the record, for the programs that the shell starts. Without `least` the runtime would not start.
 */
static void raise_limit(struct start_record *record, int resource, uint64_t enough, uint64_t least,
                        const char *reason) {
  struct rlimit now;
  if (kernel(SYS_prlimit64, 0, resource, 0, (long)&now) < 0 || now.rlim_cur >= enough)
    return;
  struct rlimit raised = {now.rlim_max, now.rlim_max};
  if (raised.rlim_max < enough)
    raised = (struct rlimit){enough, enough};
  if (kernel(SYS_prlimit64, 0, resource, (long)&raised, 0) < 0) {
    raised = (struct rlimit){now.rlim_max, now.rlim_max};
    if (now.rlim_max < least || kernel(SYS_prlimit64, 0, resource, (long)&raised, 0) < 0)
      cannot_start(reason);
  }
  /* One that is raised twice is remembered as it was first. */
  for (uint64_t index = 0; index < record->limit_count; index++)
    if (record->limits[index].resource == (uint64_t)resource)
      return;
  record->limits[record->limit_count++] = (struct start_limit){(uint64_t)resource, now.rlim_cur, now.rlim_max};
}

/*
 * The least are what Deno 2.7 was measured to start with, and something over. V8 reserves 48 GiB of addresses at its
 * start, though it gives most of them back.
 */
static void raise_memory_limits(struct start_record *record) {
  raise_limit(record, RLIMIT_AS, UINT64_C(64) << 30, UINT64_C(50) << 30,
              "the limit on virtual memory (ulimit -v) is too low");
  raise_limit(record, RLIMIT_DATA, UINT64_C(4) << 30, UINT64_C(640) << 20, "the limit on data (ulimit -d) is too low");
  raise_limit(record, RLIMIT_STACK, UINT64_C(8) << 20, UINT64_C(256) << 10,
              "the limit on the stack (ulimit -s) is too low");
}

/* Moves a descriptor away from the numbers that scripts use. */
static int hide(int descriptor) {
  long moved = kernel(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 240, 0);
  if (moved < 0)
    moved = kernel(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 10, 0);
  if (moved < 0)
    return descriptor;
  kernel(SYS_close, descriptor, 0, 0, 0);
  return (int)moved;
}

/* As getdents64(2) stores it. */
struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[];
};

#define TOO_FEW_DESCRIPTORS "the limit on open files (ulimit -n) is too low"

/* Opens the list of this process's descriptors. */
static int open_descriptor_list(struct start_record *record) {
  static const char path[] = "/proc/self/fd";
  long directory = kernel(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (directory == -EMFILE) {
    raise_limit(record, RLIMIT_NOFILE, START_DESCRIPTORS, START_DESCRIPTORS, TOO_FEW_DESCRIPTORS);
    directory = kernel(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  }
  if (directory == -EMFILE || directory == -ENFILE)
    cannot_start("too many open files");
  if (directory == -EACCES)
    cannot_start("its file is not readable (mode 0755 is needed)");
  if (directory < 0)
    cannot_start("/proc is not mounted");
  return (int)directory;
}

/* Lists the open descriptors, and sees to it that the runtime can open more: it takes 10, and the shell some. */
static void record_descriptors(struct start_record *record) {
  for (size_t index = 0; index < START_DESCRIPTORS / 64; index++)
    record->descriptors[index] = 0;
  int directory = open_descriptor_list(record);
  char entries[4096] __attribute__((aligned(8)));
  uint64_t count = 0;
  long size;
  while ((size = kernel(SYS_getdents64, directory, (long)entries, sizeof entries, 0)) > 0)
    for (long at = 0; at < size;) {
      const struct entry *entry = (const struct entry *)(entries + at);
      at += entry->size;
      long number = 0;
      for (const char *digit = entry->name; *digit != '\0'; digit++)
        number = number * 10 + (*digit - '0');
      if (entry->name[0] == '.' || number == directory || number >= START_DESCRIPTORS)
        continue;
      record->descriptors[number / 64] |= UINT64_C(1) << (number % 64);
      count++;
    }
  kernel(SYS_close, directory, 0, 0, 0);
  raise_limit(record, RLIMIT_NOFILE, count + 64, count + 12, TOO_FEW_DESCRIPTORS);
}

/* The runtime reads the shell's program out of its own file. */
static void check_program(const struct block *block) {
  for (size_t index = 0; index < block->auxiliary_count; index++)
    if (block->auxiliary[index].a_type == AT_BASE && block->auxiliary[index].a_un.a_val == 0)
      cannot_start("it was given to the dynamic loader; run it by its own name");
  long program = kernel(SYS_openat, AT_FDCWD, (long)"/proc/self/exe", O_RDONLY | O_CLOEXEC, 0);
  if (program < 0)
    cannot_start("its file is not readable (mode 0755 is needed)");
  kernel(SYS_close, program, 0, 0, 0);
}

/* The runtime does not start in a directory that has no path; start.c goes back there. */
static void leave_removed_directory(struct start_record *record) {
  char path[4096];
  record->removed_directory = -1;
  long length = kernel(SYS_getcwd, (long)path, sizeof path, 0, 0);
  /* "(unreachable)" is what the kernel calls one outside of the root directory. */
  if (length != -ENOENT && (length < 0 || path[0] == '/'))
    return;
  long directory = kernel(SYS_openat, AT_FDCWD, (long)".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (directory >= 0)
    record->removed_directory = hide((int)directory);
  kernel(SYS_chdir, (long)"/", 0, 0, 0);
}

static long write_library(int descriptor) {
  const char *library = (const char *)&parameters + parameters.library_offset;
  long left = parameters.library_size;
  while (left > 0) {
    long written = kernel(SYS_write, descriptor, (long)library, left, 0);
    if (written <= 0)
      return -1;
    library += written;
    left -= written;
  }
  return 0;
}

static void provide_library(struct start_record *record) {
  long descriptor =
      kernel(SYS_memfd_create, (long)"libhexsh.so", MEMFD_CLOEXEC | MEMFD_ALLOW_SEALING | MEMFD_EXEC, 0, 0);
  /* Kernels before 6.3 don't know MFD_EXEC, and later ones can be told to forbid it. */
  if (descriptor < 0)
    descriptor = kernel(SYS_memfd_create, (long)"libhexsh.so", MEMFD_CLOEXEC | MEMFD_ALLOW_SEALING, 0, 0);
  if (descriptor < 0)
    cannot_start("no memory file can be made (memfd_create)");
  descriptor = hide((int)descriptor);

  /* RLIMIT_FSIZE applies to memory files, too; it is raised for this one write, and its signal held back. */
  uint64_t every = ~UINT64_C(0), before;
  struct rlimit limit, raised;
  kernel(SYS_rt_sigprocmask, SIG_SETMASK, (long)&every, (long)&before, sizeof every);
  int limited = kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, 0, (long)&limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  if (limited) {
    raised = (struct rlimit){RLIM_INFINITY, RLIM_INFINITY};
    if (kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&raised, 0) < 0) {
      raised = (struct rlimit){limit.rlim_max, limit.rlim_max};
      kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&raised, 0);
    }
  }
  if (write_library((int)descriptor) < 0)
    cannot_start("the limit on file size (ulimit -f) is too low");
  if (limited)
    kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&limit, 0);
  kernel(SYS_rt_sigprocmask, SIG_SETMASK, (long)&before, 0, sizeof before);

  if (kernel(SYS_fcntl, descriptor, ADD_SEALS, ALL_SEALS, 0) < 0)
    cannot_start("its memory file can't be sealed");
  record->library = descriptor;
}

/* Fills in the new block at `bottom` and the record above it. Returns the address to jump to. */
__attribute__((used)) uintptr_t prestart(uintptr_t *words, char *bottom) {
  struct block block = read_block(words);
  struct layout *layout = (struct layout *)bottom;
  Elf64_auxv_t *auxiliary = (Elf64_auxv_t *)(layout + 1);
  struct tail *tail = (struct tail *)(auxiliary + block.auxiliary_count);
  char **environment = (char **)(tail + 1);
  struct start_record *record = &tail->record;

  record->size = sizeof *record;
  record->limit_count = 0;
  record->argument_count = block.argument_count;
  record->arguments = block.arguments;
  record->environment = environment;
  for (size_t index = 0; index <= block.environment_count; index++)
    environment[index] = block.environment[index];

  record_signals(record);
  raise_memory_limits(record);
  record_descriptors(record);
  check_program(&block);
  leave_removed_directory(record);
  provide_library(record);

  append(tail->name, RUNTIME_NAME);
  write_decimal(tail->library, (uint64_t)record->library);
  write_decimal(tail->address, (uintptr_t)record);
  layout->argument_count = 3;
  layout->arguments[0] = tail->name;
  layout->arguments[1] = tail->library;
  layout->arguments[2] = tail->address;
  layout->arguments[3] = NULL;
  layout->environment[0] = NULL;
  for (size_t index = 0; index < block.auxiliary_count; index++)
    auxiliary[index] = block.auxiliary[index];
  /* The C library has had the address of the old list since before the stub. */
  block.environment[0] = NULL;
  return (uintptr_t)&parameters + (uintptr_t)parameters.runtime_entry;
}

/* The compiler may call these for copies and for clearing. */
void *memcpy(void *to, const void *from, size_t size) {
  char *target = to;
  const char *source = from;
  while (size-- > 0)
    *target++ = *source++;
  return to;
}

void *memset(void *to, int value, size_t size) {
  char *target = to;
  while (size-- > 0)
    *target++ = (char)value;
  return to;
}
