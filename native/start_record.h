/*
 * What the pre-start stub (prestart/prestart.c) saw before the runtime of Deno started: the true start state of the process. It lies on the stack
 * above the block of arguments that the runtime is given, so it lives as long as the process; start.c reads it.
 */
#ifndef HEXSH_START_RECORD_H
#define HEXSH_START_RECORD_H

#include <stdint.h>

/* Descriptors from this number on are not recorded. */
#define START_DESCRIPTORS 65536

/* Of NOFILE, AS, DATA and STACK. */
#define START_LIMITS 4

struct start_limit {
  uint64_t resource;
  uint64_t soft;
  uint64_t hard;
};

struct start_record {
  /* sizeof(struct start_record), so that a stub and a library that don't belong together notice. */
  uint64_t size;
  int64_t argument_count;
  char **arguments;
  char **environment;
  /* One bit for each signal, bit 0 for signal 1, as the kernel has it. */
  uint64_t ignored_signals;
  uint64_t blocked_signals;
  /* O_PATH descriptor of a working directory that had been removed, else -1. */
  int64_t removed_directory;
  /* Descriptor of the memory file that holds the C library. */
  int64_t library;
  /* Limits that were raised for the runtime, as they had been. */
  uint64_t limit_count;
  struct start_limit limits[START_LIMITS];
  /* One bit for each descriptor that was open. */
  uint64_t descriptors[START_DESCRIPTORS / 64];
};

#endif
