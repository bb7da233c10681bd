/**
 * The variables of the shell (XCU 2.5): scopes, the exported environment, and the journal of virtual subshells.
 *
 * Every name has one {@link ShellVariable} for ever. A local variable does not stand in a table of its own: it hides the
 * value that the variable has, and gives it back when its function returns. So looking a name up never walks scopes,
 * and compiled words hold on to the variable itself.
 */

import type { SubshellState } from "../execution/subshell_state.ts";
import { isName } from "../syntax/characters.ts";
import { encode } from "../system/bytes.ts";
import type { EnvironmentBlock } from "../system/system.ts";
import { EXPORTED, ShellVariable, type Snapshot } from "./variable.ts";

export class VariableTable implements SubshellState {
  private readonly variables = new Map<string, ShellVariable>();
  /** The locals of each function scope; the global scope, 0, has none. */
  private readonly scopes: ShellVariable[][] = [[]];
  /** How many subshell journals are open. */
  journal = 0;
  private readonly journals: { readonly changed: Map<ShellVariable, Snapshot>; readonly scope: number }[] = [];
  /** Entries of the environment that are no variables, for want of a proper name; programs get them as they are. */
  private foreign: string[] = [];
  /** `set -a`: whatever is assigned is exported. */
  exportAll = false;
  private block: EnvironmentBlock | null = null;

  get(name: string): ShellVariable {
    let variable = this.variables.get(name);
    if (variable === undefined) this.variables.set(name, variable = new ShellVariable(name, this));
    return variable;
  }

  /** All variables that are set or have attributes. */
  all(): ShellVariable[] {
    return [...this.variables.values()].filter((variable) => variable.attributes !== 0 || variable.isSet);
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

  /** The environment for programs; made anew only after an exported variable has changed. */
  environmentBlock(): EnvironmentBlock {
    if (this.block !== null) return this.block;
    const entries: string[] = this.foreign.slice();
    for (const variable of this.variables.values()) {
      if (!variable.exported || variable.isArray) continue;
      const text = variable.read();
      if (text !== undefined) entries.push(`${variable.name}=${text}`);
    }
    const bytes = encode(entries.map((entry) => entry + "\0").join(""));
    return this.block = { bytes, count: entries.length };
  }

  environmentChanged(): void {
    this.block = null;
  }

  watch(name: string, changed: (text: string | undefined) => void): void {
    this.get(name).special = { changed };
  }

  export(variable: ShellVariable): void {
    variable.setAttributes(EXPORTED, true);
  }

  /** Forgets every variable that is not exported, for a script that is run in place of a program. */
  keepExportedOnly(): void {
    for (const variable of this.variables.values()) {
      if (!variable.exported && variable.special === null && variable.isSet) variable.unset();
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // Scopes

  /** The running function's scope; 0 outside of functions. */
  get scope(): number {
    return this.scopes.length - 1;
  }

  pushScope(): void {
    this.scopes.push([]);
  }

  popScope(): void {
    const scope = this.scope;
    for (const variable of this.scopes.pop()!) variable.reveal(scope);
  }

  /** Makes `variable` local to the innermost scope, unless it is already. Fails if it is read-only. */
  declareLocal(variable: ShellVariable): void {
    if (variable.scope === this.scope) return;
    variable.refuseReadOnly();
    variable.hide(this.scope);
    this.scopes.at(-1)!.push(variable);
  }

  /** The variables that are local to the innermost scope. */
  locals(): ShellVariable[] {
    return this.scopes.at(-1)!.filter((variable) => variable.scope === this.scope);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Subshells

  /** Called before each change of a variable: keeps what it was, once in each subshell. */
  note(variable: ShellVariable): void {
    if (variable.journaled === this.journal) return;
    const journal = this.journals.at(-1);
    if (journal !== undefined) journal.changed.set(variable, variable.snapshot());
    variable.journaled = this.journal;
  }

  enterSubshell(): void {
    this.journal++;
    this.journals.push({ changed: new Map(), scope: this.scope });
  }

  leaveSubshell(): void {
    const { changed, scope } = this.journals.pop()!;
    // A failure may have left scopes of the subshell's own functions open.
    this.scopes.length = scope + 1;
    this.journal--;
    for (const [variable, snapshot] of changed) {
      if (variable.exported || (snapshot.attributes & EXPORTED)) this.block = null;
      variable.rollBack(snapshot);
    }
  }

  becomeSubshell(): void {
    // Journals of the subshells around are kept in step, but never taken back.
  }
}
