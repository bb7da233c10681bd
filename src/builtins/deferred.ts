/** Code that few shells need: {@link "../execution/shell.ts".DeferredCode}. What it needs itself is made at its first use. */

import type { Builtin, Shell } from "../execution/shell.ts";
import { EnteredLines } from "../history/entered_lines.ts";
import { fc } from "./fc.ts";
import { history } from "./history.ts";

export const builtins: ReadonlyMap<string, Builtin> = new Map([fc, history].map((builtin) => [builtin.name, builtin]));

const entered = new WeakMap<Shell, EnteredLines>();

export function enterLine(shell: Shell, line: string, continuation: boolean): string | null {
  let lines = entered.get(shell);
  if (lines === undefined) entered.set(shell, lines = new EnteredLines(shell));
  return lines.enter(line, continuation, false);
}
