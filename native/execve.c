/*
 * execve(2) of the shell itself, as `exec` does. It may fail, and then the shell goes on with everything as it was: a
 * saved duplicate of each descriptor, the directory, the limits, the dispositions and the mask.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "internal.h"
#include "plan.h"

/* What a descriptor that a move takes was: the number of a duplicate, or -1 if it was closed. */
struct saved_descriptor {
  int descriptor;
  int duplicate;
  int flags;
};

struct saved {
  struct saved_descriptor *descriptors;
  int descriptor_count;
  struct rlimit *limits;
  int limit_count;
  int directory;
  struct kernel_action actions[SIGNAL_LAST + 1];
  uint64_t changed_actions;
};

/* What these signals do by default is nothing, so that a handler may stay until execve takes it away. */
#define HARMLESS_SIGNALS (SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGURG) | SIGNAL_BIT(SIGWINCH) | SIGNAL_BIT(SIGCONT))

/*
 * A caught signal that comes just before execve ends the program, as it would just after, and is not lost in a shell
 * that is gone. With SIGCHLD and its kin there is nothing to lose.
 */
static void change_dispositions(struct saved *saved, uint64_t ignored) {
  static const struct kernel_action by_default = {.handler = SIG_DFL};
  static const struct kernel_action ignore = {.handler = SIG_IGN};
  for (int number = 1; number <= SIGNAL_LAST; number++) {
    int wanted = ignored & SIGNAL_BIT(number) ? IGNORE : DEFAULT;
    int now = signal_disposition[number];
    if (now == wanted || (now == CATCH && wanted == DEFAULT && HARMLESS_SIGNALS & SIGNAL_BIT(number)))
      continue;
    if (signal_action(number, wanted == IGNORE ? &ignore : &by_default, &saved->actions[number]) == 0)
      saved->changed_actions |= SIGNAL_BIT(number);
  }
}

static int save_descriptors(struct saved *saved, const struct plan *plan) {
  for (int index = 0; index < plan->move_count; index++) {
    int descriptor = plan->moves[index].to;
    struct saved_descriptor *entry = &saved->descriptors[saved->descriptor_count];
    *entry = (struct saved_descriptor){.descriptor = descriptor, .duplicate = -1, .flags = fcntl(descriptor, F_GETFD)};
    if (entry->flags >= 0) {
      entry->duplicate = moves_set_aside(descriptor, plan->moves, plan->move_count);
      if (entry->duplicate < 0)
        return entry->duplicate;
    }
    saved->descriptor_count++;
  }
  return 0;
}

static int save_directory(struct saved *saved, const struct plan *plan) {
  int directory = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    return -errno;
  saved->directory = moves_set_aside(directory, plan->moves, plan->move_count);
  close(directory);
  return saved->directory < 0 ? saved->directory : 0;
}

static void restore(struct saved *saved, const struct plan *plan) {
  signal_mask(~UINT64_C(0));
  for (int index = 0; index < saved->limit_count; index++)
    setrlimit(plan->limits[index].resource, &saved->limits[index]);
  for (int index = 0; index < plan->aside_count; index++)
    close(plan->aside[index]);
  for (int index = 0; index < saved->descriptor_count; index++) {
    struct saved_descriptor entry = saved->descriptors[index];
    if (entry.duplicate < 0) {
      close(entry.descriptor);
      continue;
    }
    dup3(entry.duplicate, entry.descriptor, entry.flags & FD_CLOEXEC ? O_CLOEXEC : 0);
    close(entry.duplicate);
  }
  if (saved->directory >= 0) {
    int entered = fchdir(saved->directory);
    (void)entered;
    close(saved->directory);
  }
  for (int number = 1; number <= SIGNAL_LAST; number++)
    if (saved->changed_actions & SIGNAL_BIT(number))
      signal_action(number, &saved->actions[number], NULL);
}

/* Every step of the plan, execve included. Returns -errno of the one that failed. */
static int carry_out(struct saved *saved, struct plan *plan) {
  /* First what is most likely to fail, while nothing has changed: a hard limit can't be raised again by most users. */
  if (faccessat(AT_FDCWD, plan->directory == NULL ? plan->path : plan->directory, X_OK, AT_EACCESS) < 0)
    return -errno;
  int error = save_descriptors(saved, plan);
  if (error < 0)
    return error;
  change_dispositions(saved, plan->ignored_signals);
  if (plan->directory != NULL) {
    error = save_directory(saved, plan);
    if (error < 0)
      return error;
    if (chdir(plan->directory) < 0)
      return -errno;
  }
  error = moves_apply(plan);
  if (error < 0)
    return error;
  for (int index = 0; index < plan->limit_count; index++) {
    if (getrlimit(plan->limits[index].resource, &saved->limits[index]) < 0 ||
        setrlimit(plan->limits[index].resource, &plan->limits[index].value) < 0)
      return -errno;
    saved->limit_count++;
  }
  signal_mask(signal_start_mask);
  execve(plan->path, plan->arguments, plan->environment);
  return -errno;
}

double hexsh_execve(const void *block, const char *environment) {
  struct plan plan;
  int error = plan_read(&plan, block, environment);
  if (error < 0)
    return error;
  size_t moves = (size_t)plan.move_count + 1;
  struct saved saved = {
      .descriptors = calloc(moves, sizeof *saved.descriptors),
      .limits = calloc((size_t)plan.limit_count + 1, sizeof *saved.limits),
      .directory = -1,
  };
  if (saved.descriptors == NULL || saved.limits == NULL) {
    error = -ENOMEM;
  } else {
    uint64_t mask = signal_mask(~UINT64_C(0));
    error = carry_out(&saved, &plan);
    restore(&saved, &plan);
    signal_mask(mask);
  }
  free(saved.descriptors);
  free(saved.limits);
  return error;
}
