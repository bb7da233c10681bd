/** Where a parser's text comes from. */
export interface Input {
  /**
   * Gives more text: one or more whole lines, of which only the last of all may lack its newline; `null` at the
   * end. `continuation` tells that a command has begun and is not complete, when an interactive shell shows PS2.
   */
  read(continuation: boolean): string | null;
  /** Takes back lines that were given but not read, to give them again. Needed where lines are wanted one by one. */
  unread?(text: string): void;
}

/** Thrown by an input instead of giving text: whatever has begun is dropped, and a parser starts afresh. */
export class InputAbandoned extends Error {}

/** An input that gives `text` at once. */
export function inputOf(text: string): Input {
  let rest: string | null = text;
  return {
    read(): string | null {
      const all = rest;
      rest = null;
      return all;
    },
  };
}
