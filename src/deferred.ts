/**
 * Code that few shells need: {@link "./execution/shell.ts".DeferredCode}. The build makes a file of its own of it, and `main.ts` loads
 * that when it is asked for. `builtins/deferred_stubs.ts` stands for the builtins until then.
 */

import { compgen } from "./builtins/compgen.ts";
import { complete } from "./builtins/complete.ts";
import { compopt } from "./builtins/compopt.ts";
import { fc } from "./builtins/fc.ts";
import { history } from "./builtins/history.ts";
import { COMMANDS } from "./editor/model/commands/all.ts";
import type { Builtin, Shell } from "./execution/shell.ts";
import { EnteredLines } from "./history/entered_lines.ts";

const BUILTINS = [compgen, complete, compopt, fc, history];

export const builtins: ReadonlyMap<string, Builtin> = new Map(BUILTINS.map((builtin) => [builtin.name, builtin]));

export function editorCommands(): string[] {
  return [...COMMANDS.keys()].sort();
}

const entered = new WeakMap<Shell, EnteredLines>();

export function enterLine(shell: Shell, line: string, continuation: boolean): string | null {
  let lines = entered.get(shell);
  if (lines === undefined) entered.set(shell, lines = new EnteredLines(shell));
  return lines.enter(line, continuation, false);
}
