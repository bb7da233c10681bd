/**
 * Declarations (bash manual 4.2, declare): what `declare`, `typeset` and `local` do to each of their operands.
 *
 * An operand is `name`, `name[subscript]` or one of them with a value. In a function the variable is made local first, unless
 * the declaration is for the global one. Then come the checks, then the attributes, which change what is assigned, then the
 * value; last of all what would be in its way: that the variable is read-only, or a nameref.
 */

import {
  type ArrayKind,
  EXPORTED,
  GIVEN,
  LENT,
  LONGEST_REFERENCE_CHAIN,
  OUTLASTING,
  READ_ONLY,
  REFERENCE,
  TEMPORARY,
  VALUELESS,
} from "../expansion/attributes.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { isName } from "../syntax/characters.ts";
import { assignElements } from "./array_assignment.ts";
import { parseElements } from "./array_text.ts";
import { isProperKey } from "./element_operand.ts";
import { type Operand, parseOperand } from "./operand.ts";
import type { Shell, ShellVariable } from "./shell.ts";

/** What the options of a declaration utility ask for. */
export interface Declaration {
  /** The utility, for messages. */
  readonly command: string;
  /** Attributes to give and to take away, as bits. */
  readonly on: number;
  readonly off: number;
  /** The kind of array to make. */
  readonly kind: ArrayKind;
  /** Whether `+a` or `+A` asks to unmake an array of that kind. */
  readonly removesIndexed: boolean;
  readonly removesAssociative: boolean;
  /** Whether the variable is the global one, even in a function; `unless-local`: but for one that is local to that. */
  readonly global: boolean | "unless-local";
  /** Whether a local variable inherits all that the variable is in the scope around. */
  readonly inherit: boolean;
}

/**
 * Carries a declaration out for one operand. Returns `null` if all went well; else the message that says why not, which is
 * empty where bash says nothing.
 */
export function declareOperand(shell: Shell, declaration: Declaration, text: string): string | null {
  const operand = parseOperand(text, shell.options.assoc_expand_once);
  if (operand === null) return `\`${text}': not a valid identifier`;
  if (declareNewLocal(shell, declaration, operand)) return null;
  try {
    new Declarer(shell, declaration).declare(operand);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}

/** Declares what is most common: an ordinary variable, which is local from now on. Returns whether it was that. */
function declareNewLocal({ variables }: Shell, declaration: Declaration, operand: Operand): boolean {
  const { on, off, kind, global, inherit } = declaration;
  const { functionScope } = variables;
  if (functionScope === 0 || on !== 0 || off !== 0 || kind !== null || global !== false || inherit) return false;
  const variable = variables.get(operand.name);
  const { value, subscript, append } = operand;
  if (subscript !== null || append || variable.scope >= functionScope) return false;
  if (!variable.isOrdinary) return false;
  variables.declareLocal(variable, false);
  if (value !== null) variable.write(value);
  return true;
}

/** What a function, or a command in it, was given to run with outlasts it, once exported or made read-only, as in bash. */
export function markOutlasting(variable: ShellVariable): void {
  if ((variable.attributes & (TEMPORARY | GIVEN)) !== 0) variable.setAttributes(OUTLASTING, true);
}

/** The variable that a nameref leads to; itself if it is none. */
export function referencedVariable(shell: Shell, variable: ShellVariable): ShellVariable {
  let current = variable;
  for (let length = 0; length < LONGEST_REFERENCE_CHAIN; length++) {
    const { reference } = current;
    if (reference === undefined || !isName(reference)) break;
    current = shell.variables.get(reference);
  }
  return current;
}

/** Why an operand can't be declared, as a message; empty if nothing is to be said. */
class Refusal {
  constructor(readonly message: string) {}
}

class Declarer {
  constructor(private readonly shell: Shell, private readonly declaration: Declaration) {}

  declare(operand: Operand): void {
    const { shell, declaration } = this;
    const { variables } = shell;
    const variable = variables.get(operand.name);
    if ((declaration.on & REFERENCE) !== 0) this.checkReference(operand);
    const inFunction = variables.functionScope > 0;
    const local = inFunction && variable.scope === variables.functionScope;
    const unmade = local && variable.isReference && (declaration.off & REFERENCE) !== 0;
    if (inFunction && !declaration.global && !unmade) this.declareLocal(variable, operand);
    else if (!inFunction || unmade || (local && declaration.global === "unless-local")) {
      this.declareFound(variable, operand);
    } else variable.atScope(0, () => this.declareFound(variable, operand));
  }

  /** What can't be a nameref, or its target, whatever the variable is. */
  private checkReference({ name, subscript, value, append }: Operand): void {
    if (subscript !== null) throw new Refusal(`${name}[${subscript}]: reference variable cannot be an array`);
    if (value === null) return;
    if (value === name || value.startsWith(name + "[")) {
      if (this.shell.variables.functionScope === 0) {
        throw new Refusal(`${name}: nameref variable self references not allowed`);
      }
      const warning = `warning: ${name}: circular name reference`;
      this.shell.report(`${this.declaration.command}: ${warning}`);
      this.shell.report(warning);
    }
    if (value === "" && !append) throw new Refusal("`': not a valid identifier");
    if (!append && !isTarget(value)) throw new Refusal(`\`${value}': invalid variable name for name reference`);
  }

  private declareLocal(variable: ShellVariable, operand: Operand): void {
    const { variables } = this.shell;
    let local = variable;
    // A nameref of this function stands for its target, unless it is itself what is declared.
    if (!this.ofReference && variable.isReference && variable.scope === variables.functionScope) {
      const { value } = operand;
      if (variable.reference === undefined && value !== null && !isTarget(value)) {
        throw new Refusal(`\`${value}': invalid variable name for name reference`);
      }
      const target = this.follow(variable, operand);
      if (target === null) return;
      local = target;
    }
    if (local.scope === variables.functionScope && (this.declaration.on & (EXPORTED | READ_ONLY)) !== 0) {
      markOutlasting(local);
    }
    if (local.name === "OPTIND") this.keepOptionPlace();
    try {
      variables.declareLocal(local, this.declaration.inherit);
    } catch (error) {
      if (error instanceof ExpansionFailure) throw new Refusal(error.message);
      throw error;
    }
    this.apply(local, operand);
  }

  /** Where `getopts` is in the words of the caller is what it goes on with when the function returns. */
  private keepOptionPlace(): void {
    const { state, variables } = this.shell;
    const { optionIndex, optionOffset } = state;
    variables.atFunctionEnd(() => Object.assign(state, { optionIndex, optionOffset }));
  }

  /** Whether the declaration is about namerefs themselves. */
  private get ofReference(): boolean {
    return ((this.declaration.on | this.declaration.off) & REFERENCE) !== 0;
  }

  private declareFound(variable: ShellVariable, operand: Operand): void {
    const { on, off, kind } = this.declaration;
    if (!variable.isReference || (on & REFERENCE) !== 0) {
      this.apply(variable, operand);
      return;
    }
    if (variable.reference === undefined && kind !== null && operand.subscript === null) {
      // A nameref that has no target yet becomes the array itself.
      variable.setReference(false);
      this.apply(variable, operand);
      return;
    }
    if ((off & REFERENCE) !== 0) {
      if (variable.readOnly && variable.reference !== undefined) throw this.readOnly(operand.name);
      if (on === 0 && off === REFERENCE && operand.value === null) {
        variable.setReference(false);
        return;
      }
    } else if (operand.subscript !== null && operand.value !== null) {
      this.shell.report(`warning: ${operand.name}: removing nameref attribute`);
      variable.setReference(false);
      variable.beginArray(false);
      this.apply(variable, operand);
      return;
    }
    const { value } = operand;
    if (variable.reference === undefined && value !== null && !isTarget(value) && !variable.readOnly) {
      variable.unset();
      throw new Refusal(`\`${value}': not a valid identifier`);
    }
    const target = this.follow(variable, operand);
    // A read-only nameref without a target stays so.
    if (target !== null && target.isReference && value === null && (off & READ_ONLY) !== 0) return;
    if (target !== null) this.apply(target, { ...operand, name: target.name });
    if ((off & REFERENCE) !== 0) variable.setReference(false);
  }

  /** The variable that a nameref leads to. If it leads to an element, that is declared here, and `null` returned. */
  private follow(reference: ShellVariable, operand: Operand): ShellVariable | null {
    const { variables } = this.shell;
    let current = reference;
    for (let length = 0; current.reference !== undefined && length < LONGEST_REFERENCE_CHAIN; length++) {
      const text = current.reference;
      if (!isName(text)) {
        const element = parseOperand(text);
        if (element === null || operand.subscript !== null) throw new Refusal(`\`${text}': not a valid identifier`);
        this.declare({ ...operand, name: element.name, subscript: element.subscript });
        return null;
      }
      current = variables.get(text);
    }
    return current;
  }

  private readOnly(name: string): Refusal {
    return new Refusal(`${name}: readonly variable`);
  }

  /** Makes of `variable` what is declared. */
  private apply(variable: ShellVariable, operand: Operand): void {
    this.check(variable, operand);
    const { on, off, kind } = this.declaration;
    const { value, subscript } = operand;
    const wasArray = variable.isArray;
    if (!variable.exists) variable.setAttributes(VALUELESS, true);
    const becomes = kind ?? (subscript !== null && !wasArray ? "indexed" : null);
    if (becomes !== null && !wasArray) variable.becomeArray(becomes);
    const deferred = READ_ONLY | REFERENCE;
    variable.setAttributes(on & ~deferred, true);
    variable.setAttributes(off & ~deferred | ((on & EXPORTED) !== 0 ? LENT : 0), false);
    if (value !== null && (on & REFERENCE) === 0) this.assign(variable, operand, value, wasArray);
    if ((on & REFERENCE) !== 0) this.makeReference(variable, operand);
    variable.setAttributes(on & READ_ONLY, true);
    // Bash leaves out arrays.
    const exports = this.shell.options.allexport && variable.scope === 0 && !variable.isArray;
    if (exports) variable.setAttributes(EXPORTED, true);
  }

  private check(variable: ShellVariable, { name, value }: Operand): void {
    const { on, off, kind, removesIndexed, removesAssociative } = this.declaration;
    if ((on & REFERENCE) !== 0) {
      if (variable.isArray && !variable.isReference) {
        throw new Refusal(`${name}: reference variable cannot be an array`);
      }
      if (variable.readOnly) throw this.readOnly(name);
      const present = variable.isReference ? undefined : variable.read();
      if (present !== undefined && value === null && !isTarget(present)) {
        throw new Refusal(`\`${present}': invalid variable name for name reference`);
      }
      return;
    }
    if (variable.readOnly && ((off & READ_ONLY) !== 0 || value !== null)) throw this.readOnly(name);
    if (variable.fixed && value !== null) throw new Refusal("");
    const present = variable.kind;
    if ((removesIndexed && present === "indexed") || (removesAssociative && present === "associative")) {
      throw new Refusal(`${name}: cannot destroy array variables in this way`);
    }
    if (kind === "indexed" && present === "associative") {
      throw new Refusal(`${name}: cannot convert associative to indexed array`);
    }
    if (kind === "associative" && present === "indexed") {
      throw new Refusal(`${name}: cannot convert indexed to associative array`);
    }
  }

  private assign(variable: ShellVariable, operand: Operand, value: string, wasArray: boolean): void {
    const { shell, declaration } = this;
    const { subscript, append } = operand;
    const array = wasArray || declaration.kind !== null;
    const isList = value.startsWith("(") && value.endsWith(")");
    if (isList && !array && subscript !== null) {
      shell.report(`warning: ${operand.name}[${subscript}]=${value}: quoted compound array assignment deprecated`);
    }
    if (isList && (declaration.kind !== null || (array && subscript === null))) {
      const elements = parseElements(shell, value)(variable.associative);
      assignElements(shell, variable, elements, append, true);
    } else if (subscript !== null) {
      const key = shell.words.subscripts.evaluate(variable, subscript);
      if (subscript === "" || !isProperKey(variable, key)) {
        shell.report(`${operand.name}[${subscript}]: bad array subscript`);
        throw new Refusal("");
      }
      if (append) variable.appendToElement(key, value);
      else variable.writeElement(key, value);
    } else if (append) variable.append(value);
    else variable.write(value);
  }

  private makeReference(variable: ShellVariable, { name, value, append }: Operand): void {
    const target = append ? (variable.reference ?? "") + value! : value;
    if (append && target === name && variable.scope === 0) {
      this.shell.report(`${name}: nameref variable self references not allowed`);
      return;
    }
    variable.setReference(true);
    if (target !== null && target !== "") variable.refer(target);
  }
}

function isTarget(text: string): boolean {
  const operand = parseOperand(text);
  return operand !== null && operand.value === null && operand.subscript !== "";
}
