/* Looking up, connecting and listening. */
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "../relay.h"
#include "harness.h"

#define RECORD 144

static char records[64 * RECORD];

/* Reads what a look-up finds into `records`. Returns its size. */
static int finish_lookup(const char *names, int flags) {
  int process, status, size = 0;
  int descriptor = (int)hexsh_lookup_begin(names, flags, &process);
  CHECK(descriptor >= 0);
  CHECK_EQUAL(FD_CLOEXEC, fcntl(descriptor, F_GETFD));
  for (ssize_t count; (count = read(descriptor, records + size, sizeof records - (size_t)size)) > 0;)
    size += (int)count;
  close(descriptor);
  CHECK_EQUAL(process, hexsh_waitpid(process, 0, &status));
  return size;
}

static void look_up(void) {
  int before = open_descriptors();
  CHECK_EQUAL(1, hexsh_lookup_numeric("127.0.0.1\0" "80", 0, records));
  CHECK_EQUAL(0, hexsh_lookup_numeric("localhost\0" "80", 0, records));
  CHECK_EQUAL(0, hexsh_lookup_numeric("127.0.0.1\0" "http", 0, records));
  int size = finish_lookup("localhost\0" "80", 0);
  CHECK(size >= RECORD && size % RECORD == 0);
  CHECK_EQUAL(RECORD, finish_lookup("localhost\0" "nosuch", 0));
  int error;
  memcpy(&error, records, sizeof error);
  CHECK_EQUAL(-1, error);
  CHECK(strlen(records + 16) > 5);
  CHECK_EQUAL(before, open_descriptors());
}

/* Connects to `record`, and checks that data goes both ways. */
static void check_connection(int listening, const void *record, const char *name) {
  char text[128];
  CHECK_EQUAL(-EAGAIN, hexsh_accept(listening));
  int near = (int)hexsh_connect(record);
  CHECK(near >= 0);
  CHECK_EQUAL(0, relay_await(near, POLLOUT));
  CHECK_EQUAL(0, hexsh_socket_error(near));
  CHECK_EQUAL(0, relay_await(listening, POLLIN));
  int far = (int)hexsh_accept(listening);
  CHECK(far >= 0);
  CHECK_EQUAL(FD_CLOEXEC, fcntl(far, F_GETFD));
  CHECK_EQUAL(3, write(near, "abc", 3));
  CHECK_EQUAL(3, read(far, text, 8));
  double length = hexsh_socket_name(near, text, sizeof text);
  CHECK(length > 0);
  CHECK_EQUAL(0, strncmp(text, name, strlen(name)));
  CHECK_EQUAL(-ERANGE, hexsh_socket_name(near, text, 3));
  close(near);
  close(far);
}

static void connections(void) {
  int before = open_descriptors();
  struct sockaddr_storage bound;
  socklen_t size = sizeof bound;
  CHECK_EQUAL(1, hexsh_lookup_numeric("127.0.0.1\0" "0", 0, records));
  int listening = (int)hexsh_listen(records);
  CHECK(listening >= 0);
  CHECK_EQUAL(0, getsockname(listening, (struct sockaddr *)&bound, &size));
  memcpy(records + 16, &bound, sizeof bound);
  check_connection(listening, records, "127.0.0.1:");
  CHECK_EQUAL(-EADDRINUSE, hexsh_listen(records));
  close(listening);
  int refused = (int)hexsh_connect(records);
  if (refused >= 0) {
    CHECK_EQUAL(0, relay_await(refused, POLLOUT));
    CHECK_EQUAL(-ECONNREFUSED, hexsh_socket_error(refused));
    close(refused);
  }
  CHECK_EQUAL(before, open_descriptors());
}

static void local_sockets(void) {
  char directory[] = "/tmp/hexsh-test-XXXXXX", path[64], longest[200];
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  CHECK(mkdtemp(directory) != NULL);
  snprintf(path, sizeof path, "%s/socket", directory);
  CHECK_EQUAL(RECORD, hexsh_unix_address(path, records));
  CHECK_EQUAL(-ENOENT, hexsh_connect(records));
  int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  strcpy(address.sun_path, path);
  CHECK_EQUAL(0, bind(listening, (struct sockaddr *)&address, sizeof address));
  CHECK_EQUAL(-ECONNREFUSED, hexsh_connect(records));
  CHECK_EQUAL(0, listen(listening, 1));
  check_connection(listening, records, path);
  unlink(path);
  rmdir(directory);
  memset(longest, 'x', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  CHECK_EQUAL(-ENAMETOOLONG, hexsh_unix_address(longest, records));
  CHECK_EQUAL(-ENOTSOCK, hexsh_socket_name(open("/dev/null", O_RDONLY), path, 64));
}

int main(void) {
  run("lookup: numbers, names, and errors", look_up);
  run("connect, listen, accept: over the network", connections);
  run("connect: sockets in the file system", local_sockets);
  return failures != 0;
}
