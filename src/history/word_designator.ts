/** Word designators (bash manual 9.3.2): which words of a command are meant. */

import { ExpansionError, type Remembered } from "./expansion.ts";
import type { Scanner } from "./scanner.ts";
import { shellWords } from "./words.ts";

/** Reads the designator behind an event, if there is one. Returns what is meant of the event. */
export function readWordDesignator(scanner: Scanner, event: string, remembered: Remembered): string {
  const start = scanner.index;
  const colon = scanner.next === ":";
  if (colon) scanner.index++;
  const words = shellWords(event).map((word) => event.slice(word.start, word.end));
  const last = words.length - 1;
  const designator = scanner.text.slice(start, scanner.index + 1);
  const range = (from: number, to: number): string => {
    if (from > last + 1 || to > last || from < 0 || (from > to && to !== last)) {
      throw new ExpansionError(`${scanner.text.slice(start, scanner.index)}: bad word specifier`);
    }
    return words.slice(from, to + 1).join(" ");
  };
  if (scanner.next === "%") {
    scanner.index++;
    return remembered.searchWord;
  }
  if (scanner.next === "*") {
    scanner.index++;
    return last < 1 ? "" : range(1, last);
  }
  const place = (text: string) => text === "^" ? 1 : text === "$" ? last : Number(text);
  // Without a colon, only what can't be taken for text.
  const match = scanner.take(colon ? /(\d+|[\^$])?(?:(-)(\d+|[\^$])?|(\*))?/y : /([\^$])|(-)(\d+|[\^$])?/y);
  if (match === null || match[0] === "") {
    if (colon) scanner.index--;
    return event;
  }
  const [, first, dash, second, star] = match;
  const from = first === undefined ? 0 : place(first);
  if (star !== undefined) return from > last ? "" : range(from, last);
  if (dash === undefined) return range(from, from);
  // `x-` leaves the last word out.
  if (second === undefined) return range(from, Math.max(from, last - 1));
  if (designator === "") return event;
  return range(from, place(second));
}
