/* The utilities that pass data on unchanged: cat, tee, and the relay behind `set -o multios`. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"
#include "utility.h"

/* Copies one file to standard output. Returns 0, 1 after an error that has been reported, 2 if nothing more can be written. */
static int copy_file(const char *name, int flags) {
  int from = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
  if (from < 0) {
    utility_report("cat", name, errno);
    return 1;
  }
  int failed = 0;
  if (relay_is_endless(from, STDOUT_FILENO)) {
    static const char reason[] = ": input file is output file\n";
    relay_write_all(STDERR_FILENO, "cat: ", 5);
    relay_write_all(STDERR_FILENO, name, strlen(name));
    relay_write_all(STDERR_FILENO, reason, sizeof reason - 1);
    failed = 1;
  } else {
    struct relay relay;
    if (from == STDIN_FILENO && utility_shares(STDIN_FILENO))
      flags |= RELAY_SHARED_INPUT;
    if (utility_shares(STDOUT_FILENO))
      flags |= RELAY_SHARED_OUTPUT;
    relay_begin(&relay, from, STDOUT_FILENO, flags);
    int error = relay_run(&relay);
    relay_end(&relay);
    if (error < 0) {
      utility_report("cat", relay.output_failed ? "write error" : name, -error);
      failed = relay.output_failed ? 2 : 1;
    }
  }
  if (from != STDIN_FILENO)
    close(from);
  return failed;
}

int cat_main(char **arguments, int flags) {
  static char *standard_input[] = {"-", NULL};
  char **operands = arguments[1] == NULL ? standard_input : arguments + 1;
  if (fcntl(STDOUT_FILENO, F_GETFD) < 0) {
    utility_report("cat", "standard output", errno);
    return 1;
  }
  int status = 0;
  for (; *operands != NULL; operands++) {
    int failed = copy_file(*operands, flags);
    if (failed != 0)
      status = 1;
    if (failed == 2)
      break;
  }
  return status;
}

static int tee_status;

static void report_target(const struct fan_target *target) {
  utility_report("tee", target->name, target->error);
  tee_status = 1;
}

int tee_main(char **arguments, int flags) {
  int mode = O_TRUNC;
  char **operands = arguments + 1;
  for (; *operands != NULL && (*operands)[0] == '-' && (*operands)[1] != '\0'; operands++) {
    if (strcmp(*operands, "--") == 0) {
      operands++;
      break;
    }
    if (strchr(*operands, 'a') != NULL)
      mode = O_APPEND;
    if (strchr(*operands, 'i') != NULL)
      signal(SIGINT, SIG_IGN);
  }
  int count = 1;
  while (operands[count - 1] != NULL)
    count++;
  struct fan_target *targets = calloc((size_t)count, sizeof *targets);
  if (targets == NULL) {
    utility_report("tee", NULL, errno);
    return 1;
  }
  targets[0] = (struct fan_target){STDOUT_FILENO, "standard output", .shared = utility_shares(STDOUT_FILENO)};
  int opened = 1;
  for (; *operands != NULL; operands++) {
    int file = open(*operands, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0666);
    if (file >= 0) {
      targets[opened++] = (struct fan_target){.descriptor = file, .name = *operands};
    } else {
      utility_report("tee", *operands, errno);
      tee_status = 1;
    }
  }
  if (utility_shares(STDIN_FILENO))
    flags |= RELAY_SHARED_INPUT;
  int error = fan_run(STDIN_FILENO, targets, opened, flags, report_target);
  if (error < 0) {
    utility_report("tee", "read error", -error);
    tee_status = 1;
  }
  free(targets);
  return tee_status;
}

static int relay_status;

/* Whoever reads from a descriptor of several gets its end early; the command that writes is told by its own pipe. */
static void note_target(const struct fan_target *target) {
  utility_report("hexsh", target->name, target->error);
  relay_status = 1;
}

int relay_main(char **arguments, int flags) {
  int inputs = atoi(arguments[1]), outputs = atoi(arguments[2]);
  struct fan_target targets[outputs];
  for (int index = 0; index < outputs; index++) {
    int descriptor = RELAY_FIRST + inputs + index;
    targets[index] = (struct fan_target){descriptor, arguments[3 + index], .shared = utility_shares(descriptor)};
  }
  for (int index = 0; index < inputs; index++) {
    int shared = utility_shares(RELAY_FIRST + index) ? RELAY_SHARED_INPUT : 0;
    int error = fan_run(RELAY_FIRST + index, targets, outputs, flags | shared, note_target);
    if (error < 0) {
      utility_report("hexsh", "read error", -error);
      relay_status = 1;
    }
    close(RELAY_FIRST + index);
  }
  return relay_status;
}
