/* Processes: waiting, signalling, groups, sessions, times, limits. */
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "internal.h"

double hexsh_exit(int status) {
  _exit(status);
}

double hexsh_waitpid(int pid, int options, int *status) {
  return result(waitpid(pid, status, options));
}

double hexsh_await_children(int options, int *changes, int capacity) {
  for (;;) {
    /* Before looking at the children: what comes after this wakes the wait. */
    int others = signal_take_child();
    int count = 0;
    pid_t child = 0;
    while (count < capacity && (child = waitpid(-1, &changes[2 * count + 1], options | WNOHANG)) > 0)
      changes[2 * count++] = child;
    if (count > 0)
      return count;
    if (child < 0 && errno != EINTR)
      return -errno;
    if (others)
      return -EINTR;
    signal_wait();
  }
}

double hexsh_kill(int pid, int number) {
  return result(kill(pid, number));
}

double hexsh_getpid(void) {
  return getpid();
}

double hexsh_getppid(void) {
  return getppid();
}

double hexsh_getpgid(int pid) {
  return result(getpgid(pid));
}

double hexsh_setpgid(int pid, int group) {
  return result(setpgid(pid, group));
}

double hexsh_getsid(int pid) {
  return result(getsid(pid));
}

double hexsh_setsid(void) {
  return result(setsid());
}

static double seconds_of(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* getrusage(2) rather than times(2), whose unit is a hundredth of a second. */
double hexsh_times(double *seconds) {
  struct rusage self, children;
  if (getrusage(RUSAGE_SELF, &self) < 0 || getrusage(RUSAGE_CHILDREN, &children) < 0)
    return -errno;
  seconds[0] = seconds_of(self.ru_utime);
  seconds[1] = seconds_of(self.ru_stime);
  seconds[2] = seconds_of(children.ru_utime);
  seconds[3] = seconds_of(children.ru_stime);
  return 0;
}

static double limit_number(rlim_t limit) {
  return limit == RLIM_INFINITY ? HUGE_VAL : (double)limit;
}

double hexsh_getrlimit(int resource, double *limits) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) < 0)
    return -errno;
  limits[0] = limit_number(limit.rlim_cur);
  limits[1] = limit_number(limit.rlim_max);
  return 0;
}

double hexsh_setrlimit(int resource, double soft, double hard) {
  struct rlimit limit = {limit_value(soft), limit_value(hard)};
  return result(setrlimit(resource, &limit));
}
