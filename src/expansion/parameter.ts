/** Parameter expansion (XCU 2.6.2; bash manual 3.5.3): compiles `$name` and `${…}`. */

import { printParts, printWord } from "../syntax/printer.ts";
import type { ParameterOperation, ParameterPart, Subscript, Word, WordPart } from "../syntax/tree.ts";
import type { Arithmetic, Evaluate } from "./arithmetic/arithmetic.ts";
import { compileChange } from "./change.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { Indirection } from "./indirection.ts";
import { lengthInCharacters } from "./operations.ts";
import { compareText } from "./collation.ts";
import { compileSlice } from "./slice.ts";
import { badSubscript, elementName, Subscripts } from "./subscript.ts";
import { compileTransformation } from "./transformation.ts";

/** What a parameter expands to: one text, or the list of `$@`, `$*`, `${name[@]}`. */
export type Value = string | readonly string[];

/** A compiled parameter expansion. */
export interface Producer {
  readonly get: () => Value;
  /** Whether {@link get} may give a list. */
  readonly list: boolean;
  /** Whether the list is that of `*`, which double quotes join to one field. */
  readonly star: boolean;
  /** Of an indirect expansion: what it comes to now. The other members are of no use then, but that it may be a list. */
  readonly resolve?: () => Producer;
}

/** The parameter before any operation; `undefined` if it is unset. */
export interface Base {
  readonly get: () => Value | undefined;
  readonly list: boolean;
  readonly star: boolean;
}

/** `${name-word}` and its kin. */
export type DefaultOperation = Extract<ParameterOperation, { kind: "default" }>;

/** A `${name-word}` and its kin, taken apart, so that the word can be expanded as its place demands. */
export interface Default {
  /** The parameter's value, or `undefined` if the word is to be taken. */
  readonly value: () => Value | undefined;
  readonly list: boolean;
  readonly star: boolean;
  /** Assigns what the word gave, or fails with it, as the operator says; gives what the expansion results in. */
  readonly settle: (word: string) => string;
  /** Whether {@link settle} does anything. */
  readonly settles: boolean;
}

/** What compiling an operand needs of the word compiler. */
export interface OperandCompiler {
  text(word: Word): () => string;
  pattern(word: Word): () => string;
  /** What stands for a match, with what was quoted of `&` and backslashes escaped. */
  replacement(word: Word): () => string;
  /** An arithmetic expression's text, expanded. */
  arithmeticText(word: Word): () => string;
  /** @param prefix what its messages begin with */
  expression(word: Word, prefix?: string): Evaluate;
}

const DIGITS = /^[0-9]+$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LENGTH_OF_COUNT = /^[@*]$/;

export class ParameterCompiler {
  readonly subscripts: Subscripts;
  /** What that which is compiled is part of: a word, or what is in the same double quotes. */
  enclosing: { readonly parts: readonly WordPart[]; readonly quoted: boolean } = { parts: [], quoted: false };
  private readonly indirection: Indirection;

  constructor(
    private readonly environment: ExpansionEnvironment,
    arithmetic: Arithmetic,
    private readonly operands: OperandCompiler,
  ) {
    this.subscripts = new Subscripts(environment, arithmetic, operands);
    this.indirection = new Indirection(environment, this);
  }

  /**
   * Compiles an expansion that has no default operation.
   *
   * @param shown what messages name, if it is the target of an indirect expansion
   */
  compile(part: ParameterPart, shown: ParameterPart = part): Producer {
    const { operation, prefix } = part;
    if (operation?.kind === "bad") {
      const { enclosing } = this;
      const { reason } = operation;
      return this.badSubstitution(() => reason ?? `${printParts(enclosing.parts, enclosing.quoted)}: bad substitution`);
    }
    if (operation?.kind === "names") return this.names(part.name, operation.join);
    if (prefix === "indirect") return this.indirection.compile(part);
    if (prefix === "keys") return this.keys(part);
    const base = this.base(part.name, part.subscript);
    if (prefix === "length") return this.length(part, base);
    return this.operate(part, base, shown);
  }

  /** Compiles what is done to the parameter `base`. */
  operate(part: ParameterPart, base: Base, shown: ParameterPart = part): Producer {
    const { operation } = part;
    const { get, list, star } = base;
    if (operation === null) return { list, star, get: () => get() ?? this.unset(shown) };
    const missing = () => this.unset(shown);
    switch (operation.kind) {
      case "substring":
        return compileSlice(part, operation, base, missing, this.variable(part.name), this.operands, this.environment);
      case "transform": {
        const variable = this.variable(part.name);
        return compileTransformation(part, operation.letter, base, missing, variable, this.environment);
      }
      case "trim":
      case "replace":
      case "case": {
        const change = compileChange(operation, this.operands, this.environment);
        const changed = () => {
          const value = get();
          if (value === undefined) return missing();
          if (typeof value === "string") return change.one(value);
          // The operands of a list without elements are not expanded.
          return value.length === 0 ? value : change.each(value);
        };
        return { list, star, get: changed };
      }
      default:
        return { list, star, get: () => get() ?? missing() };
    }
  }

  /** Compiles an expansion with a default operation. */
  compileDefault(part: ParameterPart, operation: DefaultOperation): Default {
    const base = part.prefix === "indirect" ? this.indirection.base(part) : this.base(part.name, part.subscript);
    const { operator, colon } = operation;
    const { environment } = this;
    // Of a list, what its elements joined would be counts (as bash does it).
    const isNull = (value: Value): boolean =>
      typeof value === "string"
        ? value === ""
        : value.length === 1
        ? value[0] === ""
        : base.star && environment.separators.joiner === "" && value.every((text) => text === "");
    // A list without elements is unset (bash manual 3.5.3).
    const present = (value: Value | undefined): boolean =>
      value !== undefined && (typeof value === "string" || value.length > 0) && !(colon && isNull(value));
    const value = operator === "+" ? () => (present(base.get()) ? undefined : "") : () => {
      const found = base.get();
      return present(found) ? found : undefined;
    };
    let settle = (word: string): string => word;
    if (operator === "=") settle = this.assignDefault(part);
    else if (operator === "?") {
      const name = nameOf(part);
      settle = (word) => {
        const text = operation.word.parts.length > 0 ? word : colon ? "parameter null or not set" : "parameter not set";
        throw new ExpansionFailure(`${name}: ${text}`, "shell", 1);
      };
    }
    return {
      value,
      list: base.list && operator !== "+",
      star: base.star,
      settle,
      settles: operator === "=" || operator === "?",
    };
  }

  private assignDefault(part: ParameterPart): (word: string) => string {
    const { name, subscript, prefix } = part;
    if (prefix === "indirect") return this.indirection.assignDefault(part);
    if (!NAME.test(name)) {
      return () => {
        throw new ExpansionFailure(`$${name}: cannot assign in this way`, "top", 1);
      };
    }
    const variable = this.environment.variable(name);
    if (subscript === "@" || subscript === "*") {
      return (word) => {
        if (!variable.associative) throw badSubscript(nameOf(part));
        variable.writeElement(subscript, word);
        return variable.readElement(subscript) ?? "";
      };
    }
    if (subscript === null) {
      return (word) => {
        variable.write(word);
        return variable.read() ?? "";
      };
    }
    const key = this.subscripts.compile(variable, subscript);
    return (word) => {
      const at = key();
      variable.writeElement(at, word);
      return variable.readElement(at) ?? "";
    };
  }

  private badSubstitution(message: () => string): Producer {
    return {
      list: false,
      star: false,
      get: () => {
        throw new ExpansionFailure(message(), "top", 1);
      },
    };
  }

  /** What an expansion without default gives for a parameter that is unset. */
  private unset(part: ParameterPart, consequence: "shell" | "top" = "shell"): string {
    if (!this.environment.options.nounset) return "";
    throw new ExpansionFailure(`${nameOf(part)}: unbound variable`, consequence, 1);
  }

  /** The variable that a parameter is, if it is one. */
  private variable(name: string): Variable | null {
    return NAME.test(name) ? this.environment.variable(name) : null;
  }

  base(name: string, subscript: Subscript | null): Base {
    const { environment } = this;
    const { positional } = environment;
    if (name === "@" || name === "*") return { list: true, star: name === "*", get: () => positional.values };
    if (DIGITS.test(name) && name !== "0") {
      const index = Number(name) - 1;
      return { list: false, star: false, get: () => positional.values[index] };
    }
    if (!NAME.test(name)) return { list: false, star: false, get: () => environment.special(name) };
    const variable = environment.variable(name);
    if (subscript === null) return { list: false, star: false, get: () => variable.plain ?? variable.read() };
    if (subscript === "@" || subscript === "*") {
      return { list: true, star: subscript === "*", get: () => variable.values() };
    }
    const key = this.subscripts.compile(variable, subscript);
    const get = () => {
      const at = key();
      if (typeof at === "number" && at < 0 && environment.options.errexit && variable.end + at < 0) {
        throw new ExpansionFailure(`${name}: bad array subscript`, "shell", 1);
      }
      if (at !== "") return variable.readElement(at);
      environment.warn(`${name}: bad array subscript`);
      return undefined;
    };
    return { list: false, star: false, get };
  }

  private length(part: ParameterPart, { get, list }: Base): Producer {
    const { name } = part;
    const whole: ParameterPart = { ...part, subscript: null };
    let length: () => string;
    if (LENGTH_OF_COUNT.test(name)) length = () => String((get() as readonly string[]).length);
    else if (list) {
      const variable = this.environment.variable(name);
      length = () => {
        const count = variable.count();
        return String(count === 0 && !variable.isSet ? this.unset(whole, "top").length : count);
      };
    } else {
      const text = part.subscript === null ? get : this.elementOf(name, part.subscript as Word);
      const variable = part.subscript === null ? null : this.environment.variable(name);
      // An element may be missing, but not all of them, under `set -u`.
      const missing = () => variable !== null && variable.isSet ? "" : this.unset(whole, "top");
      length = () => String(lengthInCharacters((text() as string | undefined) ?? missing()));
    }
    return { list: false, star: false, get: length };
  }

  /** An element of which the length is wanted: unlike elsewhere, bash gives up for one that there can't be. */
  private elementOf(name: string, subscript: Word): () => string | undefined {
    const variable = this.environment.variable(name);
    const key = this.subscripts.compile(variable, subscript);
    return () => {
      const at = key();
      const isBad = typeof at === "number"
        ? at < 0 && variable.isSet && (variable.kind === null || variable.end + at < 0)
        : at === "";
      if (isBad) throw badSubscript(`${printWord(subscript)}]`);
      return variable.readElement(at);
    };
  }

  private keys(part: ParameterPart): Producer {
    const variable = this.environment.variable(part.name);
    return { list: true, star: part.subscript === "*", get: () => variable.keys() };
  }

  private names(prefix: string, join: "*" | "@"): Producer {
    const { environment } = this;
    const get = () => environment.variableNames().filter((name) => name.startsWith(prefix)).sort(compareText);
    return { list: true, star: join === "*", get };
  }
}

/** A parameter as messages name it. */
export function nameOf({ name, subscript, braces, prefix }: ParameterPart): string {
  if (prefix === "indirect") return `!${name}`;
  if (subscript !== null) return elementName(name, subscript);
  return braces || NAME.test(name) ? name : `$${name}`;
}
