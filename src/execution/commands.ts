/** Commands of a text, one complete one after the other: parsed and compiled, or known from an earlier time. */

import { inputOf } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { Source } from "../syntax/tree.ts";
import type { Run, Shell } from "./shell.ts";

export interface Commands {
  /** The next complete command; `null` at the end. Throws a ShellSyntaxError. */
  next(): Run | null;
}

export class ParsedCommands implements Commands {
  constructor(private readonly shell: Shell, private readonly parser: Parser) {}

  next(): Run | null {
    const { options, state } = this.shell;
    for (;;) {
      const list = this.parser.next();
      if (list === null) return null;
      // `set -n`: commands are read, and that is all.
      if (!options.noexec || state.interactive) return this.shell.compile(list);
    }
  }
}

class KnownCommand implements Commands {
  private given = false;

  constructor(private readonly run: Run) {}

  next(): Run | null {
    if (this.given) return null;
    this.given = true;
    return this.run;
  }
}

/** Has `complete` told of the command, if there turns out to be one alone. */
class NotedCommands implements Commands {
  private count = 0;
  private first: Run | null = null;

  constructor(private readonly commands: Commands, private readonly complete: (run: Run) => void) {}

  next(): Run | null {
    const run = this.commands.next();
    if (run !== null && ++this.count === 1) this.first = run;
    if (run === null && this.count === 1) this.complete(this.first!);
    return run;
  }
}

interface Known {
  readonly source: Source;
  readonly run: Run;
}

/** How many texts are remembered, and how long they are at the most. */
const CACHE_SIZE = 200;
const CACHE_LENGTH = 1000;
/** How many texts are told from those that have not been seen. */
const SEEN_SIZE = 500;

/**
 * What `eval` and traps run: texts that come again and again. One that is a single complete command is remembered with what it was
 * compiled to, as long as the options that change the grammar stay what they are, and there are no aliases.
 */
export class EvaluatedTexts {
  private readonly known = new Map<string, Known>();
  private readonly seen = new Set<string>();
  private grammar = -1;

  constructor(private readonly shell: Shell) {}

  commands(text: string, source: Source): Commands {
    const { options } = this.shell;
    const parsed = () => new ParsedCommands(this.shell, this.shell.parser(inputOf(text), source));
    if (text.length > CACHE_LENGTH || options.expand_aliases || options.noexec) return parsed();
    const grammar = this.currentGrammar();
    if (grammar !== this.grammar) this.known.clear();
    this.grammar = grammar;
    const known = this.known.get(text);
    if (known !== undefined && isSame(known.source, source)) return new KnownCommand(known.run);
    if (!this.comesAgain(text)) return parsed();
    return new NotedCommands(parsed(), (run) => {
      if (this.known.size >= CACHE_SIZE) this.known.clear();
      if (this.currentGrammar() === grammar) this.known.set(text, { source, run });
    });
  }

  /** Whether `text` has been seen lately. Most texts are made for one time. */
  private comesAgain(text: string): boolean {
    if (this.seen.has(text)) return true;
    if (this.seen.size >= SEEN_SIZE) this.seen.clear();
    this.seen.add(text);
    return false;
  }

  /** The options that the parser goes by, and those that expansions are compiled by, as bits. */
  private currentGrammar(): number {
    const { posix, extglob, extquote, interactive_comments } = this.shell.options;
    return (posix ? 1 : 0) | (extglob ? 2 : 0) | (extquote ? 4 : 0) | (interactive_comments ? 8 : 0);
  }
}

function isSame(one: Source, other: Source): boolean {
  return one.firstLine === other.firstLine && one.kind === other.kind && one.name === other.name;
}
