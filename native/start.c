/*
 * The start: reads what the pre-start stub recorded and takes back what the runtime of Deno did to the process before any of
 * the shell's code ran.
 */
#include <dirent.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"
#include "start_record.h"

static const struct start_record *record;

/* Stands in where there is no record: under `deno run` and `deno test`. */
static struct start_record guess = {.size = sizeof guess, .removed_directory = -1, .library = -1};

/* The C library hands these to the initialisers of a library that is loaded later, too. */
__attribute__((constructor)) static void remember_arguments(int count, char **arguments, char **environment) {
  guess.argument_count = count;
  guess.arguments = arguments;
  guess.environment = environment;
}

int descriptor_hide(int descriptor) {
  /* Scripts pick small numbers or, as in flock(1), 200; bash keeps its own at 255. */
  static const int minimums[] = {240, 64, 16, 3};
  for (unsigned index = 0; index < sizeof minimums / sizeof *minimums; index++) {
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, minimums[index]);
    if (moved < 0)
      continue;
    close(descriptor);
    return moved;
  }
  return descriptor;
}

static int recorded(int descriptor) {
  return descriptor < START_DESCRIPTORS && (record->descriptors[descriptor / 64] >> (descriptor % 64) & 1);
}

/* Whether two descriptors are duplicates of one another. */
static int same_file(int one, int other) {
  long difference = syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, one, other);
  if (difference >= 0)
    return difference == 0;
  /* Kernels and containers may forbid kcmp(2); what the two lead to tells nearly as much. */
  struct stat first, second;
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino && fcntl(one, F_GETFL) == fcntl(other, F_GETFL);
}

static int duplicates_standard_stream(int descriptor) {
  for (int standard = 0; standard <= 2; standard++)
    if (same_file(descriptor, standard))
      return 1;
  return 0;
}

/*
 * No descriptor of the runtime may reach a child, and its duplicates of descriptors 0 to 2 go: they would keep a pipe
 * open that the shell has closed. Those behind its event loop stay.
 */
static void claim_descriptor(int descriptor) {
  if (recorded(descriptor) || descriptor >= START_DESCRIPTORS)
    return;
  /* One of 0 to 2 that was closed: the runtime has opened the null device there. */
  if (descriptor <= 2 || duplicates_standard_stream(descriptor))
    close(descriptor);
  else
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

/* Without a record: what the runtime opens is close-on-exec, and what is inherited is not. */
static void guess_descriptor(int descriptor) {
  int flags = fcntl(descriptor, F_GETFD);
  if (descriptor < START_DESCRIPTORS && flags >= 0 && !(flags & FD_CLOEXEC))
    guess.descriptors[descriptor / 64] |= UINT64_C(1) << (descriptor % 64);
}

/* Calls `visit` for each open descriptor. Returns 0 or -errno. */
static int each_descriptor(void (*visit)(int)) {
  DIR *directory = opendir("/proc/self/fd");
  if (directory == NULL)
    return -errno;
  /* The standard streams last: the others are compared with them. */
  int standard[3] = {0, 0, 0};
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) {
    int descriptor = atoi(entry->d_name);
    if (entry->d_name[0] == '.' || descriptor == dirfd(directory))
      continue;
    if (descriptor <= 2)
      standard[descriptor] = 1;
    else
      visit(descriptor);
  }
  closedir(directory);
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (standard[descriptor])
      visit(descriptor);
  return 0;
}

double hexsh_start(double address) {
  /* Every worker of the test runner starts the one library of the process. */
  if (record != NULL)
    return 0;
  record = (const struct start_record *)(uintptr_t)address;
  int known = record != NULL && record->size == sizeof *record;
  int error;
  if (known) {
    if (record->removed_directory >= 0) {
      /* If it can't be entered any more, the shell stays where the runtime could start: in the root directory. */
      int entered = fchdir((int)record->removed_directory);
      (void)entered;
      close((int)record->removed_directory);
    }
    close((int)record->library);
    error = each_descriptor(claim_descriptor);
  } else {
    record = &guess;
    error = each_descriptor(guess_descriptor);
    sigset_t blocked;
    if (sigprocmask(SIG_SETMASK, NULL, &blocked) == 0)
      memcpy(&guess.blocked_signals, &blocked, sizeof guess.blocked_signals);
    for (int number = 1; number <= SIGNAL_LAST; number++) {
      struct kernel_action action;
      /* The runtime ignores SIGPIPE whatever it was before. */
      if (number != SIGPIPE && signal_action(number, NULL, &action) == 0 && action.handler == SIG_IGN)
        guess.ignored_signals |= SIGNAL_BIT(number);
    }
  }
  if (error < 0)
    return error;
  return signal_start(record->ignored_signals, record->blocked_signals, known);
}

double hexsh_start_numbers(double *numbers) {
  int count = 0;
  numbers[count++] = record->removed_directory >= 0;
  numbers[count++] = (double)(uint32_t)record->ignored_signals;
  numbers[count++] = (double)(uint32_t)(record->ignored_signals >> 32);
  for (uint64_t index = 0; index < record->limit_count; index++) {
    const struct start_limit *limit = &record->limits[index];
    numbers[count++] = (double)limit->resource;
    numbers[count++] = limit->soft == UINT64_MAX ? HUGE_VAL : (double)limit->soft;
    numbers[count++] = limit->hard == UINT64_MAX ? HUGE_VAL : (double)limit->hard;
  }
  return count;
}

double hexsh_start_descriptors(int *descriptors, int capacity) {
  int count = 0;
  for (int word = 0; word < START_DESCRIPTORS / 64; word++)
    for (uint64_t bits = record->descriptors[word]; bits != 0; bits &= bits - 1) {
      if (count < capacity)
        descriptors[count] = word * 64 + __builtin_ctzll(bits);
      count++;
    }
  return count;
}

double hexsh_start_strings(int which, char *bytes, double capacity) {
  char **strings = which == 0 ? record->arguments : record->environment;
  size_t size = 0;
  for (int64_t index = 0; strings[index] != NULL && (which != 0 || index < record->argument_count); index++) {
    size_t length = strlen(strings[index]) + 1;
    if ((double)(size + length) > capacity)
      return -ERANGE;
    memcpy(bytes + size, strings[index], length);
    size += length;
  }
  return (double)size;
}
