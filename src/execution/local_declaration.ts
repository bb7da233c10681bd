/**
 * Declarations of ordinary local variables, the most common kind: `local name name=value`, whose names are known when the command is
 * compiled. Everything else that `declare`, `typeset` and `local` do is in `declaration.ts`.
 */

import { expandBraces } from "../expansion/brace.ts";
import { isName } from "../syntax/characters.ts";
import type { SimpleCommand } from "../syntax/tree.ts";
import type { Prepared } from "./command_words.ts";
import type { Shell, ShellVariable } from "./shell.ts";
import { SUCCESS } from "./status.ts";
import type { NamedTarget } from "./target.ts";

interface Local {
  readonly variable: ShellVariable;
  /** Expands the value; `null` without one. */
  readonly value: (() => string) | null;
}

/** Prepares a command that declares nothing but such variables; `null` for any other. */
export function prepareLocals(
  named: NamedTarget,
  { words }: SimpleCommand,
  shell: Shell,
): Prepared | null {
  const builtin = shell.builtins.get(named.name);
  if (builtin?.declaresLocals !== true || words.length === 1) return null;
  const locals: Local[] = [];
  for (let i = 1; i < words.length; i++) {
    const local = localOf(words[i]!, shell);
    if (local === null) return null;
    locals.push(local);
  }
  const { variables, options, state } = shell;
  const { length } = locals;
  return () => {
    const { functionScope } = variables;
    const target = named.now;
    if (functionScope === 0 || options.xtrace || target.kind !== "builtin" || target.builtin !== builtin) return null;
    for (let i = 0; i < length; i++) {
      const { variable } = locals[i]!;
      if (variable.scope >= functionScope || !variable.isOrdinary) return null;
    }
    // All values are expanded before the first variable is local, as the arguments of any builtin are.
    const values: (string | null)[] = [];
    for (let i = 0; i < length; i++) {
      const { value } = locals[i]!;
      values.push(value === null ? null : value());
    }
    for (let i = 0; i < length; i++) {
      const { variable } = locals[i]!;
      const value = values[i]!;
      variables.declareLocal(variable, false);
      if (value !== null) variable.write(value);
    }
    const last = values[length - 1]!;
    const { name } = locals[length - 1]!.variable;
    state.lastArgument = last === null ? name : `${name}=${last}`;
    return SUCCESS;
  };
}

function localOf(word: SimpleCommand["words"][number], shell: Shell): Local | null {
  if (word.kind === "word") {
    const name = shell.words.constantField(word);
    return name !== null && isName(name) ? { variable: shell.variables.get(name), value: null } : null;
  }
  const { name, subscript, append, value } = word;
  if (subscript !== null || append || value.kind === "array" || expandBraces(value)[0] !== value) return null;
  return { variable: shell.variables.get(name), value: shell.words.text(value, "assignment") };
}
