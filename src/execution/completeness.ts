/** Where commands end in a text that has not been parsed: for who reads it, or keeps it, by commands. */

import { ShellSyntaxError } from "../syntax/error.ts";
import type { Input } from "../syntax/input.ts";
import type { Shell } from "./shell.ts";

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

/** The complete commands of a text, each with its own lines; what is incomplete at its end is one too. */
export function completeCommands(shell: Shell, text: string): string[] {
  const commands: string[] = [];
  let open: string[] = [];
  for (const line of text.split("\n")) {
    open.push(line);
    const command = open.join("\n");
    if (!isComplete(shell, command)) continue;
    if (command.trim() !== "") commands.push(command);
    open = [];
  }
  if (open.length > 0) commands.push(open.join("\n"));
  return commands;
}
