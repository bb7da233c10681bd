/** Candidates of a specification, in the order of bash manual 8.6. */

import type { Shell } from "../execution/shell.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { compilePattern } from "../expansion/pattern.ts";
import { expandPathname } from "../expansion/pathname.ts";
import { isOfFiles, namesFor } from "./actions.ts";
import { directoryNames, dotNames } from "./files.ts";
import { callCompletionFunction, type CompletionContext, runCompletionCommand } from "./programs.ts";
import type { Specification } from "./specification.ts";
import { expandWordList } from "./word_list.ts";

/**
 * What `specification` completes the word of `context` to; "again" if a function wants completion to begin anew.
 *
 * @param word that of `context` without its quoting: names are compared with it
 * @param path what names of files are compared with
 */
export function generate(
  shell: Shell,
  specification: Specification,
  word: string,
  context: CompletionContext,
  path = word,
): string[] | "again" {
  const { actions, glob, words, functionName, command, filter, prefix, suffix, options } = specification;
  const candidates = actions.flatMap((action) => namesFor(shell, action, isOfFiles(action) ? path : word));
  if (glob !== null) candidates.push(...expandPathname(shell.environment.files, glob, shell.options, null));
  if (words !== null) candidates.push(...wordsOf(shell, words).filter((candidate) => candidate.startsWith(word)));
  if (functionName !== null) {
    const matches = callCompletionFunction(shell, functionName, context);
    if (matches === "again") return matches;
    candidates.push(...matches);
  }
  if (command !== null) candidates.push(...runCompletionCommand(shell, command, context));
  const kept = filter === null
    ? candidates
    : candidates.filter((candidate) => !isLeftOut(shell, filter, context.word, candidate));
  const finished = kept.map((candidate) => prefix + candidate + suffix);
  if (options.has("plusdirs") || (finished.length === 0 && options.has("dirnames"))) {
    finished.push(...dotNames(path), ...directoryNames(shell, path));
  }
  return finished;
}

function wordsOf(shell: Shell, text: string): string[] {
  try {
    return expandWordList(shell, text);
  } catch (error) {
    if (!(error instanceof ExpansionFailure)) throw error;
    shell.report(error.message);
    return [];
  }
}

/** Whether the pattern of `-X` leaves a candidate out. `&` in it is the word; with `!` before it, what does not match is left out. */
function isLeftOut(shell: Shell, filter: string, word: string, candidate: string): boolean {
  const negated = filter.startsWith("!");
  const text = (negated ? filter.slice(1) : filter)
    .replaceAll(/\\[^]|&/g, (part) => part === "&" ? word : part)
    .replaceAll("\\&", "&");
  const { extglob, nocasematch } = shell.options;
  return compilePattern(text, { extglob, ignoreCase: nocasematch }).matches(candidate) !== negated;
}
