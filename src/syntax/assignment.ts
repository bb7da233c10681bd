/** Reads assignments (XCU 2.9.1, bash manual 6.7): `name=value`, `name[subscript]+=value`, `name=(…)`. */

import { EQUALS, LEFT_BRACKET, LEFT_PARENTHESIS, PLUS } from "./characters.ts";
import { SUBSCRIPT } from "./context.ts";
import type { Lexer } from "./lexer.ts";
import { readName } from "./name.ts";
import { appendLiteral, makeWord } from "./nodes.ts";
import * as Token from "./tokens.ts";
import type { ArrayElement, ArrayValue, Assignment, Word, WordPart } from "./tree.ts";
import { readWordParts } from "./word.ts";
import { ARGUMENT, ARRAYS, ARRAYS_AS_TEXT, COMMAND_START, ELEMENT } from "./word_mode.ts";

/**
 * Reads the assignment at the index, where a name or, for an element, a `[` begins. If it turns out to be none it is
 * read as a word. An element's assignment has no name.
 */
export function readAssignmentOrWord(lexer: Lexer, mode: number): Assignment | Word {
  const start = lexer.position(lexer.index);
  const name = readName(lexer);
  const parts: WordPart[] = [];
  let subscript: Word | null = null;
  const next = lexer.peekCode(0);
  // Of most assignments the name is no part of a word.
  if (name !== "" && (next !== EQUALS || (mode & ARRAYS_AS_TEXT) !== 0)) {
    appendLiteral(parts, start, lexer.position(lexer.index), name);
  }
  if (next === LEFT_BRACKET) {
    if ((mode & (COMMAND_START | ELEMENT)) === 0 && !subscriptIsInWord(lexer)) return finishWord(lexer, start, parts);
    const bracket = lexer.position(lexer.index);
    subscript = readSubscript(lexer);
    appendSubscript(parts, bracket, subscript);
  }
  const operator = assignmentOperator(lexer);
  if (operator === 0) return finishWord(lexer, start, parts);
  if ((mode & ARRAYS_AS_TEXT) !== 0) return readTextArray(lexer, start, parts, operator);
  lexer.index += operator;
  const value = readValue(lexer, mode);
  const end = lexer.position(lexer.index);
  return { kind: "assignment", start, end, name, subscript, append: operator === 2, value };
}

/** The length of the `=` or `+=` at the index; 0 if there is none. */
function assignmentOperator(lexer: Lexer): number {
  const code = lexer.peekCode(0);
  if (code === EQUALS) return 1;
  return code === PLUS && lexer.peekCode(1) === EQUALS ? 2 : 0;
}

function finishWord(lexer: Lexer, start: number, parts: WordPart[]): Word {
  readWordParts(lexer, parts, ARGUMENT);
  return makeWord(start, lexer.position(lexer.index), parts);
}

/** Whether the word that begins with a name and `[` holds the `]` too: blanks in a subscript separate arguments. */
function subscriptIsInWord(lexer: Lexer): boolean {
  const mark = lexer.mark();
  const parts: WordPart[] = [];
  readWordParts(lexer, parts, ARGUMENT);
  lexer.restore(mark);
  return parts.some((part) => part.kind === "literal" && part.text.includes("]"));
}

/** Reads `[…]`. */
function readSubscript(lexer: Lexer): Word {
  const line = lexer.line;
  const parts: WordPart[] = [];
  lexer.index++;
  const start = lexer.position(lexer.index);
  lexer.enter();
  if (!lexer.readText(parts, SUBSCRIPT)) throw lexer.unmatched("]", line);
  lexer.leave();
  const subscript = makeWord(start, lexer.position(lexer.index), parts);
  lexer.index++;
  return subscript;
}

/** Adds the subscript to the parts of what may yet be a plain word. */
function appendSubscript(parts: WordPart[], bracket: number, subscript: Word): void {
  appendLiteral(parts, bracket, bracket + 1, "[");
  appendParts(parts, subscript.parts);
  appendLiteral(parts, subscript.end, subscript.end + 1, "]");
}

function appendParts(parts: WordPart[], more: readonly WordPart[]): void {
  for (const part of more) {
    if (part.kind === "literal") appendLiteral(parts, part.start, part.end, part.text);
    else parts.push(part);
  }
}

function readTextArray(lexer: Lexer, start: number, parts: WordPart[], operator: number): Word {
  const { text, index } = lexer;
  appendLiteral(parts, lexer.position(index), lexer.position(index + operator), text.slice(index, index + operator));
  lexer.index += operator;
  if (lexer.peekCode(0) === LEFT_PARENTHESIS) appendArray(parts, readArray(lexer));
  return finishWord(lexer, start, parts);
}

/** Adds the value of an array as bash writes it: its elements with a blank between them. */
function appendArray(parts: WordPart[], { start, end, elements }: ArrayValue): void {
  appendLiteral(parts, start, start + 1, "(");
  elements.forEach((element, i) => {
    if (i > 0) appendLiteral(parts, element.start - 1, element.start, " ");
    if (element.subscript !== null) {
      appendSubscript(parts, element.start, element.subscript);
      appendLiteral(parts, element.value.start - 1, element.value.start, element.append ? "+=" : "=");
    }
    appendParts(parts, element.value.parts);
  });
  appendLiteral(parts, end - 1, end, ")");
}

function readValue(lexer: Lexer, mode: number): Word | ArrayValue {
  if ((mode & ARRAYS) === 0 || lexer.peekCode(0) !== LEFT_PARENTHESIS) {
    return finishWord(lexer, lexer.position(lexer.index), []);
  }
  const array = readArray(lexer);
  if (!"\0\t\n &();<>|".includes(String.fromCharCode(lexer.peekCode(0)))) {
    // Where the word goes on, as in `a=(1+2)*3`, all of it is text.
    const parts: WordPart[] = [];
    appendArray(parts, array);
    return finishWord(lexer, array.start, parts);
  }
  return array;
}

/** Reads `(…)`, whose words newlines and comments may separate. */
function readArray(lexer: Lexer): ArrayValue {
  const start = lexer.position(lexer.index);
  const line = lexer.line;
  const state = lexer.saveState();
  const elements: ArrayElement[] = [];
  lexer.enter();
  lexer.index++;
  for (;;) {
    const kind = lexer.peek(ELEMENT);
    if (kind === Token.WORD || kind === Token.ASSIGNMENT_WORD) elements.push(element(lexer.word));
    else if (kind === Token.RIGHT_PARENTHESIS) break;
    else if (kind === Token.END) throw lexer.unmatched(")", line);
    else if (kind !== Token.NEWLINE) throw lexer.unexpected().asRecoverable();
    lexer.take();
  }
  const pending = lexer.pending;
  lexer.restoreState(state);
  lexer.pending = pending;
  lexer.leave();
  return { kind: "array", start, end: lexer.position(lexer.index), elements };
}

function element(word: Word | Assignment): ArrayElement {
  const { start, end } = word;
  if (word.kind === "word") return { start, end, subscript: null, append: false, value: word };
  return { start, end, subscript: word.subscript, append: word.append, value: word.value as Word };
}
