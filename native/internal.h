/* What the files of the library share. */
#ifndef HEXSH_INTERNAL_H
#define HEXSH_INTERNAL_H

#include <errno.h>
#include <stdint.h>
#include <sys/resource.h>

#include "hexsh.h"

/* Signals are numbered from 1 to this. */
#define SIGNAL_LAST 64

/* The bit of a signal in a mask as the kernel has it. */
#define SIGNAL_BIT(number) (UINT64_C(1) << ((number) - 1))

/* struct sigaction of the kernel, for calls that the C library's wrapper would do more than forward. */
struct kernel_action {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)(void);
  uint64_t mask;
};

/* What a system call gave, as an operation returns it. */
static inline double result(long value) {
  return value < 0 ? -(double)errno : (double)value;
}

/* A limit as TypeScript has it: Infinity stands for RLIM_INFINITY, and so does what is too large to tell apart. */
static inline rlim_t limit_value(double number) {
  return number >= 0 && number < 18446744073709551615.0 ? (rlim_t)number : RLIM_INFINITY;
}

/* signal.c */

/* How a signal is disposed of now; `RUNTIME` is a handler that is not ours. */
enum disposition { DEFAULT, IGNORE, CATCH, RUNTIME };

extern unsigned char signal_disposition[SIGNAL_LAST + 1];

/* The mask that programs get: that of the start. */
extern uint64_t signal_start_mask;

/* Signals that were ignored at the start and that plans can't name: programs ignore them, too. */
extern uint64_t signal_reserved_ignored;

/* Sets the signal mask, all 64 bits of it. Returns the one before. */
uint64_t signal_mask(uint64_t mask);

/* rt_sigaction(2), either pointer may be null. Returns 0 or -1. */
int signal_action(int number, const struct kernel_action *action, struct kernel_action *before);

/* Makes the self-pipe and looks at the dispositions. Returns 0 or -errno. */
int signal_start(uint64_t ignored, uint64_t blocked, int known);

/* The two ends of another self-pipe, to be taken over in a forked child. Returns 0 or -errno. */
int signal_pipe(int ends[2]);

/* In a forked child, with all signals blocked: takes over `ends` and forgets the parent's pending signals. */
void signal_forked(const int ends[2]);

/* Moves the self-pipe out of the way if `descriptor` is one of its ends. Returns 0 or -errno. */
int signal_vacate(int descriptor);

/* An int that is not 0 while a caught signal is pending. */
const volatile int *signal_pending(void);

/* The caught signals, and SIGCHLD whether it is caught or not. */
uint64_t signal_caught(void);

/* Blocks the caught signals, and no others that the shell does not block anyway. */
void signal_hold(void);

/* Marks a signal as its handler would. */
void signal_mark(int number, int code);

/* Whether signals other than SIGCHLD are marked. */
int signal_others_pending(void);

/* Takes SIGCHLD if it has come. Returns whether other signals are pending. */
int signal_take_child(void);

/* Waits until a signal comes, or has come since signals were taken. */
void signal_wait(void);

/* The same until there is something to read, or an end, at `descriptor`. Returns whether there is. */
int signal_wait_or(int descriptor);

/* start.c */

/*
 * Moves a descriptor of the library's own out of the range that scripts use, where the limit on open files allows it.
 * Returns its number. Close-on-exec.
 */
int descriptor_hide(int descriptor);

/* terminal.c */

struct termios;

/* Makes of `modes`, as hexsh_tcsetattr takes them, those of the terminal. Returns 0 or -errno. */
int terminal_modes(int descriptor, const void *modes, struct termios *termios);

/* guard.c */

/* Ends the guard over the terminal, in a forked child for one: the terminal is its parent's affair. */
void guard_end(void);

/* fork.c */

/* Lets a forked child have the memory that the runtime marked as not to be inherited. */
void memory_inherit(void);

#endif
