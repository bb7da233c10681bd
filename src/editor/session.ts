/** Interactive sessions and login shells: what a shell does beyond a script's when it talks to a person. */

import { Divert } from "../execution/state.ts";
import type { Interpreter } from "../execution/interpreter.ts";
import type { Invocation } from "../invocation.ts";
import { SIGWINCH } from "../system/signal_numbers.ts";
import { EnteredLines } from "../history/entered_lines.ts";
import { InteractiveInput } from "./interactive_input.ts";
import type { LineSource } from "./line_source.ts";
import { canEdit, makeEditor } from "./make_editor.ts";
import { PlainLines } from "./plain_lines.ts";
import { beginHistory, prepareHistory } from "./session_history.ts";
import { Ending } from "./ending.ts";
import { runStartupFiles } from "./startup_files.ts";
import { VERSION } from "../version.ts";
import { WindowSizeVariables } from "./window_size.ts";

/** Options that are on in interactive shells. */
const USUALLY_ON = ["history", "histexpand", "colors", "suggestions"] as const;

/** Sets the shell up, and executes its start-up files. */
export function prepare(shell: Interpreter, invocation: Invocation): void {
  shell.session = new Ending(shell);
  if (shell.state.interactive) prepareInteractive(shell, invocation);
  runStartupFiles(shell, invocation);
  if (shell.state.interactive && shell.state.divert === Divert.none) beginHistory(shell);
}

function prepareInteractive(shell: Interpreter, invocation: Invocation): void {
  const { variables, options } = shell;
  const given = (name: string) => invocation.options.some((option) => option.name === name);
  const prompt = options.posix
    ? (shell.system.geteuid() === 0 ? "# " : "$ ")
    : `\\s-${VERSION.replace(/\.\d+$/, "")}\\$ `;
  for (const [name, value] of [["PS1", prompt], ["PS2", "> "]] as const) {
    const variable = variables.get(name);
    if (variable.read() === undefined) variable.write(value);
  }
  if (!given("emacs") && !given("vi")) options.set("emacs", true);
  for (const name of USUALLY_ON) if (!given(name)) options.set(name, true);
  prepareHistory(shell);
  shell.traps.configure(true, options.monitor);
  if (!given("monitor")) options.set("monitor", true);
}

/** Where the commands of an interactive shell come from. */
export function makeInput(shell: Interpreter): InteractiveInput {
  const window = new WindowSizeVariables(shell);
  shell.onTerminalTaken = () => window.update();
  shell.onUntrappedSignal = (signal) => {
    if (signal === SIGWINCH) window.signalled();
  };
  const lines = new EnteredLines(shell);
  const plain: LineSource = new PlainLines(shell);
  let editor: LineSource | null = null;
  const source = () => canEdit(shell) ? editor ??= makeEditor(shell, lines) : plain;
  return new InteractiveInput(shell, window, lines, source);
}
