/** Subscripts (bash manual 6.7): an arithmetic expression, or the key of an associative array. */

import { printParts } from "../syntax/printer.ts";
import type { Word } from "../syntax/tree.ts";
import type { Arithmetic } from "./arithmetic/arithmetic.ts";
import type { ElementKey, ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import type { OperandCompiler } from "./parameter.ts";

/** What undergoes expansion or quote removal. */
const SPECIAL = /[$`"'\\]/;
const CACHE_SIZE = 500;

/** A compiled subscript. What it means depends on what kind of array the variable is when it is used. */
export type CompiledSubscript = () => ElementKey;

export class Subscripts {
  private readonly keys = new Map<string, () => string>();
  private readonly expressions = new Map<string, () => string>();

  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly arithmetic: Arithmetic,
    private readonly operands: OperandCompiler,
  ) {}

  /** Compiles a subscript that is written with the word or assignment that it is part of. */
  compile(variable: Variable, subscript: Word): CompiledSubscript {
    const key = this.operands.text(subscript);
    const index = this.operands.expression(subscript);
    return () => variable.associative ? key() : Number(index());
  }

  /** Compiles a subscript that is text: it was found in an arithmetic expression, or came about by an expansion. */
  compileText(variable: Variable, text: string): CompiledSubscript {
    if (SPECIAL.test(text)) return () => variable.associative ? this.key(text) : this.index(text);
    return () => variable.associative ? text : Number(this.arithmetic.evaluate(text));
  }

  /** What the text of a subscript means now. */
  evaluate(variable: Variable, text: string): ElementKey {
    if (variable.associative) return SPECIAL.test(text) ? this.key(text) : text;
    try {
      return SPECIAL.test(text) ? this.index(text) : Number(this.arithmetic.evaluate(text));
    } catch (error) {
      if (!(error instanceof ExpansionFailure) || error.origin !== "expression") throw error;
      throw new ExpansionFailure(error.message, error.consequence, error.status, "subscript");
    }
  }

  private key(text: string): string {
    return this.compiled(this.keys, text, () => this.operands.text(this.environment.parseText(text, "word")));
  }

  private index(text: string): number {
    const compile = () => this.operands.arithmeticText(this.environment.parseText(text, "arithmetic"));
    return Number(this.arithmetic.evaluate(this.compiled(this.expressions, text, compile)));
  }

  private compiled(cache: Map<string, () => string>, text: string, compile: () => () => string): string {
    let compiled = cache.get(text);
    if (compiled === undefined) {
      if (cache.size >= CACHE_SIZE) cache.clear();
      cache.set(text, compiled = compile());
    }
    return compiled();
  }
}

/** The failure of an assignment to an element that there can't be. @param written the element as it is written */
export function badSubscript(written: string): ExpansionFailure {
  return new ExpansionFailure(`${written}: bad array subscript`, "top", 1);
}

/** An element as it is written, for messages. */
export function elementName(name: string, subscript: Word | "@" | "*"): string {
  return `${name}[${typeof subscript === "string" ? subscript : printParts(subscript.parts, false)}]`;
}
