/** Puts the line editor of a shell together. */

import type { Shell } from "../execution/shell.ts";
import { historyOf } from "../history/history.ts";
import type { EnteredLines } from "../history/entered_lines.ts";
import { Decorations } from "./decorations.ts";
import { LineEditor } from "./line_editor.ts";
import { type KeyBindings, keyBindingsOf } from "./key_bindings.ts";
import { Editing } from "./model/editing.ts";
import { expandPrompt } from "../execution/prompt.ts";
import { ShellAdvisor } from "./shell_advisor.ts";

/** Terminals that do nothing but print. */
const DUMB: readonly (string | undefined)[] = [undefined, "", "dumb", "emacs", "unknown"];

/** Whether lines can be edited: the user has not turned it off, and the terminal can do what it takes. */
export function canEdit(shell: Shell): boolean {
  const { options, system, streams, variables } = shell;
  if ((!options.emacs && !options.vi) || DUMB.includes(variables.get("TERM").read())) return false;
  return [0, 2].every((number) => system.isatty(streams.table.get(number)?.descriptor ?? -1));
}

export function makeEditor(shell: Shell, lines: EnteredLines): LineEditor {
  const keys = keyBindingsOf(shell);
  const editing = new Editing(keys.keymap, historyOf(shell), new ShellAdvisor(shell, lines));
  return new LineEditor(shell, {
    editing,
    decorator: new Decorations(shell, lines.history),
    continuationPrompt() {
      const { commandNumber } = shell.state;
      return expandPrompt(shell, "PS2", { edited: true, historyNumber: lines.history.next, commandNumber });
    },
    editElsewhere: () => null,
    runBound: (command) => runBound(shell, editing, command),
    perform(effect) {
      if (effect.kind === "read bindings") readInitFile(shell, keys);
    },
  });
}

/** Runs a command of the shell that a key is bound to. It finds the line in READLINE_LINE, and may change it (`bind -x`). */
function runBound(shell: Shell, { line }: Editing, command: string): void {
  const { variables, state } = shell;
  const { status } = state;
  const text = variables.get("READLINE_LINE");
  const point = variables.get("READLINE_POINT");
  text.write(line.text);
  point.write(String([...line.text.slice(0, line.cursor)].length));
  shell.evaluate(command, { name: null, kind: "eval", firstLine: state.line });
  state.status = status;
  const changed = text.read() ?? "";
  const place = Number(point.read());
  if (changed !== line.text) line.replace(0, line.text.length, changed);
  line.cursor = [...changed].slice(0, place >= 0 ? place : undefined).join("").length;
  text.unset();
  point.unset();
}

/** Reads the file that INPUTRC names, or that in the home directory. That there is none is no reason to say anything. */
function readInitFile(shell: Shell, keys: KeyBindings): void {
  const { variables } = shell;
  const path = variables.get("INPUTRC").read() || `${variables.get("HOME").read() ?? ""}/.inputrc`;
  keys.readFile(shell, path, "emacs", (message) => shell.report(message));
}
