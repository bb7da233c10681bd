/** Parameter expansion (XCU 2.6.2; bash manual 3.5.3): compiles `$name` and `${…}`. */

import type { ParameterOperation, ParameterPart, Subscript, Word } from "../syntax/tree.ts";
import type { Arithmetic } from "./arithmetic/arithmetic.ts";
import type { ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { changeCase, lengthInCharacters, replace, replacementOf, substring, trim } from "./operations.ts";
import { compareText } from "./pathname.ts";
import { compilePattern, type Pattern } from "./pattern.ts";

/** What a parameter expands to: one text, or the list of `$@`, `$*`, `${name[@]}`. */
export type Value = string | readonly string[];

/** A compiled parameter expansion. */
export interface Producer {
  readonly get: () => Value;
  /** Whether {@link get} may give a list. */
  readonly list: boolean;
  /** Whether the list is that of `*`, which double quotes join to one field. */
  readonly star: boolean;
}

/** The parameter before any operation; `undefined` if it is unset. */
interface Base {
  readonly get: () => Value | undefined;
  readonly list: boolean;
  readonly star: boolean;
}

type DefaultOperation = Extract<ParameterOperation, { kind: "default" }>;

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
  arithmeticText(word: Word): () => string;
}

const DIGITS = /^[0-9]+$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What the value of a parameter may be for `${!name}`. */
const REFERENCE = /^(?:([A-Za-z_][A-Za-z0-9_]*)(?:\[([^]*)\])?|([0-9]+|[@*#?$!-]))$/;
const LENGTH_OF_COUNT = /^[@*]$/;

export class ParameterCompiler {
  private readonly references = new Map<string, Map<ParameterPart, Producer>>();

  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly arithmetic: Arithmetic,
    private readonly operands: OperandCompiler,
  ) {}

  /** Compiles an expansion that has no default operation. */
  compile(part: ParameterPart): Producer {
    const { operation, prefix } = part;
    if (operation?.kind === "bad") return this.badSubstitution(operation.text);
    if (operation?.kind === "names") return this.names(part.name, operation.join);
    if (prefix === "indirect") return this.indirect(part);
    if (prefix === "keys") return this.keys(part);
    const base = this.base(part.name, part.subscript);
    if (prefix === "length") return this.length(part.name, base);
    const producer = this.required(part.braces || NAME.test(part.name) ? part.name : `$${part.name}`, base);
    return operation === null ? producer : this.apply(part, operation, producer);
  }

  /** Compiles an expansion with a default operation. */
  compileDefault(part: ParameterPart, operation: DefaultOperation): Default {
    const base = part.prefix === "indirect" ? this.indirectBase(part) : this.base(part.name, part.subscript);
    const { operator, colon } = operation;
    const isNull = (value: Value): boolean => typeof value === "string" ? value === "" : value.every((v) => v === "");
    // A list without elements is unset (bash manual 3.5.3).
    const present = (value: Value | undefined): boolean =>
      value !== undefined && (typeof value === "string" || value.length > 0) && !(colon && isNull(value));
    const value = operator === "+" ? () => (present(base.get()) ? undefined : "") : () => {
      const found = base.get();
      return present(found) ? found : undefined;
    };
    let settle = (word: string): string => word;
    if (operator === "=") settle = (word) => this.assignDefault(part, word);
    else if (operator === "?") {
      settle = (word) => {
        const text = word !== "" ? word : colon ? "parameter null or not set" : "parameter not set";
        throw new ExpansionFailure(`${part.name}: ${text}`, "shell", 1);
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

  private assignDefault(part: ParameterPart, word: string): string {
    const { name, subscript } = part;
    if (!NAME.test(name) || subscript === "@" || subscript === "*") {
      throw new ExpansionFailure(`$${name}: cannot assign in this way`, "top", 1);
    }
    const variable = this.environment.variable(name);
    if (subscript === null) {
      variable.write(word);
      return variable.read() ?? "";
    }
    variable.writeElement(this.subscript(variable, subscript)(), word);
    return word;
  }

  private badSubstitution(text: string): Producer {
    return {
      list: false,
      star: false,
      get: () => {
        throw new ExpansionFailure(`\${${text}}: bad substitution`, "top", 1);
      },
    };
  }

  /** What an expansion without default gives for a parameter that is unset. */
  private unset(name: string): string {
    if (this.environment.options.nounset) throw new ExpansionFailure(`${name}: unbound variable`, "shell", 1);
    return "";
  }

  private required(name: string, base: Base): Producer {
    const { get } = base;
    return { list: base.list, star: base.star, get: () => get() ?? this.unset(name) };
  }

  private base(name: string, subscript: Subscript | null): Base {
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
    const key = this.subscript(variable, subscript);
    return { list: false, star: false, get: () => variable.readElement(key()) };
  }

  /** A subscript as a number, or as a key if the variable is an associative array when it is used. */
  private subscript(variable: Variable, subscript: Word): () => string | number {
    const text = this.operands.text(subscript);
    const expression = this.operands.arithmeticText(subscript);
    return () => variable.associative ? text() : Number(this.arithmetic.evaluate(expression()));
  }

  private length(name: string, base: Base): Producer {
    const { get } = base;
    const get_ = LENGTH_OF_COUNT.test(name) || base.list
      ? () => String((get() as readonly string[]).length)
      : () => String(lengthInCharacters((get() ?? this.unset(name)) as string));
    return { list: false, star: false, get: get_ };
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

  /** `${!name…}`: the parameter that the value of `name` names, found out each time. */
  private indirect(part: ParameterPart): Producer {
    const pointer = this.base(part.name, part.subscript);
    const get = () => this.resolve(part, pointer).get();
    return { list: true, star: false, get };
  }

  private indirectBase(part: ParameterPart): Base {
    const pointer = this.base(part.name, part.subscript);
    const plain: ParameterPart = { ...part, operation: null };
    const get = () => {
      const text = pointer.get();
      if (typeof text !== "string") return undefined;
      const match = REFERENCE.exec(text);
      if (match === null) throw new ExpansionFailure(`${text}: invalid variable name`, "shell", 1);
      const target = match[1] ?? match[3]!;
      return this.base(target, this.referenceSubscript(match[2], plain)).get();
    };
    return { list: true, star: false, get };
  }

  private resolve(part: ParameterPart, pointer: Base): Producer {
    const text = pointer.get();
    if (typeof text !== "string") {
      throw new ExpansionFailure(`${part.name}: invalid indirect expansion`, "shell", 1);
    }
    let compiled = this.references.get(text);
    if (compiled === undefined) this.references.set(text, compiled = new Map());
    let producer = compiled.get(part);
    if (producer === undefined) {
      const match = REFERENCE.exec(text);
      if (match === null) throw new ExpansionFailure(`${text}: invalid variable name`, "shell", 1);
      const subscript = this.referenceSubscript(match[2], part);
      producer = this.compile({ ...part, name: match[1] ?? match[3]!, subscript, prefix: "none" });
      compiled.set(part, producer);
    }
    return producer;
  }

  private referenceSubscript(text: string | undefined, { start, end }: ParameterPart): Subscript | null {
    if (text === undefined) return null;
    if (text === "@" || text === "*") return text;
    return { kind: "word", start, end, parts: [{ kind: "literal", start, end, text }] };
  }

  /** The operations that map a text to a text, and for a list each of its elements. */
  private apply(part: ParameterPart, operation: ParameterOperation, producer: Producer): Producer {
    if (operation.kind === "substring") return this.substring(part, operation, producer);
    const makeChange = this.change(part, operation);
    const { get } = producer;
    return {
      list: producer.list,
      star: producer.star,
      get: () => {
        const value = get();
        const change = makeChange();
        return typeof value === "string" ? change(value) : value.map(change);
      },
    };
  }

  private pattern(word: Word | null, ignoreCase: () => boolean): () => Pattern | null {
    if (word === null) return () => null;
    const { options } = this.environment;
    const text = this.operands.pattern(word);
    return () => compilePattern(text(), { extglob: options.extglob, ignoreCase: ignoreCase() });
  }

  /** Returns a function that expands the operands once, and gives the function to apply to each text. */
  private change(part: ParameterPart, operation: ParameterOperation): () => (text: string) => string {
    const { options } = this.environment;
    switch (operation.kind) {
      case "trim": {
        const pattern = this.pattern(operation.pattern, () => false);
        const { side, longest } = operation;
        return () => {
          const compiled = pattern()!;
          return (text) => trim(text, compiled, side, longest);
        };
      }
      case "replace": {
        const pattern = this.pattern(operation.pattern, () => options.nocasematch);
        const { mode, replacement } = operation;
        const escaped = replacement === null ? null : this.operands.pattern(replacement);
        const plain = replacement === null ? null : this.operands.text(replacement);
        return () => {
          const compiled = pattern()!;
          let fill: (matched: string) => string = () => "";
          if (escaped !== null && options.patsub_replacement) fill = replacementOf(escaped());
          else if (plain !== null) {
            const text = plain();
            fill = () => text;
          }
          return (text) => replace(text, compiled, mode, fill);
        };
      }
      case "case": {
        const pattern = this.pattern(operation.pattern, () => options.nocasematch);
        return () => {
          const compiled = pattern();
          return (text) => changeCase(text, operation.operator, compiled);
        };
      }
      case "transform":
        switch (operation.letter) {
          case "U":
            return () => (text) => changeCase(text, "^^", null);
          case "u":
            return () => (text) => changeCase(text, "^", null);
          case "L":
            return () => (text) => changeCase(text, ",,", null);
        }
    }
    return () => {
      throw new ExpansionFailure(`\${${part.name}}: bad substitution`, "shell", 1);
    };
  }

  private substring(
    part: ParameterPart,
    operation: Extract<ParameterOperation, { kind: "substring" }>,
    producer: Producer,
  ): Producer {
    const { arithmetic, environment } = this;
    const offsetText = this.operands.arithmeticText(operation.offset);
    const lengthText = operation.length === null ? null : this.operands.arithmeticText(operation.length);
    const negative = (length: number | undefined) =>
      new ExpansionFailure(`${length}: substring expression < 0`, "top", 1);
    const indices = NAME.test(part.name) ? () => environment.variable(part.name).keys() : null;
    const get = () => {
      const value = producer.get();
      const offset = Number(arithmetic.evaluate(offsetText()));
      const length = lengthText === null ? undefined : Number(arithmetic.evaluate(lengthText()));
      if (typeof value === "string") {
        const piece = substring(value, offset, length);
        if (piece === undefined) throw negative(length);
        return piece;
      }
      if (length !== undefined && length < 0) throw negative(length);
      const list = indices === null
        ? positionalFrom(value, offset, environment)
        : elementsFrom(value, indices(), offset);
      return list.slice(0, length);
    };
    return { list: producer.list, star: producer.star, get };
  }
}

/** `${@:offset}`: element 0 is `$0`. */
function positionalFrom(
  values: readonly string[],
  offset: number,
  environment: ExpansionEnvironment,
): readonly string[] {
  const all = [environment.special("0") ?? "", ...values];
  const start = offset < 0 ? all.length + offset : offset;
  return start < 0 ? [] : all.slice(start);
}

/** `${name[@]:offset}`: the elements whose index is at least `offset`. */
function elementsFrom(values: readonly string[], keys: readonly string[], offset: number): readonly string[] {
  const start = offset < 0 ? Number(keys.at(-1) ?? -1) + 1 + offset : offset;
  if (start < 0) return [];
  return values.filter((_, i) => Number(keys[i]) >= start);
}
