/** What gets into the history (bash manual 9.2): HISTCONTROL, HISTIGNORE and HISTSIZE say. */

import type { Shell } from "../execution/shell.ts";
import { compilePattern } from "../expansion/pattern.ts";
import { type History, historyOf } from "./history.ts";
import { joinLines } from "./joining.ts";

/**
 * Puts a line that has been read into the history, as far as it is wanted there.
 *
 * @param text without the newline at its end
 * @param continued whether the line goes on with the command of the line before it
 */
export function record(shell: Shell, text: string, continued: boolean): void {
  const { options } = shell;
  const history = historyOf(shell);
  if (!options.history) {
    history.lastIsCurrent = false;
    return;
  }
  limitSize(shell, history);
  if (continued && options.cmdhist) {
    if (!history.lastIsCurrent) return;
    const last = history.length - 1;
    history.replace(last, joinLines(history.line(last), text, options.lithist));
    return;
  }
  history.lastIsCurrent = text.trim() !== "" && isWanted(shell, history, text);
  if (history.lastIsCurrent) add(shell, history, text);
}

/** Adds `text` to the history without asking whether it is wanted. */
export function add(shell: Shell, history: History, text: string): void {
  if (controls(shell).includes("erasedups")) history.removeAll(text);
  history.add({ text, time: Math.floor(shell.system.now()) });
  limitSize(shell, history);
}

/** Drops the oldest entries beyond HISTSIZE. */
export function limitSize(shell: Shell, history: History): void {
  history.limit(sizeOf(shell, "HISTSIZE"));
}

/** The value of HISTSIZE or HISTFILESIZE: without a number, or with a negative one, there is no limit. */
export function sizeOf(shell: Shell, name: "HISTSIZE" | "HISTFILESIZE"): number {
  const value = shell.variables.get(name).read() ?? "";
  return /^\s*\d+\s*$/.test(value) ? Number(value) : Infinity;
}

function controls(shell: Shell): readonly string[] {
  return (shell.variables.get("HISTCONTROL").read() ?? "").split(":");
}

function isWanted(shell: Shell, history: History, text: string): boolean {
  const control = controls(shell);
  const both = control.includes("ignoreboth");
  const previous = history.at(-1)?.text;
  if ((both || control.includes("ignorespace")) && /^[ \t]/.test(text)) return false;
  if ((both || control.includes("ignoredups")) && text === previous) return false;
  return !isIgnored(shell, text, previous);
}

/** Whether a pattern of HISTIGNORE matches all of `text`; `&` in it stands for the line before. */
function isIgnored(shell: Shell, text: string, previous: string | undefined): boolean {
  const patterns = shell.variables.get("HISTIGNORE").read();
  if (!patterns) return false;
  const { extglob } = shell.options;
  return splitPatterns(patterns).some((pattern) => {
    const filled = pattern.replaceAll(/\\[^]|&/g, (part) => part === "&" ? escaped(previous ?? "") : part);
    return compilePattern(filled.replaceAll("\\&", "&"), { extglob, ignoreCase: false }).matches(text);
  });
}

/** At colons that no backslash stands before. */
function splitPatterns(patterns: string): string[] {
  return (patterns.match(/(?:\\[^]|[^\\:])+|\\$/g) ?? []).map((pattern) => pattern.replaceAll("\\:", ":"));
}

const escaped = (text: string) => text.replaceAll(/[*?[\]\\()|!@+]/g, "\\$&");
