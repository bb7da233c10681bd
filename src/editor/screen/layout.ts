/**
 * What an editor has to show, laid out on rows: the prompt, the text with its styles, what is suggested behind it, and what stands
 * below.
 */

import { type Frame, type Place, RowBuilder } from "./cells.ts";

/** A stretch of text, by indices, with the parameters of an SGR sequence. */
export interface StyledSpan {
  readonly start: number;
  readonly end: number;
  readonly style: string;
}

export interface View {
  /** What is between \x01 and \x02 commands the terminal, as do escape sequences anywhere. */
  readonly prompt: string;
  /** Goes before each further line of the text. */
  readonly continuation: string;
  readonly text: string;
  /** The index in `text` that the cursor is on. */
  readonly cursor: number;
  /** In order, without overlap. */
  readonly spans: readonly StyledSpan[];
  /** Text that is not there yet, shown behind the last character. */
  readonly suggestion: string;
  readonly suggestionStyle: string;
  /** Lines that are shown below; they are cut at the right edge. */
  readonly below: readonly string[];
}

const BRACKETED = "\\x01([^\\x02]*)(?:\\x02|$)";
/** Control sequences, strings such as a window's title, and the short ones (ECMA-48 5.3 to 5.6). */
const SEQUENCE = "\\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]P^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|[ -/]*[0-~])";
const PROMPT_PART = new RegExp(`${BRACKETED}|(${SEQUENCE})|([^])`, "gu");

// deno-lint-ignore no-control-regex
const STYLE_COMMAND = /\x1b\[([\d;:]*)m/g;

/** Lays `view` out for a terminal of so many columns. */
export function layOut(view: View, columns: number): Frame {
  const builder = new RowBuilder(Math.max(2, columns));
  const prompt = addPrompt(builder, view.prompt);
  const base = styleLeft(prompt);
  const cursor = addText(builder, view, base);
  for (const line of view.below) addBelow(builder, line, columns);
  return { rows: builder.rows, cursor, base };
}

/** Adds a prompt. Returns what of it commands the terminal. */
function addPrompt(builder: RowBuilder, prompt: string): string {
  let commands = "";
  for (const [, bracketed, sequence, character] of prompt.matchAll(PROMPT_PART)) {
    const command = bracketed ?? sequence;
    if (command !== undefined) {
      commands += command;
      builder.addCommand(command);
    } else if (character === "\n") builder.newline();
    else if (character === "\r" || character === "\x07") builder.addCommand(character);
    else builder.addCharacter(character!, null);
  }
  return commands;
}

/** The sequences since the last that took all styles away. */
function styleLeft(commands: string): string {
  let left = "";
  for (const [sequence, parameters] of commands.matchAll(STYLE_COMMAND)) {
    if (/^0*(;|$)/.test(parameters!)) left = "";
    if (!/^0*$/.test(parameters!)) left += sequence;
  }
  return left;
}

/** Adds the text, and what is suggested. Returns where the cursor is. */
function addText(
  builder: RowBuilder,
  { text, continuation, cursor, spans, suggestion, suggestionStyle }: View,
  base: string,
): Place {
  let place: Place | null = null;
  let index = 0;
  let span = 0;
  for (const character of text) {
    if (place === null && index >= cursor) place = builder.place();
    while (span < spans.length && spans[span]!.end <= index) span++;
    const current = spans[span];
    if (character === "\n") {
      builder.newline();
      if (addPrompt(builder, continuation) !== "") builder.addCommand(`\x1b[0m${base}`);
    } else builder.addCharacter(character, current !== undefined && current.start <= index ? current.style : "");
    index += character.length;
  }
  place ??= builder.place();
  for (const character of suggestion) {
    if (character === "\n") builder.newline();
    else builder.addCharacter(character, suggestionStyle);
  }
  return place;
}

/** Adds a line that has its own styles as SGR sequences, as far as there is room. */
function addBelow(builder: RowBuilder, line: string, columns: number): void {
  builder.newline();
  const { row } = builder;
  let style = "0";
  for (const [, , sequence, character] of line.matchAll(PROMPT_PART)) {
    if (sequence !== undefined) style = sequence.slice(2, -1) || "0";
    else {
      const before = row.cells.length;
      builder.addCharacter(character!, style);
      if (builder.row === row && row.width < columns) continue;
      // What does not fit any more is left out.
      while (builder.row !== row) builder.rows.pop();
      row.wrapped = false;
      while (row.width >= columns || row.cells.length > before) row.width -= row.cells.pop()!.width;
      break;
    }
  }
}
