/**
 * The variables of the shell (XCU 2.5): scopes, the exported environment, and the journal of virtual subshells.
 *
 * Every name has one {@link ShellVariable} for ever. A local variable does not stand in a table of its own: it hides the
 * value that the variable has, and gives it back when its function returns. So looking a name up never walks scopes,
 * and compiled words hold on to the variable itself.
 */

import type { VariableHost } from "../execution/shell.ts";
import type { SubshellState } from "../execution/subshell_state.ts";
import { EXPORTED, GIVEN, TEMPORARY } from "../expansion/attributes.ts";
import type { ElementKey, Variable } from "../expansion/environment.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { isName } from "../syntax/characters.ts";
import { printFunctionValue } from "../syntax/printer.ts";
import { encode } from "../system/bytes.ts";
import type { EnvironmentBlock } from "../system/system.ts";
import type { Snapshot } from "./binding.ts";
import { ShellVariable, type VariableContext } from "./variable.ts";
import { Stack } from "../execution/stack.ts";

/** A function that runs, or a command with assignments before it. */
interface Scope {
  /** Those that have a binding in it. */
  variables: ShellVariable[] | null;
  /** What else is to be done when it ends. */
  ended: (() => void)[] | null;
  /** The scope of the function around it. */
  functionScope: number;
}

interface Journal {
  /** What variables were that have changed since; `null` before the first one. */
  changed: Map<ShellVariable, Snapshot> | null;
  readonly scope: number;
  readonly functionScope: number;
}

export class VariableTable implements SubshellState, VariableContext {
  private readonly variables = new Map<string, ShellVariable>();
  /** The global one is the first. Those above {@link scope} have ended, and are used again. */
  private readonly scopes: Scope[] = [{ variables: null, ended: null, functionScope: 0 }];
  /** The innermost scope; 0 outside of functions and of commands with assignments. */
  scope = 0;
  functionScope = 0;
  /** How many subshell journals are open. */
  journal = 0;
  private readonly journals = new Stack<Journal>();
  /** Entries of the environment that are no variables, for want of a proper name; programs get them as they are. */
  private foreign: string[] = [];
  exportAll = false;
  keepsLocals = false;
  inheritsLocals = false;
  private block: EnvironmentBlock | null = null;
  /** What {@link VariableHost.functions} were when the block was made. */
  private functionGeneration = 0;
  private host!: VariableHost;
  /** What dynamic variables have of a state that every subshell has a copy of. */
  readonly parts: SubshellState[] = [];

  connect(host: VariableHost): void {
    this.host = host;
  }

  arithmetic(expression: string, before?: string): string {
    return this.host.arithmetic(expression, before);
  }

  subscript(variable: Variable, text: string): ElementKey {
    return this.host.subscript(variable, text);
  }

  warn(message: string): void {
    this.host.warn(message);
  }

  get(name: string): ShellVariable {
    let variable = this.variables.get(name);
    if (variable === undefined) this.variables.set(name, variable = new ShellVariable(name, this));
    return variable;
  }

  /** All variables that have values or attributes. */
  all(): ShellVariable[] {
    return [...this.variables.values()].filter((variable) => variable.exists);
  }

  /** Takes the environment in: each `name=value` becomes an exported variable (XCU 2.5.3). */
  importEnvironment(entries: readonly string[]): void {
    for (const entry of entries) {
      const equals = entry.indexOf("=");
      if (equals > 0 && isName(entry.slice(0, equals))) {
        const variable = this.get(entry.slice(0, equals));
        variable.write(entry.slice(equals + 1));
        variable.setAttributes(EXPORTED, true);
      } else this.foreign.push(entry);
    }
    this.block = null;
  }

  /** Takes away, and gives, the entries of the environment that are no variables and that `wanted` says. */
  takeForeign(wanted: (entry: string) => boolean): string[] {
    const taken = this.foreign.filter(wanted);
    this.foreign = this.foreign.filter((entry) => !wanted(entry));
    this.block = null;
    return taken;
  }

  /** The environment for programs; made anew only after an exported variable has changed. */
  environmentBlock(): EnvironmentBlock {
    const { functions } = this.host;
    if (this.block !== null && this.functionGeneration === functions.generation) return this.block;
    const entries: string[] = this.foreign.slice();
    for (const variable of this.variables.values()) {
      if (!variable.exported && variable.scope === 0) continue;
      const text = variable.exportedText();
      if (text !== undefined) entries.push(`${variable.name}=${text}`);
    }
    for (const name of functions.names()) {
      const { attributes, definition } = functions.get(name)!;
      if ((attributes & EXPORTED) !== 0) entries.push(`BASH_FUNC_${name}%%=${printFunctionValue(definition)}`);
    }
    this.functionGeneration = functions.generation;
    const bytes = encode(entries.map((entry) => entry + "\0").join(""));
    return this.block = { bytes, count: entries.length };
  }

  environmentChanged(): void {
    this.block = null;
  }

  watch(name: string, changed: (text: string | undefined) => void): void {
    this.get(name).special = { dynamic: false, changed };
  }

  /** Forgets every variable that is not exported, for a script that is run in place of a program. */
  keepExportedOnly(): void {
    for (const variable of this.variables.values()) {
      if (variable.exists && !variable.exported && variable.special === null) variable.unset();
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // Scopes

  /** @param ofFunction whether it is that of a function, to which `local` refers */
  pushScope(ofFunction: boolean): void {
    const { functionScope } = this;
    const begun = this.scope + 1;
    const scope = this.scopes[begun];
    if (scope === undefined) this.scopes.push({ variables: null, ended: null, functionScope });
    else scope.functionScope = functionScope;
    // Only now: endless recursion may end in the midst of this, and then all scopes are popped.
    this.scope = begun;
    if (ofFunction) this.functionScope = this.scope;
  }

  popScope(): void {
    const { scope } = this;
    const ending = this.scopes[scope]!;
    const { variables, ended, functionScope } = ending;
    ending.variables = ending.ended = null;
    this.scope--;
    if (variables !== null) { for (let i = 0; i < variables.length; i++) variables[i]!.reveal(scope); }
    if (ended !== null) { for (const end of ended) end(); }
    this.functionScope = functionScope;
  }

  /** Has `ended` called when the running function returns. */
  atFunctionEnd(ended: () => void): void {
    const scope = this.scopes[this.functionScope]!;
    (scope.ended ??= []).push(ended);
  }

  /**
   * Makes `variable` local to the running function, unless it is already.
   *
   * Fails if it is a read-only global variable, or one that can't be assigned to.
   */
  declareLocal(variable: ShellVariable, inherit: boolean): void {
    const { functionScope } = this;
    if (variable.scope > functionScope) {
      if (variable.sink(functionScope)) (this.scopes[functionScope]!.variables ??= []).push(variable);
      return;
    }
    if (variable.scope === functionScope) {
      if ((variable.attributes & TEMPORARY) === 0) return;
      variable.setAttributes(GIVEN, true);
      variable.setAttributes(TEMPORARY, false);
      return;
    }
    if (variable.scope === 0) variable.refuseReadOnly();
    if (variable.special?.fixed) {
      throw new ExpansionFailure(`${variable.name}: variable may not be assigned value`, "command", 1);
    }
    this.bind(variable, functionScope, inherit || this.inheritsLocals);
  }

  /** Makes `variable` one that is exported to a command, for the time that it runs. */
  declareTemporary(variable: ShellVariable): void {
    if (variable.scope !== this.scope) this.bind(variable, this.scope, false);
    variable.setAttributes(EXPORTED | TEMPORARY, true);
  }

  private bind(variable: ShellVariable, scope: number, inherit: boolean): void {
    variable.hide(scope, inherit);
    (this.scopes[scope]!.variables ??= []).push(variable);
  }

  /** The variables that are local to the running function. */
  locals(): ShellVariable[] {
    const { functionScope } = this;
    const variables = this.scopes[functionScope]!.variables ?? [];
    return [...new Set(variables)].filter(({ scope, attributes }) =>
      scope === functionScope && (attributes & TEMPORARY) === 0
    );
  }

  // -------------------------------------------------------------------------------------------------------------
  // Subshells

  /** Called before each change of a variable: keeps what it was, once in each subshell. */
  note(variable: ShellVariable): void {
    if (variable.journaled === this.journal) return;
    const journal = this.journals.top;
    if (journal !== undefined) (journal.changed ??= new Map()).set(variable, variable.snapshot());
    variable.journaled = this.journal;
  }

  enterSubshell(): void {
    this.journal++;
    for (let i = 0; i < this.parts.length; i++) this.parts[i]!.enterSubshell();
    this.journals.push({ changed: null, scope: this.scope, functionScope: this.functionScope });
  }

  leaveSubshell(): void {
    const { changed, scope, functionScope } = this.journals.pop();
    // A failure may have left scopes of the subshell's own functions open.
    for (; this.scope > scope; this.scope--) this.scopes[this.scope]!.variables = this.scopes[this.scope]!.ended = null;
    this.functionScope = functionScope;
    this.journal--;
    if (changed !== null) this.rollBack(changed);
    for (let i = 0; i < this.parts.length; i++) this.parts[i]!.leaveSubshell();
  }

  private rollBack(changed: ReadonlyMap<ShellVariable, Snapshot>): void {
    for (const [variable, snapshot] of changed) {
      if (variable.exported || (snapshot.attributes & EXPORTED)) this.block = null;
      variable.rollBack(snapshot);
    }
  }

  becomeSubshell(): void {
    // Journals of the subshells around are kept in step, but never taken back.
  }
}
