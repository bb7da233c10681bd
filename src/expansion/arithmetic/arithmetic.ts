/**
 * Arithmetic expansion (XCU 2.6.4; bash manual 6.5): the text of an expression is compiled once to a function.
 *
 * Comes in: text in which parameters and commands are already expanded. Goes out: a function that gives its value, with
 * the side effects of its assignments. Operands that C would not evaluate (`&&`, `||`, `?:`) are not.
 */

import { ExpansionFailure } from "../failure.ts";
import {
  add,
  and,
  complement,
  divide,
  type Integer,
  longDecimal,
  multiply,
  negate,
  or,
  plainDecimal,
  power,
  remainder,
  shiftLeft,
  shiftRight,
  subtract,
  xor,
} from "./integer.ts";
import { Scanner, type Slots } from "./scanner.ts";

export type Evaluate = () => Integer;

/** A place that holds a text: a variable or an element of an array. */
export interface Place {
  /** The value of the text as a number, if that is known; `null` says: read it. */
  readonly number: Integer | null;
  /** The text, or `undefined` if it is unset. With `set -u`, throws for what is unset. */
  read(): string | undefined;
  /** Throws if it is read-only. */
  write(value: Integer): void;
  /** Notes what the text that was read last comes to. */
  remember(value: Integer): void;
  /** Of an element: the place that its subscript means now, so that this is evaluated only once. */
  bind?(): Place;
}

export interface ArithmeticEnvironment {
  /** Whether a base alone (`2#`) is a number: 0. */
  readonly bareBase: boolean;
  variable(name: string): Place;
  /**
   * An element of an array.
   *
   * @param subscript what is between the brackets
   * @param expanded whether that is the result of expansions, of which backslashes quote what is not to be expanded again
   * @param slots the operands that characters in the subscript stand for, if any do
   */
  element(name: string, subscript: string, expanded: boolean, slots: Slots | null): Place;
}

/** How deep expressions may nest, in parentheses and in values of variables that are expressions: bash's own limit. */
const MAXIMUM_DEPTH = 1024;
const MAXIMUM_PARENTHESES = 256;

type Binary = (a: Integer, b: Integer) => Integer;

/** Makes an operation of its operands. Each operator has a function of its own, which V8 compiles for it alone. */
type MakeBinary = (first: Evaluate, second: Evaluate, check: (divisor: Integer) => void) => Evaluate;

/** Binary operators by precedence, lowest first, without `&&` and `||`; all associate to the left. */
const BINARY: readonly Readonly<Record<string, MakeBinary>>[] = [
  { "|": (first, second) => () => or(first(), second()) },
  { "^": (first, second) => () => xor(first(), second()) },
  { "&": (first, second) => () => and(first(), second()) },
  {
    "==": (first, second) => () => (first() === second() ? 1 : 0),
    "!=": (first, second) => () => (first() !== second() ? 1 : 0),
  },
  {
    "<": (first, second) => () => (first() < second() ? 1 : 0),
    ">": (first, second) => () => (first() > second() ? 1 : 0),
    "<=": (first, second) => () => (first() <= second() ? 1 : 0),
    ">=": (first, second) => () => (first() >= second() ? 1 : 0),
  },
  {
    "<<": (first, second) => () => shiftLeft(first(), second()),
    ">>": (first, second) => () => shiftRight(first(), second()),
  },
  {
    "+": (first, second) => () => add(first(), second()),
    "-": (first, second) => () => subtract(first(), second()),
  },
  {
    "*": (first, second) => () => multiply(first(), second()),
    "/": (first, second, check) => () => {
      const dividend = first();
      const divisor = second();
      check(divisor);
      return divide(dividend, divisor);
    },
    "%": (first, second, check) => () => {
      const dividend = first();
      const divisor = second();
      check(divisor);
      return remainder(dividend, divisor);
    },
  },
];

const ASSIGNMENTS: Readonly<Record<string, Binary | null>> = {
  "=": null,
  "+=": add,
  "-=": subtract,
  "*=": multiply,
  "/=": divide,
  "%=": remainder,
  "<<=": shiftLeft,
  ">>=": shiftRight,
  "&=": and,
  "^=": xor,
  "|=": or,
};

const CACHE_SIZE = 500;

/** Compiles and evaluates expressions in one environment. */
export class Arithmetic {
  private readonly cache = new Map<string, Evaluate>();
  private depth = 0;

  constructor(readonly environment: ArithmeticEnvironment) {}

  /** Evaluates `text` as {@link compile}; expressions met lately are remembered. An empty one is 0. */
  evaluate(text: string, prefix = "", expanded = false): Integer {
    return plainDecimal(text) ?? this.compile(text, prefix, expanded)();
  }

  /**
   * Compiles `text`. Throws {@link ExpansionFailure} for what is no expression.
   *
   * @param prefix what messages begin with
   * @param expanded whether it was expanded as an expression, so that its subscripts are not to be expanded again
   */
  compile(text: string, prefix = "", expanded = false): Evaluate {
    const key = (expanded ? "\x01" : "") + prefix + "\0" + text;
    let evaluate = this.cache.get(key);
    if (evaluate === undefined) {
      if (this.cache.size >= CACHE_SIZE) this.cache.clear();
      evaluate = new Parser(text, prefix, this, expanded).parse();
      this.cache.set(key, evaluate);
    }
    return evaluate;
  }

  /** Compiles the text of a template, in which characters stand for the operands in `slots`. */
  compileTemplate(text: string, prefix: string, slots: Slots): Evaluate {
    return new Parser(text, prefix, this, true, slots).parse();
  }

  /** The place that a name, maybe with a subscript, stands for. */
  place(name: string, subscript: string | null, expanded: boolean, slots: Slots | null): Place {
    const { environment } = this;
    return subscript === null ? environment.variable(name) : environment.element(name, subscript, expanded, slots);
  }

  /** What a place holds as a number: its text is an expression in turn; unset or empty, 0. */
  valueOf(place: Place): Integer {
    return place.number ?? this.valueOfText(place);
  }

  private valueOfText(place: Place): Integer {
    const text = place.read();
    if (text === undefined || text === "") return 0;
    const plain = plainDecimal(text) ?? longDecimal(text);
    if (plain !== null) {
      place.remember(plain);
      return plain;
    }
    if (this.depth >= MAXIMUM_DEPTH) {
      const message = `${text}: expression recursion level exceeded (error token is "${text}")`;
      throw new ExpansionFailure(message, "top", 1, "expression");
    }
    this.depth++;
    try {
      return this.compile(text)();
    } finally {
      this.depth--;
    }
  }
}

class Parser {
  private readonly scanner: Scanner;
  private parentheses = 0;

  constructor(
    text: string,
    prefix: string,
    private readonly arithmetic: Arithmetic,
    private readonly expanded: boolean,
    private readonly slots: Slots | null = null,
  ) {
    this.scanner = new Scanner(text, prefix, slots, arithmetic.environment.bareBase);
  }

  parse(): Evaluate {
    const { scanner } = this;
    scanner.advance();
    if (scanner.at("end")) return () => 0;
    const evaluate = this.comma();
    if (scanner.at("unknown")) throw scanner.errorHere("syntax error: invalid arithmetic operator");
    if (!scanner.at("end")) throw scanner.errorHere("syntax error in expression");
    return evaluate;
  }

  private place(name: string, subscript: string | null): Place {
    return this.arithmetic.place(name, subscript, this.expanded, this.slots);
  }

  private comma(): Evaluate {
    let left = this.assignment();
    while (this.scanner.at(",")) {
      this.scanner.advance();
      const first = left;
      const second = this.assignment();
      left = () => (first(), second());
    }
    return left;
  }

  private assignment(): Evaluate {
    const { scanner, arithmetic } = this;
    if (!scanner.at("name")) return this.conditional();
    const { name, subscript, start } = scanner;
    scanner.advance();
    const operator = scanner.token;
    const combine = Object.hasOwn(ASSIGNMENTS, operator) ? ASSIGNMENTS[operator] : undefined;
    if (combine === undefined) return this.conditional({ name, subscript, start });
    scanner.advance();
    const right = this.assignment();
    const place = this.place(name, subscript);
    if (combine === null) {
      return () => {
        // What the right side does decides which element it is, as in bash.
        const value = right();
        place.write(value);
        return value;
      };
    }
    const check = combine === divide || combine === remainder ? this.divisorCheck(scanner.culprit) : null;
    return () => {
      const target = place.bind === undefined ? place : place.bind();
      const before = arithmetic.valueOf(target);
      const operand = right();
      if (check !== null) check(operand);
      const value = combine(before, operand);
      target.write(value);
      return value;
    };
  }

  /** @param name a name that was read already, with the token after it current */
  private conditional(name: ReadName | null = null): Evaluate {
    const condition = this.logicalOr(name);
    const { scanner } = this;
    if (!scanner.at("?")) return condition;
    scanner.advance();
    if (scanner.at(":") || scanner.at("end")) throw scanner.errorHere("expression expected");
    const consequent = this.comma();
    if (!scanner.at(":")) {
      throw scanner.errorHere("`:' expected for conditional expression");
    }
    scanner.advance();
    if (scanner.at("end")) throw scanner.errorHere("expression expected");
    const alternative = this.conditionalOrAssignment();
    return () => (condition() !== 0 ? consequent() : alternative());
  }

  private conditionalOrAssignment(): Evaluate {
    const evaluate = this.conditional();
    if (Object.hasOwn(ASSIGNMENTS, this.scanner.token)) {
      throw this.scanner.errorHere("attempted assignment to non-variable");
    }
    return evaluate;
  }

  private logicalOr(name: ReadName | null): Evaluate {
    let left = this.logicalAnd(name);
    while (this.scanner.at("||")) {
      this.scanner.advance();
      const first = left;
      const second = this.logicalAnd(null);
      left = () => (first() !== 0 || second() !== 0 ? 1 : 0);
    }
    return left;
  }

  private logicalAnd(name: ReadName | null): Evaluate {
    let left = this.binary(0, name);
    while (this.scanner.at("&&")) {
      this.scanner.advance();
      const first = left;
      const second = this.binary(0, null);
      left = () => (first() !== 0 && second() !== 0 ? 1 : 0);
    }
    return left;
  }

  private binary(level: number, name: ReadName | null): Evaluate {
    const operators = BINARY[level];
    if (operators === undefined) return this.power(name);
    let left = this.binary(level + 1, name);
    for (;;) {
      const token = this.scanner.token;
      const make = Object.hasOwn(operators, token) ? operators[token]! : null;
      if (make === null) break;
      this.scanner.advance();
      const check = this.divisorCheck(this.scanner.start);
      left = make(left, this.binary(level + 1, null), check);
    }
    if (level === 0 && Object.hasOwn(ASSIGNMENTS, this.scanner.token)) {
      throw this.scanner.errorHere("attempted assignment to non-variable");
    }
    return left;
  }

  /** Throws if the operand at `start` is a divisor of 0. */
  private divisorCheck(start: number): (divisor: Integer) => void {
    const { scanner } = this;
    return (divisor) => {
      if (divisor === 0) throw scanner.error("division by 0", start);
    };
  }

  /** `**` associates to the right and binds less tightly than the unary operators. */
  private power(name: ReadName | null): Evaluate {
    const base = this.unary(name);
    const { scanner } = this;
    if (!scanner.at("**")) return base;
    scanner.advance();
    const exponent = this.power(null);
    const { culprit } = scanner;
    return () => {
      const a = base();
      const b = exponent();
      if (b < 0) throw scanner.error("exponent less than 0", culprit);
      return power(a, b);
    };
  }

  private unary(name: ReadName | null): Evaluate {
    if (name !== null) return this.postfix(name);
    const { scanner } = this;
    switch (scanner.token) {
      case "!":
      case "~":
      case "-":
      case "+": {
        const operator = scanner.token;
        const operand = this.nested(() => {
          scanner.advance();
          return this.unary(null);
        });
        if (operator === "!") return () => (operand() === 0 ? 1 : 0);
        if (operator === "~") return () => complement(operand());
        return operator === "-" ? () => negate(operand()) : operand;
      }
      case "++":
      case "--":
        return this.prefixStep(scanner.token);
      default:
        return this.primary();
    }
  }

  private prefixStep(operator: string): Evaluate {
    const { scanner } = this;
    scanner.advance();
    const { name, subscript } = scanner;
    scanner.advance();
    return this.step(name, subscript, operator === "++" ? 1 : -1, true);
  }

  private postfix({ name, subscript }: ReadName): Evaluate {
    const { scanner, arithmetic } = this;
    if (scanner.at("++") || scanner.at("--")) {
      const by = scanner.at("++") ? 1 : -1;
      scanner.advance();
      return this.step(name, subscript, by, false);
    }
    const place = this.place(name, subscript);
    return () => arithmetic.valueOf(place);
  }

  private step(name: string, subscript: string | null, by: number, before: boolean): Evaluate {
    const { arithmetic } = this;
    const place = this.place(name, subscript);
    return () => {
      const target = place.bind === undefined ? place : place.bind();
      const old = arithmetic.valueOf(target);
      const value = add(old, by);
      target.write(value);
      return before ? value : old;
    };
  }

  private primary(): Evaluate {
    const { scanner } = this;
    if (scanner.at("number")) {
      const value = scanner.value;
      scanner.advance();
      return () => value;
    }
    if (scanner.at("slot")) {
      const { values } = this.slots!;
      const index = scanner.value as number;
      scanner.advance();
      return () => values[index]!;
    }
    if (scanner.at("name")) {
      const { name, subscript, start } = scanner;
      scanner.advance();
      return this.postfix({ name, subscript, start });
    }
    if (!scanner.at("(")) throw scanner.errorHere("syntax error: operand expected");
    const evaluate = this.nested(() => {
      scanner.advance();
      return this.comma();
    });
    if (!scanner.at(")")) throw scanner.errorHere("missing `)'");
    scanner.advance();
    return evaluate;
  }

  private nested(parse: () => Evaluate): Evaluate {
    if (++this.parentheses > MAXIMUM_PARENTHESES) {
      throw this.scanner.error("expression recursion level exceeded", this.scanner.start);
    }
    const evaluate = parse();
    this.parentheses--;
    return evaluate;
  }
}

interface ReadName {
  readonly name: string;
  readonly subscript: string | null;
  readonly start: number;
}
