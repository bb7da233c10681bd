/*
 * Starting a program: clone(2) that shares the memory and suspends the shell until execve, as vfork does. A fork would
 * copy the page tables of the whole runtime, which takes several times as long.
 *
 * The child runs in the shell's memory, on a stack of its own. All signals are blocked until every handler is gone from
 * it, and it calls nothing but system calls.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"
#include "plan.h"
#include "utility.h"

/* The stop signals that a terminal or another process sends; SIGSTOP can't be held back. */
#define STOP_SIGNALS (SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) | SIGNAL_BIT(SIGTTOU))

struct attempt {
  struct plan plan;
  /* errno of the step that failed in the child. */
  volatile int error;
  /* A stop signal that came before execve. */
  volatile int stop;
};

/* One child at a time is between clone and execve, so that one stack does. */
static char stack[32768] __attribute__((aligned(16)));

/* The child's view: what the shell catches is back at default, what it ignores is ignored only if the plan says so. */
static void set_dispositions(uint64_t ignored) {
  static const struct kernel_action by_default = {.handler = SIG_DFL};
  static const struct kernel_action ignore = {.handler = SIG_IGN};
  for (int number = 1; number <= SIGNAL_LAST; number++) {
    int wanted = ignored & SIGNAL_BIT(number) ? IGNORE : DEFAULT;
    if (signal_disposition[number] != wanted)
      signal_action(number, wanted == IGNORE ? &ignore : &by_default, NULL);
  }
}

/*
 * A child that stops here would leave the shell suspended for good, with no one to continue the child. So a stop signal
 * that has come by now is taken, and the shell sends it again once the program runs. One that comes in the instant
 * between the return of the mask and execve is not helped; nothing could be without a real fork.
 */
static int take_stop_signal(uint64_t ignored) {
  uint64_t stops = STOP_SIGNALS & ~ignored & ~signal_start_mask;
  uint64_t pending = 0;
  static const struct timespec at_once = {0, 0};
  if (syscall(SYS_rt_sigpending, &pending, sizeof pending) < 0 || !(pending & stops))
    return 0;
  long taken = syscall(SYS_rt_sigtimedwait, &stops, NULL, &at_once, sizeof stops);
  return taken > 0 ? (int)taken : 0;
}

/* Every step of the plan before execve. Returns 0, or -1 with errno. */
static int prepare(struct plan *plan) {
  set_dispositions(plan->ignored_signals);
  if (plan->new_session) {
    if (setsid() < 0)
      return -1;
  } else if (plan->process_group >= 0 && setpgid(0, plan->process_group) < 0) {
    return -1;
  }
  /*
   * Before the moves, which may take the number of the terminal. SIGTTOU is blocked, so that a background process may
   * do this (tcsetpgrp(3)). A terminal that has hung up is no reason not to run the program.
   */
  if (plan->foreground >= 0 && !plan->new_session) {
    int group = plan->process_group > 0 ? plan->process_group : getpgrp();
    ioctl(plan->foreground, TIOCSPGRP, &group);
  }
  if (plan->directory != NULL && chdir(plan->directory) < 0)
    return -1;
  int error = moves_apply(plan);
  if (error < 0) {
    errno = -error;
    return -1;
  }
  if (plan->new_session && ioctl(0, TIOCSCTTY, 0) < 0)
    return -1;
  /* Last, since a limit on open files would stand in the way of the moves. */
  for (int index = 0; index < plan->limit_count; index++)
    if (setrlimit(plan->limits[index].resource, &plan->limits[index].value) < 0)
      return -1;
  return 0;
}

/* Leaves its stack without returning, which the address sanitizer of the tests would take for an error. */
__attribute__((no_sanitize("address"))) static int run_child(void *argument) {
  struct attempt *attempt = argument;
  struct plan *plan = &attempt->plan;
  if (prepare(plan) == 0) {
    attempt->stop = take_stop_signal(plan->ignored_signals);
    signal_mask(signal_start_mask);
    execve(plan->path, plan->arguments, plan->environment);
  }
  attempt->error = errno;
  _exit(127);
}

/*
 * A utility of the library in place of a program. Its child goes on running code of the shell, so that it needs memory
 * of its own: it is forked, but without what only JavaScript needs, and without the C library's preparations for a fork
 * of several threads.
 */
static pid_t fork_utility(struct plan *plan) {
  pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child != 0)
    return child;
  if (prepare(plan) < 0) {
    utility_report(plan->path, NULL, errno);
    _exit(126);
  }
  signal_mask(signal_start_mask);
  _exit(utility_run(plan->path, plan->arguments, plan->utility, (unsigned)plan->own));
}

/* Whether another child has ended, which nobody has been told of if its SIGCHLD and that of the program came as one. */
static int has_other_end(void) {
  siginfo_t ended = {.si_pid = 0};
  return waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0;
}

/*
 * With all caught signals blocked: waits for the end of `child`, or for another signal. None can come between looking for it and
 * waiting, as it could if a handler took it; and no handler has to run for SIGCHLD. Signals that are not caught do
 * to the shell what they always do. Returns the wait status.
 */
static int await_end(pid_t child) {
  uint64_t awaited = signal_caught();
  int others = 0;
  int status = HEXSH_STILL_RUNNING;
  for (;;) {
    /* A thread that should not be there could take the signal: that must not stop the shell for good. */
    static const struct timespec patience = {1, 0};
    siginfo_t signal;
    long number = syscall(SYS_rt_sigtimedwait, &awaited, &signal, &patience, sizeof awaited);
    if (number > 0 && number != SIGCHLD) {
      signal_mark((int)number, signal.si_code);
      break;
    }
    if (waitpid(child, &status, WNOHANG) != 0 || signal_others_pending())
      break;
    others |= number > 0;
  }
  if (others || has_other_end())
    signal_mark(SIGCHLD, SI_USER);
  return status;
}

/* With all signals blocked: starts the program. Returns its process id, or -errno, and no process is left behind. */
static pid_t start_program(struct attempt *attempt) {
  pid_t child = clone(run_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, attempt);
  if (child < 0)
    return -errno;
  if (attempt->error != 0) {
    waitpid(child, NULL, 0);
    return -attempt->error;
  }
  if (attempt->stop != 0)
    kill(child, attempt->stop);
  return child;
}

double hexsh_run(const void *block, const char *environment) {
  struct attempt attempt = {.error = 0, .stop = 0};
  int error = plan_read(&attempt.plan, block, environment);
  if (error < 0)
    return error;
  uint64_t mask = signal_mask(~UINT64_C(0));
  int status = HEXSH_STILL_RUNNING;
  pid_t child = start_program(&attempt);
  if (child > 0) {
    for (int index = 0; index < attempt.plan.closing_count; index++)
      close(attempt.plan.closing[index]);
    signal_hold();
    if (!signal_others_pending())
      status = await_end(child);
  }
  signal_mask(mask);
  return child < 0 ? child : child * 65536.0 + status;
}

double hexsh_spawn(const void *block, const char *environment) {
  struct attempt attempt = {.error = 0, .stop = 0};
  int error = plan_read(&attempt.plan, block, environment);
  if (error < 0)
    return error;
  uint64_t mask = signal_mask(~UINT64_C(0));
  pid_t child;
  if (attempt.plan.utility) {
    child = fork_utility(&attempt.plan);
    error = -errno;
  } else {
    child = start_program(&attempt);
    error = child;
  }
  /* Where an emulator makes a fork of vfork, the child may not have got there; else this fails, as it has. */
  if (child > 0 && attempt.plan.process_group >= 0 && !attempt.plan.new_session)
    setpgid(child, attempt.plan.process_group);
  signal_mask(mask);
  return child < 0 ? error : child;
}
