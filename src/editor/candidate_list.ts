/** Candidates of a completion in columns, as `ls` lists files: the alphabet goes down, then across. */

import type { Candidate } from "./model/completion.ts";
import { RowBuilder } from "./screen/cells.ts";
import type { ScreenSize } from "./screen/renderer.ts";

/** Blanks between columns. */
const GAP = 2;

const DESCRIPTION_STYLE = "\x1b[90m";

/** `text` as it is shown, and the columns that it takes. */
function shownText(text: string): { readonly text: string; readonly width: number } {
  const builder = new RowBuilder(Infinity);
  for (const character of text) builder.addCharacter(character === "\n" ? "\x0a" : character, null);
  const { cells, width } = builder.row;
  return { text: cells.map((cell) => cell.text).join(""), width };
}

/** The lines of a list. Those with descriptions have one line each. */
export function listCandidates(candidates: readonly Candidate[], columns: number): string[] {
  const items = candidates.map(({ shown }) => shownText(shown));
  const widest = Math.max(0, ...items.map(({ width }) => width)) + GAP;
  const pad = (item: { readonly text: string; readonly width: number }) => item.text + " ".repeat(widest - item.width);
  if (candidates.some(({ description }) => description !== undefined)) {
    return items.map((item, index) => {
      const { description } = candidates[index]!;
      return description === undefined
        ? item.text
        : `${pad(item)}${DESCRIPTION_STYLE}${shownText(description).text}\x1b[0m`;
    });
  }
  const across = Math.max(1, Math.floor((columns + GAP - 1) / widest));
  const down = Math.ceil(items.length / across);
  return Array.from({ length: down }, (_, row) => {
    const inRow = items.filter((_item, index) => index % down === row);
    return inRow.map((item, index) => index === inRow.length - 1 ? item.text : pad(item)).join("");
  });
}

/** Writes a list that stays on the screen, a page at a time. `more` tells whether another page is wanted. */
export function writeList(
  candidates: readonly Candidate[],
  { rows, columns }: ScreenSize,
  write: (text: string) => void,
  more: () => boolean,
): void {
  const lines = listCandidates(candidates, columns);
  for (let index = 0; index < lines.length; index++) {
    write(`${lines[index]}\n`);
    if ((index + 1) % (rows - 1) === 0 && index + 1 < lines.length && !more()) return;
  }
}
