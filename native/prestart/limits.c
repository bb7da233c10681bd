/* Limits that would stop the runtime (setrlimit(2)), and the stack. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

/* From newer headers. */
#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

void raise_limit(struct start *start, int resource, uint64_t enough, uint64_t least, const char *reason) {
  struct start_record *record = start->record;
  struct rlimit now;
  if (kernel(SYS_prlimit64, 0, resource, 0, (long)&now) < 0 || now.rlim_cur >= enough)
    return;
  struct rlimit raised = {now.rlim_max, now.rlim_max};
  if (raised.rlim_max < enough)
    raised = (struct rlimit){enough, enough};
  if (kernel(SYS_prlimit64, 0, resource, (long)&raised, 0) < 0) {
    raised = (struct rlimit){now.rlim_max, now.rlim_max};
    if (now.rlim_max < least || kernel(SYS_prlimit64, 0, resource, (long)&raised, 0) < 0)
      fall_back(start, reason);
  }
  /* One that is raised twice is remembered as it was first. */
  for (uint64_t index = 0; index < record->limit_count; index++)
    if (record->limits[index].resource == (uint64_t)resource)
      return;
  record->limits[record->limit_count++] = (struct start_limit){(uint64_t)resource, now.rlim_cur, now.rlim_max};
}

/*
 * The least are what Deno 2.7 was measured to start with, and something over. V8 reserves 48 GiB of addresses at its
 * start, though it gives most of them back.
 */
void raise_memory_limits(struct start *start) {
  raise_limit(start, RLIMIT_AS, UINT64_C(64) << 30, UINT64_C(50) << 30,
              "the limit on virtual memory (ulimit -v) is too low");
  raise_limit(start, RLIMIT_DATA, UINT64_C(4) << 30, UINT64_C(704) << 20, "the limit on data (ulimit -d) is too low");
}

/* The kernel has mapped some memory below the block; mincore(2) fails where nothing is mapped. */
static uintptr_t stack_bottom(uintptr_t page) {
  uintptr_t bottom = (uintptr_t)__builtin_frame_address(0) & -page;
  unsigned char resident;
  while (kernel(SYS_mincore, (long)(bottom - page), (long)page, (long)&resident, 0) == 0)
    bottom -= page;
  return bottom;
}

void extend_stack(struct start *start) {
  uintptr_t size = (uintptr_t)parameters.stack_size;
  uintptr_t wanted = stack_bottom(auxiliary_value(&start->block, AT_PAGESZ)) - size;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_FIXED_NOREPLACE;
  uintptr_t mapped = (uintptr_t)kernel6(SYS_mmap, (long)wanted, (long)size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (mapped == wanted) {
    /* Else the first use of a part would clear two megabytes. */
    kernel(SYS_madvise, (long)wanted, (long)size, MADV_NOHUGEPAGE, 0);
    return;
  }
  /* Kernels before 4.17 take the address for a hint. */
  if (mapped < -(uintptr_t)4096)
    kernel(SYS_munmap, (long)mapped, (long)size, 0, 0);
  /* Something is in the way, such as an emulator's guard page: the stack grows by itself, as far as it may. */
  raise_limit(start, RLIMIT_STACK, size, 0, "");
}
