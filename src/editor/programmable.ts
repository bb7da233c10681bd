/** Completion by the specification of a command (bash manual 8.6). */

import { isDirectory } from "../completion/files.ts";
import { generate } from "../completion/generate.ts";
import { splitLine } from "../completion/line_words.ts";
import type { CompletionContext } from "../completion/programs.ts";
import { type Specification, specificationsOf } from "../completion/specification.ts";
import type { Shell } from "../execution/shell.ts";
import { compareText } from "../expansion/collation.ts";
import { WORD_BREAKS } from "../variables/dynamic.ts";
import { quoteFor, unquote } from "./command_line/quoting.ts";
import { type ScannedContext, Scanner } from "./command_line/scanner.ts";
import { commonPrefix, type TypedWord } from "./completer.ts";
import type { Candidate, CompletionPurpose, Completions } from "./model/completion.ts";

/** What came of a specification. */
export interface Programmed {
  readonly completions: Completions;
  /** What is to be tried instead, since it has nothing: what there would be without any specification, maybe without files. */
  readonly files?: "by place" | "none" | "files" | "directories";
}

/** How often a specification may be replaced while it is carried out. */
const MOST_TRIES = 32;

const TAB = 9;

/** COMP_TYPE (bash manual 5.2). */
const TYPES: Readonly<Record<CompletionPurpose, number>> = { complete: TAB, list: 63, "insert all": 42, menu: 37 };

/** Completes by the specification for this place; `null` if there is none. */
export function completeByProgram(
  shell: Shell,
  text: string,
  cursor: number,
  context: ScannedContext,
  word: TypedWord,
  purpose: CompletionPurpose,
): Programmed | null {
  const type = TYPES[purpose];
  const specifications = specificationsOf(shell);
  if (context.role === "command") {
    const specification = specifications.at(text.trim() === "" ? "empty" : "initial");
    return specification === undefined
      ? null
      : carryOut(shell, () => specification, text, cursor, { start: word.start, end: word.start }, type);
  }
  const { command } = context;
  if (context.role !== "argument" || command === null || command.words.length === 0) return null;
  const first = command.words[0]!;
  const name = unquote(text.slice(first.start, first.end), { variable: () => undefined, home: () => undefined })?.text;
  if (name === undefined || name === "") return null;
  const find = () =>
    specifications.find(name) ?? (shell.options.progcomp_alias ? byAlias(shell, name) : undefined) ??
      specifications.at("default");
  if (find() === undefined) return null;
  const end = new Scanner(text).commands.findLast(({ start }) => start === command.start)?.end ?? cursor;
  return carryOut(shell, find, text, cursor, { start: command.start, end: Math.max(cursor, end) }, type);
}

function byAlias(shell: Shell, name: string): Specification | undefined {
  const command = shell.aliases.get(name)?.split(/\s/)[0];
  return command === undefined ? undefined : specificationsOf(shell).find(command);
}

/** Carries the specification out that `find` gives for the command at `place`. */
function carryOut(
  shell: Shell,
  find: () => Specification | undefined,
  text: string,
  cursor: number,
  { start, end }: { readonly start: number; readonly end: number },
  type: number,
): Programmed | null {
  const specifications = specificationsOf(shell);
  const line = text.slice(start, end);
  const breaks = shell.variables.get("COMP_WORDBREAKS").read() ?? WORD_BREAKS;
  const split = splitLine(line, cursor - start, breaks);
  const wordStart = start + split.start;
  const word = text.slice(wordStart, cursor);
  const context: CompletionContext = {
    command: split.words[0] ?? "",
    previous: split.words[split.index - 1] ?? "",
    words: split.words,
    index: split.index,
    line,
    point: [...line.slice(0, cursor - start)].length,
    word,
    key: TAB,
    type,
  };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = find();
    if (found === undefined) return null;
    // `compopt` in a function changes a copy, for this time.
    const specification = { ...found, options: new Set(found.options) };
    const outer = specifications.current;
    specifications.current = { specification, quoted: openQuote(text, wordStart) !== null || /[\\'"]/.test(word) };
    const matches = quietly(shell, () => generate(shell, specification, plainWord(shell, word), context));
    specifications.current = outer;
    if (matches === "again") continue;
    const { options } = specification;
    if (matches.length > 0) return { completions: present(shell, matches, specification, text, wordStart, cursor) };
    const nothing: Completions = { start: cursor, end: cursor, candidates: [], common: "" };
    if (options.has("bashdefault")) {
      return { completions: nothing, files: options.has("default") ? "by place" : "none" };
    }
    if (options.has("default")) return { completions: nothing, files: "files" };
    if (options.has("dirnames")) return { completions: nothing, files: "directories" };
    return { completions: nothing };
  }
  return null;
}

/** What functions and commands print while a word is completed would only spoil the screen; with `set -x` it is wanted. */
function quietly<Result>(shell: Shell, action: () => Result): Result {
  const { streams, options } = shell;
  if (options.xtrace) return action();
  streams.table.begin();
  for (const descriptor of [1, 2]) streams.redirect({ descriptor, operator: ">", target: "/dev/null" });
  try {
    return action();
  } finally {
    streams.settle();
    streams.table.end();
  }
}

/** The word for names to be compared with: without its quoting. */
function plainWord(shell: Shell, word: string): string {
  const lookup = { variable: (name: string) => shell.variables.get(name).read(), home: () => undefined };
  return unquote(word, lookup)?.text ?? word;
}

/** Matches as candidates for the text from `start` to `cursor`. Those that are files are quoted, and directories get a slash. */
function present(
  shell: Shell,
  matches: readonly string[],
  specification: Specification,
  text: string,
  start: number,
  cursor: number,
): Completions {
  const { options } = specification;
  const unique = [...new Set(matches)];
  if (!options.has("nosort")) unique.sort(compareText);
  const files = options.has("filenames") || givesFiles(shell, specification, matches);
  const quote = openQuote(text, start);
  const escape = (match: string) => files && !options.has("noquote") ? quoteKeepingTilde(match, quote) : match;
  const space = options.has("nospace") ? "" : " ";
  const closing = quote ?? "";
  return {
    start,
    end: cursor,
    candidates: unique.map((match): Candidate => {
      const directory = files && isDirectory(shell, match);
      return {
        text: escape(match),
        shown: files ? lastName(match) + (directory ? "/" : "") : match,
        suffix: directory ? (match.endsWith("/") ? "" : "/") : closing + space,
      };
    }),
    common: escape(commonPrefix(unique)),
  };
}

/** Whether the matches are names of files, though nothing says so: they come from actions for files or directories. */
function givesFiles(shell: Shell, { actions, options }: Specification, matches: readonly string[]): boolean {
  if (actions.includes("file")) return true;
  const directories = actions.includes("directory") || options.has("plusdirs") || options.has("dirnames");
  return directories && matches.some((match) => isDirectory(shell, match));
}

function quoteKeepingTilde(match: string, quote: '"' | "'" | null): string {
  const tilde = quote === null ? /^~[^/]*(?=\/|$)/.exec(match)?.[0] ?? "" : "";
  return tilde + quoteFor(match.slice(tilde.length), quote);
}

/** The quotation that begins directly before `start`. */
function openQuote(text: string, start: number): '"' | "'" | null {
  const before = text[start - 1];
  return before === '"' || before === "'" ? before : null;
}

/** The last component of a path, which lists show. */
function lastName(path: string): string {
  return path.replace(/^.*\/(?=[^/])/, "");
}
