/* What a directory holds, in as few calls as its size allows. */
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

/* As getdents64(2) stores it. */
struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[];
};

/* The most that one getdents64 is asked for; at least as large as one entry can be. */
#define PART 32768

static int is_self_or_parent(const char *name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* What names are to begin and to end with. */
struct wanted {
  const char *prefix, *suffix;
  size_t prefix_length, suffix_length;
};

/* One character tells most names apart, without a call. */
static int is_wanted(const struct wanted *wanted, const char *name, size_t length) {
  size_t before = wanted->prefix_length, behind = wanted->suffix_length;
  if (length < before + behind)
    return 0;
  if (before > 0 && (name[0] != wanted->prefix[0] || memcmp(name, wanted->prefix, before) != 0))
    return 0;
  return behind == 0 || (name[length - 1] == wanted->suffix[behind - 1] &&
                         memcmp(name + length - behind, wanted->suffix, behind) == 0);
}

double hexsh_read_directory_on(int descriptor, const char *request, char *entries, double capacity) {
  static char part[PART] __attribute__((aligned(8)));
  struct wanted wanted;
  wanted.prefix = request + strlen(request) + 1;
  wanted.prefix_length = strlen(wanted.prefix);
  wanted.suffix = wanted.prefix + wanted.prefix_length + 1;
  wanted.suffix_length = strlen(wanted.suffix);
  size_t size = sizeof(int);
  int next = descriptor;
  /* A part never takes more room than getdents64 gave: an entry shrinks to its type and its name. */
  while ((double)(size + PART) <= capacity) {
    long given = syscall(SYS_getdents64, descriptor, part, sizeof part);
    if (given < 0 && errno == EINTR)
      continue;
    if (given <= 0) {
      int error = errno;
      close(descriptor);
      if (given < 0)
        return -error;
      next = -1;
      break;
    }
    for (long at = 0; at < given;) {
      const struct entry *entry = (const struct entry *)(part + at);
      at += entry->size;
      if (is_self_or_parent(entry->name))
        continue;
      size_t length = strlen(entry->name);
      if (!is_wanted(&wanted, entry->name, length))
        continue;
      entries[size++] = (char)entry->type;
      memcpy(entries + size, entry->name, length + 1);
      size += length + 1;
    }
  }
  memcpy(entries, &next, sizeof next);
  return (double)size;
}

double hexsh_read_directory(const char *request, char *entries, double capacity) {
  int descriptor;
  do
    descriptor = open(request, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  while (descriptor < 0 && errno == EINTR);
  return descriptor < 0 ? -errno : hexsh_read_directory_on(descriptor, request, entries, capacity);
}
