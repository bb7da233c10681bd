/** `declare`, `typeset` and `local` (bash manual 4.2). */

import { type Declaration, declareOperand } from "../execution/declaration.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import {
  attributeOf,
  CAPITALIZED,
  EXPORTED,
  INTEGER,
  LOWERCASE,
  READ_ONLY,
  REFERENCE,
  TRACED,
  UPPERCASE,
} from "../expansion/attributes.ts";
import { isName } from "../syntax/characters.ts";
import { fail, usageError } from "./arguments.ts";
import {
  declarationLine,
  definitionText,
  functionLine,
  functionText,
  listedLine,
  listFunctions,
  sortedVariables,
} from "./declaration.ts";
import { listEverything } from "./set.ts";

const OPTIONS = `Options:
  -a   make them indexed arrays
  -A   make them associative arrays
  -i   evaluate what is assigned as an arithmetic expression
  -l   turn what is assigned to lower case
  -n   make them namerefs: names for other variables
  -r   make them read-only
  -t   give them the trace attribute
  -u   turn what is assigned to upper case
  -x   export them
  -I   local variables inherit value and attributes from the scope around
  -p   show declarations that can be read again

A plus sign in place of the minus sign takes an attribute away, but for those of
arrays and of read-only variables.
`;

export const declareHelp = `Declares variables and gives them values and attributes.

In a function the variables are local to it, unless -g is given. Without names,
lists variables: those that have the attributes, or all.

${OPTIONS}
  -f   functions: list their definitions, or give them attributes
  -F   functions: list their names and attributes alone
  -g   in a function, declare the global variable

Exit status: 0, unless a name is not valid, a variable is read-only, or there is
no such variable or function.
`;

export const localHelp = `Declares variables that are local to the function that runs.

The functions that it calls see them too. Without names, lists the local
variables. With the name -, the options that set has are local.

${OPTIONS}
Exit status: 0, unless a name is not valid, a variable is read-only, or no
function runs.
`;

const USAGE_TEXT = "[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]";

export const declare: Builtin = {
  name: "declare",
  kind: "regular",
  usage: USAGE_TEXT,
  quiet: true,
  declaresLocals: true,
  run: (shell, args) => run(shell, declare, args),
};

export const typeset: Builtin = {
  name: "typeset",
  kind: "regular",
  usage: USAGE_TEXT.replace("declare", "typeset"),
  quiet: true,
  declaresLocals: true,
  run: (shell, args) => run(shell, typeset, args),
};

export const local: Builtin = {
  name: "local",
  kind: "regular",
  usage: "[option] name[=value] ...",
  quiet: true,
  declaresLocals: true,
  run(shell, args) {
    if (shell.state.functionDepth === 0) return fail(shell, local, "can only be used in a function");
    return run(shell, local, args);
  },
};

interface Request extends Declaration {
  readonly print: boolean;
  /** `names` for -F. */
  readonly functions: "definitions" | "names" | null;
  readonly operands: readonly string[];
}

/** The letters of the options that are no attributes, and those that are. */
const LETTERS = "aAfFgiIlnrtuxpcG";

/** Reads the options; `null` after an error, which has been reported. */
function parse(shell: Shell, builtin: Builtin, args: readonly string[]): Request | null {
  let on = 0;
  let off = 0;
  let kind: Request["kind"] = null;
  let removesIndexed = false;
  let removesAssociative = false;
  let global: Request["global"] = false;
  let inherit = false;
  let print = false;
  let functions: Request["functions"] = null;
  let index = 0;
  for (; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === "--") {
      index++;
      break;
    }
    const gives = argument[0] === "-";
    if ((!gives && argument[0] !== "+") || argument.length === 1) break;
    for (const letter of argument.slice(1)) {
      if (!LETTERS.includes(letter)) {
        usageError(shell, builtin, `${argument[0]}${letter}: invalid option`);
        return null;
      }
      const attribute = attributeOf(letter);
      if (gives) on |= attribute;
      else off |= attribute;
      switch (letter) {
        case "a":
          if (!gives) removesIndexed = true;
          else kind ??= "indexed";
          break;
        case "A":
          if (gives) kind = "associative";
          else removesAssociative = true;
          break;
        case "c":
        case "l":
        case "u":
          if (gives) off |= (CAPITALIZED | LOWERCASE | UPPERCASE) & ~attribute;
          break;
        case "f":
          functions ??= "definitions";
          break;
        case "F":
          functions = "names";
          break;
        case "g":
          global = gives ? true : global;
          break;
        case "G":
          global = gives ? "unless-local" : global;
          break;
        case "I":
          inherit = true;
          break;
        case "p":
          print = true;
      }
    }
  }
  const operands = args.slice(index);
  const command = builtin.name;
  return { command, on, off, kind, removesIndexed, removesAssociative, global, inherit, print, functions, operands };
}

function run(shell: Shell, builtin: Builtin, args: readonly string[]): number {
  const request = parse(shell, builtin, args);
  if (request === null) return USAGE;
  if (request.operands.length === 0) return list(shell, builtin, request);
  if (request.print) return printNamed(shell, builtin, request);
  if (request.functions !== null) return declareFunctions(shell, builtin, request);
  let status: number = SUCCESS;
  for (const operand of request.operands) {
    if (operand === "-" && builtin === local) {
      keepOptions(shell);
      continue;
    }
    const message = declareOperand(shell, request, operand);
    if (message === null) continue;
    if (message !== "") shell.report(`${builtin.name}: ${message}`);
    status = FAILURE;
  }
  return status;
}

/** `local -`: the options of `set` are what they were when the function returns. */
function keepOptions(shell: Shell): void {
  const restore = shell.options.keep();
  shell.variables.atFunctionEnd(restore);
}

/** Without operands: lists what has the attributes. */
function list(shell: Shell, builtin: Builtin, request: Request): number {
  const { variables } = shell;
  const { on, kind, print, functions } = request;
  let text = "";
  if (functions !== null) text = listFunctions(shell, on, functions === "names");
  else if (on === 0 && kind === null && !print && builtin !== local) return listEverything(shell);
  else {
    const candidates = builtin === local ? variables.locals() : variables.all();
    for (const variable of sortedVariables(candidates)) {
      const has = on === 0 || (variable.attributes & on) !== 0;
      if (has && (kind === null || variable.kind === kind)) text += listedLine(variable, null);
    }
  }
  return shell.print(text) ? SUCCESS : FAILURE;
}

/** `-p` with operands. */
function printNamed(shell: Shell, builtin: Builtin, { functions, operands }: Request): number {
  const { variables } = shell;
  let text = "";
  let status: number = SUCCESS;
  for (const operand of operands) {
    const definition = functions === null ? undefined : shell.functions.get(operand);
    const variable = functions === null && isName(operand) ? variables.get(operand) : null;
    const local_ = builtin !== local || variable?.scope === variables.functionScope;
    if (definition !== undefined) {
      text += functions === "names" ? functionLine(operand, definition) : functionText(shell, operand, definition);
    } else if (variable !== null && variable.exists && local_) text += declarationLine(variable);
    else {
      if (!shell.print(text)) return FAILURE;
      text = "";
      status = fail(shell, builtin, `${operand}: not found`);
    }
  }
  return shell.print(text) ? status : FAILURE;
}

/** `-f` and `-F` with operands: shows functions, or gives them attributes. */
function declareFunctions(shell: Shell, builtin: Builtin, request: Request): number {
  const { on, off, kind, functions, operands } = request;
  const senseless = (on & REFERENCE) !== 0 ? "-n" : (on & INTEGER) !== 0 ? "-i" : kind === null ? "" : "-a";
  if (senseless !== "") return fail(shell, builtin, `${kind === "associative" ? "-A" : senseless}: invalid option`);
  let text = "";
  let status: number = SUCCESS;
  for (const name of operands) {
    const definition = shell.functions.get(name);
    if (/^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(name)) {
      return fail(shell, builtin, "cannot use `-f' to make functions");
    } else if (definition === undefined) status = FAILURE;
    else if ((definition.attributes & READ_ONLY & off) !== 0) {
      status = fail(shell, builtin, `${name}: readonly function`);
    } else if (on !== 0 || off !== 0) {
      const attributes = (definition.attributes | (on & (EXPORTED | READ_ONLY | TRACED))) & ~off;
      shell.functions.set(name, { ...definition, attributes });
    } else if (functions === "definitions") text += definitionText(shell, definition);
    else if (!shell.options.extdebug) text += `${name}\n`;
    else text += `${name} ${definition.definition.line} ${definition.source}\n`;
  }
  return shell.print(text) ? status : FAILURE;
}
