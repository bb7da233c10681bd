/** `set` (XCU set). */

import { displayName, type OptionName, SET_OPTIONS, setOptionByLetter, setOptionByName } from "../execution/options.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { arrayText, quoteValue } from "../expansion/declared.ts";
import { fail, usageError } from "./arguments.ts";
import { definitionText, sortedVariables } from "./declaration.ts";

export const help = `Sets options and positional parameters, or lists variables.

Without arguments, lists the variables and functions. A minus sign sets an
option, a plus sign unsets it. Arguments after the options, or after --, become
the positional parameters.

Options:
${
  SET_OPTIONS.map(({ name, letter, help }) =>
    `  ${letter ? `-${letter}` : "  "} ${displayName(name).padEnd(20)} ${help}
`
  ).join("")
}
  -o name sets an option by its name, +o name unsets it; -o alone lists the
  options, +o lists them as commands.

Exit status: 0, unless an option is not valid.
`;

export const set: Builtin = {
  name: "set",
  kind: "special",
  usage: "[-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]",
  quiet: true,
  run(shell, args) {
    if (args.length === 0) return listEverything(shell);
    let i = 0;
    for (; i < args.length; i++) {
      const argument = args[i]!;
      if (argument === "--") {
        replaceParameters(shell, args.slice(i + 1));
        return SUCCESS;
      }
      if (argument === "-") {
        // Turns tracing off; without operands, leaves the parameters alone (bash manual 4.3.1).
        shell.options.set("verbose", false);
        shell.options.set("xtrace", false);
        i++;
        break;
      }
      const value = argument.startsWith("-");
      if (argument === "+" || !(value || argument.startsWith("+"))) break;
      for (const letter of argument.slice(1)) {
        if (letter === "o") {
          const operand = args[++i];
          if (operand === undefined) return listOptions(shell, value);
          const name = setOptionByName(operand);
          if (name === undefined) return fail(shell, set, `${operand}: invalid option name`, USAGE);
          shell.options.set(name, value);
          continue;
        }
        const name = setOptionByLetter(letter, value);
        if (name === undefined) return usageError(shell, set, `${argument[0]}${letter}: invalid option`);
        shell.options.set(name, value);
      }
    }
    if (i < args.length) replaceParameters(shell, args.slice(i));
    return SUCCESS;
  },
};

function replaceParameters({ positional }: Shell, values: readonly string[]): void {
  positional.values = values;
  positional.timesSet++;
}

function listOptions(shell: Shell, readable: boolean): number {
  let text = "";
  for (const { name } of SET_OPTIONS) {
    const value = shell.options[name as OptionName];
    text += readable
      ? `${displayName(name).padEnd(15)}\t${value ? "on" : "off"}\n`
      : `set ${value ? "-" : "+"}o ${displayName(name)}\n`;
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}

/** Variables in a form that can be read again; outside of POSIX mode functions too. */
export function listEverything(shell: Shell): number {
  let text = "";
  for (const variable of sortedVariables(shell.variables.all())) {
    const { name } = variable;
    if (!variable.isSet || (variable.isUnlisted && variable.kind === null)) continue;
    if (variable.isUnlisted) text += `${name}=()\n`;
    else if (variable.isReference) text += `${name}=${quoteValue(variable.reference ?? "")}\n`;
    else if (variable.kind !== null) text += `${name}=${arrayText(variable)}\n`;
    else text += `${name}=${quoteValue(variable.read() ?? "")}\n`;
  }
  if (!shell.options.posix) {
    for (const name of shell.functions.names().sort()) text += definitionText(shell, shell.functions.get(name)!);
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}
