/*
 * A spawn plan: how a program is to be started, as spawn.c and execve.c carry it out.
 *
 * TypeScript (src/system/spawn_plan.ts) lays it out in one block, in this order:
 *   16 ints              see enum plan_field
 *   3 doubles a limit    resource, soft, hard
 *   2 ints a move        from, to
 *   1 int a descriptor   that hexsh_run is to close
 *   strings              path, then the directory if there is one, then the arguments
 * The environment is a second block, `name=value` strings one after the other.
 */
#ifndef HEXSH_PLAN_H
#define HEXSH_PLAN_H

#include <stdint.h>
#include <sys/resource.h>

enum plan_field {
  PLAN_ARGUMENTS,
  PLAN_ENVIRONMENT,
  PLAN_MOVES,
  PLAN_LIMITS,
  PLAN_IGNORED_LOW,
  PLAN_IGNORED_HIGH,
  PLAN_PROCESS_GROUP,
  PLAN_FOREGROUND,
  PLAN_NEW_SESSION,
  PLAN_DIRECTORY,
  PLAN_UTILITY,
  PLAN_OWN,
  PLAN_CLOSING,
  PLAN_FIELDS = 16
};

/* `to` becomes a duplicate of what `from` is, or is closed if `from` is -1. */
struct move {
  int from;
  int to;
};

struct limit {
  int resource;
  struct rlimit value;
};

struct plan {
  const char *path;
  char **arguments;
  char **environment;
  const char *directory;
  struct move *moves;
  int move_count;
  /* Numbers that making the moves took on the way; room for as many as there are moves. */
  int *aside;
  int aside_count;
  /* What the shell has only for the program, and closes once that has it. */
  const int *closing;
  int closing_count;
  struct limit *limits;
  int limit_count;
  uint64_t ignored_signals;
  int process_group;
  int foreground;
  int new_session;
  /* See utility.h; 0 for a program. */
  int utility;
  int own;
};

/*
 * Reads both blocks. All memory that carrying out the plan takes is allocated here, so that nothing is after it; it
 * serves until the next call. Returns 0 or -errno.
 */
int plan_read(struct plan *plan, const void *block, const char *environment);

/* moves.c */

/*
 * Makes the moves as if all at once, and uses them up. Numbers that were set aside on the way are close-on-exec; a
 * caller that goes on instead closes them. Returns 0 or -errno.
 */
int moves_apply(struct plan *plan);

/* Duplicates `descriptor`, close-on-exec, to a number that `moves` don't name. Returns it or -errno. */
int moves_set_aside(int descriptor, const struct move *moves, int count);

#endif
