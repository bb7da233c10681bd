/** What the name of a command stands for (XCU 2.9.1.4), less the search for a program, which is made when it is started. */

import type { Builtin, Shell, ShellFunction } from "./shell.ts";

/** What runs within the shell. */
export type TargetHere =
  | { readonly kind: "function"; readonly definition: ShellFunction }
  | { readonly kind: "builtin"; readonly builtin: Builtin };

export type Target =
  | TargetHere
  | { readonly kind: "utility"; readonly arguments: readonly string[] }
  | { readonly kind: "program" };

export function isHere(target: Target): target is TargetHere {
  return target.kind === "builtin" || target.kind === "function";
}

export const PROGRAM: Target = { kind: "program" };

/** @param assignsPath whether the command has a PATH of its own: where programs will be found is not known yet */
function find(shell: Shell, name: string, assignsPath: boolean): Target {
  const builtin = shell.builtins.get(name);
  const specialFirst = builtin !== undefined && builtin.kind === "special" && shell.options.posix;
  if (!specialFirst && shell.functions.size > 0) {
    const definition = shell.functions.get(name);
    if (definition !== undefined) return { kind: "function", definition };
  }
  return builtin === undefined || (assignsPath && builtin.replacesProgram) ? PROGRAM : { kind: "builtin", builtin };
}

/**
 * What a builtin is run as with these arguments, which follow its name.
 *
 * @param mayWait whether a builtin that relays data may keep this process waiting
 */
function settled(shell: Shell, target: Target, args: readonly string[], mayWait: boolean): Target {
  if (target.kind !== "builtin" || target.builtin.relay === undefined) return target;
  const manner = target.builtin.relay(shell, args, mayWait);
  return manner.kind === "here" ? target : manner;
}

/** What `name` stands for now. For the parameters see {@link find} and {@link settled}. */
export function lookUp(
  shell: Shell,
  name: string,
  args: readonly string[],
  mayWait: boolean,
  assignsPath: boolean,
): Target {
  return settled(shell, find(shell, name, assignsPath), args, mayWait);
}

/** What the builtin `name` is run as, whatever function there is of that name; a program if there is no such builtin. */
export function lookUpBuiltin(shell: Shell, name: string, args: readonly string[]): Target {
  const builtin = shell.builtins.get(name);
  return builtin === undefined ? PROGRAM : settled(shell, { kind: "builtin", builtin }, args, true);
}

/** What one name stands for, looked up anew only after something has changed that it depends on. */
export class NamedTarget {
  private target: Target = PROGRAM;
  private functions = -1;
  private builtins = -1;
  private posix = false;

  constructor(private readonly shell: Shell, readonly name: string, private readonly assignsPath: boolean) {}

  /** What it stands for now, with any arguments. */
  get now(): Target {
    const { functions, builtins, options } = this.shell;
    const current = functions.generation === this.functions && builtins.generation === this.builtins &&
      options.posix === this.posix;
    if (!current) {
      this.target = find(this.shell, this.name, this.assignsPath);
      this.functions = functions.generation;
      this.builtins = builtins.generation;
      this.posix = options.posix;
    }
    return this.target;
  }

  with(args: readonly string[], mayWait: boolean): Target {
    return settled(this.shell, this.now, args, mayWait);
  }
}
