/* The true state of the process: signals, descriptors, the working directory. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

void record_signals(struct start *start) {
  struct start_record *record = start->record;
  struct {
    uintptr_t handler;
    unsigned long flags;
    uintptr_t restorer;
    uint64_t mask;
  } action;
  record->ignored_signals = 0;
  for (int number = 1; number <= 64; number++) {
    long failed = kernel(SYS_rt_sigaction, number, 0, (long)&action, sizeof(uint64_t));
    if (!failed && action.handler == (uintptr_t)SIG_IGN)
      record->ignored_signals |= UINT64_C(1) << (number - 1);
  }
  record->blocked_signals = 0;
  kernel(SYS_rt_sigprocmask, SIG_SETMASK, 0, (long)&record->blocked_signals, sizeof(uint64_t));
}

int hide(int descriptor) {
  long moved = kernel(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, HIDDEN_DESCRIPTORS, 0);
  if (moved < 0)
    moved = kernel(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, 10, 0);
  if (moved < 0)
    return descriptor;
  kernel(SYS_close, descriptor, 0, 0, 0);
  return (int)moved;
}

/* As getdents64(2) stores it. */
struct entry {
  uint64_t inode;
  int64_t offset;
  unsigned short size;
  unsigned char type;
  char name[];
};

#define TOO_FEW_DESCRIPTORS "the limit on open files (ulimit -n) is too low"

/* Opens the list of this process's descriptors. */
static int open_descriptor_list(struct start *start) {
  static const char path[] = "/proc/self/fd";
  long directory = kernel(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (directory == -EMFILE) {
    raise_limit(start, RLIMIT_NOFILE, START_DESCRIPTORS, START_DESCRIPTORS, TOO_FEW_DESCRIPTORS);
    directory = kernel(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  }
  if (directory == -EMFILE || directory == -ENFILE)
    fall_back(start, "too many open files");
  if (directory == -EACCES)
    fall_back(start, "its file is not readable (mode 0755 is needed)");
  if (directory == -ENOSYS || directory == -EPERM)
    fall_back(start, "a sandbox forbids system calls that the runtime needs");
  if (directory < 0)
    fall_back(start, "/proc is not mounted");
  return (int)directory;
}

void record_descriptors(struct start *start) {
  struct start_record *record = start->record;
  for (size_t index = 0; index < START_DESCRIPTORS / 64; index++)
    record->descriptors[index] = 0;
  int directory = open_descriptor_list(start);
  char entries[4096] __attribute__((aligned(8)));
  uint64_t count = 0;
  long size;
  while ((size = kernel(SYS_getdents64, directory, (long)entries, sizeof entries, 0)) > 0)
    for (long at = 0; at < size;) {
      const struct entry *entry = (const struct entry *)(entries + at);
      at += entry->size;
      long number = 0;
      for (const char *digit = entry->name; *digit != '\0'; digit++)
        number = number * 10 + (*digit - '0');
      if (entry->name[0] == '.' || number == directory || number >= START_DESCRIPTORS)
        continue;
      record->descriptors[number / 64] |= UINT64_C(1) << (number % 64);
      count++;
    }
  kernel(SYS_close, directory, 0, 0, 0);
  /* The runtime takes 10, and the shell some. */
  raise_limit(start, RLIMIT_NOFILE, count + 64, count + 12, TOO_FEW_DESCRIPTORS);
}

void leave_removed_directory(struct start *start) {
  struct start_record *record = start->record;
  char path[4096];
  record->removed_directory = -1;
  long length = kernel(SYS_getcwd, (long)path, sizeof path, 0, 0);
  /* "(unreachable)" is what the kernel calls one outside of the root directory. */
  if (length != -ENOENT && (length < 0 || path[0] == '/'))
    return;
  long directory = kernel(SYS_openat, AT_FDCWD, (long)".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  if (directory >= 0)
    record->removed_directory = hide((int)directory);
  kernel(SYS_chdir, (long)"/", 0, 0, 0);
}
