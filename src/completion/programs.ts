/** Functions and commands that say what a word may be completed to (`-F`, `-C`; bash manual 8.6). */

import type { Shell, ShellVariable } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { EXPORTED } from "../expansion/attributes.ts";

/** What a function or a command is told of the line. */
export interface CompletionContext {
  /** The name of the command, and the word before that which is completed. */
  readonly command: string;
  readonly previous: string;
  /** The command, its arguments, the word among them. */
  readonly words: readonly string[];
  /** Which of them is completed. */
  readonly index: number;
  /** The text of the command, and the index of the cursor in it. */
  readonly line: string;
  readonly point: number;
  /** The part of the word that is before the cursor, as far as it is completed. */
  readonly word: string;
  /** The key that called for it, and what for: a tab to complete, `?` to list, `*` to insert all. */
  readonly key: number;
  readonly type: number;
}

/** A function ends with this status to have completion begun anew: it has changed the specification. */
export const TRY_AGAIN = 124;

/** Calls a function, and returns what it leaves in COMPREPLY; "again" if it wants completion to begin anew. */
export function callCompletionFunction(
  shell: Shell,
  name: string,
  context: CompletionContext,
): readonly string[] | "again" {
  const { variables } = shell;
  const definition = shell.functions.get(name);
  if (definition === undefined) {
    shell.report(`warning: ${name}: function not found`);
    return [];
  }
  const reply = variables.get("COMPREPLY");
  reply.unset();
  const status = withContext(shell, context, () => {
    const words = variables.get("COMP_WORDS");
    words.beginArray(false);
    for (const word of context.words) words.appendElement(word);
    variables.get("COMP_CWORD").write(String(context.index));
    return preservingState(shell, () => shell.callFunction(definition, programArguments(context)));
  });
  const matches = reply.isSet ? [...shell.environment.variable("COMPREPLY").values()] : [];
  for (const variable of ["COMPREPLY", "COMP_WORDS", "COMP_CWORD"]) variables.get(variable).unset();
  return status === TRY_AGAIN ? "again" : matches;
}

/** Runs a command, and returns the lines that it prints; a newline behind a backslash is part of a line. */
export function runCompletionCommand(shell: Shell, command: string, context: CompletionContext): readonly string[] {
  let text = "";
  withContext(shell, context, (exported) => {
    for (const variable of exported) variable.setAttributes(EXPORTED, true);
    const quoted = programArguments(context).map((argument) => `'${argument.replaceAll("'", "'\\''")}'`);
    return preservingState(shell, () => {
      // The command may end with a comment.
      text = shell.expandText(`$(${command} ${quoted.join(" ")}\n)`);
      return 0;
    });
  });
  return (text.match(/(?:\\[^]|[^\\\n])+/g) ?? []).map((line) => line.replaceAll("\\\n", "\n"));
}

/** The name of the command, the word, and the word before it. */
function programArguments({ command, word, previous }: CompletionContext): readonly string[] {
  return [command, word, previous];
}

/** Sets the variables that tell of the line, runs `action`, and takes them away again. */
function withContext(
  shell: Shell,
  { line, point, key, type }: CompletionContext,
  action: (variables: readonly ShellVariable[]) => number,
): number {
  const values = { COMP_LINE: line, COMP_POINT: String(point), COMP_KEY: String(key), COMP_TYPE: String(type) };
  const variables = Object.entries(values).map(([name, value]) => {
    const variable = shell.variables.get(name);
    variable.write(value);
    return variable;
  });
  const status = action(variables);
  for (const variable of variables) variable.unset();
  return status;
}

/** What is run to complete a word changes neither the status nor what the shell is doing; what goes wrong, it says. */
function preservingState(shell: Shell, action: () => number): number {
  const { state } = shell;
  const { status, pipeStatus, lastArgument, line, divert } = state;
  let result: number;
  try {
    result = action();
  } catch (error) {
    if (!(error instanceof ExpansionFailure)) throw error;
    shell.report(error.message);
    result = error.status;
  }
  if (state.divert !== Divert.exit && state.divert !== Divert.detach) state.divert = divert;
  Object.assign(state, { status, pipeStatus, lastArgument, line });
  return result;
}
