/* Signals: the self-pipe, nothing lost, EINTR, and what a forked child has of it. */
#include <poll.h>
#include <stdint.h>
#include <sys/time.h>

#include "harness.h"

static int signals[64];

static const volatile int *memory(void) {
  return (const volatile int *)(uintptr_t)hexsh_signal_memory();
}

static int readable(int descriptor) {
  struct pollfd request = {descriptor, POLLIN, 0};
  int ready;
  do
    ready = poll(&request, 1, 0);
  while (ready < 0 && errno == EINTR);
  return ready == 1;
}

static void pending_and_taken(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGHUP, 2));
  CHECK_EQUAL(0, memory()[0]);
  CHECK(!readable(memory()[1]));
  errno = 4711;
  raise(SIGUSR1);
  raise(SIGHUP);
  raise(SIGUSR1);
  CHECK_EQUAL(4711, errno);
  CHECK_EQUAL(1, memory()[0]);
  CHECK(readable(memory()[1]));
  CHECK_EQUAL(2, hexsh_take_signals(signals));
  CHECK_EQUAL(SIGHUP, signals[0]);
  CHECK_EQUAL(SIGUSR1, signals[1]);
  CHECK_EQUAL(0, memory()[0]);
  CHECK(!readable(memory()[1]));
  CHECK_EQUAL(0, hexsh_take_signals(signals));
}

static void dispositions(void) {
  CHECK_EQUAL(-EINVAL, hexsh_set_disposition(SIGKILL, 2));
  CHECK_EQUAL(-EINVAL, hexsh_set_disposition(0, 1));
  CHECK_EQUAL(-EINVAL, hexsh_set_disposition(65, 1));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGRTMAX, 2));
  raise(SIGRTMAX);
  CHECK_EQUAL(1, hexsh_take_signals(signals));
  CHECK_EQUAL(64, signals[0]);
  CHECK_EQUAL(0, hexsh_set_disposition(SIGTERM, 1));
  raise(SIGTERM);
  CHECK_EQUAL(0, hexsh_take_signals(signals));
}

/* As some daemons start their children. */
static void started_with_sigchld_blocked(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGCHLD, 2));
  double child = hexsh_fork();
  CHECK(child >= 0);
  if (child == 0)
    _exit(0);
  struct pollfd request = {memory()[1], POLLIN, 0};
  while (memory()[0] == 0)
    poll(&request, 1, -1);
  CHECK_EQUAL(0, status_of(child));
}

static void blocked(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  hexsh_block_signals(1);
  raise(SIGUSR1);
  CHECK_EQUAL(0, memory()[0]);
  hexsh_block_signals(0);
  CHECK_EQUAL(1, memory()[0]);
}

/* Each signal is sent only once the one before has been taken: if one were lost, this would not end. */
static void none_lost_one_by_one(void) {
  enum { COUNT = 5000 };
  int ends[2];
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  CHECK_EQUAL(0, pipe(ends));
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    char byte;
    for (int index = 0; index < COUNT; index++)
      if (kill(parent, SIGUSR1) < 0 || read(ends[0], &byte, 1) != 1)
        _exit(1);
    _exit(0);
  }
  for (int taken = 0; taken < COUNT;) {
    struct pollfd request = {memory()[1], POLLIN, 0};
    if (poll(&request, 1, -1) < 0)
      CHECK_EQUAL(EINTR, errno);
    if (hexsh_take_signals(signals) == 0)
      continue;
    taken++;
    CHECK_EQUAL(1, write(ends[1], "", 1));
  }
  CHECK_EQUAL(0, status_of(child));
}

/* A storm of one signal, then another one: whatever the storm does to the pipe, the last is seen. */
static void none_lost_in_a_storm(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR2, 2));
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    for (int index = 0; index < 100000; index++)
      kill(parent, SIGUSR1);
    kill(parent, SIGUSR2);
    _exit(0);
  }
  int first = 0, last = 0;
  while (!last) {
    struct pollfd request = {memory()[1], POLLIN, 0};
    poll(&request, 1, -1);
    int count = (int)hexsh_take_signals(signals);
    for (int index = 0; index < count; index++) {
      first |= signals[index] == SIGUSR1;
      last |= signals[index] == SIGUSR2;
    }
  }
  CHECK(first);
  int status;
  while (waitpid(child, &status, 0) < 0)
    CHECK_EQUAL(EINTR, errno);
}

static void calls_are_interrupted(void) {
  int ends[2], status;
  CHECK_EQUAL(0, hexsh_set_disposition(SIGALRM, 2));
  CHECK_EQUAL(0, pipe(ends));
  /* Again and again, so that one comes when the call is already waiting. */
  struct itimerval often = {{0, 2000}, {0, 2000}};
  CHECK_EQUAL(0, setitimer(ITIMER_REAL, &often, NULL));
  char byte[1];
  CHECK_EQUAL(-EINTR, hexsh_read(ends[0], byte, 0, 1));
  struct pollfd request = {ends[0], POLLIN, 0};
  CHECK_EQUAL(-EINTR, hexsh_poll(&request, 1, -1));
  CHECK_EQUAL(-EINTR, hexsh_poll(&request, 1, 1e9));
  pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  CHECK_EQUAL(-EINTR, hexsh_waitpid(child, 0, &status));
  CHECK_EQUAL(0, hexsh_kill(child, SIGKILL));
}

static void forked_child(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  raise(SIGUSR1);
  int number = memory()[1];
  double child = hexsh_fork();
  if (child == 0) {
    CHECK_EQUAL(number, memory()[1]);
    CHECK_EQUAL(0, memory()[0]);
    CHECK(!readable(number));
    raise(SIGUSR1);
    CHECK_EQUAL(1, hexsh_take_signals(signals));
    raise(SIGUSR1);
    _exit(0);
  }
  CHECK_EQUAL(0, status_of(child));
  /* The parent has its own signal, once, and no wake-up from the child. */
  CHECK_EQUAL(1, hexsh_take_signals(signals));
  CHECK(!readable(number));
}

static void self_pipe_moves_away(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  int reading = memory()[1];
  for (int number = reading; number <= reading + 1; number++)
    CHECK_EQUAL(number, hexsh_dup3(0, number, 0));
  CHECK(memory()[1] != reading && memory()[1] != reading + 1);
  raise(SIGUSR1);
  CHECK(readable(memory()[1]));
  CHECK_EQUAL(1, hexsh_take_signals(signals));
  CHECK_EQUAL(0, hexsh_close(memory()[1]));
  raise(SIGUSR1);
  CHECK(readable(memory()[1]));
}

static void raised_default(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGTERM, 2));
  double child = hexsh_fork();
  if (child == 0) {
    hexsh_block_signals(1);
    hexsh_raise_default(SIGTERM);
    _exit(0);
  }
  CHECK_EQUAL(128 + SIGTERM, status_of(child));
  /* One that does nothing by default. */
  CHECK_EQUAL(0, hexsh_raise_default(SIGCHLD));
}

int main(void) {
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  run("signals: SIGCHLD comes although the process was started with it blocked", started_with_sigchld_blocked);
  sigprocmask(SIG_UNBLOCK, &children, NULL);
  run("signals: are pending until they are taken", pending_and_taken);
  run("signals: dispositions are set, real-time signals too", dispositions);
  run("signals: wait while they are blocked", blocked);
  run("signals: none is lost, one by one", none_lost_one_by_one);
  run("signals: none is lost in a storm", none_lost_in_a_storm);
  run("signals: interrupt read, poll and waitpid", calls_are_interrupted);
  run("fork: the child has a self-pipe of its own and nothing pending", forked_child);
  run("signals: the self-pipe makes way for dup3 and close", self_pipe_moves_away);
  run("raise_default: ends the process as if the signal had not been caught", raised_default);
  return failures != 0;
}
