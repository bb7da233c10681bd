/*
 * A small test harness. Each test runs in a process of its own, so that it can do to the process what it likes, for at
 * most TIMEOUT seconds; the output has a line for each: "ok NAME" or "not ok NAME: REASON".
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../hexsh.h"

#define TIMEOUT 30

/* Ends the test unless `condition` holds. */
#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      dprintf(STDERR_FILENO, "%s:%d: %s (errno %d)\n", __FILE__, __LINE__, #condition, errno); \
      _exit(1); \
    } \
  } while (0)

/* The same for the results of operations, which are whole numbers. */
#define CHECK_EQUAL(expected, actual) \
  do { \
    long long wanted = (long long)(expected), got = (long long)(actual); \
    if (wanted != got) { \
      dprintf(STDERR_FILENO, "%s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #actual, got, wanted); \
      _exit(1); \
    } \
  } while (0)

static int failures;

/* Runs `test` in a child, with the library started. */
static void run(const char *name, void (*test)(void)) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    alarm(TIMEOUT);
    CHECK_EQUAL(0, hexsh_start(0));
    test();
    _exit(0);
  }
  int status = -1;
  while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    printf("ok %s\n", name);
  } else {
    failures++;
    printf("not ok %s: %s %d\n", name, WIFSIGNALED(status) ? "signal" : "status",
           WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
  }
}

/* Waits for `child` and returns its exit status, or 128 and the signal. */
static inline int status_of(double child) {
  CHECK(child > 0);
  int status;
  CHECK_EQUAL(child, hexsh_waitpid((int)child, 0, &status));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The number of open descriptors. */
static inline int open_descriptors(void) {
  int count = 0;
  for (int descriptor = 0; descriptor < 1024; descriptor++)
    if (fcntl(descriptor, F_GETFD) >= 0)
      count++;
  return count;
}

#endif
