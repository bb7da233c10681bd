/*
 * Relays. Which system call moves the data depends on what the two ends are:
 *
 *   file -> file                   copy_file_range; the file system may share the blocks
 *   file -> socket                 sendfile
 *   any -> pipe, pipe -> device    splice
 *   pipe, socket -> file, socket   splice into a pipe of the relay's own, and out of it
 *
 * Splice always needs a pipe, and keeps that which it reads locked until all is written: without a pipe of the relay's
 * own in between, whoever writes into it would wait for the disk or the peer.
 *
 * All of these have exceptions (files open for appending, file systems, devices, files of /proc that claim to be empty),
 * and more will come. So an attempt that fails is no error: the relay goes over to read and write, and whatever is
 * really wrong with an end shows there, and of which end it is. Only what a socket tells once has to be taken at once.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"

/* How much one call moves: as much as the largest pipe, of files more, but still little enough for Ctrl-C. */
#define PIECE ((size_t)1 << 20)
#define FILE_PIECE ((size_t)1 << 24)

/* A file up to this size is read and written: there is nothing to gain, and it may change while it is in a pipe. */
#define SMALL_FILE 65536

/* Once so much has gone through, more is to be expected, and pipes are made larger. */
#define MUCH 262144

/* What was copied into a pipe should be in the processor's cache still when it is taken out: a full pipe has to fit there. */
#define COPIES_PIPE (1 << 18)

char relay_buffer[RELAY_BUFFER_SIZE];

int relay_await(int descriptor, short events) {
  struct pollfd request = {descriptor, events, 0};
  return poll(&request, 1, -1) < 0 ? -errno : 0;
}

int relay_write_all(int descriptor, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t written = write(descriptor, bytes, size);
    if (written >= 0) {
      bytes += written;
      size -= (size_t)written;
    } else if (errno == EAGAIN) {
      relay_await(descriptor, POLLOUT);
    } else if (errno != EINTR) {
      return -errno;
    }
  }
  return 0;
}

void relay_enlarge(int descriptor, int capacity) {
  int present = fcntl(descriptor, F_GETPIPE_SZ);
  if (present < 0)
    return;
  /* Users who have many pipes may not have large ones. */
  for (int wanted = capacity; wanted > present; wanted /= 2)
    if (fcntl(descriptor, F_SETPIPE_SZ, wanted) >= 0)
      return;
}

int relay_is_told_once(int error) {
  switch (error) {
    case ECONNABORTED:
    case ECONNREFUSED:
    case ECONNRESET:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH:
    case ETIMEDOUT:
      return 1;
    default:
      return 0;
  }
}

static mode_t type_of(int descriptor, struct stat *status) {
  return fstat(descriptor, status) < 0 ? 0 : status->st_mode & S_IFMT;
}

static int is_socket(int descriptor) {
  struct stat status;
  int error = errno;
  int socket = type_of(descriptor, &status) == S_IFSOCK;
  errno = error;
  return socket;
}

/* How much of a regular file is still to be read. */
static off_t remaining(int descriptor, const struct stat *status) {
  off_t position = lseek(descriptor, 0, SEEK_CUR);
  return position < 0 ? 0 : status->st_size - position;
}

int relay_has_offset(int descriptor) {
  struct stat status;
  mode_t type = type_of(descriptor, &status);
  return type == S_IFREG || type == S_IFBLK;
}

static enum relay_method choose(int from, int to, int flags) {
  struct stat input, output;
  mode_t source = type_of(from, &input), target = type_of(to, &output);
  int modes = fcntl(to, F_GETFL);
  /* Neither splice nor copy_file_range appends; a terminal takes what it is given line by line. */
  if (modes < 0 || modes & O_APPEND || isatty(from) || isatty(to))
    return RELAY_READ_WRITE;
  if ((flags & RELAY_SHARED_INPUT && relay_has_offset(from)) || (flags & RELAY_SHARED_OUTPUT && relay_has_offset(to)))
    return RELAY_READ_WRITE;
  if (source == S_IFREG) {
    if (remaining(from, &input) <= SMALL_FILE)
      return RELAY_READ_WRITE;
    posix_fadvise(from, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (target == S_IFREG)
      return RELAY_COPY_RANGE;
    if (target == S_IFSOCK)
      return RELAY_SENDFILE;
  }
  if ((source == S_IFIFO || source == S_IFSOCK) && (target == S_IFREG || target == S_IFBLK || target == S_IFSOCK))
    return RELAY_SPLICE_TWICE;
  return source == S_IFIFO || target == S_IFIFO ? RELAY_SPLICE : RELAY_READ_WRITE;
}

void relay_begin(struct relay *relay, int from, int to, int flags) {
  *relay = (struct relay){.from = from, .to = to, .between = {-1, -1}};
  relay->method = flags & RELAY_NO_SPLICE ? RELAY_READ_WRITE : choose(from, to, flags);
  if (relay->method == RELAY_SPLICE_TWICE && pipe2(relay->between, O_CLOEXEC) < 0)
    relay->method = RELAY_READ_WRITE;
}

void relay_end(struct relay *relay) {
  for (int end = 0; end < 2; end++)
    if (relay->between[end] >= 0) {
      close(relay->between[end]);
      relay->between[end] = -1;
    }
}

/* Takes more into memory. Returns 1, 0 at the end, or -errno. */
static int fill(struct relay *relay, int from) {
  ssize_t size = read(from, relay_buffer, sizeof relay_buffer);
  if (size < 0) {
    if (errno != EAGAIN)
      return -errno;
    int error = relay_await(from, POLLIN);
    return error < 0 ? error : 1;
  }
  relay->begin = 0;
  relay->end = (size_t)size;
  return size > 0;
}

/* Writes some of what is in memory. Returns 1 or -errno. */
static int empty(struct relay *relay) {
  ssize_t size = write(relay->to, relay_buffer + relay->begin, relay->end - relay->begin);
  if (size < 0) {
    relay->output_failed = errno != EAGAIN && errno != EINTR;
    if (errno != EAGAIN)
      return -errno;
    int error = relay_await(relay->to, POLLOUT);
    return error < 0 ? error : 1;
  }
  relay->begin += (size_t)size;
  relay->moved += (size_t)size;
  return 1;
}

/* One system call that moves data past the process. Returns what it returned, with errno. */
static ssize_t move(struct relay *relay) {
  switch (relay->method) {
    case RELAY_COPY_RANGE:
      return copy_file_range(relay->from, NULL, relay->to, NULL, FILE_PIECE, 0);
    case RELAY_SENDFILE:
      return sendfile(relay->to, relay->from, NULL, PIECE);
    case RELAY_SPLICE_TWICE:
      if (relay->between_size > 0)
        return splice(relay->between[0], NULL, relay->to, NULL, relay->between_size, SPLICE_F_MOVE);
      return splice(relay->from, NULL, relay->between[1], NULL, PIECE, SPLICE_F_MOVE);
    default:
      return splice(relay->from, NULL, relay->to, NULL, PIECE, SPLICE_F_MOVE);
  }
}

/* Moves one piece past the process. Returns 1, 0 at the end, or -errno of what may be tried again. */
static int pass(struct relay *relay) {
  ssize_t size = move(relay);
  if (size > 0) {
    if (relay->method != RELAY_SPLICE_TWICE) {
      relay->moved += (size_t)size;
    } else if (relay->between_size > 0) {
      relay->between_size -= (size_t)size;
      relay->moved += (size_t)size;
    } else {
      relay->between_size = (size_t)size;
    }
    return 1;
  }
  if (size == 0) {
    /* Some files claim to be empty to everything but read. */
    if (relay->moved > 0)
      return 0;
    relay->method = RELAY_READ_WRITE;
    return 1;
  }
  if (errno == EINTR)
    return -EINTR;
  if (relay_is_told_once(errno)) {
    relay->output_failed = relay->method == RELAY_SPLICE_TWICE ? relay->between_size > 0 : !is_socket(relay->from);
    return -errno;
  }
  if (errno == EAGAIN) {
    /* Which end it was is not said. */
    int error = relay->between_size > 0 ? 0 : relay_await(relay->from, POLLIN);
    if (error == 0)
      error = relay_await(relay->to, POLLOUT);
    return error < 0 ? error : 1;
  }
  relay->method = RELAY_READ_WRITE;
  return 1;
}

/* Returns 1 while there is more to do, 0 at the end, or -errno. */
static int step(struct relay *relay) {
  if (relay->begin < relay->end)
    return empty(relay);
  if (relay->method != RELAY_READ_WRITE)
    return pass(relay);
  if (relay->between_size == 0)
    return fill(relay, relay->from);
  /* Left behind by a method that was given up. */
  int filled = fill(relay, relay->between[0]);
  relay->between_size -= relay->end - relay->begin;
  return filled;
}

int relay_run(struct relay *relay) {
  for (;;) {
    if (relay->interrupt != NULL && *relay->interrupt)
      return -EINTR;
    int more = step(relay);
    if (more == 0)
      return 0;
    if (more < 0 && (more != -EINTR || relay->interrupt != NULL))
      return more;
    if (!relay->enlarged && relay->moved > MUCH) {
      relay->enlarged = 1;
      int capacity = relay_has_offset(relay->from) ? RELAY_LARGEST_PIPE : COPIES_PIPE;
      relay_enlarge(relay->from, capacity);
      relay_enlarge(relay->to, capacity);
      relay_enlarge(relay->between[0], capacity);
    }
  }
}

int relay_is_endless(int from, int to) {
  struct stat input, output;
  if (type_of(from, &input) != S_IFREG || type_of(to, &output) != S_IFREG)
    return 0;
  if (input.st_dev != output.st_dev || input.st_ino != output.st_ino)
    return 0;
  /* As long as the reader stays behind what is written, there is always more to read. */
  off_t reading = lseek(from, 0, SEEK_CUR);
  return reading < (fcntl(to, F_GETFL) & O_APPEND ? input.st_size : lseek(to, 0, SEEK_CUR));
}

/* One relay at a time belongs to the shell itself. */
static struct relay shell_relay = {.between = {-1, -1}};

double hexsh_relay(int from, int to, int flags, double *moved) {
  if (!(flags & HEXSH_RELAY_RESUME)) {
    /* The last one may have been given up. */
    relay_end(&shell_relay);
    if (relay_is_endless(from, to))
      return -EDEADLK;
    relay_begin(&shell_relay, from, to, flags);
    shell_relay.interrupt = signal_pending();
  }
  int error = relay_run(&shell_relay);
  moved[0] = (double)shell_relay.moved;
  moved[1] = shell_relay.output_failed;
  if (error != -EINTR)
    relay_end(&shell_relay);
  return error;
}
