/** Makes a function of the text of an expression, by recursive descent through the levels of precedence. */

import type { Arithmetic, Evaluate, Place } from "./arithmetic.ts";
import { add, complement, divide, type Integer, negate, power, remainder } from "./integer.ts";
import { ASSIGNMENTS, BINARY } from "./operators.ts";
import { Scanner, type Slots } from "./scanner.ts";

/** How deep parentheses may nest: bash's own limit for expressions in expressions. */
const MAXIMUM_PARENTHESES = 256;

export class Parser {
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
