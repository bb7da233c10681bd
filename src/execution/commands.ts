/** Commands of a text, one complete one after the other: parsed and compiled, or known from an earlier time. */

import { inputOf } from "../syntax/input.ts";
import type { Parser } from "../syntax/parser.ts";
import type { Source } from "../syntax/tree.ts";
import { finalCommand } from "./final_command.ts";
import type { Run, Shell } from "./shell.ts";

export interface Commands {
  /** The next complete command; `null` at the end. Throws a ShellSyntaxError. */
  next(): Run | null;
}

export class ParsedCommands implements Commands {
  /** @param isWhole whether they are all that the shell is there for: the text of `-c` */
  constructor(private readonly shell: Shell, private readonly parser: Parser, private readonly isWhole = false) {}

  next(): Run | null {
    const { options, state } = this.shell;
    for (;;) {
      const list = this.parser.next();
      if (list === null) return null;
      // `set -n`: commands are read, and that is all.
      if (options.noexec && !state.interactive) continue;
      // `set -v` shows lines as they are read: none before its time.
      if (this.isWhole && !options.verbose && this.parser.atEnd()) state.finalCommand = finalCommand(list);
      return this.shell.compile(list);
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
  readonly text: string;
  readonly source: Source;
  readonly run: Run;
}

/** How many texts are remembered at the most, a power of two, and how long they are. */
const CACHE_SIZE = 512;
const CACHE_LENGTH = 1000;
/** About how many characters of a text are looked at to find its place. */
const SAMPLE = 32;

/**
 * What `eval` and traps run: texts that come again and again. One that is a single complete command is remembered with what it was
 * compiled to, as long as the options that change the grammar stay what they are, and there are no aliases.
 *
 * Each text has two places, which it shares with others. The runtime's own maps take several times as long to find a text that has
 * just been made.
 */
export class EvaluatedTexts {
  private readonly known: (Known | null)[] = Array.from({ length: CACHE_SIZE }, () => null);
  /** The numbers of texts that came lately, for each place. */
  private readonly seen = new Int32Array(CACHE_SIZE);
  private grammar = -1;

  constructor(private readonly shell: Shell) {}

  commands(text: string, source: Source): Commands {
    const { options } = this.shell;
    if (text.length > CACHE_LENGTH || options.expand_aliases || options.noexec) return this.parsed(text, source);
    const grammar = this.currentGrammar();
    if (grammar !== this.grammar) this.known.fill(null);
    this.grammar = grammar;
    const number = numberOf(text);
    const place = number & (CACHE_SIZE - 1);
    const other = place ^ 1;
    const run = this.find(place, text, source) ?? this.find(other, text, source);
    if (run !== null) return new KnownCommand(run);
    // Most texts are made for one time.
    const comesAgain = this.seen[place] === number || this.seen[other] === number;
    this.seen[other] = this.seen[place]!;
    this.seen[place] = number;
    if (!comesAgain) return this.parsed(text, source);
    return new NotedCommands(this.parsed(text, source), (run) => {
      if (this.currentGrammar() !== grammar) return;
      this.known[this.known[place] === null ? place : other] = { text, source, run };
    });
  }

  private find(place: number, text: string, source: Source): Run | null {
    const known = this.known[place]!;
    return known !== null && known.text === text && isSame(known.source, source) ? known.run : null;
  }

  private parsed(text: string, source: Source): Commands {
    return new ParsedCommands(this.shell, this.shell.parser(inputOf(text), source));
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

/** A number made of characters of `text`, which is almost never the same for two texts. */
function numberOf(text: string): number {
  const step = 1 + Math.floor(text.length / SAMPLE);
  let number = text.length;
  for (let i = text.length - 1; i >= 0; i -= step) number = Math.imul(number, 31) + text.charCodeAt(i) | 0;
  return number ^ number >>> 15;
}
