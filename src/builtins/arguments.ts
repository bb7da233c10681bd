/** What builtins share: options by the utility syntax guidelines (XBD 12.2), usage messages, numbers. */

import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SHELL_ERROR, USAGE } from "../execution/status.ts";
import { plainDecimal } from "../expansion/arithmetic/integer.ts";

export { isName } from "../syntax/characters.ts";

export interface Option {
  readonly letter: string;
  /** Its argument; the empty string for an option that takes none. */
  readonly value: string;
}

export interface Arguments {
  /** In the order in which they were given. */
  readonly options: readonly Option[];
  readonly operands: readonly string[];
}

const NO_OPTIONS: readonly Option[] = [];

type Named = Pick<Builtin, "name" | "usage">;

/**
 * Takes the options off `args`.
 *
 * @param letters as for getopts: a letter followed by a colon takes an argument; a plus sign allows options that begin with one
 * @returns `null` after an error, which has been reported
 */
export function parseArguments(
  shell: Shell,
  builtin: Named,
  args: readonly string[],
  letters: string,
): Arguments | null {
  if (args.length === 0 || args[0]![0] !== "-") return { options: NO_OPTIONS, operands: args };
  const options: Option[] = [];
  let i = 0;
  for (; i < args.length; i++) {
    const argument = args[i]!;
    if (argument === "--") {
      i++;
      break;
    }
    if (argument[0] !== "-" || argument === "-") break;
    for (let j = 1; j < argument.length; j++) {
      const letter = argument[j]!;
      const at = letter === ":" ? -1 : letters.indexOf(letter);
      if (at < 0) {
        usageError(shell, builtin, `-${letter}: invalid option`);
        return null;
      }
      if (letters[at + 1] !== ":") {
        options.push({ letter, value: "" });
        continue;
      }
      const value = j + 1 < argument.length ? argument.slice(j + 1) : args[++i];
      if (value === undefined) {
        usageError(shell, builtin, `-${letter}: option requires an argument`);
        return null;
      }
      options.push({ letter, value });
      break;
    }
  }
  return { options, operands: args.slice(i) };
}

/** Whether an option was given. */
export function has({ options }: Arguments, letter: string): boolean {
  return options.some((option) => option.letter === letter);
}

/** The argument of an option that was given last, or `undefined`. */
export function valueOf({ options }: Arguments, letter: string): string | undefined {
  return options.length === 0 ? undefined : options.findLast((option) => option.letter === letter)?.value;
}

/** Reports `message` (if any) and the line of usage. Returns the status of wrong usage. */
export function usageError(shell: Shell, builtin: Named, message?: string): number {
  if (message !== undefined) shell.report(`${builtin.name}: ${message}`);
  shell.streams.write(2, `${builtin.name}: usage: ${builtin.name} ${builtin.usage}\n`);
  return specialError(shell, builtin.name, USAGE);
}

/** Reports an error of a builtin. Returns `status`. */
export function fail(shell: Shell, builtin: Named, message: string, status: number = FAILURE): number {
  shell.report(`${builtin.name}: ${message}`);
  return specialError(shell, builtin.name, status);
}

/** Too many operands of `exit` and its kin, for which bash gives up everything around. Returns the status. */
export function tooManyArguments(shell: Shell, builtin: Named): number {
  const status = fail(shell, builtin, "too many arguments");
  if (shell.state.divert === Divert.none) shell.state.divert = Divert.top;
  return shell.state.status = status;
}

/** The error of a special builtin ends a script in POSIX mode (XCU 2.8.1). */
export function specialError(shell: Shell, name: string, status: number): number {
  const special = shell.options.posix && shell.state.plainDepth === 0 && shell.builtins.get(name)?.kind === "special";
  return special ? shell.exitUnlessInteractive(shell.options.sh ? SHELL_ERROR : status) : status;
}

/** As {@link specialError}, for an error after which bash goes on in POSIX mode too, but other shells for `sh` do not. */
export function lesserError(shell: Shell, name: string, status: number): number {
  return shell.options.sh ? specialError(shell, name, status) : status;
}

/** The value of a whole number in decimal, with a sign maybe; `null` for anything else. */
export function parseInteger(text: string): number | null {
  return plainDecimal(text) ?? (/^[ \t]*[-+]?\d+[ \t]*$/.test(text) ? Number(text) : null);
}
