/*
 * Utilities that the library runs itself, in a process that is forked from the shell and never runs JavaScript: they
 * relay data, so that they need nothing but system calls. A spawn plan names one as its path.
 */
#ifndef HEXSH_UTILITY_H
#define HEXSH_UTILITY_H

/* Values of PLAN_UTILITY. */
#define UTILITY 1
#define UTILITY_NO_SPLICE 2

/*
 * In the forked child, prepared as for a program: runs the utility `name`. Returns its exit status. A bit of `own` says
 * that nobody else uses the offset of the file that the descriptor of its number leads to.
 */
int utility_run(const char *name, char **arguments, int kind, unsigned own);

/* Whether the offset of a file may be used by others. */
int utility_shares(int descriptor);

/* Writes "name: subject: reason" to standard error; without subject if that is null. */
void utility_report(const char *name, const char *subject, int error);

/* Each gets its arguments with its own name first, and flags for its relays. */

/* cat [file ...]: without options. */
int cat_main(char **arguments, int flags);

/* tee [-ai] [file ...] */
int tee_main(char **arguments, int flags);

/*
 * relay INPUTS OUTPUTS NAME...: what comes from INPUTS descriptors, one after the other, goes to OUTPUTS others, which
 * messages call by their names. The descriptors are those from RELAY_FIRST on, inputs first.
 */
#define RELAY_FIRST 3
int relay_main(char **arguments, int flags);

/* meter NAME SIZE SHOW [FILE]: see meter.c. */
int meter_main(char **arguments, int flags);

#endif
