/** Assignments before a command (XCU 2.9.1.2; bash manual 3.7.4): for the command alone, or to stay. */

import { EXPORTED, LENT } from "../expansion/attributes.ts";
import type { Assignment } from "../syntax/tree.ts";
import { type Assign, compileAssignment, compileTemporary } from "./assignment.ts";
import { markOutlasting } from "./declaration.ts";
import type { Builtin, Shell } from "./shell.ts";
import type { Target } from "./target.ts";

export class PrecedingAssignments {
  private lasting: readonly Assign[] | null = null;
  private temporary: readonly Assign[] | null = null;

  constructor(private readonly shell: Shell, private readonly assignments: readonly Assignment[]) {}

  /** Whether PATH is among what is assigned. */
  get assignsPath(): boolean {
    return this.assignments.some(({ name }) => name === "PATH");
  }

  /** Assigns in the shell itself. */
  assignLasting(): void {
    const assigned = this.compileLasting();
    for (let i = 0; i < assigned.length; i++) assigned[i]!();
  }

  /** Assigns in a scope that has been begun for the command. */
  assignTemporary(): void {
    const assigned = this.compileTemporary();
    for (let i = 0; i < assigned.length; i++) assigned[i]!();
  }

  /** Assigns for what the command is, with its arguments; `scoped` tells whether a scope has been begun for it. */
  assignFor(target: Target, args: readonly string[], scoped: boolean): void {
    const { variables, options } = this.shell;
    const assigned = scoped ? this.compileTemporary() : this.compileLasting();
    for (let i = 0; i < assigned.length; i++) {
      const assign = assigned[i]!;
      // `x=1 export x` exports what it assigns, and so do the others that export or protect x.
      const { name } = this.assignments[i]!;
      const stays = scoped && target.kind === "builtin" &&
        declares(target.builtin, args, name, variables.functionScope > 0);
      if (stays) {
        this.compileLasting()[i]!();
        variables.get(name).setAttributes(EXPORTED, true);
      } else {
        assign();
        // Those before a special builtin stay, exported; for `sh` only while it runs (XCU 2.9.1.2 leaves that open).
        if (!scoped) {
          const variable = variables.get(name);
          if ((variable.attributes & EXPORTED) === 0) {
            variable.setAttributes(options.sh ? EXPORTED | LENT : EXPORTED, true);
          }
          markOutlasting(variable);
        }
      }
    }
  }

  /** The special builtin has ended before which they were made. */
  takeBackLent(): void {
    const { variables } = this.shell;
    for (const { name } of this.assignments) {
      const variable = variables.get(name);
      if ((variable.attributes & LENT) !== 0) variable.setAttributes(EXPORTED | LENT, false);
    }
  }

  /** Runs `body`, the command's redirections, the words of which do not see what is assigned in its scope, as in bash. */
  hideFrom(body: () => boolean): boolean {
    const { variables } = this.shell;
    const outside = variables.scope - 1;
    const hide = (i: number): boolean => {
      if (i === this.assignments.length) return body();
      return variables.get(this.assignments[i]!.name).atScope(outside, () => hide(i + 1));
    };
    return hide(0);
  }

  private compileLasting(): readonly Assign[] {
    return this.lasting ??= this.assignments.map((assignment) => compileAssignment(assignment, this.shell));
  }

  private compileTemporary(): readonly Assign[] {
    return this.temporary ??= this.assignments.map((assignment) => compileTemporary(assignment, this.shell));
  }
}

/** Whether `builtin` exports variables or makes them read-only, and `name` is among its operands. */
function declares(builtin: Builtin, args: readonly string[], name: string, inFunction: boolean): boolean {
  switch (builtin.name) {
    case "declare":
    case "typeset":
      // What a function declares is local to it.
      if (inFunction || !args.some((argument) => /^-\w*[rx]/.test(argument))) return false;
      break;
    case "export":
    case "readonly":
      break;
    default:
      return false;
  }
  return args.some((argument) => argument === name || argument.startsWith(name + "="));
}
