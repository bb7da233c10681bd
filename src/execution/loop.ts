/** Loops: `while`, `until`, `for` (XCU 2.9.4.2, 2.9.4.5, 2.9.4.6) and `for ((…))` (bash manual 3.2.5.1). */

import { ExpansionFailure } from "../expansion/failure.ts";
import { isName } from "../syntax/characters.ts";
import { printHeader, printWord } from "../syntax/printer.ts";
import type { ArithmeticForCommand, ForCommand, WhileCommand } from "../syntax/tree.ts";
import { expressionFailed } from "./arithmetic_command.ts";
import type { Compiler } from "./compiler.ts";
import { parseOperand } from "./operand.ts";
import type { Run, ShellVariable } from "./shell.ts";
import { Divert, type ExecutionState } from "./state.ts";
import { FAILURE, SUCCESS, USAGE } from "./status.ts";
import { compileTracedExpression, traceLine } from "./xtrace.ts";

/** Whether a loop goes on after a round that ended with a divert; consumes a `break` or `continue` meant for it. */
export function goesOn(state: ExecutionState): boolean {
  if (state.divert !== Divert.break && state.divert !== Divert.continue) return false;
  if (state.levels > 1) {
    state.levels--;
    return false;
  }
  const next = state.divert === Divert.continue;
  state.divert = Divert.none;
  return next;
}

export function compileWhile(command: WhileCommand, compiler: Compiler): Run {
  const { state } = compiler.shell;
  const condition = compiler.loopPart(command.condition);
  const body = compiler.loopPart(command.body);
  const { until } = command;
  return () => {
    let status = SUCCESS;
    state.loopDepth++;
    for (;;) {
      state.conditionDepth++;
      const tested = condition();
      state.conditionDepth--;
      if (state.divert !== Divert.none) {
        if (goesOn(state)) continue;
        status = tested;
        break;
      }
      if ((tested === SUCCESS) === until) break;
      status = body();
      if (state.divert !== Divert.none && !goesOn(state)) break;
    }
    state.loopDepth--;
    return state.divert === Divert.none ? state.status = status : status;
  };
}

export function compileFor(command: ForCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options, substitutions, traps } = shell;
  const fields = command.words === null ? null : shell.words.fields(command.words);
  const valid = isName(command.variable);
  const variable = shell.variables.get(command.variable);
  const body = compiler.loopPart(command.body);
  const { line } = command;
  const text = () => printHeader(command);
  return () => {
    const values: string[] = [];
    let status: number = SUCCESS;
    const { count } = substitutions;
    state.line = line;
    if (!valid) {
      shell.report(`\`${command.variable}': not a valid identifier`);
      return shell.options.posix ? shell.exitUnlessInteractive(USAGE) : state.status = FAILURE;
    }
    // The words belong to the loop: a substitution in them can leave it.
    state.loopDepth++;
    try {
      if (fields === null) values.push(...shell.positional.values);
      else fields(values);
    } catch (error) {
      state.loopDepth--;
      return shell.failed(error);
    }
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      state.line = line;
      if (traps.debug !== null) {
        state.command = text;
        if (!traps.runDebug()) {
          if (state.divert === Divert.none) continue;
          break;
        }
      }
      if (options.xtrace) traceLine(shell, text());
      try {
        if (variable.isReference) nameVariable(variable, value);
        else variable.write(value);
      } catch (error) {
        status = shell.failed(error, options.posix ? undefined : "command");
        break;
      }
      status = body();
      if (state.divert !== Divert.none && !goesOn(state)) break;
    }
    state.loopDepth--;
    if (substitutions.count > count) substitutions.close(count);
    return state.divert === Divert.none ? state.status = status : status;
  };
}

/** A nameref for its variable goes through the names among the words (bash manual 3.4). */
function nameVariable(reference: ShellVariable, name: string): void {
  const operand = parseOperand(name);
  if (operand === null || operand.value !== null) {
    throw new ExpansionFailure(`\`${name}': not a valid identifier`, "command", FAILURE);
  }
  reference.refer(name);
}

export function compileArithmeticFor(command: ArithmeticForCommand, compiler: Compiler): Run {
  const { shell } = compiler;
  const { state, options, traps } = shell;
  const evaluator = (word: ArithmeticForCommand["initial"]) => {
    // One that is missing is 1.
    const evaluate = word === null ? null : compileTracedExpression(shell, word);
    const text = () => `((${word === null ? "1" : printWord(word)}))`;
    return () => {
      state.line = command.line;
      if (traps.debug !== null) {
        state.command = text;
        // An expression that is not to be evaluated counts as false.
        if (!traps.runDebug()) return 0;
      }
      if (evaluate !== null) return evaluate();
      if (options.xtrace) traceLine(shell, "(( 1 ))");
      return 1;
    };
  };
  const initial = evaluator(command.initial);
  const condition = evaluator(command.condition);
  const step = evaluator(command.step);
  const body = compiler.loopPart(command.body);
  return () => {
    let status = SUCCESS;
    state.loopDepth++;
    try {
      for (initial(); condition() !== 0; step()) {
        status = body();
        if (state.divert !== Divert.none && !goesOn(state)) break;
      }
    } catch (error) {
      status = expressionFailed(shell, error);
    }
    state.loopDepth--;
    return state.divert === Divert.none ? state.status = status : status;
  };
}
