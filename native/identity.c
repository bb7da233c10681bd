/* Who and where the process is. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "internal.h"

double hexsh_getuid(void) {
  return getuid();
}

double hexsh_geteuid(void) {
  return geteuid();
}

double hexsh_getgid(void) {
  return getgid();
}

double hexsh_getegid(void) {
  return getegid();
}

double hexsh_getgroups(int *groups, int capacity) {
  int count = getgroups(0, NULL);
  if (count <= 0 || count > capacity)
    return result(count);
  return result(getgroups(capacity, (gid_t *)groups));
}

/* Appends `text` with its NUL at `*size`. Returns 0, or -1 if it does not fit. */
static int append(char *entry, size_t *size, double capacity, const char *text) {
  size_t length = strlen(text) + 1;
  if ((double)(*size + length) > capacity)
    return -1;
  memcpy(entry + *size, text, length);
  *size += length;
  return 0;
}

double hexsh_password_entry(const char *name, double user, char *entry, double capacity) {
  if (name == NULL && !(user >= 0 && user <= UINT32_MAX))
    return 0;
  struct passwd password, *found = NULL;
  char *strings = NULL;
  int error = ERANGE;
  for (size_t size = 1024; error == ERANGE && size <= 1 << 20; size *= 4) {
    char *larger = realloc(strings, size);
    if (larger == NULL) {
      error = ENOMEM;
      break;
    }
    strings = larger;
    error = name != NULL ? getpwnam_r(name, &password, strings, size, &found)
                         : getpwuid_r((uid_t)user, &password, strings, size, &found);
  }
  double outcome = -error;
  if (found != NULL) {
    uint32_t ids[2] = {password.pw_uid, password.pw_gid};
    size_t size = sizeof ids;
    memcpy(entry, ids, sizeof ids);
    outcome = append(entry, &size, capacity, password.pw_name) < 0 ||
                      append(entry, &size, capacity, password.pw_dir) < 0 ||
                      append(entry, &size, capacity, password.pw_shell) < 0
                  ? -ERANGE
                  : (double)size;
  }
  free(strings);
  return outcome;
}

double hexsh_hostname(char *name, double capacity) {
  struct utsname system;
  if (uname(&system) < 0)
    return -errno;
  size_t length = strlen(system.nodename);
  if ((double)length > capacity)
    return -ERANGE;
  memcpy(name, system.nodename, length);
  return (double)length;
}
