/** Parses simple commands (XCU 2.9.1), and finds function definitions that begin like one. */

import { parseFunctionBody } from "./function.ts";
import { literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { isRedirection, parseRedirection } from "./redirection.ts";
import * as Token from "./tokens.ts";
import type { Assignment, FunctionDefinition, Redirection, SimpleCommand, Word } from "./tree.ts";
import { ARGUMENT, ARRAYS, ARRAYS_AS_TEXT, ASSIGNMENTS, COMMAND } from "./word_mode.ts";

const NONE: readonly never[] = [];

const DECLARATION = ASSIGNMENTS | ARRAYS;

/** Not a mode of the lexer's: the word behind this one may still turn out to be a declaration utility. */
const PREFIX = 16384;

/** What the arguments of some utilities may be: the declaration utilities (XCU 2.9.1.1), and what comes before them. */
const ARGUMENT_MODES = new Map<string, number>([
  ["declare", DECLARATION],
  ["export", DECLARATION],
  ["local", DECLARATION],
  ["readonly", DECLARATION],
  ["typeset", DECLARATION],
  ["alias", ASSIGNMENTS | ARRAYS_AS_TEXT],
  ["eval", ASSIGNMENTS | ARRAYS_AS_TEXT],
  ["let", ASSIGNMENTS | ARRAYS_AS_TEXT],
  ["builtin", PREFIX],
  ["command", PREFIX],
]);

/** Parses the command that begins with the token read ahead. `first` are words that were taken before. */
export function parseSimpleCommand(parser: Parser, first: Word | null = null): SimpleCommand | FunctionDefinition {
  const lexer = parser.lexer;
  const start = first === null ? lexer.tokenPosition : first.start;
  const line = lexer.tokenLine;
  let assignments: Assignment[] | null = null;
  let redirections: Redirection[] | null = null;
  const words: (Word | Assignment)[] = [];
  let mode = COMMAND;
  if (first !== null) {
    words.push(first);
    mode = argumentMode(first);
  }
  for (;;) {
    const kind = lexer.peek(mode);
    if (kind === Token.WORD) {
      const word = lexer.takeWord();
      words.push(word);
      if (words.length === 1) mode = argumentMode(word);
      else if ((mode & PREFIX) !== 0) mode = prefixedMode(word);
    } else if (kind === Token.ASSIGNMENT_WORD) {
      lexer.take();
      const assignment = lexer.word as Assignment;
      if (words.length > 0) words.push(assignment);
      else if (assignments === null) assignments = [assignment];
      else assignments.push(assignment);
    } else if (isRedirection(kind)) {
      const redirection = parseRedirection(lexer);
      if (redirections === null) redirections = [redirection];
      else redirections.push(redirection);
    } else {
      if (kind === Token.LEFT_PARENTHESIS) {
        if (words.length !== 1 || assignments !== null || redirections !== null) throw lexer.unexpected();
        return parseFunctionBody(parser, words[0] as Word, start, line);
      }
      break;
    }
  }
  return {
    kind: "simple",
    start,
    end: lexer.previousEnd,
    line,
    assignments: assignments ?? NONE,
    words,
    redirections: redirections ?? NONE,
  };
}

/** How the words behind the first one are read. */
function argumentMode(word: Word): number {
  const text = literalText(word);
  return text === null || text.length > 8 ? ARGUMENT : ARGUMENT_MODES.get(text) ?? ARGUMENT;
}

/** How the words behind one that follows `command` or `builtin` are read. bash takes no array there. */
function prefixedMode(word: Word): number {
  const text = literalText(word);
  if (text === null) return ARGUMENT;
  if (text.startsWith("-")) return PREFIX;
  const mode = ARGUMENT_MODES.get(text) ?? ARGUMENT;
  return mode === DECLARATION ? ASSIGNMENTS : mode & PREFIX;
}
