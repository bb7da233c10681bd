/* The library's own utilities, started by plans as the shell does it. */
#include <sys/stat.h>

#include "../utility.h"
#include "harness.h"
#include "plan_builder.h"

static struct test_plan plan;
static char directory[] = "/tmp/hexsh-test-XXXXXX";

static void enter_directory(void) {
  CHECK(mkdtemp(directory) != NULL);
  CHECK_EQUAL(0, chdir(directory));
}

static void leave_directory(void) {
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", directory);
  CHECK_EQUAL(0, system(command));
}

static void write_file(const char *name, const char *text) {
  int file = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);
  CHECK_EQUAL(strlen(text), write(file, text, strlen(text)));
  close(file);
}

static void check_file(const char *name, const char *expected) {
  static char text[1 << 16];
  int file = open(name, O_RDONLY);
  CHECK(file >= 0);
  ssize_t size = read(file, text, sizeof text - 1);
  CHECK(size >= 0);
  text[size] = '\0';
  if (strcmp(text, expected) != 0)
    dprintf(2, "%s holds \"%s\", not \"%s\"\n", name, text, expected);
  CHECK(strcmp(text, expected) == 0);
  close(file);
}

/* Opens a file for one of the descriptors of the utility to come. */
static void redirect(int number, const char *name, int flags) {
  plan_move(&plan, open(name, flags | O_CLOEXEC, 0600), number);
}

/* Starts the planned utility with output and errors in files. Returns its status. */
static int run_utility(void) {
  plan.fields[PLAN_UTILITY] = UTILITY;
  plan.fields[PLAN_OWN] = -1;
  redirect(1, "out", O_WRONLY | O_CREAT | O_TRUNC);
  redirect(2, "err", O_WRONLY | O_CREAT | O_TRUNC);
  return status_of(spawn_plan(&plan));
}

static void cat_files(void) {
  enter_directory();
  write_file("a", "one\n");
  write_file("b", "two\n");
  plan_start(&plan, "cat", "cat", "a", "missing", "-", ".", "b", NULL);
  redirect(0, "b", O_RDONLY);
  CHECK_EQUAL(1, run_utility());
  check_file("out", "one\ntwo\ntwo\n");
  check_file("err", "cat: missing: No such file or directory\ncat: .: Is a directory\n");
  plan_start(&plan, "cat", "cat", NULL);
  redirect(0, "a", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  check_file("out", "one\n");
  check_file("err", "");
  leave_directory();
}

static void cat_failures(void) {
  enter_directory();
  write_file("a", "one\n");
  plan_start(&plan, "cat", "cat", "a", "a", NULL);
  plan.fields[PLAN_UTILITY] = UTILITY;
  redirect(1, "/dev/full", O_WRONLY);
  redirect(2, "err", O_WRONLY | O_CREAT);
  CHECK_EQUAL(1, status_of(spawn_plan(&plan)));
  check_file("err", "cat: write error: No space left on device\n");

  plan_start(&plan, "cat", "cat", "a", NULL);
  plan.fields[PLAN_UTILITY] = UTILITY;
  plan_move(&plan, -1, 1);
  redirect(2, "err", O_WRONLY | O_TRUNC);
  CHECK_EQUAL(1, status_of(spawn_plan(&plan)));
  check_file("err", "cat: standard output: Bad file descriptor\n");

  plan_start(&plan, "cat", "cat", "a", NULL);
  plan.fields[PLAN_UTILITY] = UTILITY;
  redirect(1, "a", O_WRONLY | O_APPEND);
  redirect(2, "err", O_WRONLY | O_TRUNC);
  CHECK_EQUAL(1, status_of(spawn_plan(&plan)));
  check_file("err", "cat: a: input file is output file\n");
  check_file("a", "one\n");
  leave_directory();
}

/* A process of its own, with the signals, the group and the name of a program. */
static void as_a_program(void) {
  int input[2], output[2];
  char name[32] = "", path[64];
  CHECK_EQUAL(0, hexsh_set_disposition(SIGPIPE, 1));
  CHECK_EQUAL(0, pipe2(input, O_CLOEXEC));
  CHECK_EQUAL(0, pipe2(output, O_CLOEXEC));
  plan_start(&plan, "cat", "cat", NULL);
  plan.fields[PLAN_UTILITY] = UTILITY;
  plan.fields[PLAN_PROCESS_GROUP] = 0;
  plan_move(&plan, input[0], 0);
  plan_move(&plan, output[1], 1);
  double child = spawn_plan(&plan);
  CHECK(child > 0);
  CHECK_EQUAL(child, getpgid((int)child));
  close(output[1]);
  CHECK_EQUAL(3, write(input[1], "abc", 3));
  CHECK_EQUAL(3, read(output[0], name, sizeof name));
  snprintf(path, sizeof path, "/proc/%d/comm", (int)child);
  check_file(path, "cat\n");
  kill((int)child, SIGSTOP);
  int status;
  CHECK_EQUAL(child, hexsh_waitpid((int)child, WUNTRACED, &status));
  CHECK(WIFSTOPPED(status));
  kill((int)child, SIGCONT);
  /* Nobody holds the reading end of the first pipe but the child, nor the writing end but this process. */
  close(input[0]);
  close(output[0]);
  CHECK_EQUAL(3, write(input[1], "abc", 3));
  CHECK_EQUAL(128 + SIGPIPE, status_of(child));
  CHECK_EQUAL(-1, write(input[1], "abc", 3));
}

static void tee_files(void) {
  enter_directory();
  write_file("in", "data\n");
  write_file("a", "old\n");
  write_file("b", "old\n");
  plan_start(&plan, "tee", "tee", "a", "none/x", "c", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(1, run_utility());
  check_file("out", "data\n");
  check_file("a", "data\n");
  check_file("c", "data\n");
  check_file("err", "tee: none/x: No such file or directory\n");
  plan_start(&plan, "tee", "tee", "-ia", "--", "b", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  check_file("b", "old\ndata\n");
  plan_start(&plan, "tee", "tee", "/dev/full", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(1, run_utility());
  check_file("out", "data\n");
  check_file("err", "tee: /dev/full: No space left on device\n");
  plan_start(&plan, "tee", "tee", "a", NULL);
  redirect(0, ".", O_RDONLY);
  CHECK_EQUAL(1, run_utility());
  check_file("err", "tee: read error: Is a directory\n");
  leave_directory();
}

static void tee_interrupt(void) {
  for (int ignore = 0; ignore < 2; ignore++) {
    int input[2];
    CHECK_EQUAL(0, pipe2(input, O_CLOEXEC));
    plan_start(&plan, "tee", "tee", ignore ? "-i" : "/dev/null", NULL);
    plan.fields[PLAN_UTILITY] = UTILITY;
    plan_move(&plan, input[0], 0);
    int output[2];
    CHECK_EQUAL(0, pipe2(output, O_CLOEXEC));
    plan_move(&plan, output[1], 1);
    double child = spawn_plan(&plan);
    /* Once it has passed something on, it has seen its options. */
    char byte;
    CHECK_EQUAL(1, write(input[1], "x", 1));
    CHECK_EQUAL(1, read(output[0], &byte, 1));
    kill((int)child, SIGINT);
    close(input[1]);
    CHECK_EQUAL(ignore ? 0 : 128 + SIGINT, status_of(child));
    close(input[0]);
    close(output[0]);
    close(output[1]);
  }
}

static void relay_descriptors(void) {
  enter_directory();
  write_file("a", "one\n");
  write_file("b", "two\n");
  plan_start(&plan, "relay", "relay", "2", "3", "x", "/dev/full", "y", NULL);
  redirect(3, "a", O_RDONLY);
  redirect(4, "b", O_RDONLY);
  redirect(5, "x", O_WRONLY | O_CREAT);
  redirect(6, "/dev/full", O_WRONLY);
  redirect(7, "y", O_WRONLY | O_CREAT);
  CHECK_EQUAL(1, run_utility());
  check_file("x", "one\ntwo\n");
  check_file("y", "one\ntwo\n");
  check_file("out", "");
  check_file("err", "hexsh: /dev/full: No space left on device\n");
  leave_directory();
}

static void meter_json(void) {
  enter_directory();
  write_file("in", "0123456789");
  plan_start(&plan, "meter", "meter", "", "-1", "json", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  check_file("out", "0123456789");
  char text[512] = "";
  int file = open("err", O_RDONLY);
  CHECK(read(file, text, sizeof text - 1) > 0);
  dprintf(2, "%s", text);
  CHECK(strncmp(text, "{\"bytes\":10,\"seconds\":", 22) == 0);
  CHECK(strstr(text, ",\"size\":10,\"percent\":100.0,\"left\":0.0,\"done\":true}\n") != NULL);
  plan_start(&plan, "meter", "meter", "a \"name\"\n", "-1", "json", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  CHECK_EQUAL(0, close(file));
  file = open("err", O_RDONLY);
  CHECK(read(file, text, sizeof text - 1) > 0);
  CHECK(strncmp(text, "{\"name\":\"a \\u0022name\\u0022\\u000a\",\"bytes\":10,", 42) == 0);
  plan_start(&plan, "meter", "meter", "name", "20", "bar", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  CHECK_EQUAL(0, close(file));
  file = open("err", O_RDONLY);
  memset(text, 0, sizeof text);
  CHECK(read(file, text, sizeof text - 1) > 0);
  dprintf(2, "%s", text);
  CHECK_EQUAL(81, strlen(text));
  CHECK(strncmp(text, "\rname:      10 B 0:00:00 ", 25) == 0);
  CHECK(strstr(text, " [===========>  ") != NULL);
  CHECK(strstr(text, " ]  50% left 0:00:00\n") != NULL);
  plan_start(&plan, "meter", "meter", "name", "-1", "auto", NULL);
  redirect(0, "in", O_RDONLY);
  CHECK_EQUAL(0, run_utility());
  check_file("err", "");
  leave_directory();
}

static void unknown_utility(void) {
  plan_start(&plan, "none", "none", NULL);
  plan.fields[PLAN_UTILITY] = UTILITY;
  plan_move(&plan, open("/dev/null", O_WRONLY), 2);
  CHECK_EQUAL(126, status_of(spawn_plan(&plan)));
}

int main(void) {
  run("cat: files, standard input, and what is missing", cat_files);
  run("cat: failures of the output, a file onto itself", cat_failures);
  run("cat: a process like that of a program", as_a_program);
  run("tee: files, -a, and failures", tee_files);
  run("tee: -i", tee_interrupt);
  run("relay: several inputs to several outputs", relay_descriptors);
  run("meter: JSON, bar, and nothing", meter_json);
  run("utility: an unknown one", unknown_utility);
  return failures != 0;
}
