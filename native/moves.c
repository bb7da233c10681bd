/* Descriptor moves as a parallel assignment: `1, 2, 2, 1` swaps. */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "internal.h"
#include "plan.h"

/* In `from`: a move that has been made. */
#define MADE INT_MIN

static int is_target(int descriptor, const struct move *moves, int count) {
  for (int index = 0; index < count; index++)
    if (moves[index].from != MADE && moves[index].to == descriptor)
      return 1;
  return 0;
}

/* Whether a pending move other than `except` still reads `descriptor`. */
static int is_read(int descriptor, const struct move *moves, int count, int except) {
  for (int index = 0; index < count; index++)
    if (index != except && moves[index].from == descriptor && moves[index].to != descriptor)
      return 1;
  return 0;
}

int moves_set_aside(int descriptor, const struct move *moves, int count) {
  for (int minimum = 3;; minimum++) {
    int aside = fcntl(descriptor, F_DUPFD_CLOEXEC, minimum);
    if (aside < 0)
      return -errno;
    /* A number that a move is going to take, or would read and must find closed, is no place to keep something. */
    if (!is_target(aside, moves, count) && !is_read(aside, moves, count, -1))
      return aside;
    close(aside);
    minimum = aside;
  }
}

static int make(struct move move) {
  if (move.from < 0) {
    /* Linux has released the number even if close(2) fails. */
    close(move.to);
    return 0;
  }
  if (move.from == move.to) {
    int flags = fcntl(move.to, F_GETFD);
    return flags < 0 || fcntl(move.to, F_SETFD, flags & ~FD_CLOEXEC) < 0 ? -errno : 0;
  }
  int made;
  do
    made = dup3(move.from, move.to, 0);
  while (made < 0 && errno == EINTR);
  return made < 0 ? -errno : 0;
}

int moves_apply(struct plan *plan) {
  struct move *moves = plan->moves;
  int count = plan->move_count;
  int pending = count;
  plan->aside_count = 0;
  /* Of several moves to one number the last counts. */
  for (int index = 0; index < count; index++)
    if (is_target(moves[index].to, moves + index + 1, count - index - 1)) {
      moves[index].from = MADE;
      pending--;
    }
  while (pending > 0) {
    int before = pending;
    for (int index = 0; index < count; index++) {
      if (moves[index].from == MADE || is_read(moves[index].to, moves, count, index))
        continue;
      int error = make(moves[index]);
      if (error < 0)
        return error;
      moves[index].from = MADE;
      pending--;
    }
    if (pending < before)
      continue;
    /* Only cycles are left. One is opened by having those who read a target read a duplicate of it instead. */
    int first = 0;
    while (moves[first].from == MADE)
      first++;
    int target = moves[first].to;
    int kept = moves_set_aside(target, moves, count);
    if (kept < 0)
      return kept;
    plan->aside[plan->aside_count++] = kept;
    for (int index = 0; index < count; index++)
      if (moves[index].from == target && moves[index].to != target)
        moves[index].from = kept;
  }
  return 0;
}
