/**
 * Functions that another shell has exported (bash manual 3.3): `BASH_FUNC_name%%=() { … }` in the environment.
 *
 * They are taken only where the shell was asked to. A value is parsed, never run: it must be the definition of that one function
 * and nothing else.
 */

import { EXPORTED } from "../expansion/attributes.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import type { FunctionDefinition } from "../syntax/tree.ts";
import type { Shell } from "./shell.ts";

const ENTRY = /^BASH_FUNC_([^\s'"\\$`#&|;<>()=/]+)%%=(\(\) \{[^]*)$/;

/** Defines the functions that the environment has. Of what is none, the user is told. */
export function importFunctions(shell: Shell): void {
  for (const entry of shell.variables.takeForeign((text) => text.startsWith("BASH_FUNC_"))) {
    const [, name, value] = ENTRY.exec(entry) ?? [];
    const definition = name === undefined ? null : parseDefinition(shell, name, value!);
    if (definition === null) {
      shell.report(`error importing function definition for \`${name ?? entry.split("%%=", 1)[0]!.slice(10)}'`);
    } else shell.functions.set(name!, { definition, source: "environment", attributes: EXPORTED, run: null });
  }
}

/** The definition that a value is; `null` if it is anything else, or anything more. */
function parseDefinition(shell: Shell, name: string, value: string): FunctionDefinition | null {
  const parser = shell.parser(inputOf(`${name} ${value}`), { name, kind: "string", firstLine: 1 });
  try {
    const items = parser.next()?.items ?? [];
    const [item] = items;
    const command = item?.command;
    if (items.length !== 1 || item!.background || command?.kind !== "function" || command.name !== name) return null;
    return parser.next() === null ? command : null;
  } catch (error) {
    if (error instanceof ShellSyntaxError) return null;
    throw error;
  }
}
