/*
 * meter: passes standard input on to standard output and shows on standard error how far it has got.
 *
 *   meter NAME SIZE SHOW [FILE]
 *
 * NAME stands before the bar and in each line of JSON, and may be empty. SIZE is how much is to come, or -1: then it is
 * what is left of the input if that is a file. SHOW is "bar", "json", or "auto" for a bar on a terminal alone. A timer
 * interrupts the relay from time to time, so that the data itself moves as fast as without a meter.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"
#include "relay.h"
#include "utility.h"

/* In microseconds. */
#define INTERVAL 200000

#define USUAL_COLUMNS 80
#define LONGEST_LINE 512
/* A bar shorter than this tells nothing. */
#define SHORTEST_BAR 4

static volatile int tick;

static void handle_tick(int number) {
  (void)number;
  tick = 1;
}

struct meter {
  const char *name;
  /* For JSON, the same as a member of an object, with a comma behind it; empty without a name. */
  const char *json_name;
  /* -1 if it is not known. */
  double size;
  int json;
  double start;
  /* At the last drawing, for the rate. */
  double before;
  double before_moved;
  double rate;
  /* The last drawing's width. */
  int drawn;
};

static double least(double a, double b) {
  return a < b ? a : b;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* "1.23 MiB": three digits and a unit, in `text`. */
static void print_bytes(char *text, size_t capacity, double bytes) {
  static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  size_t unit = 0;
  for (; bytes >= 999.5 && unit + 1 < sizeof units / sizeof *units; unit++)
    bytes /= 1024;
  int decimals = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  snprintf(text, capacity, "%.*f %s", decimals, bytes, units[unit]);
}

/* "1:02:03" */
static void print_time(char *text, size_t capacity, double time) {
  long whole = (long)(time + 0.5);
  snprintf(text, capacity, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

/* Seconds until all has come, or -1 if that can't be said. */
static double time_left(const struct meter *meter, double moved) {
  if (meter->size < 0 || meter->rate <= 0)
    return -1;
  return meter->size < moved ? 0 : (meter->size - moved) / meter->rate;
}

/* `"name":"…",` with what JSON wants to be escaped (RFC 8259, 7), or NULL if there is no memory for it. */
static char *as_json_member(const char *name) {
  static const char begin[] = "\"name\":\"", end[] = "\",";
  char *member = malloc(sizeof begin + 6 * strlen(name) + sizeof end);
  if (member == NULL)
    return NULL;
  char *at = stpcpy(member, begin);
  for (; *name != '\0'; name++) {
    unsigned char byte = (unsigned char)*name;
    if (byte < 0x20 || byte == '"' || byte == '\\')
      at += sprintf(at, "\\u%04x", byte);
    else
      *at++ = *name;
  }
  strcpy(at, end);
  return member;
}

static void print_json(const struct meter *meter, char *line, double moved, double elapsed, int done) {
  int length = snprintf(line, LONGEST_LINE, "\"bytes\":%.0f,\"seconds\":%.3f,\"rate\":%.0f", moved, elapsed, meter->rate);
  char *at = line + length;
  size_t room = LONGEST_LINE - (size_t)length;
  if (meter->size < 0) {
    snprintf(at, room, ",\"done\":%s}\n", done ? "true" : "false");
  } else {
    double percent = meter->size > 0 ? least(100, 100 * moved / meter->size) : 100;
    double left = time_left(meter, moved);
    snprintf(at, room, ",\"size\":%.0f,\"percent\":%.1f,\"left\":%.1f,\"done\":%s}\n", meter->size, percent,
             left < 0 ? 0 : left, done ? "true" : "false");
  }
}

static int columns(void) {
  struct winsize window;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) < 0 || window.ws_col == 0)
    return USUAL_COLUMNS;
  return window.ws_col < LONGEST_LINE - 2 ? window.ws_col : LONGEST_LINE - 2;
}

/* `[=====>    ]` of `width` columns. */
static void print_bar(char *text, int width, double part) {
  int inside = width - 2;
  int filled = (int)(part * inside);
  text[0] = '[';
  for (int index = 0; index < inside; index++)
    text[1 + index] = index < filled ? '=' : index == filled ? '>' : ' ';
  text[1 + inside] = ']';
  text[2 + inside] = '\0';
}

/* The line without an end, at most as wide as the terminal. */
static int print_line(const struct meter *meter, char *line, double moved, double elapsed) {
  char bytes[32], rate[32], time[32], left[48] = "";
  print_bytes(bytes, sizeof bytes, moved);
  print_bytes(rate, sizeof rate, meter->rate);
  print_time(time, sizeof time, elapsed);
  int width = columns() - 1;
  int length = snprintf(line, LONGEST_LINE, "%s%s%9s %s %9s/s", meter->name, *meter->name == '\0' ? "" : ": ", bytes,
                        time, rate);
  if (length < width && meter->size >= 0) {
    double part = meter->size > 0 ? least(1, moved / meter->size) : 1;
    double until = time_left(meter, moved);
    if (until >= 0) {
      print_time(time, sizeof time, until);
      snprintf(left, sizeof left, " left %s", time);
    }
    char tail[64];
    int tail_length = snprintf(tail, sizeof tail, " %3.0f%%%s", (double)(int)(100 * part), left);
    int bar = width - length - 1 - tail_length;
    if (bar >= SHORTEST_BAR) {
      line[length++] = ' ';
      print_bar(line + length, bar, part);
      length += bar;
    }
    length += snprintf(line + length, (size_t)(LONGEST_LINE - length), "%s", tail);
  }
  return length < width ? length : width;
}

static void show(struct meter *meter, double moved, int done) {
  double now = seconds();
  double elapsed = now - meter->start;
  if (done) {
    meter->rate = elapsed > 0 ? moved / elapsed : 0;
  } else if (now > meter->before) {
    /* The rate of late, but calm enough to be read. */
    double latest = (moved - meter->before_moved) / (now - meter->before);
    meter->rate = meter->before_moved == 0 ? latest : 0.7 * meter->rate + 0.3 * latest;
    meter->before = now;
    meter->before_moved = moved;
  }
  char text[2 * LONGEST_LINE + 4];
  if (meter->json) {
    print_json(meter, text, moved, elapsed, done);
    char *object;
    int size = asprintf(&object, "{%s%s", meter->json_name, text);
    /* The next line tells more than one that there is no memory for. */
    if (size < 0)
      return;
    relay_write_all(STDERR_FILENO, object, (size_t)size);
    free(object);
  } else {
    text[0] = '\r';
    int length = print_line(meter, text + 1, moved, elapsed);
    int shown = length++;
    /* What is left of a longer line is painted over. */
    for (; shown < meter->drawn; shown++)
      text[length++] = ' ';
    meter->drawn = shown;
    if (done)
      text[length++] = '\n';
    relay_write_all(STDERR_FILENO, text, (size_t)length);
  }
}

/* In the background the terminal is somebody else's. */
static int in_foreground(void) {
  pid_t group = tcgetpgrp(STDERR_FILENO);
  return group < 0 || group == getpgrp();
}

int meter_main(char **arguments, int flags) {
  struct meter meter = {.name = arguments[1], .size = atof(arguments[2]), .json = strcmp(arguments[3], "json") == 0};
  int shows = strcmp(arguments[3], "auto") != 0 || isatty(STDERR_FILENO);
  meter.json_name = meter.json && *meter.name != '\0' ? as_json_member(meter.name) : "";
  if (meter.json_name == NULL) {
    utility_report("meter", NULL, errno);
    return 1;
  }
  int input = arguments[4] == NULL ? STDIN_FILENO : open(arguments[4], O_RDONLY | O_CLOEXEC);
  if (input < 0) {
    utility_report("meter", arguments[4], errno);
    return 1;
  }
  struct stat status;
  if (meter.size < 0 && fstat(input, &status) == 0 && S_ISREG(status.st_mode)) {
    off_t position = lseek(input, 0, SEEK_CUR);
    meter.size = (double)(status.st_size - (position < 0 ? 0 : position));
  }
  meter.start = meter.before = seconds();
  if (shows) {
    struct sigaction action = {.sa_handler = handle_tick};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval timer = {{0, INTERVAL}, {0, INTERVAL}};
    setitimer(ITIMER_REAL, &timer, NULL);
  }
  struct relay relay;
  if (input == STDIN_FILENO && utility_shares(STDIN_FILENO))
    flags |= RELAY_SHARED_INPUT;
  if (utility_shares(STDOUT_FILENO))
    flags |= RELAY_SHARED_OUTPUT;
  relay_begin(&relay, input, STDOUT_FILENO, flags);
  relay.interrupt = &tick;
  int error;
  while ((error = relay_run(&relay)) == -EINTR) {
    if (tick && in_foreground())
      show(&meter, (double)relay.moved, 0);
    tick = 0;
  }
  relay_end(&relay);
  if (shows && in_foreground())
    show(&meter, (double)relay.moved, 1);
  if (error < 0)
    utility_report("meter", relay.output_failed ? "write error" : "read error", -error);
  return error < 0;
}
