/*
 * The pre-start stub: runs in the finished program before the runtime of Deno does, at the ELF entry point, where the
 * dynamic loader jumps to when it is done.
 *
 * The runtime ignores SIGPIPE, opens the null device in place of closed standard streams, and ends in a stack trace
 * when the working directory has been removed, a limit is low, or an argument isn't UTF-8; several environment
 * variables change what it does. So the stub
 *   0. runs a command that needs no shell, and is done (direct.c); else it
 *   1. records the true start state, see start_record.h;
 *   2. mends what would stop the runtime, or runs /bin/sh in its place;
 *   3. puts the C library into a sealed memory file, where TypeScript loads it from: nothing is read from a directory
 *      that others can write to;
 *   4. makes the stack as large as the runtime was told that it is;
 *   5. has V8's heap made as heap.c says;
 *   6. gives the runtime an argument list of its own (name, library descriptor, address of the record) and no
 *      environment; the true ones are in the record.
 *
 * It is freestanding, position-independent code without data but the heap's; native/build/elf.ts puts it into the program and fills in
 * the parameters.
 */
#include <fcntl.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

/* The entry point follows them. */
__attribute__((section(".parameters"), used)) const volatile struct parameters parameters = {
    .magic = "hexshpre",
    /* The stub is linked to the address 0, so that these are offsets. */
    .map = (int64_t)heap_map,
    .unmap = (int64_t)heap_unmap,
    .advise = (int64_t)heap_advise,
};

/* The name that the runtime is given; the true argv[0] is in the record. */
#define RUNTIME_NAME "hexsh"

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

uint64_t auxiliary_value(const struct block *block, uint64_t type) {
  for (size_t index = 0; index < block->auxiliary_count; index++)
    if (block->auxiliary[index].a_type == type)
      return block->auxiliary[index].a_un.a_val;
  return 0;
}

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

/* The runtime reads the shell's program out of its own file. */
static void check_program(struct start *start) {
  if (auxiliary_value(&start->block, AT_BASE) == 0)
    fall_back(start, "it was given to the dynamic loader; run it by its own name");
  long program = kernel(SYS_openat, AT_FDCWD, (long)"/proc/self/exe", O_RDONLY | O_CLOEXEC, 0);
  if (program < 0)
    fall_back(start, "its file is not readable (mode 0755 is needed)");
  kernel(SYS_close, program, 0, 0, 0);
}

/* Fills in the new block at `bottom` and the record above it. Returns the address to jump to. */
__attribute__((used)) uintptr_t prestart(uintptr_t *words, char *bottom) {
  struct start start = {.block = read_block(words)};
  const struct block *block = &start.block;
  struct layout *layout = (struct layout *)bottom;
  Elf64_auxv_t *auxiliary = (Elf64_auxv_t *)(layout + 1);
  struct tail *tail = (struct tail *)(auxiliary + block->auxiliary_count);
  char **environment = (char **)(tail + 1);
  struct start_record *record = start.record = &tail->record;

  run_directly(&start);

  record->size = sizeof *record;
  record->limit_count = 0;
  record->argument_count = block->argument_count;
  record->arguments = block->arguments;
  record->environment = environment;
  for (size_t index = 0; index <= block->environment_count; index++)
    environment[index] = block->environment[index];

  record_signals(&start);
  raise_memory_limits(&start);
  record_descriptors(&start);
  check_program(&start);
  provide_library(&start);
  /* From here on nothing falls back to /bin/sh. */
  leave_removed_directory(&start);
  extend_stack(&start);
  prepare_heap(&start);

  append(tail->name, RUNTIME_NAME);
  write_decimal(tail->library, (uint64_t)record->library);
  write_decimal(tail->address, (uintptr_t)record);
  layout->argument_count = 3;
  layout->arguments[0] = tail->name;
  layout->arguments[1] = tail->library;
  layout->arguments[2] = tail->address;
  layout->arguments[3] = NULL;
  layout->environment[0] = NULL;
  for (size_t index = 0; index < block->auxiliary_count; index++)
    auxiliary[index] = block->auxiliary[index];
  /* The C library has had the address of the old list since before the stub. */
  block->environment[0] = NULL;
  return (uintptr_t)&parameters + (uintptr_t)parameters.runtime_entry;
}
