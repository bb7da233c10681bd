/** `echo` (XCU echo; bash manual 4.2). */

import type { Builtin, Shell } from "../execution/shell.ts";
import { Divert } from "../execution/state.ts";
import { FAILURE, SUCCESS } from "../execution/status.ts";
import { beginningOf, type Operand } from "../expansion/operand.ts";
import { decodeEscapes } from "./escapes.ts";

export const help = `Prints its arguments, with spaces between, and a newline.

Options:
  -n   no newline at the end
  -e   interpret backslash escapes: \\a \\b \\c \\e \\f \\n \\r \\t \\v \\\\ \\0nnn \\xHH
       \\uHHHH \\UHHHHHHHH
  -E   do not (this is the default)

Exit status: 0, unless the output can't be written.
`;

/** Whether `argument` holds nothing but letters of options. */
function isOptions(argument: string): boolean {
  return argument.startsWith("-") && /^-[neE]+$/.test(argument);
}

export const echo: Builtin = {
  name: "echo",
  kind: "regular",
  usage: "[-neE] [arg ...]",
  quiet: true,
  helpless: true,
  run(shell, args) {
    let newline = true;
    let escapes = shell.options.xpg_echo;
    let i = 0;
    // As X/Open has it, there are no options (bash manual 4.3.2, xpg_echo).
    const hasOptions = !(escapes && shell.options.posix);
    for (; hasOptions && i < args.length && isOptions(args[i]!); i++) {
      for (const letter of args[i]!.slice(1)) {
        if (letter === "n") newline = false;
        else escapes = letter === "e";
      }
    }
    let text = i < args.length ? args[i++]! : "";
    for (; i < args.length; i++) text += " " + args[i]!;
    if (escapes && text.includes("\\")) {
      const { text: decoded, stopped } = decodeEscapes(text, "echo");
      text = decoded;
      if (stopped) newline = false;
    }
    if (newline) text += "\n";
    return text === "" || shell.print(text) ? SUCCESS : FAILURE;
  },
  prepare: prepareEcho,
};

/** See {@link Builtin.prepare}: texts of which the first is no option, for it begins otherwise. */
function prepareEcho(operands: readonly (Operand | null)[], shell: Shell): (() => number | null) | null {
  const { state, options } = shell;
  const pure: Operand[] = [];
  for (const operand of operands) if (operand?.pure) pure.push(operand);
  const beginning = pure.length === 0 ? "" : beginningOf(pure[0]!);
  if (pure.length < operands.length || beginning === "" || beginning.startsWith("-")) return null;
  return () => {
    if (options.xpg_echo) return null;
    let text = "";
    for (let i = 0; i < pure.length; i++) {
      const piece = pure[i]!.text();
      if (piece === null) return null;
      text = i === 0 ? piece : text + " " + piece;
    }
    state.builtinName = "echo";
    if (shell.print(text + "\n")) return SUCCESS;
    return state.divert === Divert.exit ? state.status : FAILURE;
  };
}
