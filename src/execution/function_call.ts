/**
 * Calls of functions (XCU 2.9.5): positional parameters, local variables, loops and traps of their own, all of which end with the call.
 */

import { TRACED } from "../expansion/attributes.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import type { CompoundCommand } from "../syntax/tree.ts";
import type { PositionalParameters, Run, Shell, ShellFunction, Traps, Variables } from "./shell.ts";
import { Divert, type ExecutionState } from "./state.ts";
import { FAILURE } from "./status.ts";

export class FunctionCalls {
  private readonly state: ExecutionState;
  private readonly variables: Variables;
  private readonly positional: PositionalParameters;
  private readonly traps: Traps;
  /** The positional parameters outside of all functions. */
  private outerArguments: readonly string[] = [];

  /** @param compile compiles the body of a function, when it is first called */
  constructor(
    shell: Pick<Shell, "positional" | "state" | "traps" | "variables">,
    private readonly compile: (body: CompoundCommand) => Run,
  ) {
    this.state = shell.state;
    this.variables = shell.variables;
    this.positional = shell.positional;
    this.traps = shell.traps;
  }

  /**
   * Calls `fn` and returns its status. Throws an ExpansionFailure where functions are nested deeper than FUNCNEST allows.
   *
   * @param scoped whether the scope of the function has begun already, for assignments before the command
   */
  call(fn: ShellFunction, args: readonly string[], scoped = false): number {
    const { state, variables, positional, traps } = this;
    const { definition } = fn;
    if (state.functionDepth >= state.functionLimit) {
      const message = `${definition.name}: maximum function nesting level exceeded (${state.functionLimit})`;
      throw new ExpansionFailure(message, "top", FAILURE);
    }
    fn.run ??= this.compile(definition.body);
    const { loopDepth, line, call } = state;
    const { values, timesSet } = positional;
    if (state.functionDepth === 0) this.outerArguments = values;
    state.functionDepth++;
    state.outerLoopDepth += loopDepth;
    state.loopDepth = 0;
    state.call = { name: definition.name, source: fn.source, line, arguments: args, outer: call };
    positional.values = args;
    if (!scoped) variables.pushScope(true);
    const held = traps.enterFunction((fn.attributes & TRACED) !== 0);
    if (traps.debug !== null) {
      state.line = definition.body.line;
      traps.runDebug();
    }
    let status = state.divert === Divert.none ? fn.run() : state.status;
    let seen = status;
    if (state.divert === Divert.return) {
      state.divert = Divert.none;
      status = state.status;
      seen = state.statusBeforeReturn;
    }
    // What has the shell give up more than the function has set the status: `exit` in the action of ERR, say.
    if (state.divert > Divert.return) status = state.status;
    if (traps.returned !== null && state.divert === Divert.none) {
      state.line = definition.body.line;
      if (!traps.runReturn(seen)) status = state.status;
    }
    if (held !== null) traps.leaveFunction(held);
    if (!scoped) variables.popScope();
    positional.values = values;
    positional.timesSet = timesSet;
    state.loopDepth = loopDepth;
    state.outerLoopDepth -= loopDepth;
    state.functionDepth--;
    state.call = call;
    state.line = line;
    return status;
  }

  /** After a fault, which has left calls on the way: the positional parameters are those outside of all functions. */
  abandon(): void {
    if (this.state.functionDepth > 0) this.positional.values = this.outerArguments;
  }
}
