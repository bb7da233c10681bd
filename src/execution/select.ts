/** `select` (bash manual 3.2.5.2): shows a menu on standard error, and runs its body for each answer. */

import { lengthInCharacters } from "../expansion/operations.ts";
import { isName } from "../syntax/characters.ts";
import { printHeader } from "../syntax/printer.ts";
import type { SelectCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import { goesOn } from "./loop.ts";
import type { Run } from "./shell.ts";
import { Divert } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { traceLine } from "./xtrace.ts";

const DEFAULT_COLUMNS = 80;
const TAB = 8;
/** Characters that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{3fffd}]/gu;

export function compileSelect(command: SelectCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options, substitutions, traps, variables } = shell;
  const fields = command.words === null ? null : shell.words.fields(command.words);
  const valid = isName(command.variable);
  const variable = variables.get(command.variable);
  const reply = variables.get("REPLY");
  const body = compiler.loopPart(command.body);
  const text = () => printHeader(command);

  /** Asks until there is an answer. Returns what was chosen, the null string for no item; `null` at the end of the input. */
  const ask = (items: readonly string[], withMenu: boolean): string | null => {
    for (let shown = !withMenu;; shown = false) {
      if (!shown) shell.streams.write(2, menu(items, Number(variables.get("COLUMNS").read()) || DEFAULT_COLUMNS));
      shell.streams.write(2, variables.get("PS3").read() ?? "#? ");
      if (shell.builtins.get("read")!.run(shell, []) !== SUCCESS) {
        shell.print("\n");
        return null;
      }
      const answer = reply.read() ?? "";
      if (answer !== "") return /^\s*\d+\s*$/.test(answer) ? items[Number(answer) - 1] ?? "" : "";
    }
  };

  return () => {
    const items: string[] = [];
    let status: number = SUCCESS;
    const { count } = substitutions;
    state.line = command.line;
    if (!valid) {
      shell.report(`\`${command.variable}': not a valid identifier`);
      return state.status = FAILURE;
    }
    state.command = text;
    if (traps.debug !== null && !traps.runDebug()) return state.status;
    if (options.xtrace) traceLine(shell, text());
    try {
      if (fields === null) items.push(...shell.positional.values);
      else fields(items);
      if (items.length === 0) return state.status = SUCCESS;
      state.loopDepth++;
      for (let withMenu = true;; withMenu = reply.read() === "") {
        const chosen = ask(items, withMenu);
        if (state.divert !== Divert.none) break;
        if (chosen === null) {
          status = FAILURE;
          break;
        }
        try {
          variable.write(chosen);
        } catch (error) {
          status = shell.failed(error, options.posix ? undefined : "command");
          break;
        }
        status = body();
        if (state.divert !== Divert.none && !goesOn(state)) break;
      }
      state.loopDepth--;
    } catch (error) {
      return shell.failed(error);
    }
    if (substitutions.count > count) substitutions.close(count);
    return state.divert === Divert.none ? state.status = status : status;
  };
}

/** The items with their numbers, in columns from top to bottom as many as fit. */
function menu(items: readonly string[], columns: number): string {
  const labelLength = String(items.length).length;
  const widest = items.reduce((length, item) => Math.max(length, width(item)), 0) + labelLength + 4;
  const fitting = Math.max(1, Math.floor(columns / widest));
  let rows = Math.ceil(items.length / fitting);
  if (rows === 1) rows = items.length;
  const firstLabelLength = String(rows).length;
  let text = "";
  for (let row = 0; row < rows; row++) {
    let column = 0;
    for (let index = row; index < items.length; index += rows) {
      const label = String(index + 1).padStart(index < rows ? firstLabelLength : labelLength);
      const item = items[index]!;
      text += `${label}) ${item}`;
      if (index + rows >= items.length) break;
      text += indentation(column + label.length + 2 + width(item), column + widest);
      column += widest;
    }
    text += "\n";
  }
  return text;
}

/** Blanks that lead from one column to another, in tabs as far as possible. */
function indentation(from: number, to: number): string {
  let text = "";
  for (let column = from; column < to;) {
    const next = (Math.floor(column / TAB) + 1) * TAB;
    text += next <= to ? "\t" : " ";
    column = next <= to ? next : column + 1;
  }
  return text;
}

function width(text: string): number {
  return lengthInCharacters(text) + (text.match(WIDE)?.length ?? 0);
}
