import type { Source } from "./tree.ts";

/**
 * What the parser throws. It is no `Error`: it carries no stack, for it reports on the script and not on the shell.
 */
export class ShellSyntaxError {
  constructor(
    readonly source: Source,
    /** The number of the line that the messages name. */
    readonly line: number,
    /** What to print, each with the shell's name and the line number before it. */
    readonly messages: readonly string[],
    /**
     * The line of the script that bash shows below the message, without its newline: "bash: -c: line 1: `echo )'".
     * `null` where it shows none. An interactive shell never shows it.
     */
    readonly sourceLine: string | null,
    /** Whether the input ended inside a construct, so that more text could have completed it. */
    readonly incomplete: boolean,
    /** The position at which the parser stood. */
    readonly position: number,
    /** Whether a script goes on with the line behind it: so it does after an error in the value of an array. */
    readonly recoverable = false,
  ) {}

  /** The first message. */
  get message(): string {
    return this.messages[0] ?? "syntax error";
  }

  /** The same error with one more message. */
  withMessage(message: string): ShellSyntaxError {
    const { source, line, messages, sourceLine, incomplete, position } = this;
    return new ShellSyntaxError(source, line, [...messages, message], sourceLine, incomplete, position);
  }

  /** The same error, after which a script goes on. */
  asRecoverable(): ShellSyntaxError {
    const { source, line, messages, sourceLine, incomplete, position } = this;
    return new ShellSyntaxError(source, line, messages, sourceLine, incomplete, position, true);
  }

  /** For messages of the runtime, should nobody catch it. */
  toString(): string {
    return `line ${this.line}: ${this.messages.join("; ")}`;
  }
}
