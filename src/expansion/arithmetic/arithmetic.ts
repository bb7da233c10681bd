/**
 * Arithmetic expansion (XCU 2.6.4; bash manual 6.5): the text of an expression is compiled once to a function.
 *
 * Comes in: text in which parameters and commands are already expanded. Goes out: a function that gives its value, with
 * the side effects of its assignments. Operands that C would not evaluate (`&&`, `||`, `?:`) are not.
 */

import { ExpansionFailure } from "../failure.ts";
import { type Integer, longDecimal, plainDecimal } from "./integer.ts";
import { Parser } from "./parser.ts";
import type { Slots } from "./scanner.ts";

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

/** How deep expressions may nest in values of variables that are expressions: bash's own limit. */
const MAXIMUM_DEPTH = 1024;

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
