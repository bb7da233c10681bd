/** Function definitions (XCU 2.9.5). What a call does is in `function_call.ts`. */

import { EXPORTED, READ_ONLY } from "../expansion/attributes.ts";
import { isName } from "../syntax/characters.ts";
import type { FunctionDefinition } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { FAILURE, SUCCESS, USAGE } from "./status.ts";

/** Quoting and expansions, which a name may not hold. */
const QUOTED = /['"\\$`]/;
/** Whether a function may have the name: in POSIX mode it is a name as XBD 3.216 has it. */
function isFunctionName(name: string, posix: boolean): boolean {
  return posix ? isName(name) : !QUOTED.test(name);
}

export function compileFunctionDefinition(definition: FunctionDefinition, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state } = shell;
  return () => {
    state.line = definition.line;
    if (!isFunctionName(definition.name, shell.options.posix)) {
      shell.report(`\`${definition.name}': not a valid identifier`);
      if (shell.options.posix) return shell.exitUnlessInteractive(USAGE);
      shell.checkErrexit(FAILURE);
      return state.status = FAILURE;
    }
    const before = shell.functions.get(definition.name);
    if (before !== undefined && (before.attributes & READ_ONLY) !== 0) {
      shell.report(`${definition.name}: readonly function`);
      shell.checkErrexit(FAILURE);
      return state.status = FAILURE;
    }
    // The attributes are the name's.
    const attributes = (before?.attributes ?? 0) | (shell.options.allexport ? EXPORTED : 0);
    shell.functions.set(definition.name, { definition, source: state.source, attributes, run: null });
    return state.status = SUCCESS;
  };
}
