/* Commands that can be read without a shell; see plain_command.c. */
#ifndef HEXSH_PRESTART_PLAIN_COMMAND_H
#define HEXSH_PRESTART_PLAIN_COMMAND_H

#include "stub.h"

#pragma GCC visibility push(hidden)

/* What there is at the most: of characters, words and redirections. */
enum { PLAIN_TEXT = 2048, PLAIN_WORDS = 256, PLAIN_REDIRECTIONS = 4 };

struct plain_redirection {
  /* The descriptor that is redirected. */
  int number;
  /* A file, and the flags of open(2) for it; or NULL, and the descriptor that is duplicated. */
  const char *path;
  int flags;
  int from;
};

struct plain_command {
  /* NULL after them. There may be none. */
  char *words[PLAIN_WORDS + 1];
  int word_count;
  struct plain_redirection redirections[PLAIN_REDIRECTIONS];
  int redirection_count;
  /* What the words point into. */
  char text[PLAIN_TEXT + 2];
};

/* Reads `text`. Returns 0 unless it is a plain command, as the shell would read it. */
int read_plain_command(struct plain_command *command, const char *text);

#pragma GCC visibility pop

#endif
