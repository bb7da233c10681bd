/* hexsh_run: a program's end, what else may come while it is waited for, and what is left behind. */
#include "harness.h"
#include "plan_builder.h"

static struct test_plan plan;
static int signals[64];

/* The wait status in what hexsh_run has returned. */
static int status_in(double result) {
  CHECK(result > 65536);
  return (int)((long long)result & 65535);
}

static int process_in(double result) {
  return (int)((long long)result >> 16);
}

static void no_child_is_left(void) {
  CHECK_EQUAL(-ECHILD, hexsh_waitpid(-1, 0, &(int){0}));
}

static void program_ends(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGCHLD, 2));
  plan_start(&plan, "/bin/sh", "sh", "-c", "test \"$1 $2\" = ' c d' && test $PATH = /usr/bin:/bin && exit 7", "a", "", "c d", NULL);
  double result = run_plan(&plan);
  CHECK_EQUAL(7 << 8, status_in(result));
  plan_shell(&plan, "kill -KILL $$");
  result = run_plan(&plan);
  CHECK_EQUAL(SIGKILL, status_in(result));
  CHECK(process_in(result) > 1);
  no_child_is_left();
  /* Its SIGCHLD tells nothing more. */
  CHECK_EQUAL(0, hexsh_take_signals(signals));
}

static void program_fails_to_start(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  plan_start(&plan, "/nonexistent/program", "x", NULL);
  CHECK_EQUAL(-ENOENT, run_plan(&plan));
  plan_close(&plan, ends[0]);
  CHECK_EQUAL(-ENOENT, run_plan(&plan));
  plan_start(&plan, "/", "x", NULL);
  CHECK_EQUAL(-EACCES, run_plan(&plan));
  plan_shell(&plan, ":");
  plan_move(&plan, 99, 1);
  CHECK_EQUAL(-EBADF, run_plan(&plan));
  /* What was to be closed is there for another attempt. */
  CHECK(fcntl(ends[0], F_GETFD) >= 0);
  no_child_is_left();
}

/* The program closes its end of a pipe, and reads the pipe to its end: that comes only if nobody else can write. */
static void descriptors_are_handed_over(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  plan_shell(&plan, "echo text >&5; exec 5>&-; test \"$(cat <&6)\" = text");
  plan_move(&plan, ends[1], 5);
  plan_move(&plan, ends[0], 6);
  plan_close(&plan, ends[0]);
  plan_close(&plan, ends[1]);
  CHECK_EQUAL(0, status_in(run_plan(&plan)));
  CHECK(fcntl(ends[0], F_GETFD) < 0 && fcntl(ends[1], F_GETFD) < 0);
}

/* The program has got everything of its plan, though the shell is gone from the call, and can use its memory otherwise. */
static void check_left_running(double result, int writing) {
  CHECK_EQUAL(HEXSH_STILL_RUNNING, status_in(result));
  memset(&plan, 'x', sizeof plan);
  CHECK_EQUAL(1, hexsh_take_signals(signals));
  CHECK_EQUAL(SIGUSR1, signals[0]);
  close(writing);
  CHECK_EQUAL(9, status_of(process_in(result)));
  no_child_is_left();
}

static void signal_comes_first(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  plan_shell(&plan, "kill -USR1 $PPID; read line <&5; exit 9");
  plan_move(&plan, ends[0], 5);
  check_left_running(run_plan(&plan), ends[1]);
}

static void signal_was_pending(void) {
  int ends[2];
  CHECK_EQUAL(0, pipe2(ends, O_CLOEXEC));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGUSR1, 2));
  raise(SIGUSR1);
  plan_shell(&plan, "read line <&5; exit 9");
  plan_move(&plan, ends[0], 5);
  check_left_running(run_plan(&plan), ends[1]);
}

static void uncaught_signal_ends_shell(void) {
  pid_t shell = fork();
  if (shell == 0) {
    plan_shell(&plan, "kill -TERM $PPID; exit 1");
    run_plan(&plan);
    _exit(0);
  }
  CHECK_EQUAL(128 + SIGTERM, status_of(shell));
}

static void program_stops(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGCHLD, 2));
  plan_shell(&plan, "(until grep -q '^State:.T' /proc/$$/status; do :; done; kill -CONT $$) & kill -STOP $$; wait; exit 5");
  CHECK_EQUAL(5 << 8, status_in(run_plan(&plan)));
  no_child_is_left();
}

/* The ends of other children are left to be waited for, and are told of. */
static void others_end(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGCHLD, 2));
  double other = -1;
  for (int index = 0; index < 16; index++) {
    plan_start(&plan, "/bin/true", "true", NULL);
    other = spawn_plan(&plan);
  }
  /* The last one that was started has ended, or is going to before the program does. */
  char script[80];
  snprintf(script, sizeof script, "until grep -q '^State:.Z' /proc/%d/status; do :; done", (int)other);
  plan_shell(&plan, script);
  CHECK_EQUAL(0, status_in(run_plan(&plan)));
  CHECK_EQUAL(1, hexsh_take_signals(signals));
  CHECK_EQUAL(SIGCHLD, signals[0]);
  for (int index = 0; index < 16; index++)
    CHECK(hexsh_waitpid(-1, 0, &(int){0}) > 0);
  no_child_is_left();
}

static void signals_of_program(void) {
  CHECK_EQUAL(0, hexsh_set_disposition(SIGINT, 2));
  CHECK_EQUAL(0, hexsh_set_disposition(SIGQUIT, 1));
  plan_shell(&plan, "while read name value; do case $name in SigBlk:) test $value = 0000000000000000 || exit 1;; "
                    "SigIgn:) test $((0x$value & 7)) = 1 || exit 2;; esac; done </proc/$$/status");
  plan.fields[PLAN_IGNORED_LOW] = 1 << (SIGHUP - 1);
  CHECK_EQUAL(0, status_in(run_plan(&plan)));
  sigset_t mask;
  CHECK_EQUAL(0, sigprocmask(SIG_BLOCK, NULL, &mask));
  for (int number = 1; number <= 64; number++)
    CHECK(sigismember(&mask, number) <= 0);
}

static void nothing_leaks(void) {
  int before = open_descriptors();
  for (int round = 0; round < 200; round++) {
    plan_start(&plan, round % 2 ? "/bin/true" : "/nonexistent", "x", NULL);
    double result = run_plan(&plan);
    if (round % 2)
      CHECK_EQUAL(0, status_in(result));
    else
      CHECK_EQUAL(-ENOENT, result);
  }
  CHECK_EQUAL(before, open_descriptors());
  no_child_is_left();
}

int main(void) {
  run("run: gives the wait status, and takes SIGCHLD", program_ends);
  run("run: errors come back, without a zombie, and nothing is closed", program_fails_to_start);
  run("run: the program alone has what is handed over", descriptors_are_handed_over);
  run("run: a caught signal ends the wait", signal_comes_first);
  run("run: a signal that is pending ends the wait", signal_was_pending);
  run("run: a signal that is not caught does what it always does", uncaught_signal_ends_shell);
  run("run: a program that stops is waited for", program_stops);
  run("run: other children are not waited for", others_end);
  run("run: the program has its signals, and the shell has its own", signals_of_program);
  run("run: leaks neither descriptors nor processes", nothing_leaks);
  return failures != 0;
}
