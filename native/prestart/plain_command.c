/*
 * Plain commands: a program's name, words that stand for nothing but themselves, and simple redirections. Whatever else is
 * in a text, if only an unusual character, is left to the shell.
 */
#include <fcntl.h>

#include "plain_command.h"

static int is_digit(char character) {
  return character >= '0' && character <= '9';
}

/* Whether it is never anything but itself, wherever it stands in a word. */
static int is_plain(char character) {
  if (is_digit(character) || (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z'))
    return 1;
  for (const char *other = "_-./,:@+=%"; *other != '\0'; other++)
    if (character == *other)
      return 1;
  return 0;
}

static int is_blank(char character) {
  return character == ' ' || character == '\t';
}

static int ends_word(char character) {
  return character == '\0' || character == '\n' || is_blank(character) || character == '<' || character == '>';
}

/* Where a text is read, and where what its words stand for is put. */
struct reader {
  const char *at;
  char *to;
};

/* Copies what is in the quotes that begin here (XCU 2.2.2, 2.2.3). Returns 0 if something in there is special. */
static int read_quoted(struct reader *reader) {
  char quote = *reader->at++;
  while (*reader->at != quote) {
    char character = *reader->at++;
    if (character == '\0')
      return 0;
    if (quote == '"' && (character == '$' || character == '`' || character == '\\'))
      return 0;
    *reader->to++ = character;
  }
  reader->at++;
  return 1;
}

/* Reads a word. Returns it, or NULL if it is none or not plain. */
static char *read_word(struct reader *reader, int may_be_quoted) {
  char *word = reader->to;
  const char *begin = reader->at;
  while (!ends_word(*reader->at)) {
    if (is_plain(*reader->at))
      *reader->to++ = *reader->at++;
    else if (!may_be_quoted || (*reader->at != '\'' && *reader->at != '"') || !read_quoted(reader))
      return NULL;
  }
  if (reader->at == begin)
    return NULL;
  /* It may be the number of a redirection, which can have several digits. */
  if (is_digit(*begin) && (*reader->at == '<' || *reader->at == '>'))
    return NULL;
  *reader->to++ = '\0';
  return word;
}

static void skip_blanks(struct reader *reader) {
  while (is_blank(*reader->at))
    reader->at++;
}

/* The shell has files of its own by some names (bash manual 3.6), and takes the descriptors of others for its own. */
static int names_file(const char *path) {
  return same_text(path, "/dev/null") || !(begins_with(path, "/dev/") || begins_with(path, "/proc/"));
}

/* Reads `<`, `>`, `>>`, `<&` and `>&` (XCU 2.7) from the operator on. */
static int read_redirection(struct reader *reader, struct plain_redirection *redirection) {
  int writes = *reader->at++ == '>';
  if (redirection->number < 0)
    redirection->number = writes;
  redirection->path = NULL;
  if (*reader->at == '&') {
    reader->at++;
    if (!is_digit(*reader->at) || !ends_word(reader->at[1]))
      return 0;
    redirection->from = *reader->at++ - '0';
    return 1;
  }
  redirection->flags = writes ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY;
  if (writes && *reader->at == '>') {
    reader->at++;
    redirection->flags = O_WRONLY | O_CREAT | O_APPEND;
  }
  skip_blanks(reader);
  redirection->path = read_word(reader, 1);
  return redirection->path != NULL && names_file(redirection->path);
}

/* One descriptor redirected twice is written to twice. */
static int is_redirected(const struct plain_command *command, int number) {
  for (int index = 0; index < command->redirection_count; index++)
    if (command->redirections[index].number == number)
      return 1;
  return 0;
}

/* The first word is the name, unless it is an assignment or a job. */
static int is_name(const char *word) {
  if (*word == '%')
    return 0;
  while (*word != '\0' && *word != '=')
    word++;
  return *word == '\0';
}

int read_plain_command(struct plain_command *command, const char *text) {
  if (length_of(text) > PLAIN_TEXT)
    return 0;
  struct reader reader = {text, command->text};
  command->word_count = command->redirection_count = 0;
  for (;;) {
    skip_blanks(&reader);
    if (*reader.at == '\0' || *reader.at == '\n')
      break;
    int number = -1;
    if (is_digit(*reader.at) && (reader.at[1] == '<' || reader.at[1] == '>'))
      number = *reader.at++ - '0';
    if (*reader.at == '<' || *reader.at == '>') {
      struct plain_redirection redirection = {.number = number};
      if (!read_redirection(&reader, &redirection) || is_redirected(command, redirection.number) ||
          command->redirection_count == PLAIN_REDIRECTIONS)
        return 0;
      command->redirections[command->redirection_count++] = redirection;
      continue;
    }
    char *word = read_word(&reader, command->word_count > 0);
    if (word == NULL || command->word_count == PLAIN_WORDS || (command->word_count == 0 && !is_name(word)))
      return 0;
    command->words[command->word_count++] = word;
  }
  command->words[command->word_count] = NULL;
  while (*reader.at == '\n' || is_blank(*reader.at))
    reader.at++;
  return *reader.at == '\0';
}
