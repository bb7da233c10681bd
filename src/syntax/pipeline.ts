/** Parses pipelines (XCU 2.9.2), with `!` and `time` before them. */

import { HYPHEN, SPACE, TAB } from "./characters.ts";
import type { Lexer } from "./lexer.ts";
import { literalText } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import * as Reserved from "./reserved_words.ts";
import * as Token from "./tokens.ts";
import type { Command, Joint, Pipeline, Word } from "./tree.ts";
import { ARGUMENT, COMMAND } from "./word_mode.ts";

const PIPE: Joint = { form: "pipe", connections: [{ from: 1, to: 0 }] };
const PIPE_BOTH: Joint = { form: "both", connections: [{ from: 1, to: 0 }, { from: 2, to: 0 }] };

/** What stands before the stages. */
interface Prefix {
  readonly start: number;
  readonly line: number;
  readonly negated: boolean;
  readonly timed: Pipeline["timed"];
}

export function parsePipeline(parser: Parser): Pipeline | Command {
  const lexer = parser.lexer;
  const reserved = parser.reserved();
  if (isPrefix(lexer, reserved)) return parsePrefixed(parser, reserved);
  const line = lexer.tokenLine;
  const first = parser.parseCommand(reserved);
  if (!isPipe(lexer.peek(ARGUMENT))) return first;
  return parseStages(parser, { start: first.start, line, negated: false, timed: "no" }, first);
}

function isPipe(kind: number): boolean {
  return kind >= Token.PIPE && kind <= Token.PIPE_STREAMS;
}

function isPrefix(lexer: Lexer, reserved: number): boolean {
  if (reserved === Reserved.TIME) return !lexer.posix || !optionFollows(lexer);
  return reserved === Reserved.NOT;
}

/** In POSIX mode, `time` with an option is a utility. */
function optionFollows(lexer: Lexer): boolean {
  let index = lexer.index;
  let code = lexer.text.charCodeAt(index);
  while (code === SPACE || code === TAB) code = lexer.text.charCodeAt(++index);
  return code === HYPHEN;
}

/** A pipeline behind any number of `!` and `time [-p] [--]`. Two `!` cancel each other. */
function parsePrefixed(parser: Parser, first: number): Pipeline | Command {
  const lexer = parser.lexer;
  const { tokenPosition: start, tokenLine: line } = lexer;
  let negated = false;
  let timed: Pipeline["timed"] = "no";
  let reserved = first;
  do {
    lexer.take();
    if (reserved === Reserved.NOT) negated = !negated;
    else if (takeOption(lexer, "-p")) timed = "posix";
    else if (timed === "no") timed = "default";
    // The end of the options means POSIX's format, as in bash.
    if (reserved === Reserved.TIME && takeOption(lexer, "--")) timed = "posix";
    reserved = parser.reserved();
  } while (isPrefix(lexer, reserved));
  const prefix = { start, line, negated, timed };
  const kind = lexer.peek(COMMAND);
  if (kind === Token.SEMICOLON || kind === Token.NEWLINE || kind === Token.END) return pipeline(lexer, prefix, [], []);
  const command = parser.parseCommand(reserved);
  if (negated || timed !== "no" || isPipe(lexer.peek(ARGUMENT))) return parseStages(parser, prefix, command);
  return command;
}

/** Takes the next word if it is `option`. */
export function takeOption(lexer: Lexer, option: string): boolean {
  if (lexer.peek(COMMAND) !== Token.WORD || literalText(lexer.word as Word) !== option) return false;
  lexer.take();
  return true;
}

/** The stages from the second on. */
function parseStages(parser: Parser, prefix: Prefix, first: Command): Pipeline {
  const lexer = parser.lexer;
  const stages = [first];
  const joints: Joint[] = [];
  let kind = lexer.peek(ARGUMENT);
  while (isPipe(kind)) {
    joints.push(kind === Token.PIPE ? PIPE : kind === Token.PIPE_BOTH ? PIPE_BOTH : lexer.joint!);
    lexer.take();
    parser.skipNewlines();
    stages.push(parser.parseCommand(parser.reserved()));
    kind = lexer.peek(ARGUMENT);
  }
  return pipeline(lexer, prefix, stages, joints);
}

function pipeline(lexer: Lexer, prefix: Prefix, stages: readonly Command[], joints: readonly Joint[]): Pipeline {
  const { start, line, negated, timed } = prefix;
  return { kind: "pipeline", start, end: lexer.previousEnd, line, negated, timed, stages, joints };
}
