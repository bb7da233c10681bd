/*
 * Where the runtime can't run, /bin/sh does: a login shell that does not start locks its user out. It gets the same
 * arguments, and everything else as the stub found it.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "machine.h"
#include "stub.h"

#define SHELL "/bin/sh"

/*
 * The same file by another name, which the program that is run can see (AT_EXECFN): if /bin/sh is a copy of hexsh, it
 * finds out so that it already is what was fallen back to.
 */
#define FALLBACK "/bin/./sh"

/* As a shell reports a program that was found but can't be run (XCU 2.8.2). */
#define CANNOT_START 126

static void say(const char *first, const char *second) {
  char line[256];
  append(append(append(append(line, "hexsh: "), first), second), "\n");
  kernel(SYS_write, 2, (long)line, (long)length_of(line), 0);
}

__attribute__((noreturn)) static void end(void) {
  for (;;)
    kernel(SYS_exit_group, CANNOT_START, 0, 0, 0);
}

/* Whether /bin/sh is this very program, by the same or another name. */
static int is_shell_itself(const char *name) {
  struct stat shell, program;
  if (kernel(SYS_newfstatat, AT_FDCWD, (long)SHELL, (long)&shell, 0) < 0)
    return 0;
  if (kernel(SYS_newfstatat, AT_FDCWD, (long)"/proc/self/exe", (long)&program, 0) < 0 &&
      (name == NULL || kernel(SYS_newfstatat, AT_FDCWD, (long)name, (long)&program, 0) < 0))
    return 0;
  return shell.st_dev == program.st_dev && shell.st_ino == program.st_ino;
}

static void restore_limits(const struct start_record *record) {
  for (uint64_t index = 0; index < record->limit_count; index++) {
    struct start_limit limit = record->limits[index];
    uint64_t values[] = {limit.soft, limit.hard};
    kernel(SYS_prlimit64, 0, (long)limit.resource, (long)values, 0);
  }
}

void fall_back(struct start *start, const char *reason) {
  const struct block *block = &start->block;
  const char *name = (const char *)auxiliary_value(block, AT_EXECFN);
  if ((name != NULL && same_text(name, FALLBACK)) || is_shell_itself(name)) {
    say("cannot start: ", reason);
    end();
  }
  say(reason, "; running " SHELL " instead");
  restore_limits(start->record);
  /* By its own name, which busybox and its kin go by; a dash before it makes it a login shell. */
  char *none[] = {NULL, NULL};
  char **arguments = block->argument_count > 0 ? block->arguments : none;
  arguments[0] = arguments[0] != NULL && arguments[0][0] == '-' ? "-sh" : "sh";
  kernel(SYS_execve, (long)FALLBACK, (long)arguments, (long)block->environment, 0);
  say("cannot start: ", SHELL " can't be run either");
  end();
}
