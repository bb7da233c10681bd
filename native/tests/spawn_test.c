/* hexsh_spawn: the steps of a plan, its failures, and what they leave behind. */
#include <sys/resource.h>
#include <sys/stat.h>

#include "harness.h"
#include "plan_builder.h"

static struct test_plan plan;

/* Opens a pipe whose writing end is `number`, close-on-exec. Returns the reading end. */
static int pipe_at(int number) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  int reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 100);
  int writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 100);
  close(ends[0]);
  close(ends[1]);
  CHECK(dup3(writing, number, O_CLOEXEC) == number);
  close(writing);
  return reading;
}

/* Closes the writing end `number` and compares what came with `expected`. */
static void check_pipe(int reading, int number, const char *expected) {
  char text[256];
  close(number);
  ssize_t size = read(reading, text, sizeof text - 1);
  CHECK(size >= 0);
  text[size] = '\0';
  if (strcmp(text, expected) != 0)
    dprintf(2, "descriptor %d gave \"%s\", not \"%s\"\n", number, text, expected);
  CHECK(strcmp(text, expected) == 0);
}

static void arguments_and_environment(void) {
  const char *script = "test \"$0 $1 $2\" = 'a  c d' && test $PATH = /usr/bin:/bin && exit 7";
  plan_start(&plan, "/bin/sh", "sh", "-c", script, "a", "", "c d", NULL);
  CHECK_EQUAL(7, status_of(spawn_plan(&plan)));
}

static void moves_swap(void) {
  int first = pipe_at(5), second = pipe_at(6);
  plan_shell(&plan, "echo five >&5; echo six >&6");
  plan_move(&plan, 5, 6);
  plan_move(&plan, 6, 5);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  check_pipe(first, 5, "six\n");
  check_pipe(second, 6, "five\n");
}

static void moves_rotate(void) {
  int first = pipe_at(5), second = pipe_at(6), third = pipe_at(7);
  plan_shell(&plan, "echo five >&5; echo six >&6; echo seven >&7; echo eight >&8");
  plan_move(&plan, 5, 6);
  plan_move(&plan, 6, 7);
  plan_move(&plan, 7, 5);
  plan_move(&plan, 5, 8);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  check_pipe(first, 5, "six\neight\n");
  check_pipe(second, 6, "seven\n");
  check_pipe(third, 7, "five\n");
}

static void moves_chain(void) {
  int first = pipe_at(5), second = pipe_at(6);
  plan_shell(&plan, "echo six >&6; echo seven >&7");
  plan_move(&plan, 5, 6);
  plan_move(&plan, 6, 7);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  check_pipe(first, 5, "six\n");
  check_pipe(second, 6, "seven\n");
}

static void moves_close_and_keep(void) {
  int kept = pipe_at(5);
  pipe_at(6);
  CHECK_EQUAL(7, dup2(6, 7));
  plan_shell(&plan, "echo kept >&5; for n in 6 7; do (: >&$n) 2>/dev/null && exit 1; done; exit 0");
  plan_move(&plan, 5, 5);
  plan_move(&plan, -1, 7);
  plan_move(&plan, -1, 9);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  check_pipe(kept, 5, "kept\n");
}

static void moves_last_counts(void) {
  int first = pipe_at(5), second = pipe_at(6);
  plan_shell(&plan, "echo eight >&8");
  plan_move(&plan, 5, 8);
  plan_move(&plan, 6, 8);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  check_pipe(first, 5, "");
  check_pipe(second, 6, "eight\n");
}

static void moves_fail(void) {
  int before = open_descriptors();
  plan_shell(&plan, ":");
  plan_move(&plan, 99, 1);
  CHECK_EQUAL(-EBADF, spawn_plan(&plan));

  /* A swap needs a third number. */
  struct rlimit limit = {8, 8};
  for (int number = 3; number < 8; number++)
    dup2(0, number);
  CHECK_EQUAL(0, setrlimit(RLIMIT_NOFILE, &limit));
  plan_shell(&plan, ":");
  plan_move(&plan, 5, 6);
  plan_move(&plan, 6, 5);
  CHECK_EQUAL(-EMFILE, spawn_plan(&plan));
  for (int number = 3; number < 8; number++)
    close(number);
  CHECK_EQUAL(before, open_descriptors());
  CHECK_EQUAL(-ECHILD, hexsh_waitpid(-1, 0, &(int){0}));
}

static void execve_fails(void) {
  char path[] = "/tmp/hexsh-test-XXXXXX";
  int file = mkstemp(path);
  CHECK(file >= 0 && write(file, "text\n", 5) == 5 && close(file) == 0);
  plan_start(&plan, "/nonexistent/program", "x", NULL);
  CHECK_EQUAL(-ENOENT, spawn_plan(&plan));
  plan_start(&plan, "/", "x", NULL);
  CHECK_EQUAL(-EACCES, spawn_plan(&plan));
  plan_start(&plan, path, "x", NULL);
  CHECK_EQUAL(-EACCES, spawn_plan(&plan));
  CHECK_EQUAL(0, chmod(path, 0755));
  CHECK_EQUAL(-ENOEXEC, spawn_plan(&plan));
  unlink(path);
  plan_shell(&plan, ":");
  plan_directory(&plan, "/nonexistent");
  CHECK_EQUAL(-ENOENT, spawn_plan(&plan));
  /* No zombie is left. */
  CHECK_EQUAL(-ECHILD, hexsh_waitpid(-1, 0, &(int){0}));
}

static void directory_and_limits(void) {
  plan_shell(&plan, "test \"$(pwd)\" = / && test \"$(ulimit -n)\" = 50 && test \"$(ulimit -c)\" = 0");
  plan_directory(&plan, "/");
  plan_limit(&plan, RLIMIT_NOFILE, 50, 60);
  plan_limit(&plan, RLIMIT_CORE, 0, 0);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
}

/* What the child sees in a line of /proc/self/status. */
static uint64_t child_signals(const char *field) {
  char script[128], text[64] = "";
  int reading = pipe_at(5);
  snprintf(script, sizeof script, "exec grep ^%s: /proc/self/status >&5", field);
  plan_start(&plan, "/bin/sh", "sh", "-c", script, NULL);
  plan.fields[PLAN_IGNORED_LOW] = (int)(1u << (SIGHUP - 1));
  plan.fields[PLAN_IGNORED_HIGH] = (int)(1u << (40 - 33));
  plan_move(&plan, 5, 5);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  close(5);
  CHECK(read(reading, text, sizeof text - 1) > 0);
  close(reading);
  return strtoull(strchr(text, '\t') + 1, NULL, 16);
}

static void signals_in_child(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGINT, 2));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGQUIT, 1));
  CHECK_EQUAL(0, hexsh_block_signals(1));
  /* But for the two of the C library, which some parents ignore. */
  uint64_t ignored = child_signals("SigIgn") & ~(UINT64_C(3) << 31);
  CHECK_EQUAL(UINT64_C(1) << (SIGHUP - 1) | UINT64_C(1) << (40 - 1), ignored);
  CHECK_EQUAL(0, child_signals("SigBlk"));
  CHECK_EQUAL(0, hexsh_block_signals(0));
  /* In the shell all is as it was. */
  struct sigaction action;
  CHECK(sigaction(SIGQUIT, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
  CHECK(sigaction(SIGINT, NULL, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
}

static void process_groups(void) {
  plan_shell(&plan, "set -- $(cat /proc/$$/stat); test $$ = $5");
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));

  plan_start(&plan, "/bin/sleep", "sleep", "20", NULL);
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  double leader = spawn_plan(&plan);
  CHECK_EQUAL(leader, hexsh_getpgid((int)leader));
  plan.fields[PLAN_PROCESS_GROUP] = (int)leader;
  double member = spawn_plan(&plan);
  CHECK_EQUAL(leader, hexsh_getpgid((int)member));
  CHECK_EQUAL(0, hexsh_kill((int)-leader, SIGKILL));
  CHECK_EQUAL(128 + SIGKILL, status_of(leader));
  CHECK_EQUAL(128 + SIGKILL, status_of(member));

  plan.fields[PLAN_PROCESS_GROUP] = 999999999;
  CHECK_EQUAL(-EPERM, spawn_plan(&plan));
}

static void many_arguments(void) {
  enum { COUNT = 20000 };
  char *block = calloc(1, 64 + 16 + COUNT * 12);
  int *fields = (int *)block;
  fields[PLAN_ARGUMENTS] = COUNT;
  fields[PLAN_PROCESS_GROUP] = fields[PLAN_FOREGROUND] = -1;
  char *end = stpcpy(block + 64, "/bin/true") + 1;
  for (int index = 0; index < COUNT; index++)
    end += sprintf(end, "number%d", index % 10000) + 1;
  CHECK_EQUAL(0, status_of(hexsh_spawn(block, "")));
  free(block);
}

static void nothing_leaks(void) {
  int before = open_descriptors();
  for (int round = 0; round < 200; round++) {
    plan_start(&plan, round % 2 ? "/bin/true" : "/nonexistent", "x", NULL);
    double child = spawn_plan(&plan);
    if (round % 2)
      CHECK_EQUAL(0, status_of(child));
    else
      CHECK_EQUAL(-ENOENT, child);
  }
  CHECK_EQUAL(before, open_descriptors());
}

int main(void) {
  /* As the runtime does. */
  signal(SIGPIPE, SIG_IGN);
  run("spawn: passes arguments and environment", arguments_and_environment);
  run("spawn: moves swap descriptors", moves_swap);
  run("spawn: moves rotate descriptors and copy one of them", moves_rotate);
  run("spawn: moves in a chain read what was there before", moves_chain);
  run("spawn: moves close, and take close-on-exec away", moves_close_and_keep);
  run("spawn: of two moves to one number the last counts", moves_last_counts);
  run("spawn: moves that fail leave nothing behind", moves_fail);
  run("spawn: errors of execve and chdir come back, without a zombie", execve_fails);
  run("spawn: sets directory and limits", directory_and_limits);
  run("spawn: gives the child its signals and leaves the shell's", signals_in_child);
  run("spawn: makes and joins process groups", process_groups);
  run("spawn: takes many arguments", many_arguments);
  run("spawn: leaks no descriptor", nothing_leaks);
  return failures != 0;
}
