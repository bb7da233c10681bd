/** Reads the commands of `$(…)`, `<(…)` and `>(…)`, which the parser is called back for. */

import { GREATER } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import type { List, ProcessPart } from "./tree.ts";

/** The commands of a substitution, and their text. */
export interface SubstitutedList {
  readonly body: List;
  readonly text: string;
  readonly line: number;
  /** Whether aliases have been substituted in the commands. */
  readonly aliased: boolean;
}

/**
 * Reads from behind the `(` to behind the `)`. Unless they are expanded early, aliases do not play a part in finding that: those that
 * are in force when the commands are run decide (XCU 2.6.3), for which they are parsed again.
 */
export function readSubstitutedList(lexer: Lexer): SubstitutedList {
  const line = lexer.line;
  const state = lexer.saveState();
  const mark = lexer.mark();
  const aliased = lexer.earlyAlias && lexer.alias !== null;
  if (!aliased) lexer.alias = null;
  // Here-documents that were begun outside have their bodies behind the line on which the substitution ends.
  lexer.pending = [];
  lexer.substitutions++;
  lexer.enter();
  const body = lexer.commands.readSubstitution();
  const unread = lexer.pending.length;
  if (unread > 0) {
    const plural = unread === 1 ? "" : "s";
    lexer.warn(lexer.line, `command substitution: ${unread} unterminated here-document${plural}`);
  }
  const pending = unread === 0 ? state.pending : state.pending.concat(lexer.pending);
  lexer.restoreState(state);
  lexer.pending = pending;
  const text = lexer.textSince(mark, 1);
  lexer.release();
  return { body, text, line, aliased };
}

/** Reads a process substitution from its `<` or `>` on, which is at `start` (bash manual 3.5.6). */
export function readProcessSubstitution(lexer: Lexer, start: number): ProcessPart {
  const direction = lexer.text.charCodeAt(lexer.index) === GREATER ? ">" : "<";
  lexer.index += 2;
  const { body, text, line, aliased } = readSubstitutedList(lexer);
  return { kind: "process", start, end: lexer.position(lexer.index), direction, body, text, line, aliased };
}
