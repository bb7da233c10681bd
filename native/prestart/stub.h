/* What the files of the pre-start stub share; prestart.c says what it is. */
#ifndef HEXSH_PRESTART_STUB_H
#define HEXSH_PRESTART_STUB_H

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#include "../start_record.h"

/* Nothing is looked up by a dynamic loader. */
#pragma GCC visibility push(hidden)

/* The first bytes of the stub, which native/build/elf.ts fills in; all offsets are from here. */
struct parameters {
  char magic[8];
  int64_t runtime_entry;
  int64_t library_offset;
  int64_t library_size;
  /* How much stack the runtime is going to use at the most. */
  int64_t stack_size;
  /* The names of commands that are no programs, each ended by a NUL. Without them nothing is run directly. */
  int64_t names_offset;
  int64_t names_size;
  /* A page for struct heap; 0 if the runtime does not call the functions of heap.c. */
  int64_t heap_offset;
  /* Where the dynamic loader puts the address of libc's __errno_location. */
  int64_t errno_slot;
  /* Where the functions are that stand for mmap, munmap and madvise: the linker fills these in. */
  int64_t map;
  int64_t unmap;
  int64_t advise;
};

extern const volatile struct parameters parameters;

/* What the kernel leaves on the stack of a new program. */
struct block {
  int64_t argument_count;
  char **arguments;
  char **environment;
  size_t environment_count;
  const Elf64_auxv_t *auxiliary;
  size_t auxiliary_count; /* AT_NULL included */
};

/* What every step of the stub works on. */
struct start {
  struct block block;
  struct start_record *record;
};

/* prestart.c */

/* What the kernel says about `type` (getauxval(3)); 0 if nothing. */
uint64_t auxiliary_value(const struct block *block, uint64_t type);

/* text.c */

size_t length_of(const char *text);

int same_text(const char *one, const char *other);

int begins_with(const char *text, const char *beginning);

/* Copies `text` with its NUL. Returns where that NUL is. */
char *append(char *to, const char *text);

/* A number in decimal has at most 20 digits. */
#define DIGITS 24

void write_decimal(char *to, uint64_t number);

/* fallback.c */

/*
 * Runs /bin/sh in place of the shell, with everything as it was at the start, since the runtime can't run; `reason` goes
 * to standard error.
 */
__attribute__((noreturn)) void fall_back(struct start *start, const char *reason);

/* direct.c */

/*
 * Runs the command that the arguments hold, if that needs no shell. Returns if it does, or if anything fails: nothing has changed
 * then, apart from files that redirections have made or emptied.
 */
void run_directly(const struct start *start);

/* limits.c */

/*
 * Raises a limit that is below `enough`: as far as the hard limit lets it, and beyond that if the process may. What it
 * was goes into the record, for the programs that the shell starts. With less than `least` the runtime can't start.
 */
void raise_limit(struct start *start, int resource, uint64_t enough, uint64_t least, const char *reason);

void raise_memory_limits(struct start *start);

/*
 * Maps as much memory below the stack as the parameters say, so that the runtime has it whatever the limit on the stack
 * (ulimit -s) is. That limit applies only where the kernel makes the stack grow.
 */
void extend_stack(struct start *start);

/* state.c */

void record_signals(struct start *start);

/* Lists the open descriptors, and sees to it that the runtime can open more. */
void record_descriptors(struct start *start);

/* Leaves a working directory that has no path; the record holds a descriptor on it. */
void leave_removed_directory(struct start *start);

/* Descriptors from here on are those that the shell keeps to itself. */
#define HIDDEN_DESCRIPTORS 240

/* Moves a descriptor away from the numbers that scripts use. Returns its number. */
int hide(int descriptor);

/* heap.c */

/* Has the functions of heap.c do their work. */
void prepare_heap(const struct start *start);

void *heap_map(void *address, size_t size, int protection, int flags, int descriptor, long offset);

int heap_unmap(void *address, size_t size);

int heap_advise(void *address, size_t size, int advice);

/* library.c */

/* Puts the C library into a sealed file in memory. */
void provide_library(struct start *start);

#pragma GCC visibility pop

#endif
