/* Runs the utilities of the library in a forked child. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"
#include "utility.h"

void utility_report(const char *name, const char *subject, int error) {
  char text[4096 + 256];
  int size = subject == NULL ? snprintf(text, sizeof text, "%s: %s\n", name, strerror(error))
                             : snprintf(text, sizeof text, "%s: %s: %s\n", name, subject, strerror(error));
  if (size >= (int)sizeof text)
    size = (int)sizeof text - 1;
  relay_write_all(STDERR_FILENO, text, (size_t)size);
}

/* An entry as getdents64(2) stores it. */
struct entry {
  uint64_t inode;
  int64_t offset;
  uint16_t size;
  uint8_t type;
  char name[];
};

static void close_if_private(int descriptor) {
  int flags = fcntl(descriptor, F_GETFD);
  if (flags >= 0 && flags & FD_CLOEXEC)
    close(descriptor);
}

/* Closes what execve would close: another process may wait for the end of what comes through it. */
static void close_private_descriptors(void) {
  int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
  long size = -1;
  while (directory >= 0 && (size = syscall(SYS_getdents64, directory, relay_buffer, sizeof relay_buffer)) > 0)
    for (long at = 0; at < size;) {
      struct entry *entry = (struct entry *)(relay_buffer + at);
      at += entry->size;
      close_if_private(atoi(entry->name));
    }
  if (directory >= 0)
    close(directory);
  if (size == 0)
    return;
  for (int descriptor = 0; descriptor < 65536; descriptor++)
    close_if_private(descriptor);
}

static unsigned own_offsets;

int utility_shares(int descriptor) {
  return descriptor >= 32 || !(own_offsets >> descriptor & 1);
}

int utility_run(const char *name, char **arguments, int kind, unsigned own) {
  static const struct {
    const char *name;
    int (*main)(char **arguments, int flags);
  } utilities[] = {{"cat", cat_main}, {"meter", meter_main}, {"relay", relay_main}, {"tee", tee_main}};
  own_offsets = own;
  close_private_descriptors();
  prctl(PR_SET_NAME, name);
  for (size_t index = 0; index < sizeof utilities / sizeof *utilities; index++)
    if (strcmp(name, utilities[index].name) == 0)
      return utilities[index].main(arguments, kind == UTILITY_NO_SPLICE ? RELAY_NO_SPLICE : 0);
  utility_report(name, NULL, ENOEXEC);
  return 126;
}
