/*
 * Fan-out. tee(2) copies what is at the head of a pipe into another pipe without taking it, so that the pages of the
 * data are shared and no byte is copied: in each round every target but the last gets a copy into an empty pipe of its
 * own, and the last the data itself; splice(2) moves it on from there. An input that is no pipe is first spliced into
 * one. Where the kernel has no such way, all goes through memory.
 */
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"

/* How much a round moves at the most. */
#define PIECE ((size_t)1 << 20)

struct fan {
  struct fan_target *targets;
  int count;
  void (*failed)(const struct fan_target *);
};

static void fail(struct fan *fan, struct fan_target *target, int error) {
  target->error = error;
  fan->failed(target);
}

/* The last target that has not failed; null if all have. */
static struct fan_target *last_target(struct fan *fan) {
  for (int index = fan->count - 1; index >= 0; index--)
    if (fan->targets[index].error == 0)
      return &fan->targets[index];
  return NULL;
}

/* Takes `size` bytes out of a pipe and drops them. */
static void discard(int pipe, size_t size) {
  while (size > 0) {
    ssize_t taken = read(pipe, relay_buffer, size < sizeof relay_buffer ? size : sizeof relay_buffer);
    if (taken > 0)
      size -= (size_t)taken;
    else if (taken == 0 || errno != EINTR)
      return;
  }
}

/* Moves `size` bytes, which a pipe holds, to a target. What a target that fails does not take is dropped. */
static void deliver(struct fan *fan, int pipe, struct fan_target *target, size_t size) {
  while (size > 0 && target->error == 0) {
    ssize_t moved = -1;
    errno = EINVAL;
    if (!target->shared)
      moved = splice(pipe, NULL, target->descriptor, NULL, size, SPLICE_F_MOVE);
    if (moved > 0) {
      size -= (size_t)moved;
      continue;
    }
    if (moved < 0 && errno == EINTR)
      continue;
    if (moved < 0 && errno == EAGAIN) {
      relay_await(target->descriptor, POLLOUT);
      continue;
    }
    /* It can't be spliced to: a terminal, a file open for appending, one whose offset is others' too. */
    ssize_t taken = read(pipe, relay_buffer, size < sizeof relay_buffer ? size : sizeof relay_buffer);
    if (taken < 0 && errno == EINTR)
      continue;
    if (taken <= 0)
      return;
    size -= (size_t)taken;
    int error = relay_write_all(target->descriptor, relay_buffer, (size_t)taken);
    if (error < 0)
      fail(fan, target, -error);
  }
  discard(pipe, size);
}

/* Reads and writes until the end. */
static int through_memory(struct fan *fan, int from) {
  while (last_target(fan) != NULL) {
    ssize_t size = read(from, relay_buffer, sizeof relay_buffer);
    if (size == 0)
      return 0;
    if (size < 0 && errno == EAGAIN)
      relay_await(from, POLLIN);
    else if (size < 0 && errno != EINTR)
      return -errno;
    for (int index = 0; index < fan->count && size > 0; index++) {
      struct fan_target *target = &fan->targets[index];
      int error = target->error != 0 ? 0 : relay_write_all(target->descriptor, relay_buffer, (size_t)size);
      if (error < 0)
        fail(fan, target, -error);
    }
  }
  return 0;
}

/* tee(2), waiting for data. Returns how much was copied, 0 at the end, or -errno. */
static ssize_t copy(int source, struct fan_target *target, size_t size) {
  for (;;) {
    ssize_t copied = tee(source, target->scratch[1], size, 0);
    if (copied >= 0)
      return copied;
    int error = errno == EAGAIN ? relay_await(source, POLLIN) : -errno;
    if (error < 0 && error != -EINTR)
      return error;
  }
}

/* Moves up to `size` bytes, which `source` holds, into the empty pipe of a target. Returns how many it has taken. */
static size_t take(int source, struct fan_target *target, size_t size) {
  size_t taken = 0;
  while (taken < size && target->scratch[1] >= 0) {
    ssize_t moved = splice(source, NULL, target->scratch[1], NULL, size - taken, SPLICE_F_MOVE);
    if (moved > 0)
      taken += (size_t)moved;
    else if (moved == 0 || errno != EINTR)
      break;
  }
  return taken;
}

/*
 * One round: moves what is at the head of `source`, at most `size` bytes, to all targets, of which there are at least
 * two. Returns how much that was, 0 at the end, or -errno.
 */
static ssize_t round_of(struct fan *fan, int source, struct fan_target *last, size_t size) {
  for (struct fan_target *target = fan->targets; target < last; target++) {
    if (target->error != 0)
      continue;
    ssize_t copied = copy(source, target, size);
    if (copied <= 0)
      return copied;
    target->held = (size_t)copied;
    size = (size_t)copied;
  }
  /* Whoever writes into `source` need not wait until all targets have got this. */
  size_t taken = take(source, last, size);
  for (struct fan_target *target = fan->targets; target < last; target++) {
    if (target->error != 0)
      continue;
    deliver(fan, target->scratch[0], target, size);
    /* Had a later pipe had room for less, the rest would come again in the next round. */
    discard(target->scratch[0], target->held - size);
  }
  deliver(fan, last->scratch[0], last, taken);
  deliver(fan, source, last, size - taken);
  return (ssize_t)size;
}

/* Moves `size` bytes, which `source` holds, to all targets. Returns 0 or -errno. */
static int from_own_pipe(struct fan *fan, int source, size_t size) {
  while (size > 0) {
    struct fan_target *last = last_target(fan);
    if (last == NULL)
      return 0;
    ssize_t moved = round_of(fan, source, last, size);
    if (moved < 0)
      return (int)moved;
    size -= (size_t)moved;
  }
  return 0;
}

/* The only target that has not failed, if there is one. */
static struct fan_target *only_target(struct fan *fan) {
  struct fan_target *last = last_target(fan);
  for (struct fan_target *target = fan->targets; target < last; target++)
    if (target->error == 0)
      return NULL;
  return last;
}

/* Moves all that comes to one target. Returns 0 at the end or when it has failed, or -errno of the input. */
static int to_one(struct fan *fan, int from, struct fan_target *target, int flags) {
  struct relay relay;
  relay_begin(&relay, from, target->descriptor, flags | (target->shared ? RELAY_SHARED_OUTPUT : 0));
  int error = relay_run(&relay);
  relay_end(&relay);
  if (error == 0 || !relay.output_failed)
    return error;
  fail(fan, target, -error);
  return 0;
}

/* Moves all that comes from `source`, a pipe. Returns 0 at its end or when no target is left, or -errno. */
static int from_pipe(struct fan *fan, int source, int flags) {
  for (;;) {
    struct fan_target *only = only_target(fan);
    if (only != NULL)
      return to_one(fan, source, only, flags);
    struct fan_target *last = last_target(fan);
    ssize_t moved = last == NULL ? 0 : round_of(fan, source, last, PIECE);
    if (moved <= 0)
      return (int)moved;
  }
}

/* Splices an input that is no pipe into one, piece by piece. Returns 0, -errno, or -ENOSYS if it can't be spliced. */
static int from_other(struct fan *fan, int from, int pipe[2]) {
  for (int first = 1;; first = 0) {
    ssize_t size = splice(from, NULL, pipe[1], NULL, PIECE, SPLICE_F_MOVE);
    if (size == 0 && !first)
      return 0;
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0 && errno == EAGAIN) {
      relay_await(from, POLLIN);
      continue;
    }
    if (size <= 0)
      return size < 0 && relay_is_told_once(errno) ? -errno : -ENOSYS;
    int error = from_own_pipe(fan, pipe[0], (size_t)size);
    if (error < 0 || last_target(fan) == NULL)
      return error;
  }
}

/* Gives the first `count` targets a pipe with the capacity of `source`. Returns whether that could be done. */
static int make_scratch(struct fan *fan, int source, int count) {
  int capacity = fcntl(source, F_GETPIPE_SZ);
  for (int index = 0; index < count; index++) {
    int *scratch = fan->targets[index].scratch;
    if (pipe2(scratch, O_CLOEXEC) < 0) {
      scratch[0] = scratch[1] = -1;
      return 0;
    }
    if (fcntl(scratch[1], F_SETPIPE_SZ, capacity) < 0 || fcntl(scratch[1], F_GETPIPE_SZ) != capacity)
      return 0;
  }
  return 1;
}

int fan_run(int from, struct fan_target *targets, int count, int flags, void (*failed)(const struct fan_target *)) {
  struct fan fan = {targets, count, failed};
  if (count == 1)
    return targets->error != 0 ? 0 : to_one(&fan, from, targets, flags);
  int own[2] = {-1, -1};
  for (int index = 0; index < count; index++) {
    targets[index].scratch[0] = targets[index].scratch[1] = -1;
    targets[index].shared = targets[index].shared && relay_has_offset(targets[index].descriptor);
  }
  int error = -ENOSYS;
  if (!(flags & RELAY_NO_SPLICE) && !(flags & RELAY_SHARED_INPUT && relay_has_offset(from))) {
    relay_enlarge(from, RELAY_LARGEST_PIPE);
    for (int index = 0; index < count; index++)
      relay_enlarge(targets[index].descriptor, RELAY_LARGEST_PIPE);
    int is_pipe = fcntl(from, F_GETPIPE_SZ) >= 0;
    if (!is_pipe && pipe2(own, O_CLOEXEC) == 0)
      relay_enlarge(own[0], RELAY_LARGEST_PIPE);
    int source = is_pipe ? from : own[0];
    if (source >= 0 && make_scratch(&fan, source, is_pipe ? count : count - 1))
      error = is_pipe ? from_pipe(&fan, source, flags) : from_other(&fan, from, own);
  }
  if (error == -ENOSYS)
    error = through_memory(&fan, from);
  for (int index = 0; index < count; index++)
    for (int end = 0; end < 2 && targets[index].scratch[end] >= 0; end++)
      close(targets[index].scratch[end]);
  for (int end = 0; end < 2 && own[end] >= 0; end++)
    close(own[end]);
  return error;
}
