/**
 * What a module that holds state of the shell says, beside that state, about subshells (XCU 2.13).
 *
 * A virtual subshell runs in the shell's own process: its changes are noted in a journal and taken back when it ends. When it
 * has to become a real process after all, the forked child goes on in the middle of it, and nothing is taken back.
 */
export interface SubshellState {
  /** A subshell begins: changes from now on are to be taken back by {@link leaveSubshell}. Calls nest. */
  enterSubshell(): void;
  /** The innermost subshell has ended: its changes are taken back. */
  leaveSubshell(): void;
  /** This process is the forked child that carries the innermost subshell on: journals are of no use to it any more. */
  becomeSubshell(): void;
}
