/** `getopts` (XCU getopts). */

import type { Builtin, Shell, ShellVariable } from "../execution/shell.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { isName, parseArguments, parseInteger, usageError } from "./arguments.ts";

export const help = `Takes one option after the other from the positional parameters.

Each call puts the next option's letter into the variable, and its argument into
OPTARG; OPTIND is the index of the parameter to look at next. In optstring, a
colon follows each letter that takes an argument. If it begins with a colon,
nothing is printed for a wrong option: the variable is then ? or :, and OPTARG
the letter. With arguments, these are looked at instead of the parameters.

Exit status: 0 as long as there are options.
`;

export const getopts: Builtin = {
  name: "getopts",
  kind: "intrinsic",
  usage: "optstring name [arg ...]",
  quiet: true,
  run(shell, args) {
    const parsed = parseArguments(shell, getopts, args, "");
    if (parsed === null) return USAGE;
    const { operands } = parsed;
    const letters = operands[0];
    const name = operands[1];
    if (letters === undefined || name === undefined) return usageError(shell, getopts);
    const words = operands.length > 2 ? operands.slice(2) : shell.positional.values;
    const { variables } = shell;
    const place = variables.get("OPTIND");
    const result = next(shell, letters, words, place);
    place.writeNumber(result.index);
    shell.state.optionOffset = result.offset;
    shell.state.optionIndex = result.index;
    if (!isName(name)) {
      shell.report(`getopts: \`${name}': not a valid identifier`);
      return FAILURE;
    }
    try {
      variables.get(name).write(result.option);
    } catch (error) {
      if (error instanceof ExpansionFailure && error.origin === "name") throw error;
      shell.failed(error, "command");
      return USAGE;
    }
    setArgument(shell, result.argument);
    return result.done ? FAILURE : SUCCESS;
  },
};

/** What is in the way of OPTARG is reported, and no more. */
function setArgument(shell: Shell, argument: string | null): void {
  const variable = shell.variables.get("OPTARG");
  try {
    if (argument !== null) variable.write(argument);
    else if (variable.exists) variable.unset();
  } catch (error) {
    shell.failed(error, "command");
  }
}

interface Result {
  readonly option: string;
  readonly argument: string | null;
  readonly index: number;
  /** Where in the parameter `index` the next letter is; 0 for its beginning. */
  readonly offset: number;
  readonly done: boolean;
}

function next(shell: Shell, optstring: string, words: readonly string[], place: ShellVariable): Result {
  const silent = optstring.startsWith(":");
  const letters = silent ? optstring.slice(1) : optstring;
  const { state } = shell;
  const { number } = place;
  let index = typeof number === "number" ? number : parseInteger(place.read() ?? "") ?? 1;
  if (index < 1) index = 1;
  // A new value of OPTIND starts anew at that parameter.
  let offset = index === state.optionIndex ? state.optionOffset : 0;
  if (offset === 0 || offset >= (words[index - 1]?.length ?? 0)) {
    const word = words[index - 1];
    if (word === undefined || !word.startsWith("-") || word === "-") return end(index);
    if (word === "--") return end(index + 1);
    offset = 1;
  }
  const word = words[index - 1]!;
  const letter = word[offset]!;
  offset++;
  const at = letter === ":" ? -1 : letters.indexOf(letter);
  const wordEnds = offset >= word.length;
  if (at < 0 || letters[at + 1] !== ":") {
    if (at < 0 && !silent) complain(shell, "illegal option", letter);
    const argument = at < 0 && silent ? letter : null;
    return found(at < 0 ? "?" : letter, argument, wordEnds ? index + 1 : index, wordEnds ? 0 : offset);
  }
  if (!wordEnds) return found(letter, word.slice(offset), index + 1, 0);
  const argument = words[index];
  if (argument !== undefined) return found(letter, argument, index + 2, 0);
  if (!silent) complain(shell, "option requires an argument", letter);
  return found(silent ? ":" : "?", silent ? letter : null, index + 1, 0);
}

function complain(shell: Shell, message: string, letter: string): void {
  if (shell.variables.get("OPTERR").read() === "0") return;
  shell.streams.write(2, `${shell.positional.zero}: ${message} -- ${letter}\n`);
}

function found(option: string, argument: string | null, index: number, offset: number): Result {
  return { option, argument, index, offset, done: false };
}

function end(index: number): Result {
  return { option: "?", argument: null, index, offset: 0, done: true };
}
