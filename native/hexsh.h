/*
 * The operations of the C library: what the shell asks of the kernel and of the C library that only C can do.
 *
 * native/build/bindings.ts reads the prototypes below and writes from them dispatch.c, which is what the TypeScript
 * side calls (binding a symbol costs 0.2 ms at start, so that all operations share two), and src/system/bindings.ts. An
 * operation takes up to four numbers, `int` or `double`, and up to two pointers, and its result is a
 * non-negative number or -errno. 64-bit quantities and addresses travel as `double`, exact below 2^53.
 *
 * Strings end with a NUL byte. Descriptors that an operation makes are close-on-exec. No call is restarted after
 * EINTR except where it says so.
 */
#ifndef HEXSH_H
#define HEXSH_H

/* start.c: how the process was started */

/**
 * Makes the library ready: puts right what the runtime changed and takes over signals. `record` is the address of the
 * start record, or 0 without one; in that case the state is guessed. Before any other operation; again does nothing.
 */
double hexsh_start(double record);

/** Numbers about the start, as doubles: see start.c. Returns how many there are. */
double hexsh_start_numbers(double *numbers);

/** Descriptors that were open at the start, as ints, at most `capacity`. Returns how many there are. */
double hexsh_start_descriptors(int *descriptors, int capacity);

/** The arguments (`which` 0) or the environment (1) as strings one after the other. Returns their size, or -ERANGE. */
double hexsh_start_strings(int which, char *bytes, double capacity);

/* signal.c */

/** Address of two ints: whether a caught signal is pending, and the descriptor of the self-pipe to poll. */
double hexsh_signal_memory(void);

/** `disposition`: 0 default, 1 ignore, 2 catch. */
double hexsh_set_disposition(int signal, int disposition);

/**
 * Stores the numbers of caught signals since the last call, ascending; empties the self-pipe. Returns their count. To
 * a signal that nobody but the kernel sent, as the terminal's keys have it do, 256 is added.
 */
double hexsh_take_signals(int *signals);

/** Blocks every signal, or (0) gives back the mask that the process was started with, but for SIGCHLD. */
double hexsh_block_signals(int block);

/** Sends `signal` to this process at its default disposition; returns if that does not end it. */
double hexsh_raise_default(int signal);

/* process.c, spawn.c, execve.c, fork.c */

/** Starts a program; see plan.h for the layout of both blocks. Returns its process id. */
double hexsh_spawn(const void *plan, const char *environment);

/* The wait status of a program that hexsh_run has left running. */
#define HEXSH_STILL_RUNNING 65535

/**
 * Runs a program in the shell's own process group: as hexsh_spawn, and waits for its end. Returns its process id, times 65536, plus its
 * wait status; if a caught signal comes first, that is left pending, and the status is HEXSH_STILL_RUNNING. What the plan says is
 * to be closed here is closed unless the program can't be started. SIGCHLD must not be ignored; there should be no other threads, which
 * it could go to, for then the end is noticed late. It is pending afterwards only if other children have changed.
 */
double hexsh_run(const void *plan, const char *environment);

/** Replaces this process. Returns only on failure, with everything as it was before. */
double hexsh_execve(const void *plan, const char *environment);

/** Returns 0 in the child, which has a self-pipe of its own and no pending signals. */
double hexsh_fork(void);

/** Ends the process at once. */
double hexsh_exit(int status);

/** Stores the status at `status`. Returns 0 with WNOHANG if no child has changed. */
double hexsh_waitpid(int pid, int options, int *status);

/**
 * Waits until children have changed; stores at `changes` the process id and the status of each, of `capacity` at the most.
 * Returns how many. With a signal pending, -EINTR, unless it is SIGCHLD: that only tells of what is returned, and is taken.
 */
double hexsh_await_children(int options, int *changes, int capacity);

double hexsh_kill(int pid, int signal);
double hexsh_getpid(void);
double hexsh_getppid(void);
double hexsh_getpgid(int pid);
double hexsh_setpgid(int pid, int group);
double hexsh_getsid(int pid);
double hexsh_setsid(void);

/** User and system time of this process, then of its waited-for children, in seconds. */
double hexsh_times(double *seconds);

/** Soft and hard limit; RLIM_INFINITY is Infinity. */
double hexsh_getrlimit(int resource, double *limits);
double hexsh_setrlimit(int resource, double soft, double hard);

/* stream.c */

double hexsh_close(int descriptor);
double hexsh_duplicate(int descriptor, int minimum);
double hexsh_dup3(int descriptor, int target, int flags);

/** Stores the reading and the writing end. */
double hexsh_pipe2(int flags, int *ends);

/** A pipe that gives `bytes` and then ends. Returns its reading end, -EAGAIN if they don't fit in. */
double hexsh_pipe_holding(const char *bytes, double length);

double hexsh_read(int descriptor, char *buffer, double offset, double length);

/**
 * Reads until `length` bytes have come, or the end. Returns how many; with a signal pending, before any have come, -EINTR, unless it
 * is SIGCHLD: that is taken, so that children have to be waited for next.
 */
double hexsh_read_all(int descriptor, char *buffer, double offset, double length);

double hexsh_write(int descriptor, const char *buffer, double offset, double length);
double hexsh_lseek(int descriptor, double offset, int whence);
double hexsh_get_status_flags(int descriptor);
double hexsh_set_status_flags(int descriptor, int flags);
double hexsh_set_close_on_exec(int descriptor, int close_on_exec);

/** The capacity of a pipe; `set` asks for a new one first, unless it is negative. */
double hexsh_pipe_capacity(int descriptor, int set);

/** `requests` is an array of struct pollfd; `timeout` is in milliseconds, negative for none. */
double hexsh_poll(void *requests, int count, double timeout);

double hexsh_tee(int from, int to, double length, int flags);
double hexsh_splice(int from, int to, double length, int flags);
double hexsh_copy_file_range(int from, int to, double length);
double hexsh_sendfile(int to, int from, double length);
double hexsh_memfd_create(const char *name);
double hexsh_peek(int descriptor, char *buffer, double offset, double length);

/* relay.c */

/* A flag of hexsh_relay, beside those of relay.h: go on where a signal has interrupted. */
#define HEXSH_RELAY_RESUME 256

/**
 * Moves data from one descriptor to another until it ends. Stores how many bytes have been moved, and 1 if an error is
 * one of `to`, else 0. Gives -EINTR when a caught signal is pending, -EDEADLK if it would read what it writes without end.
 */
double hexsh_relay(int from, int to, int flags, double *moved);

/* network.c */

/* Flags of the look-ups: datagrams, not a stream; addresses to listen at; no names, only numbers. */
#define HEXSH_LOOKUP_DATAGRAM 1
#define HEXSH_LOOKUP_PASSIVE 2
#define HEXSH_LOOKUP_NUMERIC 4

/**
 * The addresses of a host and a service, of which `names` has the names one after the other, if both are numbers.
 * Stores up to 64 records of 144 bytes. Returns how many there are, 0 if there is a name among the two.
 */
double hexsh_lookup_numeric(const char *names, int flags, void *records);

/**
 * Has a child process look names up. Stores its process id, and returns the descriptor from which the records come, or
 * one record that begins with the int -1 and has the text of an error from its 16th byte on.
 */
double hexsh_lookup_begin(const char *names, int flags, int *process);

/** The record of a socket in the file system. Returns its size. */
double hexsh_unix_address(const char *path, void *record);

/** Begins to connect to the address of a record. Returns a descriptor that does not block: it is ready to write then. */
double hexsh_connect(const void *address);

/** How a connection has turned out: 0 or -errno. */
double hexsh_socket_error(int descriptor);

/** Listens at the address of a record. Returns a descriptor that does not block. */
double hexsh_listen(const void *address);

double hexsh_accept(int listening);

/** The address of the other side of a socket, or else its own, as text. Returns its length. */
double hexsh_socket_name(int descriptor, char *text, double capacity);

/* file.c, directory.c */

double hexsh_open(const char *path, int flags, int mode);

/** The twelve numbers of file.c; `follow` says whether a symbolic link is followed. */
double hexsh_stat(const char *path, int follow, double *status);
double hexsh_fstat(int descriptor, double *status);

/** By the effective ids. */
double hexsh_access(const char *path, int mode);

/** Returns the length of the target, which does not end with NUL; -ENAMETOOLONG if it needs all of `capacity`. */
double hexsh_readlink(const char *path, char *target, double capacity);

/** Returns the length without the NUL. */
double hexsh_getcwd(char *path, double capacity);
double hexsh_chdir(const char *path);
double hexsh_fchdir(int descriptor);
double hexsh_umask(int mask);
double hexsh_unlink(const char *path);

/** Takes the place of what `to` names at once. */
double hexsh_rename(const char *from, const char *to);

/**
 * Fills `entries` with what a directory holds, but `.` and `..`: for each a byte with its DT_ type, and its name. `request` is the
 * path, and after its NUL two more strings: what the names that are wanted begin with, and end with. Returns the size. An int before
 * the entries, at the start of `entries`, is -1 if that was all, else a descriptor for hexsh_read_directory_on. Restarts after EINTR.
 */
double hexsh_read_directory(const char *request, char *entries, double capacity);

/** The next part; the descriptor is closed at the end and on failure. */
double hexsh_read_directory_on(int descriptor, const char *request, char *entries, double capacity);

/* terminal.c */

double hexsh_isatty(int descriptor);
double hexsh_tcgetpgrp(int descriptor);

/** With SIGTTOU blocked. */
double hexsh_tcsetpgrp(int descriptor, int group);

/** Four ints (input, output, control, local), then the 32 bytes of c_cc. */
double hexsh_tcgetattr(int descriptor, void *modes);

/** The line speeds stay as they are. */
double hexsh_tcsetattr(int descriptor, int when, const void *modes);

/**
 * From now on, a signal that ends the process (also by a fault of its own) first has `text` written to the terminal, as far as
 * its first 64 bytes go, and its modes made `modes`. A `descriptor` of -1 takes that back, and so does a fork in the child. The
 * dispositions of signals must not change meanwhile.
 */
double hexsh_guard_terminal(int descriptor, const void *modes, const char *text);

/** Rows and columns. */
double hexsh_window_size(int descriptor, int *size);
double hexsh_set_window_size(int descriptor, int rows, int columns);
double hexsh_ttyname(int descriptor, char *path, double capacity);

/** Returns the descriptor of the master and stores the path of the slave. */
double hexsh_open_pseudo_terminal(char *path, double capacity);

/* identity.c */

double hexsh_getuid(void);
double hexsh_geteuid(void);
double hexsh_getgid(void);
double hexsh_getegid(void);

/** Stores the supplementary groups if there is room for all. Returns how many there are. */
double hexsh_getgroups(int *groups, int capacity);

/**
 * The entry of user `name`, or of user id `user` if `name` is null: two ints (user, group), then the name, the home and
 * the shell. Returns the size, 0 if there is no entry, -ERANGE if `capacity` is too small.
 */
double hexsh_password_entry(const char *name, double user, char *entry, double capacity);

/** Returns the length of the name. */
double hexsh_hostname(char *name, double capacity);

/* clock.c */

double hexsh_monotonic(void);
double hexsh_now(void);

/**
 * strftime(3). `format` holds the format and, after its NUL and if `has_zone`, the value of TZ. Returns the length of
 * the text, 0 if it does not fit.
 */
double hexsh_format_time(const char *format, int has_zone, double seconds, char *text, double capacity);

#endif
