/*
 * A guard over the terminal's modes: while they are those of a line editor, no signal ends the shell without giving back what
 * was there before. A crash of the shell itself is one of these signals.
 */
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "internal.h"

#define TEXT_SIZE 64

static struct {
  int descriptor;
  struct termios modes;
  char text[TEXT_SIZE];
  size_t size;
} guarded = {.descriptor = -1};

static int is_guarded[SIGNAL_LAST + 1];
static struct sigaction before[SIGNAL_LAST + 1];

/* Whether the signal would end the process now, and can be caught. */
static int ends(int number) {
  switch (number) {
    case SIGKILL:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
    case SIGCONT:
    case SIGCHLD:
    case SIGURG:
    case SIGWINCH:
      return 0;
  }
  return signal_disposition[number] == DEFAULT || signal_disposition[number] == RUNTIME;
}

static void leave(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  if (guarded.descriptor >= 0) {
    ssize_t written = write(guarded.descriptor, guarded.text, guarded.size);
    (void)written;
    tcsetattr(guarded.descriptor, TCSANOW, &guarded.modes);
  }
  errno = saved;
  /* The disposition is the default again (SA_RESETHAND). A fault happens again on return; what was sent is sent again. */
  if (info->si_code <= 0 || info->si_code == SI_KERNEL)
    kill(getpid(), number);
}

void guard_end(void) {
  guarded.descriptor = -1;
  for (int number = 1; number <= SIGNAL_LAST; number++) {
    if (is_guarded[number])
      sigaction(number, &before[number], NULL);
    is_guarded[number] = 0;
  }
}

double hexsh_guard_terminal(int descriptor, const void *modes, const char *text) {
  guard_end();
  if (descriptor < 0)
    return 0;
  int error = terminal_modes(descriptor, modes, &guarded.modes);
  if (error < 0)
    return error;
  guarded.size = strnlen(text, TEXT_SIZE);
  memcpy(guarded.text, text, guarded.size);
  guarded.descriptor = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = leave;
  /* A fault may have come of a stack that is full; the runtime has another one for signals. */
  action.sa_flags = (int)SA_RESETHAND | SA_ONSTACK | SA_SIGINFO;
  sigfillset(&action.sa_mask);
  for (int number = 1; number <= SIGNAL_LAST; number++)
    if (ends(number) && sigaction(number, &action, &before[number]) == 0)
      is_guarded[number] = 1;
  return 0;
}
