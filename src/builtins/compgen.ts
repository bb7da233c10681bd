/** `compgen` (bash manual 8.7). */

import { defaultNames } from "../completion/default_names.ts";
import { dequote } from "../completion/dequote.ts";
import { generate } from "../completion/generate.ts";
import { specificationsOf } from "../completion/specification.ts";
import type { Builtin } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { parseArguments } from "./arguments.ts";
import { SPECIFICATION_LETTERS, specificationOf } from "./completion_arguments.ts";

export const help = `Prints what a word may be completed to.

The options are those of complete, and say what there is to choose from. Printed
is what begins with the word, each on a line.

Exit status: 0, unless there is nothing.
`;

/** What functions and commands are told, which are called without a line. */
const NO_LINE = { command: "compgen", previous: "", words: [], index: -1, line: "", point: 0, key: 0, type: 0 };

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
    const word = parsed.operands[0] ?? "";
    const plain = dequote(word);
    // While a word with quotes is completed, functions quote it once more for the names of files.
    const path = specificationsOf(shell).current?.quoted ? dequote(plain) : plain;
    const generated = generate(shell, specification, plain, { ...NO_LINE, word }, path);
    const nothing = generated === "again" || generated.length === 0;
    const candidates = nothing ? defaultNames(shell, specification, word) : generated;
    if (candidates.length === 0) return FAILURE;
    return shell.print(`${candidates.join("\n")}\n`) ? SUCCESS : FAILURE;
  },
};
