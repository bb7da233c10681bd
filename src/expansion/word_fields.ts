/**
 * Fields: what arguments, the words of `for` and of `name=(…)` come to. Compiles words to functions that append their fields, as
 * cheaply as the word allows: a constant, one text, one parameter, texts that are joined, and only then all that
 * {@link FieldBuilder} can do.
 */

import type { ParameterPart, Word, WordPart } from "../syntax/tree.ts";
import { canonical } from "../system/bytes.ts";
import { expandBraces, isBraceless } from "./brace.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { ExpansionFailure } from "./failure.ts";
import { FieldBuilder, type FieldPart, hasGlobCharacter, isPattern, type PathnameExpander } from "./fields.ts";
import { compileList, type OneField } from "./argument_list.ts";
import { compileJoined, type Piece } from "./joined_field.ts";
import { ArithmeticOperand, isPlainField, type Operand, partOperand, UnquotedOperand } from "./operand.ts";
import type { ParameterCompiler, Value } from "./parameter.ts";
import { expandPathname } from "./pathname.ts";
import { holdsList, QuotedListCompiler } from "./quoted_list.ts";
import { SplitText } from "./split_text.ts";
import { findTildes, type PreparedPart, type TildeRule } from "./tilde.ts";
import { plainText } from "./unquoted_text.ts";
import { asIs, concatenateAll, type Text, type TextCompiler } from "./word_text.ts";

/** Appends the fields of a word to `out`. */
export type Fields = (out: string[]) => void;

const SPACE = 32;

export class FieldCompiler {
  private readonly quotedLists: QuotedListCompiler;
  private readonly expandPath: PathnameExpander;

  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly parameters: ParameterCompiler,
    private readonly texts: TextCompiler,
  ) {
    this.quotedLists = new QuotedListCompiler(parameters, texts);
    this.expandPath = (pattern) => this.pathname(pattern);
  }

  /** Compiles words to the fields that they make together. */
  fields(words: readonly Word[]): Fields {
    const compiled = words.map((word) => this.braceFields(word));
    const { length } = compiled;
    if (length === 1) return compiled[0]!;
    return (out) => {
      for (let i = 0; i < length; i++) compiled[i]!(out);
    };
  }

  /** Compiles words to the list of the fields that they make together. */
  list(words: readonly Word[]): () => string[] {
    const ones: OneField[] = [];
    for (const word of words) {
      const one = this.oneField(word);
      if (one === null) {
        const fields = this.fields(words);
        return () => {
          const out: string[] = [];
          fields(out);
          return out;
        };
      }
      ones.push(one);
    }
    return compileList(ones, () => words.map((word) => this.braceFields(word)));
  }

  /** What gives the field of a word that mostly has one; else `null`. */
  private oneField(word: Word): OneField | null {
    const constant = this.constantField(word);
    if (constant !== null) return () => constant;
    if (!isBraceless(word)) return null;
    const { environment } = this;
    const parts = findTildes(word.parts, "word", environment.options.posix);
    const single = this.singleField(parts);
    if (single !== null) return single;
    if (parts.length === 1) {
      const operand = this.pureOperand(parts[0]!);
      return operand === null ? null : () => operand.text();
    }
    return null;
  }

  /** A part as an operand of which `text` gives a whole field, or `null`. */
  private pureOperand(part: PreparedPart): Operand | null {
    if (part.kind === "parameter") return partOperand(part, this.environment);
    if (part.kind !== "arithmetic") return null;
    return new UnquotedOperand(new ArithmeticOperand(this.texts.expression(part.expression)), this.environment);
  }

  /** The fields of all words that braces make of `word`. */
  private braceFields(word: Word): Fields {
    const plain = this.wordFields(word);
    if (isBraceless(word)) return plain;
    const expanded = expandBraces(word);
    const { options } = this.environment;
    const compiled = expanded.map((word): Fields => {
      if ("kind" in word) return this.wordFields(word, "start");
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
    const plain = plainText(parts);
    if (plain !== null) return plain;
    if (parts.length === 0 || !isBraceless(word)) return null;
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

  /** The parts of a word in which there is nothing for brace, tilde and pathname expansion, as far as it is written; else `null`. */
  unexpandedParts(word: Word): readonly WordPart[] | null {
    const { parts } = word;
    if (parts.length === 0 || !isBraceless(word)) return null;
    if (findTildes(parts, "word", this.environment.options.posix) !== parts) return null;
    return parts.some((part) => part.kind === "literal" && hasGlobCharacter(part.text)) ? null : parts;
  }

  /** @param tildes the rule for a word that braces have made: it has not the form of an assignment any more */
  private wordFields(word: Word, tildes: TildeRule = "word"): Fields {
    const { environment } = this;
    const { options } = environment;
    const constant = this.constantField(word);
    if (constant !== null) return (out) => void out.push(constant);
    this.parameters.enclosing = { parts: word.parts, quoted: false };
    const parts = findTildes(word.parts, tildes, options.posix);
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
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      const single = part.kind === "quoted" || part.kind === "tilde" ||
        (part.kind === "literal" && !hasGlobCharacter(part.text)) ||
        (part.kind === "double" && !holdsList(part));
      if (!single) return null;
    }
    if (parts.length === 1) return this.texts.partText(parts[0]!, asIs, false);
    const texts = parts.map((part) => this.texts.partText(part, asIs, false));
    return () => concatenateAll(texts);
  }

  /** A part that is one text, for a {@link compileJoined}; `null` for others. */
  private piece(part: PreparedPart): Piece | null {
    switch (part.kind) {
      case "literal":
        if (hasGlobCharacter(part.text)) return null;
        break;
      case "double":
        if (holdsList(part)) return null;
        break;
      case "parameter": {
        if (part.operation?.kind === "default") return null;
        const producer = this.parameters.compile(part);
        return producer.list ? null : { text: producer.get as Text, expanded: true };
      }
      case "command":
      case "arithmetic":
        return { text: this.texts.commandText(part), expanded: true };
    }
    return { text: this.texts.partText(part, asIs, false), expanded: false };
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
        if (holdsList(part)) return this.quotedLists.compile(part.parts);
        break;
      case "parameter":
        return this.parameterPart(part, expanded);
      case "command":
      case "arithmetic": {
        const text = this.texts.commandText(part);
        return (builder) => builder.expansion(text());
      }
    }
    const text = this.texts.partText(part, asIs, false);
    return (builder) => builder.quoted(text());
  }

  private parameterPart(part: ParameterPart, expanded: boolean): FieldPart {
    const { operation } = part;
    if (operation !== null && operation.kind === "default" && part.prefix !== "length") {
      const choice = this.parameters.compileDefault(part, operation);
      const parts = findTildes(operation.word.parts, "start", this.environment.options.posix);
      const { enclosing } = this.parameters;
      this.parameters.enclosing = { parts: operation.word.parts, quoted: false };
      const pieces = choice.settles ? [] : parts.map((inner) => this.fieldPart(inner, true));
      this.parameters.enclosing = enclosing;
      const plain = operation.operator === "="
        ? this.texts.assigned(operation.word, "start")
        : this.texts.text(operation.word, "start");
      return (builder) => {
        const value = choice.value();
        if (value !== undefined) unquoted(builder, value);
        else if (choice.settles) builder.expansion(choice.settle(plain()));
        else for (const piece of pieces) piece(builder);
      };
    }
    const producer = this.parameters.compile(part);
    if (!expanded || !producer.list || producer.star || producer.resolve !== undefined) {
      return (builder) => unquoted(builder, producer.get());
    }
    const { environment } = this;
    return (builder) => {
      const value = producer.get();
      const { separators } = environment;
      // In the word of another expansion, spaces join the list, and only IFS takes it apart again, as in bash.
      const joined = typeof value !== "string" && !separators.none && !separators.isSeparator(SPACE);
      unquoted(builder, joined ? value.join(" ") : value);
    };
  }

  private pathname(pattern: string): string[] | null {
    const { options, files } = this.environment;
    const paths = expandPathname(files, pattern, options, this.environment.ignoredPaths);
    if (paths.length > 0) return paths;
    if (options.failglob) throw new ExpansionFailure(`no match: ${pattern.replace(/\\([^])/g, "$1")}`, "top", 1);
    return options.nullglob ? paths : null;
  }
}

/** What an expansion outside of quotes gives. */
function unquoted(builder: FieldBuilder, value: Value): void {
  if (typeof value === "string") builder.expansion(value);
  else builder.expansionList(value);
}
