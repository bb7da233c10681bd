/** Puts the line editor of a shell together. */

import type { Shell } from "../execution/shell.ts";
import { historyOf } from "../history/history.ts";
import { VERSION } from "../version.ts";
import type { EnteredLines } from "../history/entered_lines.ts";
import { Decorations } from "./decorations.ts";
import { LineEditor } from "./line_editor.ts";
import { EMACS_KEYS, FUNCTION_KEYS } from "./model/emacs_keys.ts";
import { Editing } from "./model/editing.ts";
import { Keymap } from "./model/keymap.ts";
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
  const keymap = new Keymap([...EMACS_KEYS, ...FUNCTION_KEYS]);
  const editing = new Editing(keymap, historyOf(shell), new ShellAdvisor(shell, lines));
  return new LineEditor(shell, {
    editing,
    decorator: new Decorations(shell, lines.history),
    continuationPrompt() {
      const { commandNumber } = shell.state;
      return expandPrompt(shell, "PS2", { version: VERSION, historyNumber: lines.history.next, commandNumber });
    },
    editElsewhere: () => null,
    runBound: () => {},
    perform: () => {},
  });
}
