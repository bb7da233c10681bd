/** `case` (XCU 2.9.4.3; bash manual 3.2.5.2 for `;&` and `;;&`). */

import { PreparedPattern } from "../expansion/pattern.ts";
import { printHeader, printWord } from "../syntax/printer.ts";
import type { CaseCommand, Word } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run, Shell } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";
import { traceLine } from "./xtrace.ts";

/** One of the patterns of an item. */
class Alternative {
  /** What it stands for if nothing in it is special, else `null`. */
  private readonly literal: string | null;
  private prepared: PreparedPattern | null = null;

  constructor(private readonly pattern: Word, private readonly shell: Shell) {
    this.literal = shell.words.constantPattern(pattern);
  }

  matches(text: string): boolean {
    const { options, words } = this.shell;
    if (this.literal !== null && !options.nocasematch) return this.literal === text;
    this.prepared ??= new PreparedPattern(words.pattern(this.pattern));
    return this.prepared.expand(options.extglob, options.nocasematch).matches(text);
  }
}

/** An item, compiled when it is its turn: many never have it. */
class Item {
  private alternatives: readonly Alternative[] | null = null;
  private body: Run | null = null;

  constructor(private readonly item: CaseCommand["items"][number], private readonly compiler: Compiler) {}

  get terminator(): string {
    return this.item.terminator;
  }

  matches(text: string): boolean {
    this.alternatives ??= this.item.patterns.map((pattern) => new Alternative(pattern, this.compiler.shell));
    const { alternatives } = this;
    for (let i = 0; i < alternatives.length; i++) if (alternatives[i]!.matches(text)) return true;
    return false;
  }

  run(): number {
    const { item } = this;
    if (item.body.items.length === 0) return SUCCESS;
    this.body ??= this.compiler.list(item.body);
    return this.body();
  }
}

export function compileCase(command: CaseCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options, substitutions, traps } = shell;
  const subject = shell.words.text(command.subject);
  const items: Item[] = [];
  for (let i = 0; i < command.items.length; i++) items.push(new Item(command.items[i]!, compiler));
  const { line } = command;

  /** The index of the first item from `start` on that has a matching pattern, or -1. */
  const find = (text: string, start: number): number => {
    for (let i = start; i < items.length; i++) if (items[i]!.matches(text)) return i;
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
        const item = items[index]!;
        status = item.run();
        if (state.divert !== Divert.none || item.terminator === ";;") break;
        index = item.terminator === ";&" ? index + 1 : find(text, index + 1);
      }
    } catch (error) {
      return shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    return state.divert === Divert.none ? state.status = status : status;
  };
}
