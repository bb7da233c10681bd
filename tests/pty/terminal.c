/*
 * Runs a command on a pseudo-terminal of its own, for the driver in terminal.ts:
 *
 *   terminal ROWS COLUMNS COMMAND [ARGUMENT ...]
 *
 * The command leads a session whose controlling terminal that is. Standard input brings requests and standard output takes
 * reports; each is a frame: a letter, the length of the payload as four bytes (big end first), the payload.
 *
 *   i BYTES            types BYTES
 *   w ROWS COLUMNS     resizes
 *   k PID SIGNAL       sends a signal; reported as `k ERRNO`
 *   q                  asks for the state, reported as `q GROUP INPUT OUTPUT CONTROL LOCAL CHARACTER ...`: the foreground
 *                      process group and the fields of struct termios
 *   h                  hangs up
 *
 *   o BYTES            what the terminal shows
 *   p PID              the command's process id
 *   s STATUS           the command has stopped, gone on or ended: its status as waitpid(2) gives it
 *   e TEXT             what went wrong
 *
 * At the end of its input it kills all that the command has left, whose parent it becomes, and exits.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define HEADER 5

struct buffer {
  char *bytes;
  size_t size;
  size_t capacity;
};

static int terminal;
/* Keeps what the command's end leaves of the terminal's state readable. */
static int slave;
static pid_t command;
static struct buffer typed;

static void write_all(const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t count = write(STDOUT_FILENO, bytes, size);
    if (count < 0 && errno != EINTR)
      _exit(1);
    if (count > 0) {
      bytes += count;
      size -= (size_t)count;
    }
  }
}

static void report(char kind, const char *payload, size_t size) {
  char header[HEADER] = {kind, (char)(size >> 24), (char)(size >> 16), (char)(size >> 8), (char)size};
  write_all(header, HEADER);
  write_all(payload, size);
}

__attribute__((format(printf, 2, 3))) static void report_text(char kind, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  report(kind, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

__attribute__((noreturn)) static void fail(const char *what) {
  report_text('e', "%s: %s", what, strerror(errno));
  _exit(1);
}

static void append(struct buffer *buffer, const char *bytes, size_t size) {
  if (buffer->size + size > buffer->capacity) {
    buffer->capacity = 2 * (buffer->size + size);
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (buffer->bytes == NULL)
      fail("memory");
  }
  memcpy(buffer->bytes + buffer->size, bytes, size);
  buffer->size += size;
}

static void take(struct buffer *buffer, size_t size) {
  memmove(buffer->bytes, buffer->bytes + size, buffer->size - size);
  buffer->size -= size;
}

static void resize(int rows, int columns) {
  struct winsize window = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  if (ioctl(terminal, TIOCSWINSZ, &window) < 0)
    report_text('e', "resize: %s", strerror(errno));
}

static void open_terminal(int rows, int columns) {
  char path[64];
  terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (terminal < 0 || grantpt(terminal) < 0 || unlockpt(terminal) < 0 || ptsname_r(terminal, path, sizeof path) != 0)
    fail("pseudo-terminal");
  slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (slave < 0)
    fail(path);
  resize(rows, columns);
}

/* The command gets every signal at its default, and no descriptor but 0 to 2. */
__attribute__((noreturn)) static void become_command(char **arguments) {
  for (int number = 1; number < NSIG; number++)
    signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  /* Also when this program is killed, nothing stays. */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (setsid() < 0 || ioctl(slave, TIOCSCTTY, 0) < 0)
    _exit(126);
  for (int number = 0; number <= 2; number++)
    if (dup2(slave, number) < 0)
      _exit(126);
  closefrom(3);
  execvp(arguments[0], arguments);
  dprintf(STDERR_FILENO, "%s: %s\n", arguments[0], strerror(errno));
  _exit(127);
}

static void start_command(char **arguments) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  command = fork();
  if (command < 0)
    fail("fork");
  if (command == 0)
    become_command(arguments);
  report_text('p', "%d", command);
}

static void report_state(void) {
  struct termios modes;
  if (terminal < 0 || tcgetattr(terminal, &modes) < 0) {
    report_text('e', "modes: %s", strerror(terminal < 0 ? EBADF : errno));
    return;
  }
  char text[512];
  int size = snprintf(text, sizeof text, "%d %u %u %u %u", tcgetpgrp(terminal), modes.c_iflag, modes.c_oflag,
                      modes.c_cflag, modes.c_lflag);
  for (int i = 0; i < NCCS; i++)
    size += snprintf(text + size, sizeof text - (size_t)size, " %d", modes.c_cc[i]);
  report('q', text, (size_t)size);
}

static void hang_up(void) {
  if (terminal >= 0)
    close(terminal);
  close(slave);
  terminal = slave = -1;
}

static void obey(char kind, const char *payload, size_t size) {
  int first = 0, second = 0;
  char text[64] = "";
  memcpy(text, payload, size < sizeof text ? size : sizeof text - 1);
  sscanf(text, "%d %d", &first, &second);
  switch (kind) {
    case 'i':
      append(&typed, payload, size);
      break;
    case 'w':
      resize(first, second);
      break;
    case 'k':
      report_text('k', "%d", kill(first, second) < 0 ? errno : 0);
      break;
    case 'q':
      report_state();
      break;
    case 'h':
      hang_up();
      break;
    default:
      report_text('e', "no such request: %c", kind);
  }
}

/* Reads requests and obeys those that are complete. Returns 0 at the end. */
static int serve(void) {
  static struct buffer requests;
  char bytes[65536];
  ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
  if (count <= 0)
    return count < 0 && errno == EINTR;
  append(&requests, bytes, (size_t)count);
  while (requests.size >= HEADER) {
    const unsigned char *header = (const unsigned char *)requests.bytes;
    size_t size = (size_t)header[1] << 24 | (size_t)header[2] << 16 | (size_t)header[3] << 8 | header[4];
    if (requests.size < HEADER + size)
      break;
    obey(requests.bytes[0], requests.bytes + HEADER, size);
    take(&requests, HEADER + size);
  }
  return 1;
}

/* Returns 0 when there is nothing more to come: the last process has closed the terminal. */
static int show(void) {
  char bytes[65536];
  ssize_t count = read(terminal, bytes, sizeof bytes);
  if (count > 0)
    report('o', bytes, (size_t)count);
  return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

static void type(void) {
  ssize_t count = write(terminal, typed.bytes, typed.size);
  if (count > 0)
    take(&typed, (size_t)count);
  else if (count < 0 && errno != EAGAIN && errno != EINTR)
    typed.size = 0;
}

/* Takes note of the command, and of all other children: these were left by processes that have ended. */
static void reap(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)) > 0) {
    if (pid != command)
      continue;
    if (WIFEXITED(status) || WIFSIGNALED(status))
      /* What it wrote last comes first. */
      while (terminal >= 0 && poll(&(struct pollfd){terminal, POLLIN, 0}, 1, 0) > 0 && show())
        continue;
    report_text('s', "%d", status);
  }
}

/* Kills every child until there is none; theirs become ours. */
static void kill_all(void) {
  for (;;) {
    DIR *processes = opendir("/proc");
    if (processes == NULL)
      return;
    struct dirent *entry;
    while ((entry = readdir(processes)) != NULL) {
      char path[300], status[512];
      int pid = atoi(entry->d_name), parent = 0;
      if (pid <= 0)
        continue;
      snprintf(path, sizeof path, "/proc/%d/stat", pid);
      int descriptor = open(path, O_RDONLY | O_CLOEXEC);
      if (descriptor < 0)
        continue;
      ssize_t size = read(descriptor, status, sizeof status - 1);
      close(descriptor);
      status[size > 0 ? size : 0] = 0;
      /* The name is in parentheses, and may hold more of these. */
      char *end = strrchr(status, ')');
      if (end != NULL && sscanf(end, ") %*c %d", &parent) == 1 && parent == getpid())
        kill(pid, SIGKILL);
    }
    closedir(processes);
    if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD)
      return;
    while (waitpid(-1, NULL, WNOHANG) > 0)
      continue;
  }
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: %s ROWS COLUMNS COMMAND [ARGUMENT ...]\n", arguments[0]);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  int changes = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (changes < 0)
    fail("signalfd");
  open_terminal(atoi(arguments[1]), atoi(arguments[2]));
  start_command(arguments + 3);

  int watched = 1;
  for (;;) {
    short events = (short)((watched ? POLLIN : 0) | (typed.size > 0 ? POLLOUT : 0));
    struct pollfd waiting[] = {
        {STDIN_FILENO, POLLIN, 0},
        {changes, POLLIN, 0},
        {events != 0 ? terminal : -1, events, 0},
    };
    if (poll(waiting, 3, -1) < 0 && errno != EINTR)
      fail("poll");
    if (waiting[1].revents != 0) {
      struct signalfd_siginfo information;
      while (read(changes, &information, sizeof information) > 0)
        continue;
      reap();
    }
    if (waiting[0].revents != 0 && !serve())
      break;
    if (terminal >= 0 && waiting[2].revents & POLLOUT)
      type();
    if (terminal >= 0 && waiting[2].revents & (POLLIN | POLLHUP | POLLERR))
      watched = show();
  }
  hang_up();
  kill_all();
  return 0;
}
