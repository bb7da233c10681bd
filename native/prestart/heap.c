/*
 * The memory of V8's heap. V8 asks the kernel for it in chunks at random places, each of which takes three calls, then a fault for
 * every page: that was a quarter of the shell's start. Here the first of them come out of one piece of memory, whose beginning
 * is made of huge pages (madvise(2), MADV_HUGEPAGE), where the system has them.
 *
 * V8 forbids that its memory is inherited (MADV_DONTFORK); here that is said of all of the piece at once. fork.c takes it back where it
 * forks the shell.
 *
 * native/build/elf.ts has the runtime call the functions here in place of mmap(2), munmap(2) and madvise(2) of libc.
 */
#include <sys/mman.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

/* What V8 calls a page. To have it aligned, V8 asks for nearly twice as much, and gives back what is behind it. */
#define CHUNK ((size_t)256 << 10)

#define HUGE_PAGE ((size_t)2 << 20)
#define POOL_SIZE ((size_t)32 << 20)
/*
 * Most of what every start uses, of which alone huge pages are made. Where a hypervisor takes back memory that is free (free page
 * reporting), it takes it in huge pages, and to get one again lasts milliseconds; more of them would be needed one by one later.
 */
#define HUGE_PART ((size_t)10 << 20)

/* The only memory of the stub that can be written. All of it is zero until there is a pool. */
struct heap {
  /* The size of a page of the kernel's; 0 as long as nothing is to be done here. */
  size_t page;
  char *pool;
  /* What is left of it. Without a pool there is nothing left. */
  char *next;
  char *end;
  /* What is behind the chunk that was given out last, until V8 gives it back. */
  char *tail;
};

static struct heap *heap_state(void) {
  return (struct heap *)((char *)&parameters + parameters.heap_offset);
}

void prepare_heap(const struct start *start) {
  if (parameters.heap_offset == 0)
    return;
  struct heap *heap = heap_state();
  size_t page = auxiliary_value(&start->block, AT_PAGESZ);
  if (kernel(SYS_mprotect, (long)heap, (long)page, PROT_READ | PROT_WRITE, 0) == 0)
    heap->page = page;
}

/* What libc makes of what a system call returns. */
static long with_errno(long result) {
  if (result >= 0 || result < -4095)
    return result;
  int *(*const *location)(void) = (int *(*const *)(void))((const char *)&parameters + parameters.errno_slot);
  *(*location)() = (int)-result;
  return -1;
}

static void make_pool(struct heap *heap) {
  size_t size = POOL_SIZE + HUGE_PAGE;
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  long mapped = kernel6(SYS_mmap, 0, (long)size, PROT_READ | PROT_WRITE, flags, -1, 0);
  char *start = (char *)mapped;
  if (mapped < 0 && mapped >= -4095) {
    /* It is not tried again: a pool without any room. */
    heap->pool = heap->next = heap->end = (char *)heap;
    return;
  }
  heap->pool = heap->next = (char *)(((uintptr_t)start + HUGE_PAGE - 1) & -(uintptr_t)HUGE_PAGE);
  heap->end = heap->pool + POOL_SIZE;
  if (heap->pool > start)
    kernel(SYS_munmap, (long)start, heap->pool - start, 0, 0);
  if (start + size > heap->end)
    kernel(SYS_munmap, (long)heap->end, start + size - heap->end, 0, 0);
  kernel(SYS_madvise, (long)heap->pool, (long)POOL_SIZE, MADV_DONTFORK, 0);
  kernel(SYS_madvise, (long)heap->pool, (long)HUGE_PART, MADV_HUGEPAGE, 0);
}

/* A chunk, with what is behind it. Returns NULL if there is no more. */
static char *take_chunk(struct heap *heap) {
  if (heap->pool == NULL)
    make_pool(heap);
  if ((size_t)(heap->end - heap->next) < 2 * CHUNK)
    return NULL;
  char *chunk = heap->next;
  heap->tail = chunk + CHUNK;
  heap->next = chunk + 2 * CHUNK;
  return chunk;
}

void *heap_map(void *address, size_t size, int protection, int flags, int descriptor, long offset) {
  struct heap *heap = heap_state();
  if (heap->page != 0 && size == 2 * CHUNK - heap->page && protection == (PROT_READ | PROT_WRITE) &&
      flags == (MAP_PRIVATE | MAP_ANONYMOUS) && kernel(SYS_gettid, 0, 0, 0, 0) == kernel(SYS_getpid, 0, 0, 0, 0)) {
    char *chunk = take_chunk(heap);
    if (chunk != NULL)
      return chunk;
  }
  return (void *)with_errno(kernel6(SYS_mmap, (long)address, (long)size, protection, flags, descriptor, offset));
}

int heap_unmap(void *address, size_t size) {
  struct heap *heap = heap_state();
  if (heap->tail != NULL && address == heap->tail && size == CHUNK - heap->page) {
    heap->next = heap->tail;
    heap->tail = NULL;
    return 0;
  }
  return (int)with_errno(kernel(SYS_munmap, (long)address, (long)size, 0, 0));
}

int heap_advise(void *address, size_t size, int advice) {
  const struct heap *heap = heap_state();
  /* It has been said of all chunks, or been taken back. */
  if (advice == MADV_DONTFORK && (char *)address >= heap->pool && (char *)address < heap->end)
    return 0;
  return (int)with_errno(kernel(SYS_madvise, (long)address, (long)size, advice, 0));
}
