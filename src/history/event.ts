/** Event designators (bash manual 9.3.1): which command is meant. */

import { ExpansionError, type PastCommands, type Remembered } from "./expansion.ts";
import type { Scanner } from "./scanner.ts";
import { shellWords } from "./words.ts";

/**
 * Reads the designator behind `!`. Returns the command.
 *
 * @param quote the quote that `!` stands in, which ends the designator; empty if there is none
 */
export function readEvent(
  scanner: Scanner,
  past: PastCommands,
  remembered: Remembered,
  before: string,
  bang: string,
  quote: string,
): string {
  const start = scanner.index;
  const found = (text: string | undefined): string => {
    if (text !== undefined) return text;
    throw new ExpansionError(`${bang}${scanner.text.slice(start, scanner.index)}: event not found`);
  };
  if (scanner.next === bang) {
    scanner.index++;
    return found(past.numbered(past.next - 1));
  }
  if (scanner.next === "#") {
    scanner.index++;
    return before;
  }
  const number = scanner.take(/(-?)(\d+)/y);
  if (number !== null) {
    const value = Number(number[2]);
    return found(past.numbered(number[1] === "-" ? past.next - value : value));
  }
  // With only a word designator behind it, the command before is meant.
  if (/[:$^*%]/.test(scanner.next) || (scanner.next === "-" && !/\d/.test(scanner.text[scanner.index + 1] ?? ""))) {
    return found(past.numbered(past.next - 1));
  }
  const search = scanner.take(/\?([^?\n]*)\??/y);
  if (search !== null) return found(searchText(past, search[1]!, remembered));
  // What may begin a word designator ends the name too.
  const pattern = quote === '"' ? /-?[^\s:;&()|<>^$*%"-]*/y : /-?[^\s:;&()|<>^$*%-]*/y;
  const name = scanner.take(pattern)![0];
  if (name === "") throw new ExpansionError(`${bang}: event not found`);
  return found(searchBack(past, (text) => text.startsWith(name)));
}

/** The latest command that has `wanted` anywhere; without any, what was looked for last. */
function searchText(past: PastCommands, given: string, remembered: Remembered): string | undefined {
  const wanted = given === "" ? remembered.search : given;
  if (wanted === "") return undefined;
  remembered.search = wanted;
  const event = searchBack(past, (text) => text.includes(wanted));
  // It is the last place in the command where it is.
  const at = event?.lastIndexOf(wanted) ?? 0;
  const word = shellWords(event ?? "").find(({ end }) => end > at);
  remembered.searchWord = word === undefined ? "" : event!.slice(word.start, word.end);
  return event;
}

function searchBack(past: PastCommands, matches: (text: string) => boolean): string | undefined {
  for (let number = past.next - 1; number > 0; number--) {
    const text = past.numbered(number);
    if (text === undefined) return undefined;
    if (matches(text)) return text;
  }
  return undefined;
}
