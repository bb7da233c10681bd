/**
 * Operands: words and parameters whose value can be had again and again, as text or as a number, for expanding them has no
 * effect. What can't be had this way is expanded as any word is; so nothing is decided here, but that there is nothing to decide.
 */

import type { ParameterPart, WordPart } from "../syntax/tree.ts";
import { canonical, continuesCharacter } from "../system/bytes.ts";
import type { Evaluate } from "./arithmetic/arithmetic.ts";
import { decimalText } from "./arithmetic/decimal_text.ts";
import { type Integer, plainDecimal } from "./arithmetic/integer.ts";
import type { ExpansionEnvironment, Positional, Variable } from "./environment.ts";
import { lengthInCharacters } from "./operations.ts";

export interface Operand {
  /** Whether its value can be had again and again; else only once, for the evaluation of `$((…))` may have effects. */
  readonly pure: boolean;
  /** The text; `null` where only an expansion can tell what it comes to. */
  text(): string | null;
  /** Whether the text is that of a number, as far as one can tell without expanding it. */
  readonly numeric: boolean;
  /** The number that the text stands for, if it is a plain decimal; else `null`. */
  number(): Integer | null;
}

export class ConstantOperand implements Operand {
  readonly pure = true;
  readonly numeric = false;
  private readonly value: Integer | null;

  constructor(readonly constant: string) {
    this.value = plainDecimal(constant);
  }

  text(): string {
    return this.constant;
  }

  number(): Integer | null {
    return this.value;
  }
}

/** What an operand always is; `null` if that is not known. */
export function constantOf(operand: Operand | null | undefined): string | null {
  return operand instanceof ConstantOperand ? operand.constant : null;
}

/** `$name`. Of a variable that is unset, or is none of the ordinary kind, nothing is known. */
class VariableOperand implements Operand {
  readonly pure = true;

  constructor(private readonly variable: Variable) {}

  get numeric(): boolean {
    return this.variable.number !== null;
  }

  text(): string | null {
    const { variable } = this;
    if (variable.plain !== undefined) return variable.plain;
    return variable.number === null ? null : variable.read()!;
  }

  number(): Integer | null {
    const { variable } = this;
    const { number, plain } = variable;
    if (number !== null || plain === undefined) return number;
    const value = plainDecimal(plain);
    if (value !== null) variable.remember(value);
    return value;
  }
}

/** `$1` and its successors. */
class PositionalOperand implements Operand {
  readonly pure = true;
  readonly numeric = false;

  constructor(private readonly positional: Positional, private readonly index: number) {}

  text(): string | null {
    return this.positional.values[this.index] ?? null;
  }

  number(): Integer | null {
    const text = this.positional.values[this.index];
    return text === undefined ? null : plainDecimal(text);
  }
}

/** `$#` */
class CountOperand implements Operand {
  readonly pure = true;
  readonly numeric = true;

  constructor(private readonly positional: Positional) {}

  text(): string {
    return decimalText(this.number());
  }

  number(): number {
    return this.positional.values.length;
  }
}

/** `${#name}` and the like. */
class LengthOperand implements Operand {
  readonly pure = true;
  readonly numeric = true;

  constructor(private readonly whole: Operand) {}

  text(): string | null {
    const length = this.number();
    return length === null ? null : decimalText(length);
  }

  number(): number | null {
    const text = this.whole.text();
    return text === null ? null : lengthInCharacters(text);
  }
}

/** `$((…))` */
export class ArithmeticOperand implements Operand {
  readonly pure = false;
  readonly numeric = true;

  constructor(private readonly evaluate: Evaluate) {}

  text(): string {
    return decimalText(this.evaluate());
  }

  number(): Integer {
    return this.evaluate();
  }
}

/** Operands that are one text together, with nothing between them. */
class JoinedOperand implements Operand {
  readonly pure: boolean;
  readonly numeric = false;

  constructor(readonly parts: readonly Operand[]) {
    this.pure = parts.every(({ pure }) => pure);
  }

  text(): string | null {
    let text = "";
    let torn = false;
    for (let i = 0; i < this.parts.length; i++) {
      const piece = this.parts[i]!.text();
      if (piece === null) return null;
      if (continuesCharacter(piece)) torn = true;
      text += piece;
    }
    return torn ? canonical(text) : text;
  }

  number(): Integer | null {
    const text = this.text();
    return text === null ? null : plainDecimal(text);
  }
}

/** The text that an operand always begins with, as far as that is known. */
export function beginningOf(operand: Operand): string {
  return operand instanceof JoinedOperand ? beginningOf(operand.parts[0]!) : constantOf(operand) ?? "";
}

/** The operand that all of `parts` are together; `null` if one of them is none. */
function joinOperands(
  parts: readonly WordPart[],
  operandOf: (part: WordPart) => Operand | null,
): Operand | null {
  const operands: Operand[] = [];
  for (const part of parts) {
    const operand = operandOf(part);
    if (operand === null) return null;
    operands.push(operand);
  }
  return operands.length === 1 ? operands[0]! : new JoinedOperand(operands);
}

/** An operand outside of quotes: it is one field if it has nothing in it to split or to expand. */
export class UnquotedOperand implements Operand {
  readonly pure: boolean;

  constructor(private readonly whole: Operand, private readonly environment: ExpansionEnvironment) {
    this.pure = whole.pure;
  }

  text(): string | null {
    const { whole } = this;
    const text = this.environment.separators.isDefault ? whole.text() : null;
    // A number holds nothing that separates fields.
    return text === null || text === "" || !(whole.numeric || isPlainField(text)) ? null : text;
  }

  get numeric(): boolean {
    return this.whole.numeric;
  }

  number(): Integer | null {
    return this.environment.separators.isDefault ? this.whole.number() : null;
  }
}

/** Whether `text` is one field where IFS is at its default: nothing separates fields in it, and it can be part of no pattern. */
export function isPlainField(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SPACE || code === TAB || code === NEWLINE) return false;
    if (code === ASTERISK || code === QUESTION_MARK || code === BRACKET || code === PARENTHESIS) return false;
    if (code === BACKSLASH) return false;
  }
  return text !== "";
}

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const PARENTHESIS = 40;
const ASTERISK = 42;
const QUESTION_MARK = 63;
const BRACKET = 91;
const BACKSLASH = 92;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const POSITION = /^[1-9][0-9]*$/;

/** The operand that a parameter is; `null` for those whose expansion is more than a look at their value. */
export function parameterOperand(part: ParameterPart, environment: ExpansionEnvironment): Operand | null {
  const { name, prefix } = part;
  if (part.operation !== null || part.subscript !== null) return null;
  if (prefix !== "none" && prefix !== "length") return null;
  let whole: Operand | null = null;
  if (name === "#") whole = new CountOperand(environment.positional);
  else if (POSITION.test(name)) whole = new PositionalOperand(environment.positional, Number(name) - 1);
  else if (NAME.test(name)) whole = new VariableOperand(environment.variable(name));
  return whole === null || prefix === "none" ? whole : new LengthOperand(whole);
}

/** The operand that parts of a word are, in which there is neither a tilde nor a glob character; `null` if they are none. */
export function partsOperand(parts: readonly WordPart[], environment: ExpansionEnvironment): Operand | null {
  return joinOperands(parts, (part) => partOperand(part, environment));
}

/** The operand that a part of a word is, see {@link partsOperand}. */
export function partOperand(part: WordPart, environment: ExpansionEnvironment): Operand | null {
  switch (part.kind) {
    case "literal":
    case "quoted":
      return new ConstantOperand(part.text);
    case "parameter": {
      const operand = parameterOperand(part, environment);
      return operand === null ? null : new UnquotedOperand(operand, environment);
    }
    case "double":
      if (part.parts.length === 0) return new ConstantOperand("");
      return joinOperands(part.parts, (inner) => quotedOperand(inner, environment));
    default:
      return null;
  }
}

function quotedOperand(part: WordPart, environment: ExpansionEnvironment): Operand | null {
  if (part.kind === "literal" || part.kind === "quoted") return new ConstantOperand(part.text);
  return part.kind === "parameter" ? parameterOperand(part, environment) : null;
}
