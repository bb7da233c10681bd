/* Texts, and what the compiler may call for copying and clearing. */
#include "stub.h"

size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != '\0')
    length++;
  return length;
}

int same_text(const char *one, const char *other) {
  while (*one != '\0' && *one == *other) {
    one++;
    other++;
  }
  return *one == *other;
}

int begins_with(const char *text, const char *beginning) {
  while (*beginning != '\0' && *text == *beginning) {
    text++;
    beginning++;
  }
  return *beginning == '\0';
}

char *append(char *to, const char *text) {
  while (*text != '\0')
    *to++ = *text++;
  *to = '\0';
  return to;
}

void write_decimal(char *to, uint64_t number) {
  char reversed[DIGITS];
  int count = 0;
  do
    reversed[count++] = (char)('0' + number % 10);
  while ((number /= 10) != 0);
  while (count > 0)
    *to++ = reversed[--count];
  *to = '\0';
}

void *memcpy(void *to, const void *from, size_t size) {
  char *target = to;
  const char *source = from;
  while (size-- > 0)
    *target++ = *source++;
  return to;
}

void *memset(void *to, int value, size_t size) {
  char *target = to;
  while (size-- > 0)
    *target++ = (char)value;
  return to;
}
