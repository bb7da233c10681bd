/* Descriptors, files and directories. */
#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>

#include "harness.h"

static void pipes(void) {
  int ends[2];
  char text[8] = "........";
  CHECK_EQUAL(0, hexsh_pipe2(O_CLOEXEC, ends));
  CHECK_EQUAL(FD_CLOEXEC, fcntl(ends[0], F_GETFD));
  CHECK_EQUAL(3, hexsh_write(ends[1], "xabcx", 1, 3));
  CHECK_EQUAL(3, hexsh_read(ends[0], text, 2, 6));
  CHECK(memcmp(text, "..abc...", 8) == 0);
  CHECK_EQUAL(1 << 20, hexsh_pipe_capacity(ends[0], 1 << 20));
  CHECK_EQUAL(1 << 20, hexsh_pipe_capacity(ends[1], -1));
  CHECK_EQUAL(0, hexsh_close(ends[1]));
  CHECK_EQUAL(0, hexsh_read(ends[0], text, 0, 8));
  CHECK_EQUAL(-EBADF, hexsh_close(ends[1]));
  signal(SIGPIPE, SIG_IGN);
  CHECK_EQUAL(0, hexsh_pipe2(0, ends));
  close(ends[0]);
  CHECK_EQUAL(-EPIPE, hexsh_write(ends[1], "x", 0, 1));
}

static void duplicates(void) {
  CHECK_EQUAL(50, hexsh_duplicate(0, 50));
  CHECK_EQUAL(FD_CLOEXEC, fcntl(50, F_GETFD));
  CHECK_EQUAL(51, hexsh_dup3(50, 51, 0));
  CHECK_EQUAL(0, fcntl(51, F_GETFD));
  CHECK_EQUAL(0, hexsh_set_close_on_exec(51, 1));
  CHECK_EQUAL(FD_CLOEXEC, fcntl(51, F_GETFD));
  CHECK_EQUAL(-EINVAL, hexsh_dup3(51, 51, 0));
  CHECK_EQUAL(-EBADF, hexsh_dup3(52, 53, 0));
}

static void polling(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe(ends));
  struct pollfd requests[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}};
  CHECK_EQUAL(1, hexsh_poll(requests, 2, -1));
  CHECK_EQUAL(POLLOUT, requests[1].revents);
  double before = hexsh_monotonic();
  CHECK_EQUAL(0, hexsh_poll(requests, 1, 20.5));
  CHECK(hexsh_monotonic() - before >= 0.0205);
  CHECK_EQUAL(0, hexsh_poll(NULL, 0, 0));
}

static void kernel_moves_data(void) {
  int from[2], to[2];
  char text[16];
  CHECK(pipe(from) == 0 && pipe(to) == 0);
  CHECK_EQUAL(5, write(from[1], "hello", 5));
  CHECK_EQUAL(5, hexsh_tee(from[0], to[1], 100, 0));
  CHECK_EQUAL(5, read(from[0], text, 16));
  CHECK_EQUAL(5, hexsh_splice(to[0], from[1], 100, 0));
  CHECK_EQUAL(5, read(from[0], text, 16));
  CHECK(memcmp(text, "hello", 5) == 0);

  int first = (int)hexsh_memfd_create("first"), second = (int)hexsh_memfd_create("second");
  CHECK(fcntl(first, F_GETFD) == FD_CLOEXEC);
  CHECK_EQUAL(5, write(first, "12345", 5));
  CHECK_EQUAL(1, hexsh_lseek(first, 1, SEEK_SET));
  CHECK_EQUAL(4, hexsh_copy_file_range(first, second, 100));
  CHECK_EQUAL(0, hexsh_lseek(second, 0, SEEK_SET));
  CHECK_EQUAL(4, hexsh_sendfile(to[1], second, 100));
  CHECK_EQUAL(4, read(to[0], text, 16));
  CHECK(memcmp(text, "2345", 4) == 0);
  CHECK_EQUAL(-ESPIPE, hexsh_lseek(to[0], 0, SEEK_CUR));

  int sockets[2];
  CHECK_EQUAL(0, socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
  CHECK_EQUAL(3, write(sockets[0], "abc", 3));
  CHECK_EQUAL(3, hexsh_peek(sockets[1], text, 0, 16));
  CHECK_EQUAL(3, hexsh_read(sockets[1], text, 0, 16));
}

static char directory[] = "/tmp/hexsh-test-XXXXXX";

/* Reads all of a directory in parts of `capacity`, checks that each of `count` numbered names comes once that ends with `suffix`. */
static void check_directory(int count, double capacity, const char *suffix) {
  char *seen = calloc((size_t)count, 1), *entries = malloc((size_t)capacity);
  int found = 0, expected = 0;
  char request[64], name[32];
  for (int number = 0; number < count; number++) {
    int length = snprintf(name, sizeof name, "file%d", number);
    expected += strcmp(name + length - strlen(suffix), suffix) == 0;
  }
  snprintf(request, sizeof request, "%s%cfile%c%s", directory, 0, 0, suffix);
  double end = hexsh_read_directory(request, entries, capacity);
  for (;;) {
    CHECK(end >= 4);
    for (char *entry = entries + 4; entry < entries + (int)end; entry += strlen(entry + 1) + 2) {
      int number = atoi(entry + 5);
      CHECK(entry[0] == DT_REG && strncmp(entry + 1, "file", 4) == 0 && number < count && !seen[number]);
      seen[number] = 1;
      found++;
    }
    int next;
    memcpy(&next, entries, sizeof next);
    if (next < 0)
      break;
    end = hexsh_read_directory_on(next, request, entries, capacity);
  }
  CHECK_EQUAL(expected, found);
  free(seen);
  free(entries);
}

static void directories(void) {
  enum { COUNT = 20000 };
  int before = open_descriptors();
  CHECK(mkdtemp(directory) != NULL);
  CHECK_EQUAL(0, chdir(directory));
  check_directory(0, 1 << 16, "");
  char name[32];
  for (int number = 0; number < COUNT; number++) {
    snprintf(name, sizeof name, "file%d", number);
    close(open(name, O_CREAT | O_WRONLY, 0600));
  }
  check_directory(COUNT, 1 << 16, "");
  check_directory(COUNT, 1 << 20, "");
  check_directory(COUNT, 1 << 16, "9");
  CHECK_EQUAL(-ENOTDIR, hexsh_read_directory("file1\0\0", name, sizeof name));
  CHECK_EQUAL(-ENOENT, hexsh_read_directory("none\0\0", name, sizeof name));
  for (int number = 0; number < COUNT; number++) {
    snprintf(name, sizeof name, "file%d", number);
    unlink(name);
  }
  CHECK_EQUAL(0, rmdir(directory));
  CHECK_EQUAL(before, open_descriptors());
}

static void file_status(void) {
  double status[12];
  struct stat expected;
  CHECK_EQUAL(0, hexsh_stat("/proc/self", 0, status));
  CHECK((int)status[3] >> 12 == 10);
  CHECK_EQUAL(0, hexsh_stat("/etc/passwd", 1, status));
  CHECK_EQUAL(0, stat("/etc/passwd", &expected));
  CHECK_EQUAL(expected.st_ino, status[1] * 4294967296.0 + status[2]);
  CHECK_EQUAL(expected.st_mode, status[3]);
  CHECK_EQUAL(expected.st_size, status[8]);
  CHECK_EQUAL(expected.st_mtime, status[10]);
  CHECK_EQUAL(-ENOENT, hexsh_stat("/nonexistent", 1, status));
  CHECK_EQUAL(-EBADF, hexsh_fstat(-1, status));
  char target[8];
  CHECK_EQUAL(-ENAMETOOLONG, hexsh_readlink("/proc/self/exe", target, 3));
}

static void time_texts(void) {
  char text[64];
  /* "%H:%M %Z", then the zone. */
  CHECK_EQUAL(9, hexsh_format_time("%H:%M %Z\0UTC-2", 1, 0, text, 64));
  CHECK(memcmp(text, "02:00 UTC", 9) == 0);
  CHECK_EQUAL(5, hexsh_format_time("%H:%M\0EST5", 1, -1.5, text, 64));
  CHECK(memcmp(text, "18:59", 5) == 0);
  CHECK_EQUAL(0, hexsh_format_time("\0UTC0", 1, 0, text, 64));
  CHECK_EQUAL(-EOVERFLOW, hexsh_format_time("%H", 0, 1e300, text, 64));
}

static void pipe_holds(void) {
  char *text = malloc(65537), *read_back = malloc(65537);
  memset(text, 'x', 65537);
  int before = open_descriptors();
  static const int sizes[] = {0, 5, 4096, 4097, 65536};
  for (unsigned index = 0; index < sizeof sizes / sizeof *sizes; index++) {
    double descriptor = hexsh_pipe_holding(text, sizes[index]);
    CHECK(descriptor >= 0);
    CHECK_EQUAL(FD_CLOEXEC, fcntl((int)descriptor, F_GETFD));
    CHECK_EQUAL(0, fcntl((int)descriptor, F_GETFL) & O_NONBLOCK);
    CHECK_EQUAL(sizes[index], hexsh_read_all((int)descriptor, read_back, 0, 65537));
    CHECK_EQUAL(0, hexsh_close((int)descriptor));
  }
  CHECK_EQUAL(-EAGAIN, hexsh_pipe_holding(text, 65537));
  CHECK_EQUAL(before, open_descriptors());
}

int main(void) {
  run("pipe2: data, capacity, end of file and EPIPE", pipes);
  run("duplicate, dup3: close-on-exec and errors", duplicates);
  run("poll: readiness and timeout", polling);
  run("tee, splice, copy_file_range, sendfile, peek: move data", kernel_moves_data);
  run("read_directory: every entry once, in parts", directories);
  run("stat: what the system says", file_status);
  run("format_time: zones and fractions", time_texts);
  run("pipe_holding: gives a text that fits in, and ends", pipe_holds);
  return failures != 0;
}
