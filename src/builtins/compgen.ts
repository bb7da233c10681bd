/** `compgen` (bash manual 8.7). */

import { generate } from "../completion/generate.ts";
import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { parseArguments } from "./arguments.ts";
import { SPECIFICATION_LETTERS, specificationOf } from "./completion_arguments.ts";

export const help = `Prints what a word may be completed to.

The options are those of complete, and say what there is to choose from. Printed
is what begins with the word, each on a line.

Exit status: 0, unless there is nothing.
`;

export const compgen: Builtin = {
  name: "compgen",
  kind: "regular",
  usage: "[-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] " +
    "[-X filterpat] [-P prefix] [-S suffix] [word]",
  run(shell, args) {
    if (args.length === 0) return SUCCESS;
    const parsed = parseArguments(shell, compgen, args, SPECIFICATION_LETTERS);
    if (parsed === null) return USAGE;
    const specification = specificationOf(shell, compgen, parsed);
    if (typeof specification === "number") return specification;
    for (const [letter, value] of [["F", specification.functionName], ["C", specification.command]]) {
      if (value !== null) shell.report(`compgen: warning: -${letter} option may not work as you expect`);
    }
    const candidates = generate(shell, specification, parsed.operands[0] ?? "", null);
    if (candidates === "again" || candidates.length === 0) return FAILURE;
    return shell.print(`${candidates.join("\n")}\n`) ? SUCCESS : FAILURE;
  },
};
