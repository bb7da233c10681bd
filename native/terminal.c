/* Terminals: who owns them, their modes and their size. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "internal.h"

/* Size of `characters` below; c_cc has no more on any Linux. */
#define CHARACTERS 32
_Static_assert(NCCS <= CHARACTERS, "room for c_cc");

/* struct termios without the line speeds. */
struct modes {
  uint32_t input;
  uint32_t output;
  uint32_t control;
  uint32_t local;
  unsigned char characters[CHARACTERS];
};

double hexsh_isatty(int descriptor) {
  return isatty(descriptor);
}

double hexsh_tcgetpgrp(int descriptor) {
  return result(tcgetpgrp(descriptor));
}

double hexsh_tcsetpgrp(int descriptor, int group) {
  sigset_t output, before;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  sigprocmask(SIG_BLOCK, &output, &before);
  double outcome = result(tcsetpgrp(descriptor, group));
  sigprocmask(SIG_SETMASK, &before, NULL);
  return outcome;
}

double hexsh_tcgetattr(int descriptor, void *modes) {
  struct termios termios;
  if (tcgetattr(descriptor, &termios) < 0)
    return -errno;
  struct modes copy = {termios.c_iflag, termios.c_oflag, termios.c_cflag, termios.c_lflag, {0}};
  memcpy(copy.characters, termios.c_cc, sizeof termios.c_cc);
  memcpy(modes, &copy, sizeof copy);
  return 0;
}

int terminal_modes(int descriptor, const void *modes, struct termios *termios) {
  if (tcgetattr(descriptor, termios) < 0)
    return -errno;
  struct modes copy;
  memcpy(&copy, modes, sizeof copy);
  termios->c_iflag = copy.input;
  termios->c_oflag = copy.output;
  /* The speeds are bits of c_cflag as well; they stay. */
  termios->c_cflag = (copy.control & ~(tcflag_t)(CBAUD | CIBAUD)) | (termios->c_cflag & (CBAUD | CIBAUD));
  termios->c_lflag = copy.local;
  memcpy(termios->c_cc, copy.characters, sizeof termios->c_cc);
  return 0;
}

double hexsh_tcsetattr(int descriptor, int when, const void *modes) {
  struct termios termios;
  int error = terminal_modes(descriptor, modes, &termios);
  return error < 0 ? error : result(tcsetattr(descriptor, when, &termios));
}

double hexsh_window_size(int descriptor, int *size) {
  struct winsize window;
  if (ioctl(descriptor, TIOCGWINSZ, &window) < 0)
    return -errno;
  size[0] = window.ws_row;
  size[1] = window.ws_col;
  return 0;
}

double hexsh_set_window_size(int descriptor, int rows, int columns) {
  struct winsize window = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return result(ioctl(descriptor, TIOCSWINSZ, &window));
}

double hexsh_ttyname(int descriptor, char *path, double capacity) {
  int error = ttyname_r(descriptor, path, (size_t)capacity);
  return error != 0 ? -error : (double)strlen(path);
}

double hexsh_open_pseudo_terminal(char *path, double capacity) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0)
    return -errno;
  if (grantpt(master) < 0 || unlockpt(master) < 0 || ptsname_r(master, path, (size_t)capacity) != 0) {
    int error = errno;
    close(master);
    return -error;
  }
  return master;
}
