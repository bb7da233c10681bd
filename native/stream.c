/* Open descriptors: duplicating, pipes, reading and writing, and moving data inside the kernel. */
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

double hexsh_close(int descriptor) {
  int error = signal_vacate(descriptor);
  return error < 0 ? error : result(close(descriptor));
}

double hexsh_duplicate(int descriptor, int minimum) {
  return result(fcntl(descriptor, F_DUPFD_CLOEXEC, minimum));
}

double hexsh_dup3(int descriptor, int target, int flags) {
  int error = signal_vacate(target);
  return error < 0 ? error : result(dup3(descriptor, target, flags));
}

double hexsh_pipe2(int flags, int *ends) {
  return result(pipe2(ends, flags));
}

double hexsh_pipe_holding(const char *bytes, double length) {
  size_t size = (size_t)length;
  /* What a pipe of the usual capacity takes before anybody reads. The smallest one, of a user who has many, still takes a page. */
  if (size > 65536)
    return -EAGAIN;
  int may_block = size > 4096;
  int ends[2];
  if (pipe2(ends, may_block ? O_CLOEXEC | O_NONBLOCK : O_CLOEXEC) < 0)
    return -errno;
  ssize_t written = size == 0 ? 0 : write(ends[1], bytes, size);
  close(ends[1]);
  if (written != (ssize_t)size || (may_block && fcntl(ends[0], F_SETFL, O_RDONLY) < 0)) {
    close(ends[0]);
    return -EAGAIN;
  }
  return ends[0];
}

double hexsh_read(int descriptor, char *buffer, double offset, double length) {
  return result(read(descriptor, buffer + (size_t)offset, (size_t)length));
}

double hexsh_read_all(int descriptor, char *buffer, double offset, double length) {
  size_t size = (size_t)length;
  size_t count = 0;
  while (count < size) {
    if (signal_take_child())
      return count > 0 ? (double)count : -EINTR;
    /* Waiting here rather than in read(2): a signal that came just before would not end that. */
    if (!signal_wait_or(descriptor))
      continue;
    ssize_t piece = read(descriptor, buffer + (size_t)offset + count, size - count);
    if (piece == 0)
      break;
    if (piece > 0)
      count += (size_t)piece;
    else if (errno != EINTR && errno != EAGAIN)
      return count > 0 ? (double)count : -errno;
  }
  return (double)count;
}

double hexsh_write(int descriptor, const char *buffer, double offset, double length) {
  return result(write(descriptor, buffer + (size_t)offset, (size_t)length));
}

double hexsh_lseek(int descriptor, double offset, int whence) {
  if (!(offset > -9e18 && offset < 9e18))
    return -EINVAL;
  return result(lseek(descriptor, (off_t)offset, whence));
}

double hexsh_get_status_flags(int descriptor) {
  return result(fcntl(descriptor, F_GETFL));
}

double hexsh_set_status_flags(int descriptor, int flags) {
  return result(fcntl(descriptor, F_SETFL, flags));
}

double hexsh_set_close_on_exec(int descriptor, int close_on_exec) {
  return result(fcntl(descriptor, F_SETFD, close_on_exec ? FD_CLOEXEC : 0));
}

double hexsh_pipe_capacity(int descriptor, int set) {
  if (set >= 0)
    return result(fcntl(descriptor, F_SETPIPE_SZ, set));
  return result(fcntl(descriptor, F_GETPIPE_SZ));
}

double hexsh_poll(void *requests, int count, double timeout) {
  /* Infinity, too, is without end. */
  if (!(timeout >= 0 && timeout < 1e15))
    return result(poll(requests, (nfds_t)count, -1));
  /* ppoll(2) has no trouble with fractions, nor with more than 24 days. */
  struct timespec time = {(time_t)(timeout / 1e3), 0};
  time.tv_nsec = (long)((timeout - (double)time.tv_sec * 1e3) * 1e6);
  return result(ppoll(requests, (nfds_t)count, &time, NULL));
}

double hexsh_tee(int from, int to, double length, int flags) {
  return result(tee(from, to, (size_t)length, (unsigned)flags));
}

double hexsh_splice(int from, int to, double length, int flags) {
  return result(splice(from, NULL, to, NULL, (size_t)length, (unsigned)flags));
}

double hexsh_copy_file_range(int from, int to, double length) {
  return result(copy_file_range(from, NULL, to, NULL, (size_t)length, 0));
}

double hexsh_sendfile(int to, int from, double length) {
  return result(sendfile(to, from, NULL, (size_t)length));
}

double hexsh_memfd_create(const char *name) {
  return result(memfd_create(name, MFD_CLOEXEC));
}

double hexsh_peek(int descriptor, char *buffer, double offset, double length) {
  return result(recv(descriptor, buffer + (size_t)offset, (size_t)length, MSG_PEEK));
}
