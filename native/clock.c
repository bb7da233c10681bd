/* Clocks and calendar time. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "internal.h"

static double read_clock(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time) < 0)
    return -errno;
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

double hexsh_monotonic(void) {
  return read_clock(CLOCK_MONOTONIC);
}

double hexsh_now(void) {
  return read_clock(CLOCK_REALTIME);
}

/* tzset(3) reads the environment of this process, which is not the shell's: TZ there is set for it alone. */
static int use_zone(const char *zone) {
  const char *now = getenv("TZ");
  if (zone == NULL ? now == NULL : now != NULL && strcmp(zone, now) == 0)
    return 0;
  int failed = zone == NULL ? unsetenv("TZ") : setenv("TZ", zone, 1);
  tzset();
  return failed;
}

double hexsh_format_time(const char *format, int has_zone, double seconds, char *text, double capacity) {
  size_t format_length = strlen(format);
  if (use_zone(has_zone ? format + format_length + 1 : NULL) < 0)
    return -errno;
  if (!(seconds > -9e18 && seconds < 9e18))
    return -EOVERFLOW;
  time_t time = (time_t)seconds;
  /* The second that a time before the epoch is in began before it. */
  if ((double)time > seconds)
    time--;
  struct tm local;
  if (localtime_r(&time, &local) == NULL)
    return -errno;
  return (double)strftime(text, (size_t)capacity, format, &local);
}
