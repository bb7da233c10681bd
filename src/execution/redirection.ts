/** Redirections of commands (XCU 2.7): expands their words; the stream room carries them out. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { printWord } from "../syntax/printer.ts";
import type { Redirection } from "../syntax/tree.ts";
import { S_IFIFO, S_IFMT } from "../system/constants.ts";
import type { Ends } from "./compiler.ts";
import type { RedirectionRequest, Shell } from "./shell.ts";

/**
 * Carries redirections out, one after the other, in the descriptor table's innermost frame. Returns whether all went well;
 * if not, the error has been reported, and the caller ends the frame.
 *
 * @param beside whether the shell must not be kept waiting by the opening of a FIFO: it forks first
 */
export type Redirect = (beside: boolean) => boolean;

export function compileRedirections(redirections: readonly Redirection[], shell: Shell): Redirect {
  const compiled = redirections.map((redirection) => compileRedirection(redirection, shell));
  return (beside) => {
    for (const redirect of compiled) {
      try {
        if (!redirect(beside)) return false;
      } catch (error) {
        shell.failed(error);
        return false;
      }
    }
    return true;
  };
}

function compileRedirection(redirection: Redirection, shell: Shell): Redirect {
  const { operator, descriptor } = redirection;
  const target = compileTarget(redirection, shell);
  const name = descriptor !== null && typeof descriptor === "object" ? descriptor.variable : null;
  return (beside) => {
    const text = target();
    const number = name === null ? descriptor as number | null : namedDescriptor(shell, name, operator, text);
    const request: RedirectionRequest = { descriptor: number, operator, target: text };
    if (shell.options.restricted_shell && writesFile(request)) {
      shell.report(`${text}: restricted: cannot redirect output`);
      return false;
    }
    if (beside && mayWait(shell, request) && !shell.becomeProcess()) return false;
    const result = shell.streams.redirect(request);
    if (typeof result !== "number") {
      if (result.error !== "" && !shell.interrupted()) shell.report(result.error);
      return false;
    }
    if (number === "new") shell.variables.get(name!).write(String(result));
    return true;
  };
}

/** The descriptor of `{name}>`: a new one, but for `{name}>&-` the one that the variable holds (bash manual 3.6). */
function namedDescriptor(shell: Shell, name: string, operator: string, target: string): number | "new" {
  if (target !== "-" || (operator !== "<&" && operator !== ">&")) return "new";
  const value = shell.variables.get(name).read();
  if (value === undefined || !/^\d+$/.test(value)) {
    throw new ExpansionFailure(`${name}: ambiguous redirect`, "command", 1);
  }
  return Number(value);
}

/** Whether a file is opened for writing, which a restricted shell must not do (bash manual 6.10). */
function writesFile({ operator, target }: RedirectionRequest): boolean {
  return operator === ">&" ? !/^\d+-?$|^-$/.test(target) : operator.includes(">") && operator !== "<&";
}

/** Whether opening the file waits for somebody else. */
function mayWait(shell: Shell, { operator, target }: RedirectionRequest): boolean {
  if (operator !== "<" && operator !== ">" && operator !== ">>" && operator !== ">|") return false;
  const status = shell.system.stat(target);
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFIFO;
}

function compileTarget(redirection: Redirection, shell: Shell): () => string {
  const { words } = shell;
  if (redirection.hereDocument !== null) {
    const { quoted, body } = redirection.hereDocument;
    return quoted ? words.text(body, "none") : words.quotedText(body);
  }
  if (redirection.operator === "<<<") {
    const text = words.text(redirection.target);
    return () => text() + "\n";
  }
  const text = words.text(redirection.target);
  const fields = words.fields([redirection.target]);
  return () => {
    // POSIX leaves splitting out, and pathname expansion in shells that aren't interactive (XCU 2.7).
    if (shell.options.posix) return text();
    const results: string[] = [];
    fields(results);
    if (results.length !== 1) {
      throw new ExpansionFailure(`${printWord(redirection.target)}: ambiguous redirect`, "command", 1);
    }
    return results[0]!;
  };
}

/** Lets descriptors lead to the ends of pipes. */
export function enterEnds(shell: Shell, ends: Ends): void {
  for (const { number, file } of ends) {
    shell.streams.table.set(number, file);
    if (number === 0) shell.state.inputGiven = true;
  }
}

/** Whether a redirection among these gives standard input. */
export function redirectsInput(redirections: readonly Redirection[]): boolean {
  return redirections.some(({ operator, descriptor }) =>
    operator.startsWith("<") && operator !== "<>" ? (descriptor ?? 0) === 0 : descriptor === 0
  );
}
