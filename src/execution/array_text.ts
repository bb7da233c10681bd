/** Array values that are text: `declare -a 'name=(a b)'`, where the text is parsed when the declaration is carried out. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import type { Source } from "../syntax/tree.ts";
import { compileElements, type ExpandElements } from "./array_assignment.ts";
import type { Shell } from "./shell.ts";
import { FAILURE } from "./status.ts";

/** Parses `(…)`. Throws an ExpansionFailure if it is no array's value. */
export function parseElements(shell: Shell, text: string): ExpandElements {
  const source: Source = { name: null, kind: "string", firstLine: shell.state.line };
  try {
    const list = shell.parser(inputOf(`_=${text}\n`), source).next();
    const command = list?.items[0]?.command;
    if (list?.items.length === 1 && command?.kind === "simple" && command.words.length === 0) {
      const value = command.assignments[0]?.value;
      if (value?.kind === "array") return compileElements(value, shell);
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    throw new ExpansionFailure(error.message, "command", FAILURE);
  }
  throw new ExpansionFailure(`${text}: not an array's value`, "command", FAILURE);
}
