/* Terminals: handing over, modes, size; on a pseudo-terminal that a session of the test's own controls. */
#include <sys/ioctl.h>
#include <termios.h>

#include "harness.h"
#include "plan_builder.h"

static struct test_plan plan;
static int master;

/* Makes a new pseudo-terminal the controlling one of a new session, as descriptor 0. */
static void take_terminal(void) {
  char path[64];
  CHECK(hexsh_setsid() > 0);
  master = (int)hexsh_open_pseudo_terminal(path, sizeof path);
  CHECK(master >= 0 && fcntl(master, F_GETFD) == FD_CLOEXEC);
  int slave = open(path, O_RDWR);
  CHECK(slave >= 0);
  CHECK_EQUAL(0, dup2(slave, 0));
  CHECK_EQUAL(0, ioctl(0, TIOCSCTTY, 0));
  char name[64];
  CHECK_EQUAL(strlen(path), hexsh_ttyname(0, name, sizeof name));
  CHECK(strcmp(name, path) == 0);
}

static void handover(void) {
  take_terminal();
  CHECK_EQUAL(getpid(), hexsh_tcgetpgrp(0));
  /* The child can tell, and reads without being stopped. */
  plan_shell(&plan, "set -- $(cat /proc/$$/stat); test $$ = $8 && read line && test \"$line\" = typed");
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  plan.fields[PLAN_FOREGROUND] = 0;
  CHECK_EQUAL(6, write(master, "typed\n", 6));
  double child = spawn_plan(&plan);
  CHECK_EQUAL(0, status_of(child));
  /* Now in the background, the shell takes it back without being stopped by SIGTTOU. */
  CHECK_EQUAL(child, hexsh_tcgetpgrp(0));
  CHECK_EQUAL(0, hexsh_tcsetpgrp(0, getpid()));
  CHECK_EQUAL(getpid(), hexsh_tcgetpgrp(0));
}

/* Also from a number that a move takes. */
static void handover_before_moves(void) {
  take_terminal();
  CHECK_EQUAL(5, dup3(0, 5, O_CLOEXEC));
  plan_shell(&plan, "set -- $(cat /proc/$$/stat); test $$ = $8");
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  plan.fields[PLAN_FOREGROUND] = 5;
  plan_move(&plan, 1, 5);
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
}

static void without_terminal(void) {
  plan_shell(&plan, "exit 3");
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  plan.fields[PLAN_FOREGROUND] = open("/dev/null", O_RDONLY | O_CLOEXEC);
  CHECK_EQUAL(3, status_of(spawn_plan(&plan)));
  CHECK_EQUAL(-ENOTTY, hexsh_tcgetpgrp(plan.fields[PLAN_FOREGROUND]));
  CHECK_EQUAL(0, hexsh_isatty(plan.fields[PLAN_FOREGROUND]));
}

static void new_session(void) {
  char path[64];
  master = (int)hexsh_open_pseudo_terminal(path, sizeof path);
  int slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  CHECK(slave >= 0);
  plan_shell(&plan, "set -- $(cat /proc/$$/stat); test $$ = $6 && test $$ = $8 && : </dev/tty");
  plan_move(&plan, slave, 0);
  plan.fields[PLAN_NEW_SESSION] = 1;
  CHECK_EQUAL(0, status_of(spawn_plan(&plan)));
  /* Descriptor 0 is no terminal. */
  plan_shell(&plan, ":");
  plan_move(&plan, open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
  plan.fields[PLAN_NEW_SESSION] = 1;
  CHECK_EQUAL(-ENOTTY, spawn_plan(&plan));
}

static void modes_and_size(void) {
  take_terminal();
  struct {
    uint32_t input, output, control, local;
    unsigned char characters[32];
  } modes;
  CHECK_EQUAL(0, hexsh_tcgetattr(0, &modes));
  CHECK(modes.local & ICANON && modes.characters[VINTR] == 3);
  struct termios before, after;
  CHECK_EQUAL(0, tcgetattr(0, &before));
  modes.local &= ~(uint32_t)(ICANON | ECHO);
  modes.characters[VMIN] = 7;
  CHECK_EQUAL(0, hexsh_tcsetattr(0, TCSADRAIN, &modes));
  CHECK_EQUAL(0, tcgetattr(0, &after));
  CHECK((after.c_lflag & (ICANON | ECHO)) == 0 && after.c_cc[VMIN] == 7);
  CHECK_EQUAL(cfgetospeed(&before), cfgetospeed(&after));
  int size[2];
  CHECK_EQUAL(0, hexsh_set_window_size(0, 33, 77));
  CHECK_EQUAL(0, hexsh_window_size(0, size));
  CHECK(size[0] == 33 && size[1] == 77);
}

/* What it does to the terminal, a process that `signal` ends takes back; its child, that was ended before, left it alone. */
static void guard(int signal) {
  take_terminal();
  struct termios before, after;
  CHECK_EQUAL(0, tcgetattr(0, &before));
  char text[64] = "";
  int ready[2];
  CHECK_EQUAL(0, pipe(ready));
  pid_t shell = fork();
  if (shell == 0) {
    struct {
      uint32_t input, output, control, local;
      unsigned char characters[32];
    } modes;
    CHECK_EQUAL(0, hexsh_tcgetattr(0, &modes));
    struct termios raw = before;
    cfmakeraw(&raw);
    CHECK_EQUAL(0, tcsetattr(0, TCSANOW, &raw));
    CHECK_EQUAL(0, hexsh_guard_terminal(0, &modes, "restored"));
    double child = hexsh_fork();
    if (child == 0)
      kill(getpid(), SIGUSR1);
    CHECK_EQUAL(128 + SIGUSR1, status_of(child));
    CHECK_EQUAL(0, tcgetattr(0, &after));
    CHECK((after.c_lflag & ICANON) == 0);
    CHECK_EQUAL(1, write(ready[1], "", 1));
    if (signal != SIGSEGV)
      pause();
    *(volatile int *)16 = 1;
  }
  CHECK_EQUAL(1, read(ready[0], text, 1));
  if (signal != SIGSEGV)
    CHECK_EQUAL(0, kill(shell, signal));
  CHECK_EQUAL(128 + signal, status_of(shell));
  CHECK_EQUAL(0, tcgetattr(0, &after));
  CHECK_EQUAL(before.c_lflag, after.c_lflag);
  CHECK_EQUAL(8, read(master, text, sizeof text));
  CHECK(memcmp(text, "restored", 8) == 0);
}

static void guard_against_termination(void) {
  guard(SIGTERM);
}

static void guard_against_abortion(void) {
  guard(SIGABRT);
}

static void guard_against_faults(void) {
  guard(SIGSEGV);
}

static void guard_against_faults_that_were_sent(void) {
  guard(SIGILL);
}

static void guard_ends(void) {
  take_terminal();
  char modes[64];
  CHECK_EQUAL(0, hexsh_tcgetattr(0, modes));
  CHECK_EQUAL(-EBADF, hexsh_guard_terminal(99, modes, ""));
  CHECK_EQUAL(0, hexsh_guard_terminal(0, modes, "text"));
  CHECK_EQUAL(0, hexsh_guard_terminal(-1, NULL, NULL));
  struct sigaction action;
  CHECK_EQUAL(0, sigaction(SIGTERM, NULL, &action));
  CHECK(action.sa_handler == SIG_DFL);
}

int main(void) {
  run("spawn: hands the terminal to the child's group, and tcsetpgrp takes it back", handover);
  run("spawn: hands the terminal over before moves take its number", handover_before_moves);
  run("spawn: goes on where there is no terminal to hand over", without_terminal);
  run("spawn: starts a session with a controlling terminal", new_session);
  run("tcsetattr, set_window_size: change a terminal", modes_and_size);
  run("guard_terminal: restores the terminal before a signal ends the process", guard_against_termination);
  run("guard_terminal: restores the terminal before the process aborts", guard_against_abortion);
  run("guard_terminal: restores the terminal before a fault ends the process", guard_against_faults);
  run("guard_terminal: restores the terminal before what looks like a fault", guard_against_faults_that_were_sent);
  run("guard_terminal: leaves no trace when it ends", guard_ends);
  return failures != 0;
}
