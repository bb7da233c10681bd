/**
 * Word expansion: compiles words to functions that expand them.
 *
 * In comes a word of the syntax tree; out go functions for the places in which words stand. The phases, in the order
 * of XCU 2.6: brace expansion (when compiling); tilde, parameter, command and arithmetic expansion, left to right;
 * field splitting; pathname expansion; quote removal, which comes about by quoted text never being looked at again.
 * Expansion changes nothing but what its words say (`${x=…}`, `$((x=…))`) and reports nothing itself: it throws
 * {@link ExpansionFailure}.
 *
 *   {@link WordCompiler.fields}   arguments, words of `for`: any number of fields
 *   {@link WordCompiler.text}     values of assignments, words of `case`, bodies of here-documents: one text
 *   {@link WordCompiler.pattern}  patterns: one text in which what was quoted is escaped
 */

import type { DoubleQuotedPart, ParameterPart, Word, WordPart } from "../syntax/tree.ts";
import { canonical, concatenate, continuesCharacter } from "../system/bytes.ts";
import { Arithmetic, type Evaluate } from "./arithmetic/arithmetic.ts";
import { plainDecimal } from "./arithmetic/integer.ts";
import { decimalText } from "./arithmetic/decimal_text.ts";
import { Slots } from "./arithmetic/scanner.ts";
import { expandBraces } from "./brace.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { SplitText } from "./split_text.ts";
import { compileJoined, type Piece } from "./joined_field.ts";
import { FieldBuilder, hasGlobCharacter, isPattern, type PathnameExpander } from "./fields.ts";
import {
  ArithmeticOperand,
  ConstantOperand,
  isPlainField,
  type Operand,
  parameterOperand,
  partOperand,
  UnquotedOperand,
} from "./operand.ts";
import { ParameterCompiler, type Producer, type Value } from "./parameter.ts";
import { expandPathname } from "./pathname.ts";
import { escapeForPattern } from "./pattern.ts";
import { ElementPlace, VariablePlace } from "./place.ts";
import { QUOTED } from "./regular_expression/syntax.ts";
import { escapeForSubscript, type Subscripts } from "./subscript.ts";
import { expandTilde, findTildes, type PreparedPart, type TildeRule } from "./tilde.ts";

export type Text = () => string;
/** Appends the fields of a word to `out`. */
export type Fields = (out: string[]) => void;
type FieldPart = (builder: FieldBuilder) => void;
/** How quoted text goes into a result: as it is, or escaped for a pattern. */
type Escape = (text: string) => string;

const markQuoted: Escape = (text) => text.replace(/[^]/gu, `${QUOTED}$&`);
const escapeForReplacement: Escape = (text) => text.replace(/[&\\]/g, "\\$&");
const asIs: Escape = (text) => text;
const SPACE = 32;
/** What templates of arithmetic expressions mark operands with. */
const PRIVATE_USE = /[\uf000-\uf03f]/;
/** Text after an expansion, or before it, that makes it part of an operand: `${x}1`, `a$x`, `16#$x`, `$x[1]`. */
const CONTINUES_OPERAND = /^[A-Za-z0-9_#@[]/;
const ENDS_IN_OPERAND = /[A-Za-z0-9_#@\]]$/;

export class WordCompiler {
  readonly arithmetic: Arithmetic;
  readonly subscripts: Subscripts;
  private readonly parameters: ParameterCompiler;
  /** Whether what is compiled is part of a value that is assigned. */
  private assigning = false;
  private readonly expandPath: PathnameExpander;

  constructor(private readonly environment: ExpansionEnvironment) {
    this.arithmetic = new Arithmetic({
      variable: (name) => new VariablePlace(environment.variable(name), environment.options),
      element: (name, subscript, expanded, slots) => this.element(name, subscript, expanded, slots),
    });
    this.parameters = new ParameterCompiler(environment, this.arithmetic, {
      text: (word) => this.text(word),
      pattern: (word) => this.pattern(word),
      replacement: (word) => this.join(word.parts, "word", escapeForReplacement, false),
      arithmeticText: (word) => this.expressionText(word),
      expression: (word, prefix) => this.expression(word, prefix),
    });
    this.subscripts = this.parameters.subscripts;
    this.expandPath = (pattern) => this.pathname(pattern);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Texts

  /** Compiles `word` to one text: no splitting, no pathname expansion. */
  text(word: Word, tildes: TildeRule = "word"): Text {
    return tildes === "assignment" ? this.assigned(word, tildes) : this.join(word.parts, tildes, asIs, false);
  }

  /** Compiles `word` to what is assigned, or to a here-string; see {@link joinsAssigned}. */
  assigned(word: Word, tildes: TildeRule): Text {
    const { assigning } = this;
    this.assigning = true;
    const text = this.join(word.parts, tildes, asIs, false);
    this.assigning = assigning;
    return text;
  }

  /** Compiles `word` to a pattern: text with what was quoted escaped. */
  pattern(word: Word): Text {
    return this.join(word.parts, "word", escapeForPattern, false);
  }

  /** Compiles `word` to a regular expression: text with {@link QUOTED} before each character that was quoted. */
  regularExpression(word: Word): Text {
    return this.join(word.parts, "word", markQuoted, false);
  }

  /** Compiles `word` as if in double quotes: the body of a here-document, an arithmetic expression. */
  quotedText(word: Word): Text {
    return this.join(word.parts, "none", asIs, true);
  }

  /** Compiles an arithmetic expression. `prefix` is what its messages begin with. */
  expression(word: Word, prefix = ""): Evaluate {
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
    if (!word.parts.some((part) => part.kind === "literal" && part.text.includes("["))) return this.quotedText(word);
    let depth = 0;
    const texts = word.parts.map((part) => {
      if (part.kind !== "literal") return this.partText(part, depth > 0 ? escapeForSubscript : asIs, true);
      depth += bracketDepth(part.text);
      return () => part.text;
    });
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
    let depth = 0;
    for (const part of word.parts) {
      if (part.kind === "literal") {
        if (PRIVATE_USE.test(part.text) || (operand && CONTINUES_OPERAND.test(part.text))) return null;
        template += part.text;
        depth += bracketDepth(part.text);
        operand = false;
        continue;
      }
      const parameter = part.kind === "parameter" ? parameterOperand(part, this.environment) : null;
      const slot = Slots.character(texts.length);
      if (slot === null || operand || ENDS_IN_OPERAND.test(template)) return null;
      operands.push(parameter);
      texts.push(this.partText(part, depth > 0 ? escapeForSubscript : asIs, true));
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

  private join(parts: readonly WordPart[], tildes: TildeRule, escape: Escape, quoted: boolean): Text {
    const prepared = findTildes(parts, tildes, this.environment.options.posix);
    const texts = prepared.map((part) => this.partText(part, escape, quoted));
    if (texts.length === 0) return () => "";
    if (texts.length === 1) return texts[0]!;
    if (texts.length === 2) {
      const [first, second] = texts as [Text, Text];
      return () => concatenate(first(), second());
    }
    return () => concatenateAll(texts);
  }

  /** @param quoted whether the part is within double quotes */
  private partText(part: PreparedPart, escape: Escape, quoted: boolean): Text {
    switch (part.kind) {
      case "literal": {
        const text = quoted ? escape(part.text) : part.text;
        return () => text;
      }
      case "quoted": {
        const text = escape(part.text);
        return () => text;
      }
      case "tilde": {
        const { environment } = this;
        return () => escape(expandTilde(part.user, environment));
      }
      case "double":
        return this.join(part.parts, "none", escape, true);
      case "parameter": {
        const text = this.parameterText(part, escape, quoted);
        return quoted && escape !== asIs && part.operation?.kind !== "default" ? () => escape(text()) : text;
      }
      default: {
        const text = this.commandText(part);
        return quoted && escape !== asIs ? () => escape(text()) : text;
      }
    }
  }

  private commandText(part: Extract<WordPart, { kind: "command" | "process" | "arithmetic" }>): Text {
    if (part.kind === "command") {
      const { assigning } = this;
      this.assigning = false;
      const text = this.environment.commandSubstitution(part);
      this.assigning = assigning;
      return text;
    }
    if (part.kind === "process") return this.environment.processSubstitution(part);
    const evaluate = this.expression(part.expression);
    return () => decimalText(evaluate());
  }

  private parameterText(part: ParameterPart, escape: Escape, quoted: boolean): Text {
    const { operation } = part;
    if (operation !== null && operation.kind === "default" && part.prefix !== "length") {
      const choice = this.parameters.compileDefault(part, operation);
      const word = this.join(operation.word.parts, quoted ? "none" : "start", escape, quoted);
      const plain = choice.settles ? this.join(operation.word.parts, quoted ? "none" : "start", asIs, quoted) : word;
      return () => {
        const value = choice.value();
        if (value !== undefined) {
          return quoted ? escape(this.joined(value, choice.star)) : this.joined(value, choice.star);
        }
        return choice.settles ? choice.settle(plain()) : word();
      };
    }
    const producer = this.parameters.compile(part);
    if (!producer.list) return producer.get as Text;
    const { resolve } = producer;
    if (this.assigning && joinsAssigned(part, quoted)) {
      return () => this.joined(producer.get(), this.environment.separators.joiner !== "");
    }
    return () => {
      const { get, star } = resolve === undefined ? producer : resolve();
      return this.joined(get(), star);
    };
  }

  /** A list as one text (XCU 2.5.2): `*` by the first character of IFS, `@` by spaces. */
  private joined(value: Value, star: boolean): string {
    return typeof value === "string" ? value : value.join(star ? this.environment.separators.joiner : " ");
  }

  // -------------------------------------------------------------------------------------------------------------
  // Fields

  /** Compiles words to the fields that they make together. */
  fields(words: readonly Word[]): Fields {
    const compiled = words.map((word) => this.braceFields(word));
    const { length } = compiled;
    if (length === 1) return compiled[0]!;
    return (out) => {
      for (let i = 0; i < length; i++) compiled[i]!(out);
    };
  }

  /** The fields of all words that braces make of `word`. */
  private braceFields(word: Word): Fields {
    const expanded = expandBraces(word);
    const plain = this.wordFields(word);
    if (expanded.length === 1 && expanded[0] === word) return plain;
    const { options } = this.environment;
    const compiled = expanded.map((word): Fields => {
      if ("kind" in word) return this.wordFields(word);
      return (out) => {
        for (const text of word) out.push(text);
      };
    });
    return (out) => {
      if (!options.braceexpand) plain(out);
      else for (const fields of compiled) fields(out);
    };
  }

  /** The text of a word that always is one and the same field; `null` for any other. */
  constantField(word: Word): string | null {
    const { parts } = word;
    if (parts.length === 0 || expandBraces(word)[0] !== word) return null;
    if (findTildes(parts, "word", this.environment.options.posix) !== parts) return null;
    let field = "";
    for (const part of parts) {
      if (part.kind !== "literal" && part.kind !== "quoted") return null;
      if (part.kind === "literal" && hasGlobCharacter(part.text) && (parts.length > 1 || isPattern(part.text, null))) {
        return null;
      }
      field += part.text;
    }
    return canonical(field);
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
    return word.parts.length === 1 ? partOperand(word.parts[0]!, this.environment) : null;
  }

  private wordFields(word: Word): Fields {
    const { environment } = this;
    const { options } = environment;
    const constant = this.constantField(word);
    if (constant !== null) return (out) => void out.push(constant);
    const parts = findTildes(word.parts, "word", options.posix);
    const single = this.singleField(parts);
    if (single !== null) return (out) => void out.push(single());
    if (parts.length === 1 && parts[0]!.kind === "parameter") {
      const fast = this.parameterFields(parts[0]! as ParameterPart);
      if (fast !== null) return fast;
    }
    const joined = parts.map((part) => this.piece(part));
    if (joined.every((piece) => piece !== null)) return compileJoined(joined, environment, this.expandPath);
    const pieces = parts.map((part) => this.fieldPart(part, false));
    return (out) => {
      const builder = new FieldBuilder(out, environment.separators, options.noglob ? null : this.expandPath);
      for (let i = 0; i < pieces.length; i++) pieces[i]!(builder);
      builder.end();
    };
  }

  /** The text of a word that is always exactly one field: nothing to split, no glob character; else `null`. */
  private singleField(parts: readonly PreparedPart[]): Text | null {
    if (parts.length === 0) return null;
    for (const part of parts) {
      const single = part.kind === "quoted" || part.kind === "tilde" ||
        (part.kind === "literal" && !hasGlobCharacter(part.text)) ||
        (part.kind === "double" && !this.holdsList(part));
      if (!single) return null;
    }
    const texts = parts.map((part) => this.partText(part, asIs, false));
    if (texts.length === 1) return texts[0]!;
    return () => concatenateAll(texts);
  }

  /** A part that is one text, for a {@link compileJoined}; `null` for others. */
  private piece(part: PreparedPart): Piece | null {
    switch (part.kind) {
      case "literal":
        if (hasGlobCharacter(part.text)) return null;
        break;
      case "double":
        if (this.holdsList(part)) return null;
        break;
      case "parameter": {
        if (part.operation?.kind === "default") return null;
        const producer = this.parameters.compile(part);
        return producer.list ? null : { text: producer.get as Text, expanded: true };
      }
      case "command":
      case "arithmetic":
        return { text: this.commandText(part), expanded: true };
    }
    return { text: this.partText(part, asIs, false), expanded: false };
  }

  /** A lone unquoted `$name`: most values have nothing to split or expand in them. */
  private parameterFields(part: ParameterPart): Fields | null {
    if (part.operation?.kind === "default") return null;
    const producer = this.parameters.compile(part);
    if (producer.list) return null;
    const { environment } = this;
    const get = producer.get as Text;
    const latest = new SplitText();
    return (out) => {
      const text = get();
      if (text === "") return;
      const { separators, options } = environment;
      if (separators.isDefault && isPlainField(text)) {
        out.push(text);
        return;
      }
      const fields = latest.split(text, separators);
      if (fields !== null) {
        for (let i = 0; i < fields.length; i++) out.push(fields[i]!);
        return;
      }
      const builder = new FieldBuilder(out, separators, options.noglob ? null : this.expandPath);
      builder.expansion(text);
      builder.end();
    };
  }

  /** @param expanded whether literal text comes out of an expansion, as in `${x-a b}`, and so is split */
  private fieldPart(part: PreparedPart, expanded: boolean): FieldPart {
    switch (part.kind) {
      case "literal": {
        const { text } = part;
        if (expanded) return (builder) => builder.expansion(text);
        const glob = hasGlobCharacter(text);
        return (builder) => builder.literal(text, glob);
      }
      case "double":
        if (this.holdsList(part)) return this.listInQuotes(part.parts);
        break;
      case "parameter":
        return this.parameterPart(part, expanded);
      case "command":
      case "arithmetic": {
        const text = this.commandText(part);
        return (builder) => builder.expansion(text());
      }
    }
    const text = this.partText(part, asIs, false);
    return (builder) => builder.quoted(text());
  }

  private parameterPart(part: ParameterPart, expanded: boolean): FieldPart {
    const { operation } = part;
    if (operation !== null && operation.kind === "default" && part.prefix !== "length") {
      const choice = this.parameters.compileDefault(part, operation);
      const parts = findTildes(operation.word.parts, "start", this.environment.options.posix);
      const pieces = choice.settles ? [] : parts.map((inner) => this.fieldPart(inner, true));
      const plain = operation.operator === "="
        ? this.assigned(operation.word, "start")
        : this.text(operation.word, "start");
      return (builder) => {
        const value = choice.value();
        if (value !== undefined) this.unquoted(builder, value);
        else if (choice.settles) builder.expansion(choice.settle(plain()));
        else for (const piece of pieces) piece(builder);
      };
    }
    const producer = this.parameters.compile(part);
    if (!expanded || !producer.list || producer.star || producer.resolve !== undefined) {
      return (builder) => this.unquoted(builder, producer.get());
    }
    const { environment } = this;
    return (builder) => {
      const value = producer.get();
      const { separators } = environment;
      // In the word of another expansion, spaces join the list, and only IFS takes it apart again, as in bash.
      const joined = typeof value !== "string" && !separators.none && !separators.isSeparator(SPACE);
      this.unquoted(builder, joined ? value.join(" ") : value);
    };
  }

  private unquoted(builder: FieldBuilder, value: Value): void {
    if (typeof value === "string") builder.expansion(value);
    else builder.expansionList(value);
  }

  /** Whether double quotes hold a `$@` or its kin, which may make several fields or none. */
  private holdsList(part: DoubleQuotedPart): boolean {
    return part.parts.some((inner) => {
      if (inner.kind !== "parameter") return false;
      const { operation, prefix } = inner;
      if (operation?.kind === "default" && operation.word.parts.some((p) => this.makesList(p))) return true;
      if (prefix === "length") return false;
      if (prefix === "indirect" || prefix === "keys" || operation?.kind === "names") return true;
      return inner.name === "@" || inner.subscript === "@";
    });
  }

  private makesList(part: WordPart): boolean {
    if (part.kind === "double") return this.holdsList(part);
    return part.kind === "parameter" &&
      this.holdsList({ kind: "double", start: 0, end: 0, localized: false, parts: [part] });
  }

  /** The contents of double quotes with a list among them: an empty list takes the quotes' empty field away. */
  private listInQuotes(parts: readonly WordPart[]): FieldPart {
    // An indirect expansion alone may turn out to be no list, and then makes a field even if it is empty.
    const indirect = parts.length === 1 && parts[0]!.kind === "parameter" && parts[0]!.prefix === "indirect";
    const pieces = parts.map((part): FieldPart => {
      if (part.kind === "double") return this.listInQuotes(part.parts);
      if (part.kind !== "parameter") {
        const text = this.partText(part, asIs, true);
        return (builder) => builder.quotedIfAny(text());
      }
      const { operation } = part;
      if (operation?.kind === "default" && part.prefix !== "length") {
        return this.defaultInQuotes(part, operation, parts.length === 1);
      }
      const producer = this.parameters.compile(part);
      const { resolve } = producer;
      if (resolve === undefined) {
        // What an operation other than trimming made of a value makes a field even if it is empty, as in bash.
        const changes = operation !== null && operation.kind !== "trim" && part.prefix === "none" &&
          part.subscript === null && !producer.list;
        const base = changes ? this.parameters.base(part.name, null) : null;
        return (builder) => {
          const value = producer.get();
          if (value === "" && base !== null && base.get() !== undefined) builder.quoted("");
          else this.quotedValue(builder, value, producer);
        };
      }
      return (builder) => {
        const resolved = resolve();
        const value = resolved.get();
        if (indirect && typeof value === "string") builder.quoted(value);
        else this.quotedValue(builder, value, resolved);
      };
    });
    return (builder) => {
      for (const piece of pieces) piece(builder);
    };
  }

  /** @param alone whether there is nothing else in the quotes */
  private defaultInQuotes(
    part: ParameterPart,
    operation: NonNullable<ParameterPart["operation"]>,
    alone: boolean,
  ): FieldPart {
    if (operation.kind !== "default") throw new TypeError("not a default operation");
    const choice = this.parameters.compileDefault(part, operation);
    const pieces = this.listInQuotes(operation.word.parts);
    const plain = this.quotedText(operation.word);
    const makesField = alone && part.name !== "@" && part.subscript !== "@";
    const listed = operation.word.parts.some((inner) => this.makesList(inner));
    return (builder) => {
      const value = choice.value();
      if (typeof value === "string" && !makesField) builder.quotedIfAny(value);
      else if (typeof value === "string") builder.quoted(value);
      else if (value !== undefined) this.quotedValue(builder, value, choice);
      else if (choice.settles) builder.quoted(choice.settle(plain()));
      else {
        pieces(builder);
        // In place of a list that is empty the quotes around make an empty field.
        if (listed) builder.quoted("");
      }
    };
  }

  private quotedValue(builder: FieldBuilder, value: Value, { star }: Pick<Producer, "star">): void {
    if (typeof value !== "string" && !star) builder.quotedList(value);
    else builder.quotedIfAny(this.joined(value, star));
  }

  // -------------------------------------------------------------------------------------------------------------

  private pathname(pattern: string): string[] | null {
    const { options, files } = this.environment;
    const paths = expandPathname(files, pattern, options, this.environment.ignoredPaths);
    if (paths.length > 0) return paths;
    if (options.failglob) throw new ExpansionFailure(`no match: ${pattern}`, "top", 1);
    return options.nullglob ? paths : null;
  }

  /** An element as an operand of arithmetic; see {@link ArithmeticEnvironment.element}. */
  private element(name: string, subscript: string, expanded: boolean, slots: Slots | null): ElementPlace {
    const variable = this.environment.variable(name);
    const key = this.subscripts.compileText(variable, subscript, expanded, slots);
    return new ElementPlace(variable, key, this.environment);
  }
}

/**
 * Whether a list of `@` is joined as one of `*` is where it is assigned: bash does so with what operations make of lists, as in
 * `IFS=,; x="${v[@]/#/-}"`.
 */
function joinsAssigned({ operation, prefix }: ParameterPart, quoted: boolean): boolean {
  if (operation === null) return prefix === "keys" && quoted;
  const { kind } = operation;
  return kind === "trim" || (kind === "transform" && operation.letter !== "A") ||
    (quoted && (kind === "replace" || kind === "case" || kind === "substring"));
}

/** How many more brackets `text` opens than it closes. */
function bracketDepth(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 91) depth++;
    else if (code === 93) depth--;
  }
  return depth;
}

/** What the texts give, as one string. */
function concatenateAll(texts: readonly Text[]): string {
  let result = "";
  let torn = false;
  for (let i = 0; i < texts.length; i++) {
    const piece = texts[i]!();
    if (continuesCharacter(piece)) torn = true;
    result += piece;
  }
  return torn ? canonical(result) : result;
}
