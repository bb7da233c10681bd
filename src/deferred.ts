/** Code that few shells need: {@link "./execution/shell.ts".DeferredCode}. What it needs itself is made at its first use. */

import { bind } from "./builtins/bind.ts";
import { compgen } from "./builtins/compgen.ts";
import { complete } from "./builtins/complete.ts";
import { compopt } from "./builtins/compopt.ts";
import { fc } from "./builtins/fc.ts";
import { history } from "./builtins/history.ts";
import { keyBindingsOf } from "./editor/key_bindings.ts";
import { COMMANDS } from "./editor/model/commands/all.ts";
import type { Builtin, EditorBindings, Shell } from "./execution/shell.ts";
import { EnteredLines } from "./history/entered_lines.ts";
import { historyOf } from "./history/history.ts";
import { loadHistory } from "./history/session_file.ts";

const BUILTINS = [bind, compgen, complete, compopt, fc, history];

export const builtins: ReadonlyMap<string, Builtin> = new Map(BUILTINS.map((builtin) => [builtin.name, builtin]));

export function editorCommands(): string[] {
  return [...COMMANDS.keys()].sort();
}

export function keyBindings(shell: Shell): EditorBindings {
  return keyBindingsOf(shell);
}

export function beginHistory(shell: Shell): void {
  const { variables, state } = shell;
  state.historyNumber = () => historyOf(shell).next - 1;
  const size = variables.get("HISTSIZE");
  if (!size.isSet) size.write("500");
  const fileSize = variables.get("HISTFILESIZE");
  if (!fileSize.isSet) fileSize.write(size.read() ?? "");
  if (historyOf(shell).unsaved > 0) return;
  // What can't be read is no history.
  loadHistory(shell);
}

const entered = new WeakMap<Shell, EnteredLines>();

export function enterLine(shell: Shell, line: string, continuation: boolean, plain: boolean): string | null {
  let lines = entered.get(shell);
  if (lines === undefined) entered.set(shell, lines = new EnteredLines(shell));
  return lines.enter(line, continuation, false, plain);
}
