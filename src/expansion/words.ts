/**
 * Word expansion: compiles words to functions that expand them.
 *
 * In comes a word of the syntax tree; out go functions for the places in which words stand. The phases, in the order
 * of XCU 2.6: brace expansion (when compiling); tilde, parameter, command and arithmetic expansion, left to right;
 * field splitting; pathname expansion; quote removal, which comes about by quoted text never being looked at again.
 * Expansion changes nothing but what its words say (`${x=…}`, `$((x=…))`) and reports nothing itself: it throws
 * {@link ExpansionFailure}.
 *
 *   {@link WordCompiler.fields}      arguments, words of `for`: any number of fields (`word_fields.ts`)
 *   {@link WordCompiler.text}        values of assignments, words of `case`, bodies of here-documents: one text (`word_text.ts`)
 *   {@link WordCompiler.pattern}     patterns: one text in which what was quoted is escaped (`word_text.ts`)
 *   {@link WordCompiler.expression}  arithmetic expressions (`word_expression.ts`)
 */

import type { Word } from "../syntax/tree.ts";
import { Arithmetic, type Evaluate } from "./arithmetic/arithmetic.ts";
import type { Slots } from "./arithmetic/scanner.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { hasGlobCharacter } from "./fields.ts";
import { ArithmeticOperand, ConstantOperand, type Operand, partsOperand, UnquotedOperand } from "./operand.ts";
import { ParameterCompiler } from "./parameter.ts";
import { ElementPlace, VariablePlace } from "./place.ts";
import type { Subscripts } from "./subscript.ts";
import type { TildeRule } from "./tilde.ts";
import { ExpressionCompiler } from "./word_expression.ts";
import { FieldCompiler, type Fields } from "./word_fields.ts";
import { type Text, TextCompiler } from "./word_text.ts";

export type { Fields, Text };

/** The one entrance to word expansion: puts the compilers together, each of which knows of the others what it needs. */
export class WordCompiler {
  readonly arithmetic: Arithmetic;
  readonly subscripts: Subscripts;
  private readonly texts: TextCompiler;
  private readonly expressions: ExpressionCompiler;
  private readonly fieldCompiler: FieldCompiler;

  constructor(private readonly environment: ExpansionEnvironment) {
    this.arithmetic = new Arithmetic({
      get bareBase() {
        return environment.options.sh;
      },
      variable: (name) => new VariablePlace(environment.variable(name), environment.options),
      element: (name, subscript, expanded, slots) => this.element(name, subscript, expanded, slots),
    });
    const parameters = new ParameterCompiler(environment, this.arithmetic, {
      text: (word) => this.texts.text(word),
      pattern: (word) => this.texts.pattern(word),
      replacement: (word) => this.texts.replacement(word),
      arithmeticText: (word) => this.expressions.expressionText(word),
      expression: (word, prefix) => this.expressions.expression(word, prefix),
    });
    this.subscripts = parameters.subscripts;
    this.texts = new TextCompiler(environment, parameters, (expression) => this.expressions.expression(expression));
    this.expressions = new ExpressionCompiler(environment, this.arithmetic, this.texts);
    this.fieldCompiler = new FieldCompiler(environment, parameters, this.texts);
  }

  /** Compiles `word` to one text: no splitting, no pathname expansion. */
  text(word: Word, tildes: TildeRule = "word"): Text {
    return this.texts.text(word, tildes);
  }

  /** Compiles `word` to what is assigned, or to a here-string. */
  assigned(word: Word, tildes: TildeRule): Text {
    return this.texts.assigned(word, tildes);
  }

  /** Compiles `word` to what is assigned to an element in the list of an indexed array, where IFS joins any list, as in bash. */
  assignedElement(word: Word): Text {
    return this.texts.assigned(word, "assignment", "element");
  }

  /** Compiles `word` to a pattern: text with what was quoted escaped. */
  pattern(word: Word): Text {
    return this.texts.pattern(word);
  }

  /** Compiles `word` to a regular expression, in which what was quoted is marked so. */
  regularExpression(word: Word): Text {
    return this.texts.regularExpression(word);
  }

  /** Compiles `word` as if in double quotes: the body of a here-document, an arithmetic expression. */
  quotedText(word: Word): Text {
    return this.texts.quotedText(word);
  }

  /** Compiles an arithmetic expression. `prefix` is what its messages begin with. */
  expression(word: Word, prefix = ""): Evaluate {
    return this.expressions.expression(word, prefix);
  }

  /** The value of a word that is nothing but `$((…))`; `null` for any other word. */
  arithmeticValue(word: Word): Evaluate | null {
    return this.expressions.arithmeticValue(word);
  }

  /** Compiles the text of an arithmetic expression: a subscript, say, of which only the variable tells whether it is one. */
  expressionText(word: Word): Text {
    return this.expressions.expressionText(word);
  }

  /** Compiles words to the fields that they make together. */
  fields(words: readonly Word[]): Fields {
    return this.fieldCompiler.fields(words);
  }

  /** Compiles words to the list of the fields that they make together. */
  list(words: readonly Word[]): () => string[] {
    return this.fieldCompiler.list(words);
  }

  /** The text of a word that always is one and the same field; `null` for any other. */
  constantField(word: Word): string | null {
    return this.fieldCompiler.constantField(word);
  }

  /** The text that a pattern always stands for in which nothing is special; `null` for any other. */
  constantPattern(word: Word): string | null {
    const special = word.parts.some((part) => part.kind === "literal" && hasGlobCharacter(part.text));
    return special ? null : this.constantField(word);
  }

  /** The operand that a word is which can be expanded without effects; `null` for any other. */
  operand(word: Word): Operand | null {
    const constant = this.constantField(word);
    if (constant !== null) return new ConstantOperand(constant);
    const evaluate = this.arithmeticValue(word);
    if (evaluate !== null) {
      const operand = new ArithmeticOperand(evaluate);
      return word.parts[0]!.kind === "double" ? operand : new UnquotedOperand(operand, this.environment);
    }
    const parts = this.fieldCompiler.unexpandedParts(word);
    return parts === null ? null : partsOperand(parts, this.environment);
  }

  /** An element as an operand of arithmetic; see {@link ArithmeticEnvironment.element}. */
  private element(name: string, subscript: string, expanded: boolean, slots: Slots | null): ElementPlace {
    const variable = this.environment.variable(name);
    const key = this.subscripts.compileText(variable, subscript, expanded, slots);
    return new ElementPlace(variable, key, this.environment, () => slots === null ? subscript : slots.fill(subscript));
  }
}
