/** Whether a text is all of a command, so that a line editor need not go on to a further line. */

import type { Shell } from "../execution/shell.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import type { Input } from "../syntax/input.ts";

/** Thrown by the input instead of a further line. */
class MoreWanted extends Error {}

/** Tells whether the parser would ask for another line behind `text`. What is wrong with it, it is told when it runs. */
export function isComplete(shell: Shell, text: string): boolean {
  let rest: string | null = `${text}\n`;
  const input: Input = {
    read(continuation) {
      const all = rest;
      rest = null;
      if (all === null && continuation) throw new MoreWanted();
      return all;
    },
  };
  const parser = shell.parser(input, { name: null, kind: "string", firstLine: 1 });
  try {
    while (parser.next() !== null);
    return true;
  } catch (error) {
    if (error instanceof MoreWanted) return false;
    if (error instanceof ShellSyntaxError || error instanceof RangeError) return true;
    throw error;
  }
}
