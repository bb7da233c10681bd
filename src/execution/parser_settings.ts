/** What the parser is to know of the shell: the options that change the grammar, and aliases, as they are when it asks. */

import type { ParserOptions } from "../syntax/options.ts";
import type { Source } from "../syntax/tree.ts";
import type { Shell } from "./shell.ts";

/** A class, so that a parser costs little to make: `eval` makes one for each call. */
export class ParserSettings implements ParserOptions {
  constructor(private readonly shell: Shell, readonly source: Source) {}

  get posix(): boolean {
    return this.shell.options.posix;
  }

  get extglob(): boolean {
    return this.shell.options.extglob;
  }

  get extquote(): boolean {
    return this.shell.options.extquote;
  }

  get streams(): boolean {
    return !this.shell.options.posix;
  }

  get comments(): boolean {
    return this.shell.options.interactive_comments;
  }

  get alias(): ((name: string) => string | undefined) | null {
    return this.shell.options.expand_aliases ? this.aliases() : null;
  }

  private aliases(): (name: string) => string | undefined {
    const { aliases } = this.shell;
    return (name) => aliases.get(name);
  }

  /** bash does so in POSIX mode (bash manual 6.11); for `sh` the aliases count that are in force when it is run (XCU 2.6.3). */
  get earlyAlias(): boolean {
    const { posix, sh } = this.shell.options;
    return posix && !sh;
  }

  get lineByLine(): boolean {
    const { verbose, history, histexpand } = this.shell.options;
    return verbose || history || histexpand;
  }

  warn(line: number, message: string): void {
    this.shell.state.line = line;
    this.shell.report(`warning: ${message}`);
  }
}
