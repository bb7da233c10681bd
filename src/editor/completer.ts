/**
 * Completion at the cursor: what stands there, and what it may become (bash manual 8.4.6, 8.6).
 *
 * The scanner tells what kind of word it is. Variables, users and files are completed by themselves; arguments of a command as its
 * specification says (`programmable.ts`). What a candidate puts into the line is quoted as the word is that is there.
 */

import { commandNames, hostNames, userNames } from "../completion/actions.ts";
import {
  directoryNames,
  executableNames,
  expandTilde,
  fileNames,
  homeDirectory,
  isDirectory,
} from "../completion/files.ts";
import type { Shell } from "../execution/shell.ts";
import { compareText } from "../expansion/collation.ts";
import { expandPathname } from "../expansion/pathname.ts";
import { type Argument, builtinArguments } from "./builtin_arguments.ts";
import { quoteFor, unquote, type Unquoted } from "./command_line/quoting.ts";
import { type ScannedContext, Scanner } from "./command_line/scanner.ts";
import type { Candidate, CompletionKind, CompletionPurpose, Completions } from "./model/completion.ts";
import { completeByProgram } from "./programmable.ts";

/** A word as it is typed, up to the cursor. */
export interface TypedWord {
  readonly start: number;
  readonly text: string;
}

const NOTHING: Completions = { start: 0, end: 0, candidates: [], common: "" };

/** Commands whose arguments are directories, unless a specification says otherwise. */
const OF_DIRECTORIES: ReadonlySet<string> = new Set(["cd", "pushd", "rmdir"]);

export class Completer {
  constructor(private readonly shell: Shell) {}

  complete(text: string, cursor: number, kind: CompletionKind, purpose: CompletionPurpose = "complete"): Completions {
    const { context } = new Scanner(text.slice(0, cursor));
    const start = context.word?.start ?? cursor;
    const word: TypedWord = { start, text: text.slice(start, cursor) };
    switch (kind) {
      case "by place":
        return this.byPlace(text, cursor, context, word, purpose);
      case "command":
        return this.command(word, cursor);
      case "filename":
        return this.files(word, cursor, fileNames);
      case "username":
        return this.plain(word, cursor, userNames(this.shell).map((name) => `~${name}`), "/");
      case "hostname":
        return this.hosts(word, cursor);
      case "variable":
        return this.variables(text, cursor, Math.max(start, text.lastIndexOf("$", cursor - 1)));
      case "glob":
        return this.glob(word, cursor);
    }
  }

  private byPlace(
    text: string,
    cursor: number,
    context: ScannedContext,
    word: TypedWord,
    purpose: CompletionPurpose,
  ): Completions {
    const { shell } = this;
    if (context.role === "comment" || context.role === "name") return NOTHING;
    if (context.word !== null && context.word.variable >= 0) return this.variables(text, cursor, context.word.variable);
    if (/^~[^/]*$/.test(word.text)) return this.complete(text, cursor, "username");
    const programmed = shell.options.progcomp && completeByProgram(shell, text, cursor, context, word, purpose);
    if (programmed) {
      if (programmed.files === undefined) return programmed.completions;
      if (programmed.files === "by place") return this.usual(text, context, word, cursor);
      if (programmed.files === "none") return this.isHost(word) ? this.hosts(word, cursor) : NOTHING;
      return this.files(word, cursor, programmed.files === "directories" ? directoryNames : fileNames);
    }
    return this.usual(text, context, word, cursor);
  }

  /** Without a specification. */
  private usual(text: string, context: ScannedContext, word: TypedWord, cursor: number): Completions {
    const { shell } = this;
    if (context.role === "command") {
      if (word.text === "" && shell.options.no_empty_cmd_completion) return NOTHING;
      return this.command(word, cursor);
    }
    if (context.role === "argument" && this.isHost(word)) return this.hosts(word, cursor);
    const first = context.command?.words[0];
    const command = first === undefined ? "" : text.slice(first.start, first.end);
    if (context.role === "argument") {
      const known = this.argument(text, context, word, cursor);
      if (known.candidates.length > 0) return known;
    }
    const names = context.role === "argument" && OF_DIRECTORIES.has(command) ? directoryNames : fileNames;
    const whole = this.files(word, cursor, names);
    if (whole.candidates.length > 0) return whole;
    // `--option=file`, `name=file`, `host:file`: what is behind the last of these.
    const last = Math.max(word.text.lastIndexOf("="), word.text.lastIndexOf(":"));
    if (last < 0) return whole;
    const part = { start: word.start + last + 1, text: word.text.slice(last + 1) };
    return /^~[^/]*$/.test(part.text) ? this.complete(text, cursor, "username") : this.files(part, cursor, names);
  }

  private isHost({ text }: TypedWord): boolean {
    return text.startsWith("@") && this.shell.options.hostcomplete;
  }

  private unquote(word: string): Unquoted | null {
    const { shell } = this;
    return unquote(word, {
      variable: (name) => shell.variables.get(name).read(),
      home: (user) => homeDirectory(shell, user),
    });
  }

  private command(word: TypedWord, cursor: number): Completions {
    const unquoted = this.unquote(word.text);
    if (unquoted === null) return NOTHING;
    if (unquoted.text.includes("/")) return this.files(word, cursor, executableNames);
    return this.plain(word, cursor, commandNames(this.shell, unquoted.text), " ");
  }

  /** An argument of a builtin. */
  private argument(text: string, { command }: ScannedContext, word: TypedWord, cursor: number): Completions {
    const words = command!.words.filter(({ start }) => start < word.start).map(({ start, end }) =>
      text.slice(start, end)
    );
    const [name, ...before] = words;
    const known = name === undefined ? [] : builtinArguments(this.shell, name, before, word.text);
    return this.plain(word, cursor, known.map(({ name }) => name), " ", known);
  }

  /** Names that are no files; those that begin as the word does. */
  private plain(
    word: TypedWord,
    cursor: number,
    names: readonly string[],
    suffix: string,
    described: readonly Argument[] = [],
  ): Completions {
    const unquoted = word.text.startsWith("~") ? { text: word.text, quote: null } : this.unquote(word.text);
    if (unquoted === null) return NOTHING;
    const matching = [...new Set(names.filter((name) => name.startsWith(unquoted.text)))].sort(compareText);
    const quote = (name: string) => name.startsWith("~") ? name : quoteWhole(name, unquoted.quote);
    const descriptions = new Map(described.map(({ name, description }) => [name, description]));
    return {
      start: word.start,
      end: cursor,
      candidates: matching.map((name) => ({
        text: quote(name),
        shown: name,
        description: descriptions.get(name),
        suffix: (unquoted.quote ?? "").slice(-1) + suffix,
      })),
      common: quote(commonPrefix(matching)),
    };
  }

  /** Variables: `start` is where the dollar sign is. */
  private variables(text: string, cursor: number, start: number): Completions {
    const typed = text.slice(start, cursor);
    const opener = /^\$?(?:\{[!#]?)?/.exec(typed)![0];
    const wanted = typed.slice(opener.length);
    const names = this.shell.variables.all()
      .filter(({ isSet, name }) => isSet && name.startsWith(wanted))
      .map(({ name }) => name)
      .sort(compareText);
    const braced = opener.includes("{");
    return {
      start,
      end: cursor,
      candidates: names.map((name) => ({
        text: opener + name,
        shown: `$${name}`,
        suffix: braced ? "}" : isDirectory(this.shell, this.shell.variables.get(name).read() ?? "") ? "/" : "",
      })),
      common: opener + commonPrefix(names),
    };
  }

  private hosts(word: TypedWord, cursor: number): Completions {
    const at = word.text.lastIndexOf("@");
    const part = { start: word.start + at + 1, text: word.text.slice(at + 1) };
    return this.plain(part, cursor, hostNames(this.shell), " ");
  }

  /** Files that a pattern matches, all of which take the place of the word. */
  private glob(word: TypedWord, cursor: number): Completions {
    const { shell } = this;
    const unquoted = this.unquote(word.text);
    if (unquoted === null) return NOTHING;
    const pattern = expandTilde(shell, /[*?[]/.test(unquoted.text) ? unquoted.text : `${unquoted.text}*`);
    const paths = expandPathname(shell.environment.files, pattern, shell.options, null);
    const candidates = paths.map((path) => ({ text: quoteFor(path, null), shown: path, suffix: " " }));
    return { start: word.start, end: cursor, candidates, common: paths.length === 0 ? "" : commonPrefix(paths) };
  }

  /** Files whose paths begin as the word does. The directories before the last name stay as they are typed. */
  private files(word: TypedWord, cursor: number, list: (shell: Shell, path: string) => string[]): Completions {
    const unquoted = this.unquote(word.text);
    if (unquoted === null) return NOTHING;
    return this.fileCompletions(word, cursor, unquoted, list(this.shell, unquoted.text).sort(compareText));
  }

  /** Candidates of `paths`, which begin as the word does. */
  private fileCompletions(word: TypedWord, cursor: number, unquoted: Unquoted, paths: readonly string[]): Completions {
    const slash = word.text.lastIndexOf("/") + 1;
    // A quotation that began with the last name begins anew with it; one that began before goes on.
    const opener = unquoted.opened >= slash ? unquoted.quote ?? "" : "";
    const { quote } = unquoted;
    const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
    const candidates = paths.map((path, index): Candidate => {
      const directory = isDirectory(this.shell, path);
      const closing = (quote ?? "").slice(-1);
      return {
        text: opener + quoteFor(names[index]!, quote),
        shown: names[index]! + (directory ? "/" : ""),
        suffix: directory ? "/" : `${closing} `,
      };
    });
    const common = commonPrefix(names);
    return {
      start: word.start + slash,
      end: cursor,
      candidates,
      common: common === "" ? "" : opener + quoteFor(common, quote),
    };
  }
}

/** A whole word within the quotation that is open, or without one. */
function quoteWhole(name: string, quote: Unquoted["quote"]): string {
  return (quote ?? "") + quoteFor(name, quote);
}

/** The beginning that all of `names` have in common; never a part of a character. */
export function commonPrefix(names: readonly string[]): string {
  let common = names[0] ?? "";
  for (const name of names) {
    let length = 0;
    while (length < common.length && common[length] === name[length]) length++;
    common = common.slice(0, length);
  }
  return /[\ud800-\udbff]$/.test(common) ? common.slice(0, -1) : common;
}
