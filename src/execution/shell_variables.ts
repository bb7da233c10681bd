/** Variables and positional parameters, as execution and builtins see them. See {@link file://./shell.ts}. */

import type { ElementKey, Variable } from "../expansion/environment.ts";
import type { EnvironmentBlock } from "../system/system.ts";
import type { Functions } from "./shell_commands.ts";
import type { SubshellState } from "./subshell_state.ts";

export interface ShellVariable extends Variable {
  /** Whether it is declared: it has a value or attributes. */
  readonly exists: boolean;
  readonly exported: boolean;
  readonly readOnly: boolean;
  /** Whether assignments to it have no effect. */
  readonly fixed: boolean;
  /** Whether it is a scalar without attributes, and means nothing to the shell. */
  readonly isOrdinary: boolean;
  /** Whether lists of all variables leave its value out. */
  readonly isUnlisted: boolean;
  readonly isArray: boolean;
  /** The scope that its binding is local to; 0 is the global one. */
  readonly scope: number;
  /** Sets or clears attributes, but for that of a nameref. */
  setAttributes(attributes: number, on: boolean): void;
  /** Makes it a nameref, with what was its value for its target; or a scalar with its target for its value. */
  setReference(on: boolean): void;
  /** Lets a nameref name another variable, or an element of an array. */
  refer(target: string): void;
  unset(): void;
  unsetElement(key: ElementKey): void;
  /** Makes it an array; a scalar value becomes its first element. It is no array of the other kind. */
  becomeArray(kind: "indexed" | "associative"): void;
  /** Makes it an array for the elements that come; what it had before stays only if `keep`. */
  beginArray(keep: boolean): void;
  /** The index behind that of the last element. */
  readonly end: number;
  /** Adds an element behind the last one. */
  appendElement(text: string): void;
  /** Throws an ExpansionFailure if it is read-only. */
  refuseReadOnly(): void;
  /** Runs `action` with the binding that is in force in an outer scope. */
  atScope<Result>(scope: number, action: () => Result): Result;
}

/** What the variables ask of the shell. */
export interface VariableHost {
  /** The value of an arithmetic expression; with `before`, the sum of both values. */
  arithmetic(expression: string, before?: string): string;
  /** What the text of a subscript means for a variable, after its expansions. */
  subscript(variable: Variable, text: string): ElementKey;
  warn(message: string): void;
  /** Those that are exported are part of the environment. */
  readonly functions: Functions;
}

export interface Variables extends SubshellState {
  /** Tells what does what the variables ask of the shell. Called once, before any is used. */
  connect(host: VariableHost): void;
  get(name: string): ShellVariable;
  all(): ShellVariable[];
  environmentBlock(): EnvironmentBlock;
  /** Takes away, and gives, the entries of the environment that are no variables and that `wanted` says. */
  takeForeign(wanted: (entry: string) => boolean): string[];
  /** The innermost scope: of a function that runs, or of a command with assignments before it. */
  readonly scope: number;
  /** The scope of the function that runs; 0 outside of functions. */
  readonly functionScope: number;
  pushScope(ofFunction: boolean): void;
  popScope(): void;
  /** Has `ended` called when the running function returns. */
  atFunctionEnd(ended: () => void): void;
  /**
   * Makes a variable local to the running function, with all that it was before if `inherit`. Throws an ExpansionFailure if it
   * may not be hidden.
   */
  declareLocal(variable: ShellVariable, inherit: boolean): void;
  /** Makes a variable one that only the command knows whose scope is the innermost. */
  declareTemporary(variable: ShellVariable): void;
  /** The variables that are local to the running function. */
  locals(): ShellVariable[];
  /** Has `changed` told of each assignment to the variable `name`, with its new value. */
  watch(name: string, changed: (text: string | undefined) => void): void;
  keepExportedOnly(): void;
}

/** `$0`, and `$1` and its successors. */
export interface PositionalParameters extends SubshellState {
  zero: string;
  values: readonly string[];
  /** How often `set` has replaced those of a script, outside of functions that the script calls. */
  timesSet: number;
}
