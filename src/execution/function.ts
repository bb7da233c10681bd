/** Function definitions (XCU 2.9.5). What a call does is in `interpreter.ts`. */

import type { FunctionDefinition } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { SUCCESS } from "./status.ts";

export function compileFunctionDefinition(definition: FunctionDefinition, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state } = shell;
  return () => {
    state.line = definition.line;
    shell.functions.set(definition.name, { definition, source: state.source, traced: false, run: null });
    return state.status = SUCCESS;
  };
}
