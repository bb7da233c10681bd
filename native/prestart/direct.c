/*
 * A text of -c that is a plain command (plain_command.h) is run at once, without the runtime: make(1), system(3) and popen(3)
 * have such run all the time, and the runtime takes some thirty times as long to start as a program. What the program gets
 * is what the shell would give it. Whenever there is a doubt, or something fails, all is undone and the shell
 * starts as always, which then tells of the failure.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "machine.h"
#include "plain_command.h"
#include "stub.h"

#define LONGEST_PATH 4096

/* Whether the arguments are just those of a command: `-c text`, with `-e`, which makes no difference to a single one. */
static int is_command_alone(const struct block *block) {
  if (block->argument_count < 3)
    return 0;
  const char *name = block->arguments[0];
  if (*name == '-')
    return 0;
  for (const char *at = name; *at != '\0'; at++)
    if (*at == '/')
      name = at + 1;
  if (same_text(name, "rhexsh") || same_text(name, "rbash"))
    return 0;
  const char *option = block->arguments[1];
  return same_text(option, "-c") || same_text(option, "-ec") || same_text(option, "-ce");
}

static int is_privileged(const struct block *block) {
  return auxiliary_value(block, AT_SECURE) != 0 ||
         auxiliary_value(block, AT_UID) != auxiliary_value(block, AT_EUID) ||
         auxiliary_value(block, AT_GID) != auxiliary_value(block, AT_EGID);
}

/* Whether `names`, each ended by a NUL, `size` bytes in all, has `name`, which ends at a NUL or `=`. */
static int contains(const char *names, size_t size, const char *name) {
  for (const char *at = names; at < names + size; at += length_of(at) + 1) {
    size_t length = length_of(at);
    size_t same = 0;
    while (same < length && at[same] == name[same])
      same++;
    if (same == length && (name[same] == '\0' || name[same] == '='))
      return 1;
  }
  return 0;
}

static int is_directory(const char *path, struct stat *status) {
  return kernel(SYS_newfstatat, AT_FDCWD, (long)path, (long)status, 0) == 0 && S_ISDIR(status->st_mode);
}

/* Whether `path` names the working directory, without dots (XCU cd, 2.5.3). */
static int is_working_directory(const char *path) {
  if (*path != '/')
    return 0;
  for (const char *at = path; *at != '\0'; at++)
    if (at[0] == '/' && at[1] == '.' &&
        (at[2] == '/' || at[2] == '\0' || (at[2] == '.' && (at[3] == '/' || at[3] == '\0'))))
      return 0;
  struct stat named, actual;
  return is_directory(path, &named) && is_directory(".", &actual) && named.st_dev == actual.st_dev &&
         named.st_ino == actual.st_ino;
}

/* Whether the shell would leave the number of shells as it is: one more for itself, one less for the program. */
static int is_level(const char *text) {
  size_t length = length_of(text);
  if (length == 0 || length > 3 || (length > 1 && text[0] == '0'))
    return 0;
  while (*text >= '0' && *text <= '9')
    text++;
  return *text == '\0';
}

/* Variables that change what the shell does, or that it has values of its own for; and all that begin with BASH or HEXSH. */
static const char refused[] =
    "COMP_WORDBREAKS\0COPROC\0DIRSTACK\0EPOCHREALTIME\0EPOCHSECONDS\0EUID\0FUNCNAME\0GROUPS\0HISTCMD\0HOSTTYPE\0IFS\0LINENO\0MACHTYPE\0"
    "OPTERR\0OPTIND\0OSTYPE\0PIPESTATUS\0PPID\0RANDOM\0SECONDS\0SHELLOPTS\0SRANDOM\0UID";

struct variables {
  /* The environment of the program. */
  char **entries;
  size_t count;
  /* The value of PATH, or NULL. */
  const char *path;
  char directory[sizeof "PWD=" + LONGEST_PATH];
};

/* Makes the environment that the shell would give to a program (XCU 2.5.3). Returns 0 if only the shell can tell. */
static int make_environment(struct variables *variables, const struct block *block) {
  const char *directory = NULL;
  int counted = 0;
  struct stat status;
  variables->count = 0;
  variables->path = NULL;
  for (size_t index = 0; index < block->environment_count; index++) {
    char *entry = block->environment[index];
    if (begins_with(entry, "BASH") || begins_with(entry, "HEXSH") || contains(refused, sizeof refused, entry))
      return 0;
    /* The name of the last program, and a directory that is gone. */
    if (begins_with(entry, "_=") || (begins_with(entry, "OLDPWD=") && !is_directory(entry + sizeof "OLDPWD", &status)))
      continue;
    if (begins_with(entry, "PWD=")) {
      directory = entry + sizeof "PWD";
      if (!is_working_directory(directory)) {
        directory = NULL;
        continue;
      }
    }
    if (begins_with(entry, "SHLVL=")) {
      if (!is_level(entry + sizeof "SHLVL"))
        return 0;
      counted = 1;
    }
    if (begins_with(entry, "PATH="))
      variables->path = entry + sizeof "PATH";
    variables->entries[variables->count++] = entry;
  }
  if (!counted)
    variables->entries[variables->count++] = "SHLVL=0";
  if (directory == NULL) {
    char *value = append(variables->directory, "PWD=");
    if (kernel(SYS_getcwd, (long)value, LONGEST_PATH, 0, 0) < 0 || *value != '/')
      return 0;
    variables->entries[variables->count++] = variables->directory;
  }
  variables->entries[variables->count] = NULL;
  return 1;
}

static int is_program(const char *path) {
  struct stat status;
  return kernel(SYS_newfstatat, AT_FDCWD, (long)path, (long)&status, 0) == 0 && S_ISREG(status.st_mode) &&
         kernel(SYS_faccessat, AT_FDCWD, (long)path, X_OK, 0) == 0;
}

/* Looks for `name` in the directories of `path` (XBD 8.3, PATH). Returns whether `found` has it. */
static int search(const char *name, const char *path, char found[LONGEST_PATH]) {
  if (path == NULL)
    return 0;
  size_t name_length = length_of(name);
  for (;;) {
    size_t length = 0;
    while (path[length] != ':' && path[length] != '\0')
      length++;
    if (length + name_length + 3 > LONGEST_PATH)
      return 0;
    char *to = found;
    if (length == 0)
      *to++ = '.';
    for (size_t index = 0; index < length; index++)
      *to++ = path[index];
    if (to[-1] != '/')
      *to++ = '/';
    append(to, name);
    if (is_program(found))
      return 1;
    if (path[length] == '\0')
      return 0;
    path += length + 1;
  }
}

/* Whether the kernel knows how to execute a file: what it does not know is a script of the shell's own. */
static int is_executable_format(const char *path) {
  long descriptor = kernel(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0);
  if (descriptor < 0)
    return 0;
  char start[4];
  long size = kernel(SYS_read, descriptor, (long)start, sizeof start, 0);
  kernel(SYS_close, descriptor, 0, 0, 0);
  if (size < (long)sizeof start)
    return 0;
  return (start[0] == '#' && start[1] == '!') ||
         (start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F');
}

/* Where the descriptors led that redirections have changed: a duplicate, or -1 for nowhere. */
struct changes {
  int numbers[PLAIN_REDIRECTIONS];
  int before[PLAIN_REDIRECTIONS];
  int count;
};

static void undo(struct changes *changes) {
  while (changes->count > 0) {
    int number = changes->numbers[--changes->count];
    int before = changes->before[changes->count];
    if (before < 0) {
      kernel(SYS_close, number, 0, 0, 0);
    } else {
      kernel(SYS_dup3, before, number, 0, 0);
      kernel(SYS_close, before, 0, 0, 0);
    }
  }
}

/* Notes where `number` leads. Returns 0 if that can't be kept. */
static int keep(struct changes *changes, int number) {
  long before = kernel(SYS_fcntl, number, F_DUPFD_CLOEXEC, HIDDEN_DESCRIPTORS, 0);
  if (before < 0 && before != -EBADF)
    return 0;
  changes->numbers[changes->count] = number;
  changes->before[changes->count++] = before < 0 ? -1 : (int)before;
  return 1;
}

static int redirect(const struct plain_redirection *redirection, struct changes *changes) {
  int number = redirection->number;
  if (redirection->path == NULL)
    return redirection->from != number && keep(changes, number) &&
           kernel(SYS_dup3, redirection->from, number, 0, 0) >= 0;
  long file = kernel(SYS_openat, AT_FDCWD, (long)redirection->path, redirection->flags | O_CLOEXEC, 0666);
  if (file < 0)
    return 0;
  if (file == number) {
    changes->numbers[changes->count] = number;
    changes->before[changes->count++] = -1;
    return kernel(SYS_fcntl, file, F_SETFD, 0, 0) == 0;
  }
  int done = keep(changes, number) && kernel(SYS_dup3, file, number, 0, 0) >= 0;
  kernel(SYS_close, file, 0, 0, 0);
  return done;
}

/* Carries the redirections out. Returns 0 if one has failed, and none is in force. */
static int redirect_all(const struct plain_command *command, struct changes *changes) {
  changes->count = 0;
  for (int index = 0; index < command->redirection_count; index++)
    if (!redirect(&command->redirections[index], changes)) {
      undo(changes);
      return 0;
    }
  return 1;
}

/* Whether there is nothing to do but redirections, as in `: >file`. */
static int only_redirects(const struct plain_command *command) {
  return command->redirection_count > 0 && (command->word_count == 0 || same_text(command->words[0], ":"));
}

void run_directly(const struct start *start) {
  const struct block *block = &start->block;
  if (parameters.names_size == 0 || !is_command_alone(block) || is_privileged(block))
    return;
  struct plain_command command;
  if (!read_plain_command(&command, block->arguments[2]))
    return;
  /* The entries, PWD, SHLVL, and the NULL behind them. */
  char *entries[block->environment_count + 3];
  struct variables variables = {.entries = entries};
  if (!make_environment(&variables, block))
    return;
  struct changes changes;
  if (only_redirects(&command)) {
    if (redirect_all(&command, &changes))
      kernel(SYS_exit_group, 0, 0, 0, 0);
    return;
  }
  if (command.word_count == 0)
    return;
  const char *name = command.words[0];
  char found[LONGEST_PATH];
  const char *path = name;
  while (*path != '\0' && *path != '/')
    path++;
  if (*path == '/') {
    path = name;
  } else {
    const char *names = (const char *)&parameters + parameters.names_offset;
    if (contains(names, (size_t)parameters.names_size, name) || !search(name, variables.path, found))
      return;
    path = found;
  }
  if (!is_executable_format(path) || !redirect_all(&command, &changes))
    return;
  kernel(SYS_execve, (long)path, (long)command.words, (long)variables.entries, 0);
  undo(&changes);
}
