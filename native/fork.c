/* fork(2) of the whole runtime, as the shell's last resort. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "internal.h"

/* Reads a hexadecimal number; leaves `*text` behind it. */
static uintptr_t hexadecimal(const char **text) {
  uintptr_t value = 0;
  for (;; (*text)++) {
    char digit = **text;
    if (digit >= '0' && digit <= '9')
      value = value << 4 | (uintptr_t)(digit - '0');
    else if (digit >= 'a' && digit <= 'f')
      value = value << 4 | (uintptr_t)(digit - 'a' + 10);
    else
      return value;
  }
}

/*
 * One line of proc_pid_maps(5): "start-end permissions offset device inode path". Private memory without a file is
 * made inheritable; that of the kernel ("[vdso]" and its kin) is not ours to change.
 */
static void inherit_mapping(const char *line) {
  uintptr_t start = hexadecimal(&line);
  line++;
  uintptr_t end = hexadecimal(&line);
  if (line[0] != ' ' || line[4] != 'p')
    return;
  /* From the permissions to the inode. */
  for (int blanks = 0; blanks < 4; line++)
    if (*line == ' ')
      blanks++;
  if (line[0] == '0' && line[1] != '0' && strstr(line, "[v") == NULL)
    madvise((void *)start, end - start, MADV_DOFORK);
}

void memory_inherit(void) {
  /*
   * V8 marks its heap MADV_DONTFORK, since a forked V8 with helper threads would be broken; this one has none. Without
   * this the child dies at its first allocation. If a mapping can't be had, the child dies as it would have.
   */
  static char text[1 << 16];
  int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (maps < 0)
    return;
  size_t held = 0;
  for (;;) {
    ssize_t size = read(maps, text + held, sizeof text - 1 - held);
    if (size < 0 && errno == EINTR)
      continue;
    if (size <= 0)
      break;
    held += (size_t)size;
    text[held] = '\0';
    char *line = text;
    for (char *end; (end = memchr(line, '\n', held - (size_t)(line - text))) != NULL; line = end + 1) {
      *end = '\0';
      inherit_mapping(line);
    }
    held -= (size_t)(line - text);
    memmove(text, line, held);
  }
  close(maps);
}

double hexsh_fork(void) {
  int ends[2];
  /* Made before the child, since after it there would be no one to tell. */
  int error = signal_pipe(ends);
  if (error < 0)
    return error;
  /* A handler in the child must not find the self-pipe of its parent. */
  uint64_t mask = signal_mask(~UINT64_C(0));
  memory_inherit();
  pid_t child = fork();
  error = errno;
  if (child == 0) {
    signal_forked(ends);
  } else {
    close(ends[0]);
    close(ends[1]);
  }
  signal_mask(mask);
  return child < 0 ? -error : child;
}
