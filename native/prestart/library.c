/* The C library, in a file in memory that nobody can change. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

/* From linux/memfd.h, which older systems don't have in full. */
#define MEMFD_CLOEXEC 1u
#define MEMFD_ALLOW_SEALING 2u
#define MEMFD_EXEC 16u
#define ADD_SEALS 1033
#define ALL_SEALS 15 /* F_SEAL_SEAL, SHRINK, GROW and WRITE */

static long write_library(int descriptor) {
  const char *library = (const char *)&parameters + parameters.library_offset;
  long left = parameters.library_size;
  while (left > 0) {
    long written = kernel(SYS_write, descriptor, (long)library, left, 0);
    if (written <= 0)
      return -1;
    library += written;
    left -= written;
  }
  return 0;
}

void provide_library(struct start *start) {
  long descriptor =
      kernel(SYS_memfd_create, (long)"libhexsh.so", MEMFD_CLOEXEC | MEMFD_ALLOW_SEALING | MEMFD_EXEC, 0, 0);
  /* Kernels before 6.3 don't know MFD_EXEC, and later ones can be told to forbid it. */
  if (descriptor < 0)
    descriptor = kernel(SYS_memfd_create, (long)"libhexsh.so", MEMFD_CLOEXEC | MEMFD_ALLOW_SEALING, 0, 0);
  if (descriptor < 0)
    fall_back(start, "no memory file can be made (memfd_create)");
  descriptor = hide((int)descriptor);

  uint64_t signal_ignored[4] = {(uint64_t)SIG_IGN}, signal_before[4];
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  /* RLIMIT_FSIZE applies to memory files, too; it is raised for this one write, and its signal is not to come. */
  kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, 0, (long)&limit);
  int limited = limit.rlim_cur != RLIM_INFINITY;
  if (limited) {
    struct rlimit raised = {RLIM_INFINITY, RLIM_INFINITY};
    if (kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&raised, 0) < 0) {
      raised.rlim_cur = raised.rlim_max = limit.rlim_max;
      kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&raised, 0);
    }
    kernel(SYS_rt_sigaction, SIGXFSZ, (long)signal_ignored, (long)signal_before, sizeof(uint64_t));
  }
  long failed = write_library((int)descriptor);
  if (limited) {
    kernel(SYS_prlimit64, 0, RLIMIT_FSIZE, (long)&limit, 0);
    kernel(SYS_rt_sigaction, SIGXFSZ, (long)signal_before, 0, sizeof(uint64_t));
  }
  if (failed)
    fall_back(start, "the limit on file size (ulimit -f) is too low");
  if (kernel(SYS_fcntl, descriptor, ADD_SEALS, ALL_SEALS, 0) < 0)
    fall_back(start, "its memory file can't be sealed");
  start->record->library = descriptor;
}
