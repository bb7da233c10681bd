/**
 * Arithmetic expressions as words hold them (XCU 2.6.4): in `$((…))`, `((…))`, `for ((…))`, `${x:…}`. The expansions in them come
 * first, and what they give is read as part of the expression; mostly that need not be done anew each time.
 */

import { LEFT_BRACKET, RIGHT_BRACKET, SINGLE_QUOTE } from "../syntax/characters.ts";
import { printParts } from "../syntax/printer.ts";
import type { Word, WordPart } from "../syntax/tree.ts";
import type { Arithmetic, Evaluate } from "./arithmetic/arithmetic.ts";
import { plainDecimal } from "./arithmetic/integer.ts";
import { Slots } from "./arithmetic/scanner.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { type Operand, parameterOperand } from "./operand.ts";
import { escapeForSubscript } from "./subscript.ts";
import { asIs, concatenateAll, type Text, type TextCompiler } from "./word_text.ts";

/** What templates of arithmetic expressions mark operands with. */
const PRIVATE_USE = /[\uf000-\uf03f]/;
/** Text after an expansion, or before it, that makes it part of an operand: `${x}1`, `a$x`, `16#$x`, `$x[1]`. */
const CONTINUES_OPERAND = /^[A-Za-z0-9_#@[]/;
const ENDS_IN_OPERAND = /[A-Za-z0-9_#@\]]$/;

export class ExpressionCompiler {
  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly arithmetic: Arithmetic,
    private readonly texts: TextCompiler,
  ) {}

  /** Compiles an arithmetic expression. `prefix` is what its messages begin with. */
  expression(word: Word, prefix = ""): Evaluate {
    return this.texts.within(word.parts, true, () => this.compile(word, prefix));
  }

  private compile(word: Word, prefix: string): Evaluate {
    const { arithmetic } = this;
    const text = this.expressionText(word);
    // Compiled at first use: an error in it is one of expansion, not of syntax.
    if (word.parts.every((part) => part.kind === "literal")) {
      let compiled: Evaluate | null = null;
      return () => (compiled ??= arithmetic.compile(text(), prefix, true))();
    }
    return this.template(word, prefix) ?? (() => arithmetic.evaluate(text(), prefix, true));
  }

  /** The value of a word that is nothing but `$((…))`; `null` for any other word. */
  arithmeticValue({ parts }: { readonly parts: readonly WordPart[] }): Evaluate | null {
    const part = parts.length === 1 ? parts[0]! : null;
    if (part?.kind === "double") return this.arithmeticValue(part);
    return part?.kind === "arithmetic" ? this.expression(part.expression) : null;
  }

  /**
   * Compiles the text of an arithmetic expression. In its subscripts, backslashes keep what expansions gave from being expanded
   * again, and from ending the subscript.
   */
  expressionText(word: Word): Text {
    if (!holdsBracket(word.parts)) return this.texts.quotedText(word);
    const brackets = new Brackets();
    const compile = (part: WordPart): Text => {
      if (part.kind === "literal") {
        brackets.pass(part.text);
        return () => part.text;
      }
      // What stands in single quotes is for the subscript itself to read.
      if (brackets.quoted) return () => printParts([part], true);
      if (brackets.depth > 0) return this.texts.partText(part, escapeForSubscript, true);
      if (part.kind !== "double" || !holdsBracket(part.parts)) return this.texts.partText(part, asIs, true);
      const texts = part.parts.map(compile);
      return () => concatenateAll(texts);
    };
    const texts = word.parts.map(compile);
    return () => concatenateAll(texts);
  }

  /**
   * Compiles an expression in which expansions stand as whole operands (`$1`, `${#x}`), to be read anew only when one of
   * them gives something else than a plain number that is not negative. `null` if expansions are parts of operands.
   */
  private template(word: Word, prefix: string): Evaluate | null {
    const { arithmetic } = this;
    const operands: (Operand | null)[] = [];
    const texts: Text[] = [];
    let template = "";
    let operand = false;
    const brackets = new Brackets();
    for (const part of word.parts) {
      if (part.kind === "literal") {
        if (PRIVATE_USE.test(part.text) || (operand && CONTINUES_OPERAND.test(part.text))) return null;
        template += part.text;
        brackets.pass(part.text);
        operand = false;
        continue;
      }
      if (brackets.quoted || (part.kind === "double" && holdsBracket(part.parts))) return null;
      const parameter = part.kind === "parameter" ? parameterOperand(part, this.environment) : null;
      const slot = Slots.character(texts.length);
      if (slot === null || operand || ENDS_IN_OPERAND.test(template)) return null;
      operands.push(parameter);
      texts.push(this.texts.partText(part, brackets.depth > 0 ? escapeForSubscript : asIs, true));
      template += slot;
      operand = true;
    }
    const count = texts.length;
    const slots = new Slots();
    let compiled: Evaluate | null | undefined;
    const expand = () => {
      const expanded = texts.map((text) => text());
      // Only now: the expansions of a recursive function may have come here again.
      for (let i = 0; i < count; i++) {
        const value = plainDecimal(expanded[i]!);
        if (value === null || value < 0) return arithmetic.evaluate(Slots.fill(template, expanded), prefix, true);
        slots.values[i] = value;
      }
      if (compiled === undefined) compiled = this.compileTemplate(template, prefix, slots);
      return compiled === null ? arithmetic.evaluate(Slots.fill(template, expanded), prefix, true) : compiled();
    };
    if (operands.includes(null)) return expand;
    return () => {
      for (let i = 0; i < count; i++) {
        const value = operands[i]!.number();
        if (value === null || value < 0) return expand();
        slots.values[i] = value;
      }
      return compiled ? compiled() : expand();
    };
  }

  /** `null` for what is no expression: the text itself has the better message. */
  private compileTemplate(template: string, prefix: string, slots: Slots): Evaluate | null {
    try {
      return this.arithmetic.compileTemplate(template, prefix, slots);
    } catch (error) {
      if (!(error instanceof ExpansionFailure)) throw error;
      return null;
    }
  }
}

/** Whether there is a bracket, which may begin a subscript. */
function holdsBracket(parts: readonly WordPart[]): boolean {
  return parts.some((part) =>
    (part.kind === "literal" && part.text.includes("[")) || (part.kind === "double" && holdsBracket(part.parts))
  );
}

/** Where an expression has come to, as far as its subscripts go. */
class Brackets {
  /** How many brackets are open. */
  depth = 0;
  /** Whether single quotes are, which only quote in subscripts. */
  quoted = false;

  /** Goes beyond literal text. */
  pass(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === SINGLE_QUOTE && this.depth > 0) this.quoted = !this.quoted;
      else if (this.quoted) continue;
      else if (code === LEFT_BRACKET) this.depth++;
      else if (code === RIGHT_BRACKET) this.depth--;
    }
  }
}
