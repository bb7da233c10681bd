/** `if` (XCU 2.9.4.4). */

import type { IfCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";

export function compileIf(command: IfCommand, compiler: Compiler): Run {
  const { state } = compiler.shell;
  const clauses = command.clauses.map(({ condition, body }, index) => ({
    condition: index === 0 ? compiler.list(condition) : compiler.branch(condition),
    body: compiler.branch(body),
  }));
  const otherwise = command.otherwise === null ? null : compiler.branch(command.otherwise);
  return () => {
    for (let i = 0; i < clauses.length; i++) {
      const { condition, body } = clauses[i]!;
      state.conditionDepth++;
      const status = condition();
      state.conditionDepth--;
      if (state.divert !== Divert.none) return status;
      if (status === SUCCESS) return body();
    }
    return otherwise === null ? state.status = SUCCESS : otherwise();
  };
}
