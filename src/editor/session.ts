/** Interactive sessions: what a shell does beyond a script's when it talks to a person. */

import type { Interpreter } from "../execution/interpreter.ts";
import { openScript } from "../execution/script_file.ts";
import type { Shell } from "../execution/shell.ts";
import type { Invocation } from "../invocation.ts";
import type { Input } from "../syntax/input.ts";
import { VERSION } from "../version.ts";
import { PromptedInput } from "./prompted_input.ts";

/** Sets an interactive shell up, and executes its start-up files. */
export function prepare(shell: Interpreter, invocation: Invocation): void {
  const { variables, options } = shell;
  const prompt = options.posix ? (shell.system.geteuid() === 0 ? "# " : "$ ") : "\\s-\\v\\$ ";
  for (const [name, value] of [["PS1", prompt], ["PS2", "> "]] as const) {
    const variable = variables.get(name);
    if (variable.read() === undefined) variable.write(value);
  }
  shell.traps.configure(true, options.monitor);
  if (!invocation.options.some(({ name }) => name === "monitor")) options.set("monitor", true);
  if (options.posix) sourceEnvironmentFile(shell);
}

/** In POSIX mode, the file that ENV names (XCU 2.5.3). */
function sourceEnvironmentFile(shell: Shell): void {
  const value = shell.variables.get("ENV").read();
  if (value === undefined || value === "") return;
  let path: string;
  try {
    path = shell.expandText(value);
  } catch (error) {
    shell.failed(error, "command");
    return;
  }
  const script = openScript(shell, path);
  if (typeof script !== "number") shell.runScript(script, { name: path, kind: "file", firstLine: 1 });
}

/** Where the commands of an interactive shell come from. */
export function makeInput(shell: Interpreter): Input {
  return new PromptedInput(shell, { version: VERSION, historyNumber: 1, commandNumber: 1 });
}
