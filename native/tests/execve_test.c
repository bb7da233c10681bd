/* hexsh_execve: replaces the process, or leaves it as it was. */
#include <sys/resource.h>
#include <sys/stat.h>

#include "harness.h"
#include "plan_builder.h"

static struct test_plan plan;

static void replaces(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  pid_t child = fork();
  if (child == 0) {
    plan_shell(&plan, "pwd; exit 5");
    plan_move(&plan, ends[1], 1);
    plan_directory(&plan, "/");
    execve_plan(&plan);
    _exit(99);
  }
  close(ends[1]);
  char text[16];
  CHECK_EQUAL(2, read(ends[0], text, sizeof text));
  CHECK(memcmp(text, "/\n", 2) == 0);
  CHECK_EQUAL(5, status_of(child));
}

static void failure_restores(void) {
  /* A file that can be executed as far as access(2) knows, but not by execve(2). */
  char path[] = "/tmp/hexsh-test-XXXXXX";
  int file = mkstemp(path);
  CHECK(file >= 0 && write(file, "\0", 1) == 1 && close(file) == 0 && chmod(path, 0755) == 0);

  CHECK_EQUAL(0, chdir("/usr"));
  CHECK_EQUAL(5, dup3(open("/dev/zero", O_RDONLY | O_CLOEXEC), 5, O_CLOEXEC));
  CHECK_EQUAL(6, dup3(open("/dev/full", O_WRONLY), 6, 0));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGINT, 2));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGQUIT, 1));
  int before = open_descriptors();
  struct stat five, six, now;
  CHECK(fstat(5, &five) == 0 && fstat(6, &six) == 0);

  plan_start(&plan, path, "x", NULL);
  plan_directory(&plan, "/");
  plan_move(&plan, 5, 6);
  plan_move(&plan, 6, 5);
  plan_move(&plan, 5, 7);
  plan_move(&plan, -1, 0);
  plan_limit(&plan, RLIMIT_NOFILE, 50, 20000);
  plan.fields[PLAN_IGNORED_LOW] = 1 << (SIGHUP - 1);
  struct rlimit limit;
  CHECK_EQUAL(0, getrlimit(RLIMIT_NOFILE, &limit));
  plan.limits[0][2] = (double)limit.rlim_max;
  CHECK_EQUAL(-ENOEXEC, execve_plan(&plan));
  unlink(path);

  CHECK(fstat(5, &now) == 0 && now.st_rdev == five.st_rdev && fcntl(5, F_GETFD) == FD_CLOEXEC);
  CHECK(fstat(6, &now) == 0 && now.st_rdev == six.st_rdev && fcntl(6, F_GETFD) == 0);
  CHECK(fcntl(7, F_GETFD) < 0 && fcntl(0, F_GETFD) == 0);
  CHECK_EQUAL(before, open_descriptors());
  char directory[64];
  CHECK(getcwd(directory, sizeof directory) != NULL && strcmp(directory, "/usr") == 0);
  struct rlimit after;
  CHECK(getrlimit(RLIMIT_NOFILE, &after) == 0 && after.rlim_cur == limit.rlim_cur);
  struct sigaction action;
  CHECK(sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
  CHECK(sigaction(SIGQUIT, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
  CHECK(sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
  /* The handler still works. */
  int signals[64];
  CHECK(raise(SIGINT) == 0 && hexsh_take_signals(signals) == 1 && signals[0] == SIGINT);
}

static void early_failures(void) {
  int before = open_descriptors();
  plan_start(&plan, "/nonexistent", "x", NULL);
  plan_move(&plan, 0, 5);
  CHECK_EQUAL(-ENOENT, execve_plan(&plan));
  plan_shell(&plan, ":");
  plan_move(&plan, 99, 5);
  CHECK_EQUAL(-EBADF, execve_plan(&plan));
  CHECK_EQUAL(before, open_descriptors());
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  run("execve: replaces the process", replaces);
  run("execve: a failure leaves everything as it was", failure_restores);
  run("execve: a program or descriptor that is not there changes nothing", early_failures);
  return failures != 0;
}
