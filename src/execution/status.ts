/** Exit statuses that have a meaning of their own (XCU 2.8.2). */

export const SUCCESS = 0;
/** The general failure of a builtin. */
export const FAILURE = 1;
/** Wrong usage: options and operands that a builtin does not have; a syntax error. */
export const USAGE = 2;
/**
 * What ends a shell for POSIX scripts, but for a failed redirection: anything from 1 to 125 would do (XCU 2.8.1), and most
 * others for `sh` have this.
 */
export const SHELL_ERROR = 2;
/** A process could not be forked. */
export const NO_PROCESS = 254;
/** A command was found but can't be executed. */
export const CANNOT_EXECUTE = 126;
export const NOT_FOUND = 127;
/** What is added to the number of the signal that ended a process. */
export const SIGNALLED = 128;
