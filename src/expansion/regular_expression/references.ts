/**
 * Matches expressions with references to groups (`(.)\1`, an extension), which no automaton can: tries every way, and keeps the
 * longest. The time may grow exponentially.
 */

import { setHas } from "../bracket.ts";
import { type Characters, holds, sameLetter } from "./program.ts";
import type { RegularNode } from "./syntax.ts";

/** Start and end of what each group matched; entry 0 is the whole. */
export type Spans = readonly (readonly [number, number] | undefined)[];

type Captures = [number, number][];

/** The longest of the leftmost matches, or `null`. */
export function matchWithReferences(node: RegularNode, text: Characters, ignoreCase: boolean): Spans | null {
  for (let start = 0; start <= text.length; start++) {
    let longest: Captures | null = null;
    attempt(node, text, start, [], ignoreCase, (end, captures) => {
      if (longest !== null && end <= longest[0]![1]) return;
      longest = captures.slice();
      longest[0] = [start, end];
    });
    if (longest !== null) return longest;
  }
  return null;
}

/** Calls `then` for each way in which `node` matches from `at` on. */
function attempt(
  node: RegularNode,
  text: Characters,
  at: number,
  captures: Captures,
  ignoreCase: boolean,
  then: (end: number, captures: Captures) => void,
): void {
  const same = (a: number, b: number) => a === b || (ignoreCase && sameLetter(a, b));
  const takeOne = (matches: boolean) => {
    if (at < text.length && matches) then(at + 1, captures);
  };
  switch (node.kind) {
    case "character":
      return takeOne(same(node.codePoint, text[at]!));
    case "any":
      return takeOne(true);
    case "set":
      return takeOne(at < text.length && setHas(node.set, text[at]!, ignoreCase));
    case "assertion":
      if (holds(node.assertion, text, at)) then(at, captures);
      return;
    case "sequence": {
      const part = (index: number, from: number, held: Captures): void => {
        const next = node.parts[index];
        if (next === undefined) return then(from, held);
        attempt(next, text, from, held, ignoreCase, (end, more) => part(index + 1, end, more));
      };
      return part(0, at, captures);
    }
    case "choice":
      for (const alternative of node.alternatives) attempt(alternative, text, at, captures, ignoreCase, then);
      return;
    case "repeat": {
      const again = (from: number, held: Captures): void => {
        attempt(node.operand, text, from, held, ignoreCase, (end, more) => {
          if (end > from) again(end, more);
        });
        then(from, held);
      };
      return again(at, captures);
    }
    case "group":
      return attempt(node.operand, text, at, captures, ignoreCase, (end, held) => {
        const more = held.slice();
        more[node.index] = [at, end];
        then(end, more);
      });
    case "reference": {
      const span = captures[node.index];
      if (span === undefined) return;
      const length = span[1] - span[0];
      for (let i = 0; i < length; i++) {
        if (at + i >= text.length || !same(text[span[0] + i]!, text[at + i]!)) return;
      }
      then(at + length, captures);
    }
  }
}
