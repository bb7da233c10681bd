/* Files by path, and the working directory. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

double hexsh_open(const char *path, int flags, int mode) {
  return result(open(path, flags | O_CLOEXEC, (mode_t)mode));
}

static double seconds_of(struct timespec time) {
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fill(const struct stat *status, double *numbers) {
  numbers[0] = (double)status->st_dev;
  /* In two halves, since overlay file systems use all 64 bits of it. */
  numbers[1] = (double)((uint64_t)status->st_ino >> 32);
  numbers[2] = (double)(uint32_t)status->st_ino;
  numbers[3] = status->st_mode;
  numbers[4] = (double)status->st_nlink;
  numbers[5] = status->st_uid;
  numbers[6] = status->st_gid;
  numbers[7] = (double)status->st_rdev;
  numbers[8] = (double)status->st_size;
  numbers[9] = seconds_of(status->st_atim);
  numbers[10] = seconds_of(status->st_mtim);
  numbers[11] = seconds_of(status->st_ctim);
}

double hexsh_stat(const char *path, int follow, double *numbers) {
  struct stat status;
  if (fstatat(AT_FDCWD, path, &status, follow ? 0 : AT_SYMLINK_NOFOLLOW) < 0)
    return -errno;
  fill(&status, numbers);
  return 0;
}

double hexsh_fstat(int descriptor, double *numbers) {
  struct stat status;
  if (fstat(descriptor, &status) < 0)
    return -errno;
  fill(&status, numbers);
  return 0;
}

double hexsh_access(const char *path, int mode) {
  return result(faccessat(AT_FDCWD, path, mode, AT_EACCESS));
}

double hexsh_readlink(const char *path, char *target, double capacity) {
  ssize_t length = readlink(path, target, (size_t)capacity);
  return length >= 0 && (double)length >= capacity ? -ENAMETOOLONG : result(length);
}

double hexsh_getcwd(char *path, double capacity) {
  if (getcwd(path, (size_t)capacity) == NULL)
    return -errno;
  return (double)strlen(path);
}

double hexsh_chdir(const char *path) {
  return result(chdir(path));
}

double hexsh_fchdir(int descriptor) {
  return result(fchdir(descriptor));
}

double hexsh_umask(int mask) {
  return umask((mode_t)mask);
}

double hexsh_unlink(const char *path) {
  return result(unlink(path));
}

double hexsh_rename(const char *from, const char *to) {
  return result(rename(from, to));
}
