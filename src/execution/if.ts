/** `if` (XCU 2.9.4.4). */

import type { IfCommand } from "../syntax/tree.ts";
import type { Compiler } from "./compiler.ts";
import type { Run } from "./shell.ts";
import { Divert } from "./state.ts";
import { SUCCESS } from "./status.ts";

/** A condition and what depends on it, each compiled when it is its turn: many never have it. */
class Clause {
  private condition: Run | null = null;
  private body: Run | null = null;

  constructor(private readonly clause: IfCommand["clauses"][number], private readonly compiler: Compiler) {}

  test(): number {
    this.condition ??= this.compiler.list(this.clause.condition);
    return this.condition();
  }

  run(): number {
    this.body ??= this.compiler.list(this.clause.body);
    return this.body();
  }
}

export function compileIf(command: IfCommand, compiler: Compiler): Run {
  const { state } = compiler.shell;
  const clauses: Clause[] = [];
  for (let i = 0; i < command.clauses.length; i++) clauses.push(new Clause(command.clauses[i]!, compiler));
  let otherwise: Run | null = null;
  return () => {
    for (let i = 0; i < clauses.length; i++) {
      const clause = clauses[i]!;
      state.conditionDepth++;
      const status = clause.test();
      state.conditionDepth--;
      if (state.divert !== Divert.none) return status;
      if (status === SUCCESS) return clause.run();
    }
    if (command.otherwise === null) return state.status = SUCCESS;
    otherwise ??= compiler.list(command.otherwise);
    return otherwise();
  };
}
