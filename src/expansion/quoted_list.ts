/** Lists in double quotes: `"$@"` and its kin, which make several fields of one word, or none (XCU 2.5.2). */

import type { DoubleQuotedPart, ParameterPart, WordPart } from "../syntax/tree.ts";
import type { FieldBuilder, FieldPart } from "./fields.ts";
import type { DefaultOperation, ParameterCompiler, Producer, Value } from "./parameter.ts";
import { asIs, type TextCompiler } from "./word_text.ts";

export class QuotedListCompiler {
  constructor(private readonly parameters: ParameterCompiler, private readonly texts: TextCompiler) {}

  /** Compiles the contents of double quotes with a list among them: an empty list takes the quotes' empty field away. */
  compile(parts: readonly WordPart[]): FieldPart {
    // Where nothing but indirect expansions and words of defaults could be lists, and none of them is, the quotes make a field even
    // if it is empty.
    let uncertain = false;
    const { parameters } = this;
    const { enclosing } = parameters;
    parameters.enclosing = { parts, quoted: true };
    const certain = parts.some((part) => makesList(part) && !isUncertain(part));
    /** Each says whether it turned out to be a list. */
    const pieces = parts.map((part): (builder: FieldBuilder) => boolean | void => {
      if (part.kind === "double") return this.compile(part.parts);
      if (part.kind !== "parameter") {
        const text = this.texts.partText(part, asIs, true);
        return (builder) => builder.quotedIfAny(text());
      }
      const { operation } = part;
      if (operation?.kind === "default" && part.prefix !== "length") {
        const beside = parts.some((other) => other !== part && isPlainList(other));
        if (isUncertain(part)) uncertain = true;
        return this.defaultOperation(part, operation, parts.length === 1, beside);
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
      uncertain = true;
      return (builder) => {
        const resolved = resolve();
        const value = resolved.get();
        this.quotedValue(builder, value, resolved);
        return typeof value !== "string" && !resolved.star;
      };
    });
    parameters.enclosing = enclosing;
    return (builder) => {
      let listed = certain;
      for (const piece of pieces) if (piece(builder)) listed = true;
      if (uncertain && !listed) builder.quoted("");
    };
  }

  /**
   * @param alone whether there is nothing else in the quotes
   * @param beside whether there is a list that has no default
   */
  private defaultOperation(
    part: ParameterPart,
    operation: DefaultOperation,
    alone: boolean,
    beside: boolean,
  ): (builder: FieldBuilder) => boolean {
    const choice = this.parameters.compileDefault(part, operation);
    const pieces = this.compile(operation.word.parts);
    const plain = this.texts.quotedText(operation.word);
    const makesField = alone && part.name !== "@" && part.subscript !== "@";
    const wordListed = operation.word.parts.some(makesList);
    const listed = wordListed || (!beside && isPlainList({ ...part, operation: null }));
    return (builder) => {
      const value = choice.value();
      if (typeof value === "string" && !makesField) builder.quotedIfAny(value);
      else if (typeof value === "string") builder.quoted(value);
      else if (value !== undefined) this.quotedValue(builder, value, choice);
      else if (choice.settles) builder.quoted(choice.settle(plain()));
      else {
        pieces(builder);
        // In place of a list that is empty the quotes around make an empty field, and so does a word that is.
        if (listed || (alone && operation.operator === "-")) builder.quoted("");
      }
      return value === undefined ? wordListed : typeof value !== "string";
    };
  }

  private quotedValue(builder: FieldBuilder, value: Value, { star }: Pick<Producer, "star">): void {
    if (typeof value !== "string" && !star) builder.quotedList(value);
    else builder.quotedIfAny(this.texts.joined(value, star));
  }
}

/** Whether double quotes hold a `$@` or its kin, which may make several fields or none. */
export function holdsList(part: DoubleQuotedPart): boolean {
  return part.parts.some((inner) => {
    if (inner.kind !== "parameter") return false;
    const { operation, prefix } = inner;
    if (operation?.kind === "default" && operation.word.parts.some(makesList)) return true;
    if (prefix === "length") return false;
    if (operation?.kind === "names") return operation.join === "@";
    if (prefix === "indirect") return true;
    return inner.name === "@" || inner.subscript === "@";
  });
}

/** Whether a part is `$@` or its kin without an operation that could give something in its place. */
function isPlainList(part: WordPart): boolean {
  return part.kind === "parameter" && part.operation?.kind !== "default" && makesList(part);
}

/** Whether it shows only when a part is expanded that it is a list: what an indirect expansion leads to, or the word of a default. */
function isUncertain(part: WordPart): boolean {
  if (part.kind !== "parameter") return false;
  if (part.operation?.kind !== "default") return part.prefix === "indirect";
  return part.prefix !== "indirect" && part.name !== "@" && part.subscript !== "@";
}

/** Whether a part in double quotes, or of an operation's word there, makes a list. */
function makesList(part: WordPart): boolean {
  if (part.kind === "double") return holdsList(part);
  return part.kind === "parameter" &&
    holdsList({ kind: "double", start: 0, end: 0, localized: false, parts: [part] });
}
