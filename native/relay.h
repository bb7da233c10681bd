/*
 * Relays: moving data from one open descriptor to another until it ends, inside the kernel where that is possible.
 */
#ifndef HEXSH_RELAY_H
#define HEXSH_RELAY_H

#include <stddef.h>
#include <stdint.h>

/*
 * For `flags`: everything goes through memory; other processes may use the same offset of the file that is read, or
 * written. The kernel changes an offset in one step with read and write, but not with splice and its kin: two that
 * write so to one open file overwrite each other's data.
 */
#define RELAY_NO_SPLICE 1
#define RELAY_SHARED_INPUT 2
#define RELAY_SHARED_OUTPUT 4

/* How a relay moves data: see relay.c. */
enum relay_method { RELAY_READ_WRITE, RELAY_SPLICE, RELAY_SPLICE_TWICE, RELAY_SENDFILE, RELAY_COPY_RANGE };

struct relay {
  int from;
  int to;
  /* How many bytes have come to `to`. */
  uint64_t moved;
  /* After an error: whether it was one of `to`. */
  int output_failed;
  /* While this is not 0, relay_run returns -EINTR between two pieces; null if nothing interrupts. */
  const volatile int *interrupt;

  enum relay_method method;
  /* A pipe between two ends of which neither is one, and how much is in it. */
  int between[2];
  size_t between_size;
  /* What is in memory, of `relay_buffer`. */
  size_t begin;
  size_t end;
  int enlarged;
};

/* Prepares a relay. Both descriptors stay the caller's. */
void relay_begin(struct relay *relay, int from, int to, int flags);

/*
 * Moves data until `from` ends (0), an error of either end (-errno), or -EINTR if `interrupt` is set: then it can be
 * called again and goes on. Descriptors that don't block are waited for. Only one relay at a time has data in memory.
 */
int relay_run(struct relay *relay);

/* Gives up what relay_begin and relay_run have made; data that they hold is lost. */
void relay_end(struct relay *relay);

/* Whether a descriptor's file has an offset. */
int relay_has_offset(int descriptor);

/* Whether `from` and `to` are the same file, and copying would never come to an end. */
int relay_is_endless(int from, int to);

/* /proc/sys/fs/pipe-max-size allows this much to everyone by default. */
#define RELAY_LARGEST_PIPE (1 << 20)

/* Gives the pipe behind `descriptor` the largest capacity that is allowed, up to `capacity`; nothing if it is no pipe. */
void relay_enlarge(int descriptor, int capacity);

/* Waits until `descriptor` is ready for `events` of poll(2). Returns 0 or -errno. */
int relay_await(int descriptor, short events);

/* write(2) of all bytes, waiting as often as needed. Returns 0 or -errno. Interrupted calls go on. */
int relay_write_all(int descriptor, const char *bytes, size_t size);

/* Whether an error is one of a connection, which whoever asks next is not told of any more. */
int relay_is_told_once(int error);

/* Memory through which data goes that the kernel can't move by itself. */
#define RELAY_BUFFER_SIZE (1 << 17)
extern char relay_buffer[RELAY_BUFFER_SIZE];

/*
 * Fan-out: what comes from one descriptor goes to several.
 */
struct fan_target {
  int descriptor;
  /* For messages. */
  const char *name;
  /* Whether other processes may use the same offset. */
  int shared;
  /* errno, once it has failed: then it gets nothing any more. */
  int error;
  /* A pipe of its own for its copy of the data, and how much is in it. */
  int scratch[2];
  size_t held;
};

/*
 * Moves all that comes from `from` to every target. A target that fails is left out from then on, after `failed` has
 * been told of it. Returns 0 at the end of the input or when no target is left, or -errno of the input. `flags` are
 * those for the input.
 */
int fan_run(int from, struct fan_target *targets, int count, int flags, void (*failed)(const struct fan_target *));

#endif
