/** Behaviour of variables that the shell itself sets or watches, such as RANDOM and PATH (bash manual 5.2). */

import type { ArrayContents } from "./binding.ts";

export interface Special {
  /** Whether its value is made anew whenever it is read. A local variable of the same name is an ordinary one. */
  readonly dynamic: boolean;
  /** Gives the value, in place of a stored one. */
  readonly read?: () => string | undefined;
  /** Gives the elements, in place of stored ones. */
  readonly array?: () => ArrayContents;
  /** Whether it has a value now; always, if absent. */
  readonly isSet?: () => boolean;
  /** Whether lists of all variables leave its value out, for which something would have to be done. */
  readonly unlisted?: boolean;
  /** Told after each assignment or unset, with the new value. */
  readonly changed?: (text: string | undefined) => void;
  /** Told of each assignment to an element, in place of storing it. */
  readonly elementChanged?: (subscript: string | number, text: string | undefined) => void;
  /** Whether assignments have no effect. */
  readonly fixed?: boolean;
  /** Whether unsetting it takes its special meaning away. */
  readonly fragile?: boolean;
}
