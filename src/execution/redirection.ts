/** Redirections of commands (XCU 2.7): expands their words; the stream room carries them out. */

import { ExpansionFailure } from "../expansion/failure.ts";
import { literalText } from "../syntax/nodes.ts";
import { printWord } from "../syntax/printer.ts";
import type { Redirection } from "../syntax/tree.ts";
import { EBADF, EINVAL, strerror } from "../system/errno.ts";
import { S_IFIFO, S_IFMT } from "../system/constants.ts";
import type { Ends } from "./compiler.ts";
import { addsUp, type Connected } from "./multios.ts";
import type { RedirectionRequest, Shell } from "./shell.ts";
import { assignOperand, readOperand } from "./variable_operand.ts";

/** A number that no file ever has. */
const NO_DESCRIPTOR = 2 ** 31;

/**
 * Carries redirections out, one after the other, in the descriptor table's innermost frame. Returns whether all went well;
 * if not, the error has been reported, and the caller ends the frame.
 *
 * @param beside whether the shell must not be kept waiting by the opening of a FIFO: it forks first
 * @param forProgram whether they are a program's, which is all that ends when one of their words can't be expanded
 */
export type Redirect = (beside: boolean, forProgram?: boolean) => boolean;

const NOTHING: Connected = new Map();

/** @param connected the descriptors that lead to pipes already: those of a stage of a pipeline */
export function compileRedirections(
  redirections: readonly Redirection[],
  shell: Shell,
  connected: Connected = NOTHING,
): Redirect {
  const compiled = redirections.map((redirection) => compileRedirection(redirection, shell));
  const mayAddUp = addsUp(redirections, connected);
  const carryOut = (redirect: Redirect, beside: boolean, forProgram: boolean): boolean => {
    try {
      return redirect(beside);
    } catch (error) {
      shell.failed(error, forProgram ? "command" : undefined);
      return false;
    }
  };
  const addUp = (beside: boolean, forProgram: boolean) =>
    shell.multios.redirect(redirections, connected, (index) => carryOut(compiled[index]!, beside, forProgram));
  return (beside, forProgram = false) => {
    if (mayAddUp && shell.options.multios) return addUp(beside, forProgram);
    for (let i = 0; i < compiled.length; i++) if (!carryOut(compiled[i]!, beside, forProgram)) return false;
    return true;
  };
}

function compileRedirection(redirection: Redirection, shell: Shell): Redirect {
  const { operator, descriptor } = redirection;
  const target = compileTarget(redirection, shell);
  // A descriptor that is not open is shown as it is written.
  const written = literalText(redirection.target) === null ? printWord(redirection.target) : null;
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
      const shown = result.badDescriptor === true && written !== null ? `${written}: ${strerror(EBADF)}` : result.error;
      if (result.noNumber === true) {
        const { call } = shell.state;
        const where = call?.source ?? shell.positional.zero;
        shell.streams.write(2, `${where}: redirection error: cannot duplicate fd: ${strerror(EINVAL)}\n`);
      }
      if (shown !== "" && !shell.interrupted()) shell.report(shown);
      return false;
    }
    if (name === null) return true;
    if (number === "new" && !nameDescriptor(shell, name, result)) return false;
    // It stays as it is after the command (bash manual 3.6).
    if (number !== "new" || !shell.options.varredir_close) shell.streams.table.keepNumber(result);
    return true;
  };
}

/** The descriptor of `{name}>`: a new one, but for `{name}>&-` the one that the variable holds (bash manual 3.6). */
function namedDescriptor(shell: Shell, name: string, operator: string, target: string): number | "new" {
  if (target !== "-" || (operator !== "<&" && operator !== ">&")) return "new";
  const value = readOperand(shell, name);
  if (value === undefined) throw new ExpansionFailure(`${name}: ambiguous redirect`, "command", 1);
  // What is no number is no descriptor: there is nothing to close.
  return /^\d+$/.test(value) ? Number(value) : NO_DESCRIPTOR;
}

/** Puts the number of a new descriptor into the variable `name`. Returns whether that could be done. */
function nameDescriptor(shell: Shell, name: string, number: number): boolean {
  try {
    assignOperand(shell, name, String(number));
  } catch (error) {
    shell.failed(error, "command");
    shell.report(`${name}: cannot assign fd to variable`);
    return false;
  }
  return true;
}

/** Whether a file is opened for writing, which a restricted shell must not do (bash manual 6.10). */
function writesFile({ operator, target }: RedirectionRequest): boolean {
  return operator === ">&" ? !/^\d+-?$|^-$/.test(target) : operator.includes(">") && operator !== "<&";
}

/** Whether opening the file waits for somebody else. */
export function mayWait(shell: Shell, { operator, target }: RedirectionRequest): boolean {
  if (operator !== "<" && operator !== ">" && operator !== ">>" && operator !== ">|" && operator !== "<>") return false;
  if (/^\/dev\/(tcp|udp|unix)\//.test(target)) return true;
  const status = shell.system.stat(target);
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFIFO;
}

/** Compiles the word of a redirection to the path, or the text of a here-document, that it stands for. */
export function compileTarget(redirection: Redirection, shell: Shell): () => string {
  const { words } = shell;
  if (redirection.hereDocument !== null) {
    const { quoted, body } = redirection.hereDocument;
    return quoted ? words.text(body, "none") : words.quotedText(body);
  }
  if (redirection.operator === "<<<") {
    const text = words.assigned(redirection.target, "word");
    return () => text() + "\n";
  }
  const constant = words.constantField(redirection.target);
  if (constant !== null) return () => constant;
  let text: (() => string) | null = null;
  let fields: ((out: string[]) => void) | null = null;
  return () => {
    // POSIX leaves splitting out, and pathname expansion in shells that aren't interactive (XCU 2.7).
    if (shell.options.posix) {
      text ??= words.text(redirection.target);
      return text();
    }
    const results: string[] = [];
    fields ??= words.fields([redirection.target]);
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
