/** Reads the commands of `$(…)`, `<(…)` and `>(…)`, which the parser is called back for. */

import { GREATER } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import type { List, ProcessPart } from "./tree.ts";

/** Reads from behind the `(` to behind the `)`. */
export function readSubstitutedList(lexer: Lexer): List {
  const state = lexer.saveState();
  // Here-documents that were begun outside have their bodies behind the line on which the substitution ends.
  lexer.pending = [];
  lexer.substitutions++;
  lexer.enter();
  const list = lexer.commands.readSubstitution();
  const unread = lexer.pending.length;
  if (unread > 0) {
    const plural = unread === 1 ? "" : "s";
    lexer.warn(lexer.line, `command substitution: ${unread} unterminated here-document${plural}`);
  }
  const pending = unread === 0 ? state.pending : state.pending.concat(lexer.pending);
  lexer.restoreState(state);
  lexer.pending = pending;
  return list;
}

/** Reads a process substitution from its `<` or `>` on (bash manual 3.5.6). */
export function readProcessSubstitution(lexer: Lexer): ProcessPart {
  const start = lexer.position(lexer.index);
  const direction = lexer.text.charCodeAt(lexer.index) === GREATER ? ">" : "<";
  lexer.index += 2;
  const body = readSubstitutedList(lexer);
  return { kind: "process", start, end: lexer.position(lexer.index), direction, body };
}
