/**
 * Functions from the environment (bash manual 6.1), which are taken over only when HEXSH_IMPORT_FUNCTIONS asks for it: an environment
 * that comes from elsewhere must not put code into a shell that nobody called.
 */

import { EXPORTED } from "../expansion/attributes.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import type { FunctionDefinition } from "../syntax/tree.ts";
import type { Shell } from "./shell.ts";

const ASKED = "HEXSH_IMPORT_FUNCTIONS";

/** @param takeEntries gives the names and values of what the environment has of functions, and forgets them */
export function importFunctions(shell: Shell, takeEntries: () => [string, string][]): void {
  if ((shell.variables.get(ASKED).read() ?? "") === "") return;
  for (const [name, value] of takeEntries()) {
    const definition = parseFunction(shell, name, value);
    if (definition === null) shell.report(`error importing function definition for \`${name}'`);
    else shell.functions.set(name, { definition, source: "environment", attributes: EXPORTED, run: null });
  }
}

/** The function that an entry defines; `null` if it is not one definition and nothing else. */
function parseFunction(shell: Shell, name: string, value: string): FunctionDefinition | null {
  if (!value.startsWith("() {")) return null;
  try {
    const parser = shell.parser(inputOf(`${name} ${value}`), { name: null, kind: "string", firstLine: 1 });
    const list = parser.next();
    const [item] = list?.items ?? [];
    if (item === undefined || list!.items.length > 1 || item.background || parser.next() !== null) return null;
    return item.command.kind === "function" && item.command.name === name ? item.command : null;
  } catch (error) {
    if (error instanceof ShellSyntaxError) return null;
    throw error;
  }
}
