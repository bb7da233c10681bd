/* Relays between every two kinds of descriptors, their errors, interruptions, and fan-out. */
#include <poll.h>
#include <pty.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>

#include "../internal.h"
#include "../relay.h"
#include "harness.h"

#define SIZE 3000001

/* The test data: a byte by its offset. */
static unsigned char byte_at(size_t offset) {
  return (unsigned char)(offset * 2654435761u >> 13 ^ offset >> 16);
}

/* Writes the test data in pieces of changing sizes. */
static void write_data(int descriptor, size_t size) {
  static unsigned char piece[70000];
  for (size_t offset = 0, next = 1; offset < size; next = (next * 31 + 7) % sizeof piece) {
    size_t length = next + 1 < size - offset ? next + 1 : size - offset;
    for (size_t index = 0; index < length; index++)
      piece[index] = byte_at(offset + index);
    for (size_t done = 0; done < length;) {
      ssize_t written = write(descriptor, piece + done, length - done);
      if (written < 0 && errno == EAGAIN)
        relay_await(descriptor, POLLOUT);
      else
        CHECK(written > 0);
      done += written > 0 ? (size_t)written : 0;
    }
    offset += length;
  }
}

/* Reads to the end, and checks that it was the first `size` bytes of the test data. */
static void check_data(int descriptor, size_t size) {
  static unsigned char piece[70000];
  size_t offset = 0;
  for (;;) {
    ssize_t length = read(descriptor, piece, sizeof piece);
    if (length < 0 && errno == EAGAIN) {
      relay_await(descriptor, POLLIN);
      continue;
    }
    CHECK(length >= 0);
    if (length == 0)
      break;
    for (ssize_t index = 0; index < length; index++)
      CHECK_EQUAL(byte_at(offset + (size_t)index), piece[index]);
    offset += (size_t)length;
  }
  CHECK_EQUAL(size, offset);
}

enum kind { FILE_END, PIPE_END, NONBLOCKING_PIPE_END, UNIX_END, APPENDED_END, KINDS };
static const char *const names[] = {"file", "pipe", "nonblocking pipe", "socket", "appended file"};

static int new_file(void) {
  int file = memfd_create("test", MFD_CLOEXEC);
  CHECK(file >= 0);
  return file;
}

/* Two connected ends: 0 to read, 1 to write. */
static void make_ends(enum kind kind, int ends[2]) {
  if (kind == UNIX_END)
    CHECK_EQUAL(0, socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  else
    CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC | (kind == NONBLOCKING_PIPE_END ? O_NONBLOCK : 0)));
}

/* A descriptor that gives the test data, written by `*writer` if a process has to. */
static int source_of(enum kind kind, size_t size, pid_t *writer) {
  *writer = 0;
  if (kind == FILE_END || kind == APPENDED_END) {
    int file = new_file();
    write_data(file, size);
    CHECK_EQUAL(0, lseek(file, 0, SEEK_SET));
    return file;
  }
  int ends[2];
  make_ends(kind, ends);
  if ((*writer = fork()) == 0) {
    close(ends[0]);
    write_data(ends[1], size);
    _exit(0);
  }
  close(ends[1]);
  return ends[0];
}

/* A descriptor that takes the test data, checked by `*reader` if a process has to. */
static int target_of(enum kind kind, size_t size, pid_t *reader) {
  *reader = 0;
  if (kind == FILE_END)
    return new_file();
  if (kind == APPENDED_END) {
    int file = new_file();
    CHECK_EQUAL(0, fcntl(file, F_SETFL, O_APPEND));
    return file;
  }
  int ends[2];
  make_ends(kind, ends);
  if ((*reader = fork()) == 0) {
    close(ends[1]);
    check_data(ends[0], size);
    _exit(0);
  }
  close(ends[0]);
  return ends[1];
}

static void finish(int descriptor, size_t size, pid_t process) {
  if (process != 0) {
    close(descriptor);
    CHECK_EQUAL(0, status_of(process));
    return;
  }
  CHECK_EQUAL(0, lseek(descriptor, 0, SEEK_SET));
  check_data(descriptor, size);
  close(descriptor);
}

static void relay_pair(enum kind from, enum kind to, size_t size, int flags) {
  pid_t writer, reader;
  int input = source_of(from, size, &writer), output = target_of(to, size, &reader);
  struct relay relay;
  relay_begin(&relay, input, output, flags);
  CHECK_EQUAL(0, relay_run(&relay));
  CHECK_EQUAL(size, relay.moved);
  relay_end(&relay);
  close(input);
  if (writer != 0)
    CHECK_EQUAL(0, status_of(writer));
  finish(output, size, reader);
}

static void every_pair(void) {
  static const size_t sizes[] = {0, 1, 65536, 65537, SIZE};
  int before = open_descriptors();
  for (int from = 0; from < KINDS; from++)
    for (int to = 0; to < KINDS; to++)
      for (size_t index = 0; index < sizeof sizes / sizeof *sizes; index++)
        for (int flags = 0; flags <= RELAY_SHARED_INPUT; flags++) {
          dprintf(2, "%s -> %s, %zu bytes, flags %d\n", names[from], names[to], sizes[index], flags);
          relay_pair((enum kind)from, (enum kind)to, sizes[index], flags);
        }
  CHECK_EQUAL(before, open_descriptors());
}

/* Relays a file by its path to a memory file. Returns how much has come. */
static size_t relay_path(const char *path, char *text, size_t capacity) {
  int from = open(path, O_RDONLY | O_CLOEXEC), to = new_file();
  CHECK(from >= 0);
  struct relay relay;
  relay_begin(&relay, from, to, 0);
  CHECK_EQUAL(0, relay_run(&relay));
  relay_end(&relay);
  CHECK_EQUAL(0, lseek(to, 0, SEEK_SET));
  ssize_t size = read(to, text, capacity);
  CHECK_EQUAL(relay.moved, size);
  close(from);
  close(to);
  return (size_t)size;
}

static void special_files(void) {
  static char text[1 << 16];
  /* It claims to be empty. */
  CHECK(relay_path("/proc/self/status", text, sizeof text) > 100);
  CHECK(strncmp(text, "Name:", 5) == 0);
  CHECK_EQUAL(0, relay_path("/dev/null", text, sizeof text));
}

static void file_that_grows(void) {
  int file = new_file(), reading = open("/dev/null", O_RDONLY);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  close(reading);
  reading = open(path, O_RDONLY | O_CLOEXEC);
  int to = new_file();
  write_data(file, SIZE);
  struct relay relay;
  relay_begin(&relay, reading, to, 0);
  CHECK_EQUAL(0, relay_run(&relay));
  /* What comes later is for the next relay. */
  CHECK_EQUAL(SIZE, relay.moved);
  CHECK_EQUAL(3, write(file, "abc", 3));
  relay_begin(&relay, reading, to, 0);
  CHECK_EQUAL(0, relay_run(&relay));
  CHECK_EQUAL(3, relay.moved);
}

static void terminals(void) {
  int master, slave;
  struct termios raw;
  cfmakeraw(&raw);
  CHECK_EQUAL(0, openpty(&master, &slave, NULL, &raw, NULL));
  pid_t writer;
  int input = source_of(PIPE_END, 5000, &writer);
  struct relay relay;
  pid_t child = fork();
  if (child == 0) {
    close(master);
    relay_begin(&relay, input, slave, 0);
    _exit(relay_run(&relay) == 0 ? 0 : 1);
  }
  close(slave);
  unsigned char byte;
  for (size_t offset = 0; offset < 5000; offset++) {
    CHECK_EQUAL(1, read(master, &byte, 1));
    CHECK_EQUAL(byte_at(offset), byte);
  }
  CHECK_EQUAL(0, status_of(child));
}

/* What relay_run gives, and whether it is the output's. */
static int relay_error(int from, int to, int flags, int *output_failed) {
  struct relay relay;
  relay_begin(&relay, from, to, flags);
  int error = relay_run(&relay);
  *output_failed = relay.output_failed;
  relay_end(&relay);
  return error;
}

static void errors(void) {
  int output_failed;
  signal(SIGPIPE, SIG_IGN);
  for (int flags = 0; flags <= RELAY_NO_SPLICE; flags++) {
    pid_t writer;
    int full = open("/dev/full", O_WRONLY), directory = open("/", O_RDONLY), sink = open("/dev/null", O_WRONLY);
    int ends[2];
    CHECK_EQUAL(0, pipe(ends));
    close(ends[0]);
    for (int kind = 0; kind < KINDS; kind++) {
      int input = source_of((enum kind)kind, SIZE, &writer);
      CHECK_EQUAL(-ENOSPC, relay_error(input, full, flags, &output_failed));
      CHECK(output_failed);
      CHECK_EQUAL(-EPIPE, relay_error(input, ends[1], flags, &output_failed));
      CHECK(output_failed);
      close(input);
      if (writer != 0)
        kill(writer, SIGKILL);
    }
    CHECK_EQUAL(-EISDIR, relay_error(directory, sink, flags, &output_failed));
    CHECK(!output_failed);
    CHECK_EQUAL(-EBADF, relay_error(sink, full, flags, &output_failed));
    CHECK(!output_failed);
    int input = source_of(FILE_END, SIZE, &writer);
    CHECK_EQUAL(-EBADF, relay_error(input, directory, flags, &output_failed));
    CHECK(output_failed);
    CHECK_EQUAL(-EBADF, relay_error(input, -1, flags, &output_failed));
    close(ends[1]);
  }
}

static int failed_targets;

static void count_failure(const struct fan_target *target) {
  CHECK(target->error != 0);
  failed_targets++;
}

/* A socket whose other side has ended the connection by force. */
static int reset_socket(void) {
  struct linger linger = {1, 0};
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  int listening = socket(AF_INET, SOCK_STREAM, 0);
  CHECK_EQUAL(0, listen(listening, 1));
  CHECK_EQUAL(0, getsockname(listening, (struct sockaddr *)&address, &size));
  int near = socket(AF_INET, SOCK_STREAM, 0);
  CHECK_EQUAL(0, connect(near, (struct sockaddr *)&address, size));
  int far = accept(listening, NULL, NULL);
  CHECK_EQUAL(0, setsockopt(far, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
  close(far);
  close(listening);
  return near;
}

static void connection_reset(void) {
  int output_failed, ends[2];
  pid_t writer;
  CHECK_EQUAL(0, pipe(ends));
  signal(SIGPIPE, SIG_IGN);
  for (int flags = 0; flags <= RELAY_NO_SPLICE; flags++) {
    for (int to = 0; to < 2; to++) {
      CHECK_EQUAL(-ECONNRESET, relay_error(reset_socket(), to == 0 ? ends[1] : new_file(), flags, &output_failed));
      CHECK(!output_failed);
    }
    CHECK_EQUAL(-ECONNRESET, relay_error(source_of(FILE_END, SIZE, &writer), reset_socket(), flags, &output_failed));
    CHECK(output_failed);
    struct fan_target targets[2] = {{.descriptor = new_file()}, {.descriptor = new_file()}};
    CHECK_EQUAL(-ECONNRESET, fan_run(reset_socket(), targets, 2, flags, count_failure));
  }
}

static void file_too_large(void) {
  int output_failed, file = new_file();
  pid_t writer;
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit = {100000, 100000};
  int input = source_of(PIPE_END, SIZE, &writer);
  CHECK_EQUAL(0, setrlimit(RLIMIT_FSIZE, &limit));
  CHECK_EQUAL(-EFBIG, relay_error(input, file, 0, &output_failed));
  CHECK(output_failed);
  CHECK_EQUAL(100000, lseek(file, 0, SEEK_END));
  kill(writer, SIGKILL);
}

static void same_file(void) {
  int file = new_file();
  char path[64];
  double moved[2];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  CHECK_EQUAL(3, write(file, "abc", 3));
  int reading = open(path, O_RDONLY), appending = open(path, O_WRONLY | O_APPEND), writing = open(path, O_WRONLY);
  CHECK(relay_is_endless(reading, appending));
  CHECK(!relay_is_endless(reading, writing));
  CHECK(relay_is_endless(reading, file));
  CHECK_EQUAL(3, lseek(reading, 0, SEEK_END));
  CHECK(!relay_is_endless(reading, appending));
  CHECK_EQUAL(0, lseek(reading, 0, SEEK_SET));
  CHECK_EQUAL(-EDEADLK, hexsh_relay(reading, appending, 0, moved));
  CHECK_EQUAL(0, hexsh_relay(reading, writing, 0, moved));
  CHECK_EQUAL(3, moved[0]);
}

/* A signal that is caught interrupts the shell's relay, and it goes on where it was. */
static void interruption(void) {
  double moved[2];
  int signals[65], ends[2], interruptions = 0;
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  pid_t shell = getpid();
  for (int flags = 0; flags <= RELAY_NO_SPLICE; flags++) {
    pid_t reader;
    int output = target_of(PIPE_END, SIZE, &reader);
    CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
    pid_t writer = fork();
    if (writer == 0) {
      close(ends[0]);
      for (int round = 0; round < 100; round++) {
        kill(shell, SIGUSR1);
        usleep(500);
      }
      write_data(ends[1], SIZE);
      _exit(0);
    }
    close(ends[1]);
    double error = hexsh_relay(ends[0], output, flags, moved);
    while (error == -EINTR) {
      interruptions++;
      hexsh_take_signals(signals);
      error = hexsh_relay(ends[0], output, flags | HEXSH_RELAY_RESUME, moved);
    }
    CHECK_EQUAL(0, error);
    CHECK_EQUAL(SIZE, moved[0]);
    CHECK_EQUAL(0, status_of(writer));
    close(ends[0]);
    finish(output, SIZE, reader);
  }
  CHECK(interruptions > 2);
}

/* Two processes that write to one open file, at one offset, lose nothing. */
static void shared_offset(void) {
  enum { WRITERS = 3 };
  /* Memory files have no lock for it. */
  int file = open("/tmp", O_TMPFILE | O_RDWR, 0600);
  CHECK(file >= 0);
  pid_t writers[WRITERS], relays[WRITERS];
  for (int index = 0; index < WRITERS; index++) {
    int input = source_of(PIPE_END, SIZE, &writers[index]);
    if ((relays[index] = fork()) == 0) {
      struct fan_target targets[2] = {{.descriptor = file, .shared = 1}, {.descriptor = open("/dev/null", O_WRONLY)}};
      struct relay relay;
      relay_begin(&relay, input, file, RELAY_SHARED_OUTPUT);
      _exit(index == 0 ? fan_run(input, targets, 2, 0, count_failure) != 0 : relay_run(&relay) != 0);
    }
    close(input);
  }
  for (int index = 0; index < WRITERS; index++) {
    CHECK_EQUAL(0, status_of(writers[index]));
    CHECK_EQUAL(0, status_of(relays[index]));
  }
  CHECK_EQUAL(WRITERS * SIZE, lseek(file, 0, SEEK_END));
}

/*
 * While a peer reads nothing, the pipe that a relay reads still takes what it has room for. Where the relay keeps it
 * locked, a write would wait, which nothing interrupts, though it is not to block.
 */
static void peer_that_stalls(void) {
  int ends[2], connection[2];
  make_ends(PIPE_END, ends);
  make_ends(UNIX_END, connection);
  /* Of this end alone: splice does not wait for a socket if the pipe that it reads is not to. */
  CHECK_EQUAL(0, fcntl(ends[1], F_SETFL, O_NONBLOCK));
  pid_t relay = fork();
  if (relay == 0) {
    close(ends[1]);
    close(connection[0]);
    int output_failed;
    _exit(relay_error(ends[0], connection[1], 0, &output_failed) == 0 ? 0 : 1);
  }
  close(ends[0]);
  close(connection[1]);
  size_t written = 0;
  struct pollfd room = {ends[1], POLLOUT, 0};
  while (poll(&room, 1, 100) == 1) {
    unsigned char piece[4096];
    for (size_t index = 0; index < sizeof piece; index++)
      piece[index] = byte_at(written + index);
    ssize_t size = write(ends[1], piece, sizeof piece);
    CHECK(size > 0 || errno == EAGAIN);
    written += size > 0 ? (size_t)size : 0;
  }
  close(ends[1]);
  check_data(connection[0], written);
  CHECK_EQUAL(0, status_of(relay));
}

static void enlargement(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe(ends));
  relay_enlarge(ends[0], 1 << 17);
  int capacity = fcntl(ends[1], F_GETPIPE_SZ);
  CHECK(capacity >= 65536 && capacity <= 1 << 17);
  relay_enlarge(ends[1], RELAY_LARGEST_PIPE);
  CHECK(fcntl(ends[1], F_GETPIPE_SZ) >= capacity);
  capacity = fcntl(ends[1], F_GETPIPE_SZ);
  relay_enlarge(ends[1], 65536);
  CHECK_EQUAL(capacity, fcntl(ends[0], F_GETPIPE_SZ));
  relay_enlarge(-1, RELAY_LARGEST_PIPE);
}

static void fan_out(void) {
  int before = open_descriptors();
  for (int from = 0; from < KINDS; from++)
    for (int flags = 0; flags <= RELAY_NO_SPLICE; flags++)
      for (int count = 1; count <= KINDS; count++) {
        dprintf(2, "%s to %d, flags %d\n", names[from], count, flags);
        struct fan_target targets[KINDS] = {{0}};
        pid_t writer, readers[KINDS];
        int input = source_of((enum kind)from, SIZE, &writer);
        for (int index = 0; index < count; index++)
          targets[index].descriptor = target_of((enum kind)((from + index) % KINDS), SIZE, &readers[index]);
        CHECK_EQUAL(0, fan_run(input, targets, count, flags, count_failure));
        CHECK_EQUAL(0, failed_targets);
        close(input);
        if (writer != 0)
          CHECK_EQUAL(0, status_of(writer));
        /* Readers have the writing ends of those before. */
        for (int index = count - 1; index >= 0; index--)
          finish(targets[index].descriptor, SIZE, readers[index]);
      }
  CHECK_EQUAL(before, open_descriptors());
}

static void fan_out_failures(void) {
  signal(SIGPIPE, SIG_IGN);
  for (int from = 0; from < KINDS; from++)
    for (int failing = 0; failing < 3; failing++)
      for (int flags = 0; flags <= RELAY_NO_SPLICE; flags++) {
        dprintf(2, "%s, target %d fails, flags %d\n", names[from], failing, flags);
        struct fan_target targets[3] = {{0}};
        pid_t writer;
        int input = source_of((enum kind)from, SIZE, &writer), ends[2];
        CHECK_EQUAL(0, pipe(ends));
        close(ends[0]);
        for (int index = 0; index < 3; index++)
          targets[index].descriptor = index != failing ? new_file() : from % 2 ? ends[1] : open("/dev/full", O_WRONLY);
        failed_targets = 0;
        CHECK_EQUAL(0, fan_run(input, targets, 3, flags, count_failure));
        CHECK_EQUAL(1, failed_targets);
        CHECK_EQUAL(from % 2 ? EPIPE : ENOSPC, targets[failing].error);
        for (int index = 0; index < 3; index++)
          if (index != failing)
            finish(targets[index].descriptor, SIZE, 0);
          else
            close(targets[index].descriptor);
        if (from % 2 == 0)
          close(ends[1]);
        close(input);
        if (writer != 0)
          CHECK_EQUAL(0, status_of(writer));
      }
}

/* With all its targets gone, it does not read on. */
static void fan_out_without_targets(void) {
  int ends[2], endless[2];
  signal(SIGPIPE, SIG_IGN);
  CHECK_EQUAL(0, pipe(ends));
  CHECK_EQUAL(0, pipe2(endless, O_CLOEXEC));
  close(ends[0]);
  pid_t writer = fork();
  if (writer == 0) {
    signal(SIGPIPE, SIG_DFL);
    close(endless[0]);
    for (;;)
      write_data(endless[1], SIZE);
  }
  close(endless[1]);
  struct fan_target targets[2] = {{.descriptor = ends[1]}, {.descriptor = open("/dev/full", O_WRONLY)}};
  failed_targets = 0;
  CHECK_EQUAL(0, fan_run(endless[0], targets, 2, 0, count_failure));
  CHECK_EQUAL(2, failed_targets);
  close(endless[0]);
  CHECK_EQUAL(128 + SIGPIPE, status_of(writer));
}

static void fan_out_input_error(void) {
  struct fan_target targets[2] = {{.descriptor = new_file()}, {.descriptor = new_file()}};
  CHECK_EQUAL(-EISDIR, fan_run(open("/", O_RDONLY), targets, 2, 0, count_failure));
  CHECK_EQUAL(-EBADF, fan_run(-1, targets, 2, 0, count_failure));
}

int main(void) {
  run("relay: every pair of ends, unchanged", every_pair);
  run("relay: files that claim to be empty, devices", special_files);
  run("relay: a file that grows", file_that_grows);
  run("relay: to a terminal", terminals);
  run("relay: errors, and of which end they are", errors);
  run("relay: a connection that is reset", connection_reset);
  run("relay: a file that may not get larger", file_too_large);
  run("relay: a file onto itself", same_file);
  run("relay: interrupted, it goes on", interruption);
  run("relay: several processes with one offset", shared_offset);
  run("relay: a peer that stalls does not hold up the writer", peer_that_stalls);
  run("relay: larger pipes", enlargement);
  run("fan: every source to every number of targets", fan_out);
  run("fan: a target that fails is left out", fan_out_failures);
  run("fan: without targets it ends", fan_out_without_targets);
  run("fan: errors of the input", fan_out_input_error);
  return failures != 0;
}
