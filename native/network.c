/* Connections for redirections: looking hosts up, connecting, and waiting for a connection, none of which blocks. */
#include <netdb.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"

/* An address as TypeScript keeps it. */
struct record {
  /* -1: instead of an address there is the text of an error. */
  int family;
  int type;
  int protocol;
  int size;
  union {
    struct sockaddr_storage address;
    char text[128];
  };
};

#define MOST_ADDRESSES 64

static struct addrinfo hints_for(int flags) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC};
  hints.ai_socktype = flags & HEXSH_LOOKUP_DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
  hints.ai_flags = (flags & HEXSH_LOOKUP_NUMERIC ? AI_NUMERICHOST | AI_NUMERICSERV : AI_ADDRCONFIG) |
                   (flags & HEXSH_LOOKUP_PASSIVE ? AI_PASSIVE : 0);
  return hints;
}

/* Of a number that no port can have, getaddrinfo(3) takes the lower 16 bits, and another service would answer. */
static int is_too_large(const char *service) {
  return service[strspn(service, "0123456789")] == '\0' && strtoul(service, NULL, 10) > UINT16_MAX;
}

/* getaddrinfo(3) into records. Returns how many there are; with an error it is one that holds its text. */
static int look_up(const char *names, int flags, struct record *records) {
  const char *service = names + strlen(names) + 1;
  struct addrinfo hints = hints_for(flags), *found = NULL;
  const char *host = flags & HEXSH_LOOKUP_PASSIVE ? NULL : names;
  int error = is_too_large(service) ? EAI_SERVICE : getaddrinfo(host, service, &hints, &found);
  if (error == EAI_NONAME && !(flags & HEXSH_LOOKUP_NUMERIC)) {
    /* Without a network only the loopback device has addresses, and those would be left out. */
    hints.ai_flags &= ~AI_ADDRCONFIG;
    error = getaddrinfo(host, service, &hints, &found);
  }
  if (error != 0) {
    records->family = -1;
    snprintf(records->text, sizeof records->text, "%s", error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error));
    return 1;
  }
  int count = 0;
  for (struct addrinfo *each = found; each != NULL && count < MOST_ADDRESSES; each = each->ai_next) {
    struct record *record = &records[count++];
    memset(record, 0, sizeof *record);
    record->family = each->ai_family;
    record->type = each->ai_socktype;
    record->protocol = each->ai_protocol;
    record->size = (int)each->ai_addrlen;
    memcpy(&record->address, each->ai_addr, each->ai_addrlen);
  }
  freeaddrinfo(found);
  return count;
}

double hexsh_lookup_numeric(const char *names, int flags, void *records) {
  struct record *found = records;
  int count = look_up(names, flags | HEXSH_LOOKUP_NUMERIC, found);
  return found->family < 0 ? 0 : count;
}

double hexsh_lookup_begin(const char *names, int flags, int *process) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0)
    return -errno;
  uint64_t mask = signal_mask(~UINT64_C(0));
  pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    static struct record records[MOST_ADDRESSES];
    /* Whoever waits for it ends it by a signal that can't be blocked. */
    int count = look_up(names, flags, records);
    relay_write_all(ends[1], (const char *)records, (size_t)count * sizeof *records);
    _exit(0);
  }
  int error = errno;
  signal_mask(mask);
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return -error;
  }
  *process = child;
  return ends[0];
}

double hexsh_unix_address(const char *path, void *record) {
  struct record made = {.family = AF_UNIX, .type = SOCK_STREAM};
  struct sockaddr_un *address = (struct sockaddr_un *)&made.address;
  size_t length = strlen(path);
  if (length >= sizeof address->sun_path)
    return -ENAMETOOLONG;
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, path, length + 1);
  made.size = (int)(offsetof(struct sockaddr_un, sun_path) + length + 1);
  memcpy(record, &made, sizeof made);
  return sizeof made;
}

static int new_socket(const struct record *record) {
  return socket(record->family, record->type | SOCK_CLOEXEC | SOCK_NONBLOCK, record->protocol);
}

/* Closes a descriptor after a failure, and returns that as an operation does. */
static double fail(int descriptor) {
  int error = errno;
  close(descriptor);
  return -error;
}

double hexsh_connect(const void *address) {
  const struct record *record = address;
  int descriptor = new_socket(record);
  if (descriptor < 0)
    return -errno;
  if (connect(descriptor, (const struct sockaddr *)&record->address, (socklen_t)record->size) < 0 && errno != EINPROGRESS)
    return fail(descriptor);
  return descriptor;
}

double hexsh_socket_error(int descriptor) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) < 0 ? -errno : -error;
}

double hexsh_listen(const void *address) {
  const struct record *record = address;
  int descriptor = new_socket(record), on = 1, off = 0;
  if (descriptor < 0)
    return -errno;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  /* IPv4 as well. */
  if (record->family == AF_INET6)
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (bind(descriptor, (const struct sockaddr *)&record->address, (socklen_t)record->size) < 0 ||
      listen(descriptor, 1) < 0)
    return fail(descriptor);
  return descriptor;
}

double hexsh_accept(int listening) {
  return result(accept4(listening, NULL, NULL, SOCK_CLOEXEC));
}

double hexsh_socket_name(int descriptor, char *text, double capacity) {
  struct sockaddr_storage address = {0};
  socklen_t size = sizeof address;
  if (getpeername(descriptor, (struct sockaddr *)&address, &size) < 0) {
    size = sizeof address;
    if (getsockname(descriptor, (struct sockaddr *)&address, &size) < 0)
      return -errno;
  }
  char host[INET6_ADDRSTRLEN] = "";
  int length = 0;
  if (address.ss_family == AF_INET) {
    const struct sockaddr_in *internet = (const struct sockaddr_in *)&address;
    inet_ntop(AF_INET, &internet->sin_addr, host, sizeof host);
    length = snprintf(text, (size_t)capacity, "%s:%d", host, ntohs(internet->sin_port));
  } else if (address.ss_family == AF_INET6) {
    const struct sockaddr_in6 *internet = (const struct sockaddr_in6 *)&address;
    inet_ntop(AF_INET6, &internet->sin6_addr, host, sizeof host);
    length = snprintf(text, (size_t)capacity, "[%s]:%d", host, ntohs(internet->sin6_port));
  } else if (address.ss_family == AF_UNIX && size > offsetof(struct sockaddr_un, sun_path)) {
    const struct sockaddr_un *local = (const struct sockaddr_un *)&address;
    length = snprintf(text, (size_t)capacity, "%.*s", (int)(size - offsetof(struct sockaddr_un, sun_path)),
                      local->sun_path);
  }
  return length < (int)capacity ? length : -ERANGE;
}
