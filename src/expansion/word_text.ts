/**
 * Texts: what stands where one text is wanted. Compiles words to functions that give it, with no field splitting and no pathname
 * expansion; how quoted text goes into it is said by an {@link Escape}.
 */

import type { ParameterPart, Word, WordPart } from "../syntax/tree.ts";
import { canonical, concatenate, continuesCharacter } from "../system/bytes.ts";
import type { Evaluate } from "./arithmetic/arithmetic.ts";
import { decimalText } from "./arithmetic/decimal_text.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import type { ParameterCompiler, Value } from "./parameter.ts";
import { escapeForPattern } from "./pattern.ts";
import { QUOTED } from "./regular_expression/syntax.ts";
import { expandTilde, findTildes, type PreparedPart, type TildeRule } from "./tilde.ts";

export type Text = () => string;
/** How quoted text goes into a result: as it is, or escaped for a pattern. */
export type Escape = (text: string) => string;

export const asIs: Escape = (text) => text;
const escapeForReplacement: Escape = (text) => text.replace(/[&\\]/g, "\\$&");
const markQuoted: Escape = (text) => text.replace(/[^]/gu, `${QUOTED}$&`);

export class TextCompiler {
  /** Whether what is compiled is part of a value that is assigned, and whether that is one of an array's list of elements. */
  private assigning: "no" | "value" | "element" = "no";

  /** @param expression compiles the expression of a `$((…))` */
  constructor(
    private readonly environment: ExpansionEnvironment,
    private readonly parameters: ParameterCompiler,
    readonly expression: (expression: Word) => Evaluate,
  ) {}

  /** Compiles `word` to one text: no splitting, no pathname expansion. */
  text(word: Word, tildes: TildeRule = "word"): Text {
    return tildes === "assignment" ? this.assigned(word, tildes) : this.join(word.parts, tildes, asIs, false);
  }

  /** Compiles `word` to what is assigned, or to a here-string; see {@link joinsAssigned}. */
  assigned(word: Word, tildes: TildeRule, place: "value" | "element" = "value"): Text {
    const { assigning } = this;
    this.assigning = place;
    const text = this.join(word.parts, tildes, asIs, false);
    this.assigning = assigning;
    return text;
  }

  /** Compiles `word` to a pattern: text with what was quoted escaped. */
  pattern(word: Word): Text {
    return this.join(word.parts, "word", escapeForPattern, false);
  }

  /** Compiles `word` to what is put in the place of a match: text in which `&` and backslashes that were quoted are escaped. */
  replacement(word: Word): Text {
    return this.join(word.parts, "word", escapeForReplacement, false);
  }

  /** Compiles `word` to a regular expression: text with {@link QUOTED} before each character that was quoted. */
  regularExpression(word: Word): Text {
    return this.join(word.parts, "word", markQuoted, false);
  }

  /** Compiles `word` as if in double quotes: the body of a here-document, an arithmetic expression. */
  quotedText(word: Word): Text {
    return this.join(word.parts, "none", asIs, true);
  }

  /** Compiles something that `parts` are, as messages show them. */
  within<Compiled>(parts: readonly WordPart[], quoted: boolean, compile: () => Compiled): Compiled {
    const { parameters } = this;
    const { enclosing } = parameters;
    parameters.enclosing = { parts, quoted };
    const compiled = compile();
    parameters.enclosing = enclosing;
    return compiled;
  }

  private join(parts: readonly WordPart[], tildes: TildeRule, escape: Escape, quoted: boolean): Text {
    const prepared = findTildes(parts, tildes, this.environment.options.posix);
    if (prepared.length === 0) return () => "";
    const { parameters } = this;
    const { enclosing } = parameters;
    parameters.enclosing = { parts, quoted };
    const texts = [this.partText(prepared[0]!, escape, quoted)];
    for (let i = 1; i < prepared.length; i++) texts.push(this.partText(prepared[i]!, escape, quoted));
    parameters.enclosing = enclosing;
    if (texts.length === 1) return texts[0]!;
    if (texts.length === 2) {
      const [first, second] = texts as [Text, Text];
      return () => concatenate(first(), second());
    }
    return () => concatenateAll(texts);
  }

  /** @param quoted whether the part is within double quotes */
  partText(part: PreparedPart, escape: Escape, quoted: boolean): Text {
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

  commandText(part: Extract<WordPart, { kind: "command" | "process" | "arithmetic" }>): Text {
    if (part.kind === "command") {
      const { assigning } = this;
      this.assigning = "no";
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
          const text = this.joined(value, choice.star || this.joinsParameters(part));
          return quoted ? escape(text) : text;
        }
        return choice.settles ? choice.settle(plain()) : word();
      };
    }
    const producer = this.parameters.compile(part);
    if (!producer.list) return producer.get as Text;
    const { resolve } = producer;
    const { assigning } = this;
    if (assigning === "element" || (assigning === "value" && joinsAssigned(part, quoted))) {
      // Where IFS is empty, only the list of a `*` is joined by nothing, and as an element only in quotes.
      const star = producer.star && (quoted || assigning === "value");
      return () => this.joined(producer.get(), star || this.environment.separators.joiner !== "");
    }
    return () => {
      const { get, star } = resolve === undefined ? producer : resolve();
      return this.joined(get(), star || this.joinsParameters(part));
    };
  }

  /** Whether `$@` is joined as `$*` is: POSIX leaves that open where no fields are wanted (XCU 2.5.2), and others do so. */
  private joinsParameters({ name }: ParameterPart): boolean {
    return name === "@" && this.environment.options.sh;
  }

  /** A list as one text (XCU 2.5.2): `*` by the first character of IFS, `@` by spaces. */
  joined(value: Value, star: boolean): string {
    return typeof value === "string" ? value : value.join(star ? this.environment.separators.joiner : " ");
  }
}

/**
 * Whether a list of `@` is joined as one of `*` is where it is assigned: bash does so with what operations make of lists, as in
 * `IFS=,; x="${v[@]/#/-}"`.
 */
function joinsAssigned({ operation, prefix }: ParameterPart, quoted: boolean): boolean {
  if (operation === null) return prefix === "keys" && quoted;
  const { kind } = operation;
  // What nothing is taken from is as it was.
  if (kind === "trim") return operation.longest || operation.pattern.parts.length > 0;
  return (kind === "transform" && operation.letter !== "A") ||
    (quoted && (kind === "replace" || kind === "case" || kind === "substring"));
}

/** What the texts give, as one string. */
export function concatenateAll(texts: readonly Text[]): string {
  let result = "";
  let torn = false;
  for (let i = 0; i < texts.length; i++) {
    const piece = texts[i]!();
    if (continuesCharacter(piece)) torn = true;
    result += piece;
  }
  return torn ? canonical(result) : result;
}
