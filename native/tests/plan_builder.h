/* Makes spawn plans for tests, as src/system/spawn_plan.ts does. */
#ifndef PLAN_BUILDER_H
#define PLAN_BUILDER_H

#include <stdarg.h>
#include <string.h>

#include "../plan.h"

struct test_plan {
  int fields[PLAN_FIELDS];
  double limits[8][3];
  int moves[32];
  int closing[8];
  char strings[2048];
  size_t strings_size;
  const char *directory;
  char block[4096] __attribute__((aligned(8)));
};

static inline void add_string(struct test_plan *plan, const char *text) {
  size_t size = strlen(text) + 1;
  memcpy(plan->strings + plan->strings_size, text, size);
  plan->strings_size += size;
}

/* A plan that starts `path` with the given arguments, which NULL ends, as it is. */
static inline void plan_start(struct test_plan *plan, const char *path, ...) {
  memset(plan, 0, sizeof *plan);
  plan->fields[PLAN_PROCESS_GROUP] = -1;
  plan->fields[PLAN_FOREGROUND] = -1;
  add_string(plan, path);
  va_list arguments;
  va_start(arguments, path);
  for (const char *argument; (argument = va_arg(arguments, const char *)) != NULL; plan->fields[PLAN_ARGUMENTS]++)
    add_string(plan, argument);
  va_end(arguments);
}

static inline void plan_shell(struct test_plan *plan, const char *script) {
  plan_start(plan, "/bin/sh", "sh", "-c", script, NULL);
}

static inline void plan_move(struct test_plan *plan, int from, int to) {
  int *move = plan->moves + 2 * plan->fields[PLAN_MOVES]++;
  move[0] = from;
  move[1] = to;
}

/* The shell's `descriptor` is only for the program. */
static inline void plan_close(struct test_plan *plan, int descriptor) {
  plan->closing[plan->fields[PLAN_CLOSING]++] = descriptor;
}

static inline void plan_limit(struct test_plan *plan, int resource, double soft, double hard) {
  double *limit = plan->limits[plan->fields[PLAN_LIMITS]++];
  limit[0] = resource;
  limit[1] = soft;
  limit[2] = hard;
}

static inline void plan_directory(struct test_plan *plan, const char *directory) {
  plan->fields[PLAN_DIRECTORY] = 1;
  plan->directory = directory;
}

/* The finished block. */
static inline const void *plan_block(struct test_plan *plan) {
  char *end = plan->block;
  end = mempcpy(end, plan->fields, sizeof plan->fields);
  end = mempcpy(end, plan->limits, (size_t)plan->fields[PLAN_LIMITS] * sizeof *plan->limits);
  end = mempcpy(end, plan->moves, (size_t)plan->fields[PLAN_MOVES] * 2 * sizeof(int));
  end = mempcpy(end, plan->closing, (size_t)plan->fields[PLAN_CLOSING] * sizeof(int));
  size_t path_size = strlen(plan->strings) + 1;
  end = mempcpy(end, plan->strings, path_size);
  if (plan->directory != NULL)
    end = mempcpy(end, plan->directory, strlen(plan->directory) + 1);
  memcpy(end, plan->strings + path_size, plan->strings_size - path_size);
  return plan->block;
}

/* The environment of the tests. */
#define PATH_ENVIRONMENT "PATH=/usr/bin:/bin"

static inline double spawn_plan(struct test_plan *plan) {
  plan->fields[PLAN_ENVIRONMENT] = 1;
  return hexsh_spawn(plan_block(plan), PATH_ENVIRONMENT);
}

static inline double run_plan(struct test_plan *plan) {
  plan->fields[PLAN_ENVIRONMENT] = 1;
  return hexsh_run(plan_block(plan), PATH_ENVIRONMENT);
}

static inline double execve_plan(struct test_plan *plan) {
  plan->fields[PLAN_ENVIRONMENT] = 1;
  return hexsh_execve(plan_block(plan), PATH_ENVIRONMENT);
}

#endif
