/** `case` (XCU 2.9.4.3; bash manual 3.2.5.2 for `;&` and `;;&`). */

import { PreparedPattern } from "../expansion/pattern.ts";
import { printHeader, printWord } from "../syntax/printer.ts";
import type { CaseCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";
import { traceLine } from "./xtrace.ts";

export function compileCase(command: CaseCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options, substitutions, traps } = shell;
  const subject = shell.words.text(command.subject);
  const items = command.items.map((item) => ({
    patterns: item.patterns.map((pattern) => ({
      /** What it stands for if nothing in it is special, else `null`. */
      literal: shell.words.constantPattern(pattern),
      prepared: new PreparedPattern(shell.words.pattern(pattern)),
    })),
    body: item.body.items.length === 0 ? null : compiler.branch(item.body),
    terminator: item.terminator,
  }));
  const { line } = command;

  /** The index of the first item from `start` on that has a matching pattern, or -1. */
  const find = (text: string, start: number): number => {
    for (let i = start; i < items.length; i++) {
      const { patterns } = items[i]!;
      for (let k = 0; k < patterns.length; k++) {
        const { literal, prepared } = patterns[k]!;
        const matches = literal !== null && !options.nocasematch
          ? literal === text
          : prepared.expand(options.extglob, options.nocasematch).matches(text);
        if (matches) return i;
      }
    }
    return -1;
  };

  return () => {
    let status = SUCCESS;
    const { count } = substitutions;
    state.line = line;
    if (traps.debug !== null) {
      state.command = () => printHeader(command);
      if (!traps.runDebug()) return state.status;
    }
    if (options.xtrace) traceLine(shell, `case ${printWord(command.subject)} in`);
    try {
      const text = subject();
      let index = find(text, 0);
      while (index >= 0 && index < items.length) {
        const { body, terminator } = items[index]!;
        status = body === null ? SUCCESS : body();
        if (state.divert !== Divert.none || terminator === ";;") break;
        index = terminator === ";&" ? index + 1 : find(text, index + 1);
      }
    } catch (error) {
      return shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    return state.divert === Divert.none ? state.status = status : status;
  };
}
