/** What traps can be set for besides signals. */

/** The condition EXIT. */
export const EXIT = 0;
/** The conditions that no signal raises (bash manual 4.1, trap), with numbers behind those of the signals. */
export const DEBUG = 65;
export const ERR = 66;
export const RETURN = 67;
