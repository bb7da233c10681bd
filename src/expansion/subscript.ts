/** Subscripts (bash manual 6.7): an arithmetic expression, or the key of an associative array. */

import { printParts } from "../syntax/printer.ts";
import type { QuotedPart, Word, WordPart } from "../syntax/tree.ts";
import type { Arithmetic, Evaluate } from "./arithmetic/arithmetic.ts";
import type { Integer } from "./arithmetic/integer.ts";
import type { Slots } from "./arithmetic/scanner.ts";
import type { ElementKey, ExpansionEnvironment, Variable } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import type { OperandCompiler } from "./parameter.ts";

/** What undergoes expansion or quote removal. */
const SPECIAL = /[$`"'\\]/;
/** An expansion that no backslash keeps from being one. */
const UNEXPANDED = /(?:^|[^\\])(?:\\\\)*[$`]/;
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
    const index = this.operands.expression(asExpression(subscript));
    return () => variable.associative ? key() : numberOf(index);
  }

  /**
   * Compiles a subscript that was found in an arithmetic expression.
   *
   * @param expanded whether it is the result of expansions, in which backslashes quote what came out of them
   * @param slots the operands that characters in it stand for, if any do
   */
  compileText(variable: Variable, text: string, expanded: boolean, slots: Slots | null): CompiledSubscript {
    if (slots !== null) {
      const template = this.arithmetic.compileTemplate(text, "", slots);
      return () => variable.associative ? slots.fill(text) : numberOf(template);
    }
    if (!SPECIAL.test(text)) {
      const index = this.deferred(text, false);
      return () => variable.associative ? text : numberOf(index);
    }
    if (!expanded) return () => this.evaluate(variable, text);
    // The whole element may have come out of an expansion: then its subscript has not been expanded yet.
    if (UNEXPANDED.test(text)) return () => variable.associative ? this.key(text) : numberOf(() => this.index(text));
    // What is quoted in a nested subscript is still to be told from the rest.
    const expression = /\[/.test(text) ? text : text.replace(/\\([^])/g, "$1");
    const index = this.deferred(expression, true);
    return () => variable.associative ? this.key(text) : numberOf(index);
  }

  /** Compiles an expression at first use: an error in it is one of expansion. */
  private deferred(text: string, expanded: boolean): Evaluate {
    let compiled: Evaluate | null = null;
    return () => (compiled ??= this.arithmetic.compile(text, "", expanded))();
  }

  /** What the text of a subscript means now, after its expansions. */
  evaluate(variable: Variable, text: string): ElementKey {
    if (variable.associative) {
      return SPECIAL.test(text) && !this.environment.options.assoc_expand_once ? this.key(text) : text;
    }
    return numberOf(SPECIAL.test(text) ? () => this.index(text) : () => this.arithmetic.evaluate(text));
  }

  /** The index that an expression comes to whose expansions are done. */
  expandedIndex(text: string): number {
    return numberOf(() => this.arithmetic.evaluate(text, "", true));
  }

  private key(text: string): string {
    return this.compiled(this.keys, text, () => this.operands.text(this.environment.parseText(text, "word")));
  }

  private index(text: string): Integer {
    const compile = () => this.operands.arithmeticText(this.environment.parseText(text, "arithmetic"));
    return this.arithmetic.evaluate(this.compiled(this.expressions, text, compile), "", true);
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

/** A subscript as an expression, in which single quotes are no quotes. */
export function asExpression(subscript: Word): Word {
  const isQuoted = (part: WordPart): part is QuotedPart => part.kind === "quoted" && part.style === "single";
  if (!subscript.parts.some(isQuoted)) return subscript;
  const parts = subscript.parts.map((part): WordPart =>
    isQuoted(part) ? { kind: "literal", start: part.start, end: part.end, text: `'${part.text}'` } : part
  );
  return { ...subscript, parts };
}

/** Quotes what came out of an expansion, so that in a subscript it stands for itself. */
export function escapeForSubscript(text: string): string {
  return text.replace(/[$`\\~[\]"']/g, "\\$&");
}

/** The index that an expression comes to. */
function numberOf(index: () => Integer): number {
  try {
    return Number(index());
  } catch (error) {
    throw error instanceof ExpansionFailure && error.origin === "expression" ? error.asAssigned("subscript") : error;
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
