/** The history of an interactive session, at its beginning (bash manual 9.1). */

import type { Shell } from "../execution/shell.ts";
import { loadHistory } from "../history/session_file.ts";

/** How many commands are kept unless HISTSIZE says otherwise. */
const USUAL_SIZE = 10_000;

/** Before the start-up files: gives HISTFILE its value, so that they can take it away. */
export function prepareHistory(shell: Shell): void {
  const home = shell.variables.get("HOME").read();
  if (home) setUnlessSet(shell, "HISTFILE", `${home}/${shell.options.posix ? ".sh_history" : ".hexsh_history"}`);
}

/** After them: reads the file. That there is none yet, or that it can't be read, is no reason to say anything. */
export function beginHistory(shell: Shell): void {
  setUnlessSet(shell, "HISTSIZE", String(USUAL_SIZE));
  setUnlessSet(shell, "HISTFILESIZE", shell.variables.get("HISTSIZE").read() ?? "");
  if (shell.options.history) loadHistory(shell);
}

function setUnlessSet(shell: Shell, name: string, value: string): void {
  const variable = shell.variables.get(name);
  if (!variable.isSet) variable.write(value);
}
