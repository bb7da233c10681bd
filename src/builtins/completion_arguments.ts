/** What `complete` and `compgen` have in common: options that make a specification (bash manual 8.7). */

import { type ActionName, inOrder, isActionName } from "../completion/actions.ts";
import { type CompletionOption, isCompletionOption, type Specification } from "../completion/specification.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { USAGE } from "../execution/status.ts";
import { type Arguments, fail, valueOf } from "./arguments.ts";

/** The letters of the options, as for getopts. */
export const SPECIFICATION_LETTERS = "abcdefgjksuvo:A:G:W:F:C:X:P:S:";

/** Letters that are short for an action, in the order in which they are listed. */
export const ACTION_LETTERS: readonly (readonly [string, ActionName])[] = [
  ["a", "alias"],
  ["b", "builtin"],
  ["c", "command"],
  ["d", "directory"],
  ["e", "export"],
  ["f", "file"],
  ["g", "group"],
  ["j", "job"],
  ["k", "keyword"],
  ["s", "service"],
  ["u", "user"],
  ["v", "variable"],
];

/** The specification that the options make; a status after an error, which has been reported. */
export function specificationOf(shell: Shell, builtin: Builtin, parsed: Arguments): Specification | number {
  const actions = new Set<ActionName>();
  const options = new Set<CompletionOption>();
  for (const { letter, value } of parsed.options) {
    const short = ACTION_LETTERS.find(([name]) => name === letter)?.[1];
    if (short !== undefined) actions.add(short);
    else if (letter === "A") {
      if (!isActionName(value)) return fail(shell, builtin, `${value}: invalid action name`, USAGE);
      actions.add(value);
    } else if (letter === "o") {
      if (!isCompletionOption(value)) return fail(shell, builtin, `${value}: invalid option name`, USAGE);
      options.add(value);
    }
  }
  return {
    actions: inOrder(actions),
    options,
    glob: valueOf(parsed, "G") ?? null,
    words: valueOf(parsed, "W") ?? null,
    functionName: valueOf(parsed, "F") ?? null,
    command: valueOf(parsed, "C") ?? null,
    filter: valueOf(parsed, "X") ?? null,
    prefix: valueOf(parsed, "P") ?? "",
    suffix: valueOf(parsed, "S") ?? "",
  };
}
