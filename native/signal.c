/*
 * Signals: a handler marks its signal and wakes the self-pipe, and does nothing else; the shell looks when it is ready.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "internal.h"

/* What TypeScript reads without a call; see hexsh_signal_memory. */
static struct {
  volatile int pending;
  volatile int descriptor;
} shared = {0, -1};

/* Added to the number of a signal that only the kernel has sent. */
#define HEXSH_FROM_KERNEL 256

/* Who has sent a signal since it was taken last, as bits. */
enum { FROM_PROCESS = 1, FROM_KERNEL = 2 };
static volatile sig_atomic_t pending[SIGNAL_LAST + 1];
static volatile int pipe_end = -1;

unsigned char signal_disposition[SIGNAL_LAST + 1];
uint64_t signal_start_mask;
uint64_t signal_reserved_ignored;

/* The C library keeps these for itself (NPTL's cancellation and setxid): no shell command can name them. */
#define RESERVED_SIGNALS (SIGNAL_BIT(32) | SIGNAL_BIT(33))

/* The shell's own mask, outside of critical sections. */
static uint64_t shell_mask;

uint64_t signal_mask(uint64_t mask) {
  uint64_t before = 0;
  /* sigprocmask(3) leaves out the two signals that the C library keeps for itself; a vfork child must not get these. */
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, &before, sizeof mask);
  return before;
}

int signal_action(int number, const struct kernel_action *action, struct kernel_action *before) {
  return (int)syscall(SYS_rt_sigaction, number, action, before, sizeof(uint64_t));
}

void signal_mark(int number, int code) {
  pending[number] |= code == SI_KERNEL ? FROM_KERNEL : FROM_PROCESS;
  shared.pending = 1;
  /* If the pipe is full, its reader is going to wake up as it is. */
  ssize_t written = write(pipe_end, "", 1);
  (void)written;
}

static void handler(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  signal_mark(number, info->si_code);
  errno = saved;
}

uint64_t signal_caught(void) {
  uint64_t caught = SIGNAL_BIT(SIGCHLD);
  for (int number = 1; number <= SIGNAL_LAST; number++)
    if (signal_disposition[number] == CATCH)
      caught |= SIGNAL_BIT(number);
  return caught;
}

void signal_hold(void) {
  signal_mask(shell_mask | signal_caught());
}

int signal_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
    return -errno;
  ends[0] = descriptor_hide(ends[0]);
  ends[1] = descriptor_hide(ends[1]);
  return 0;
}

int signal_start(uint64_t ignored, uint64_t blocked, int known) {
  int ends[2];
  int error = signal_pipe(ends);
  if (error < 0)
    return error;
  shared.descriptor = ends[0];
  pipe_end = ends[1];
  signal_start_mask = blocked;
  signal_reserved_ignored = ignored & RESERVED_SIGNALS;
  /* Some parents leave SIGCHLD blocked; programs get it so, but a shell would not learn of its children's end. */
  shell_mask = blocked & ~SIGNAL_BIT(SIGCHLD);
  signal_mask(shell_mask);
  for (int number = 1; number <= SIGNAL_LAST; number++) {
    signal_disposition[number] = ignored & SIGNAL_BIT(number) ? IGNORE : DEFAULT;
    /* With a record only these can differ from the start: Rust ignores SIGPIPE and catches the other two. */
    if (known && number != SIGPIPE && number != SIGSEGV && number != SIGBUS)
      continue;
    struct kernel_action now;
    if (signal_action(number, NULL, &now) == 0)
      signal_disposition[number] = now.handler == SIG_DFL ? DEFAULT : now.handler == SIG_IGN ? IGNORE : RUNTIME;
  }
  return 0;
}

void signal_forked(const int ends[2]) {
  /* The numbers stay the same. Nothing can fail: the targets are open, and signals are blocked. */
  dup3(ends[0], shared.descriptor, O_CLOEXEC);
  dup3(ends[1], pipe_end, O_CLOEXEC);
  close(ends[0]);
  close(ends[1]);
  shared.pending = 0;
  for (int number = 1; number <= SIGNAL_LAST; number++)
    pending[number] = 0;
  guard_end();
}

int signal_vacate(int descriptor) {
  volatile int *end = descriptor == shared.descriptor ? &shared.descriptor : descriptor == pipe_end ? &pipe_end : NULL;
  if (descriptor < 0 || end == NULL)
    return 0;
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, descriptor + 1);
  if (moved < 0)
    moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (moved < 0)
    return -errno;
  /* A handler that runs from here on uses the new number, and before that the old one is still open. */
  *end = moved;
  return 0;
}

const volatile int *signal_pending(void) {
  return &shared.pending;
}

double hexsh_signal_memory(void) {
  return (double)(uintptr_t)&shared;
}

double hexsh_set_disposition(int number, int disposition) {
  if (number < 1 || number > SIGNAL_LAST || disposition < DEFAULT || disposition > CATCH)
    return -EINVAL;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  /* No SA_RESTART: a blocking call must end, so that a trap can run. */
  if (disposition == CATCH) {
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO;
  } else {
    action.sa_handler = disposition == IGNORE ? SIG_IGN : SIG_DFL;
  }
  sigfillset(&action.sa_mask);
  if (sigaction(number, &action, NULL) < 0)
    return -errno;
  signal_disposition[number] = (unsigned char)disposition;
  return 0;
}

/*
 * Gets ready to look at the marks. The order matters. A signal that comes after the flag is cleared raises it again, and its
 * mark is either collected then or stays for the next time; at worst the shell looks once more and finds nothing.
 */
static void drain(void) {
  shared.pending = 0;
  char drained[64];
  ssize_t size;
  do
    size = read(shared.descriptor, drained, sizeof drained);
  while (size == (ssize_t)sizeof drained || (size < 0 && errno == EINTR));
}

static int others_marked(void) {
  for (int number = 1; number <= SIGNAL_LAST; number++)
    if (number != SIGCHLD && pending[number])
      return 1;
  return 0;
}

int signal_others_pending(void) {
  return shared.pending && others_marked();
}

int signal_take_child(void) {
  if (!shared.pending)
    return 0;
  drain();
  pending[SIGCHLD] = 0;
  if (!others_marked())
    return 0;
  shared.pending = 1;
  return 1;
}

void signal_wait(void) {
  struct pollfd wake = {.fd = shared.descriptor, .events = POLLIN};
  poll(&wake, 1, -1);
}

int signal_wait_or(int descriptor) {
  struct pollfd wake[] = {{.fd = descriptor, .events = POLLIN}, {.fd = shared.descriptor, .events = POLLIN}};
  return poll(wake, 2, -1) > 0 && wake[0].revents != 0;
}

double hexsh_take_signals(int *signals) {
  drain();
  int count = 0;
  for (int number = 1; number <= SIGNAL_LAST; number++)
    if (pending[number]) {
      /* The same signal between these two lines is pending already: at the most, who sent it is forgotten. */
      int senders = pending[number];
      pending[number] = 0;
      signals[count++] = senders == FROM_KERNEL ? number | HEXSH_FROM_KERNEL : number;
    }
  return count;
}

double hexsh_block_signals(int block) {
  signal_mask(block ? ~UINT64_C(0) : shell_mask);
  return 0;
}

double hexsh_raise_default(int number) {
  double set = hexsh_set_disposition(number, DEFAULT);
  /* SIGKILL and SIGSTOP can't be set, and need not be. */
  if (set < 0 && number != SIGKILL && number != SIGSTOP)
    return set;
  uint64_t before = signal_mask(~UINT64_C(0));
  if (kill(getpid(), number) < 0) {
    int error = errno;
    signal_mask(before);
    return -error;
  }
  signal_mask(before & ~SIGNAL_BIT(number));
  signal_mask(before);
  return 0;
}
