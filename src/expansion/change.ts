/** The operators of `${…}` that make a text of a text, and of a list one of each element (bash manual 3.5.3). */

import type { ParameterOperation, Word, WordPart } from "../syntax/tree.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { changeCase, replace, replacementOf, trim } from "./operations.ts";
import type { OperandCompiler } from "./parameter.ts";
import { type Pattern, PreparedPattern } from "./pattern.ts";

type Change = (text: string) => string;
/** A compiled change: what it makes of one text, and of the elements of a list, for which the operands are expanded once. */
export interface CompiledChange {
  readonly one: Change;
  readonly each: (texts: readonly string[]) => readonly string[];
}

/** @param expand expands the operands, and gives what they do to a text */
function changeOf(expand: () => Change): CompiledChange {
  return { one: (text) => expand()(text), each: (texts) => texts.map(expand()) };
}

export type ChangeOperation = Extract<ParameterOperation, { kind: "trim" | "replace" | "case" }>;

export function compileChange(
  operation: ChangeOperation,
  operands: OperandCompiler,
  environment: ExpansionEnvironment,
): CompiledChange {
  const { options } = environment;
  const compile = (word: Word, ignoreCase: () => boolean): () => Pattern => {
    const pattern = new PreparedPattern(operands.pattern(word));
    return () => pattern.expand(options.extglob, ignoreCase());
  };
  switch (operation.kind) {
    case "trim": {
      const pattern = compile(operation.pattern, () => false);
      const { side, longest } = operation;
      return {
        one: (text) => text === "" ? "" : trim(text, pattern(), side, longest),
        each(texts) {
          const compiled = pattern();
          return texts.map((text) => trim(text, compiled, side, longest));
        },
      };
    }
    case "replace": {
      const pattern = compile(operation.pattern, () => options.nocasematch);
      const { mode, replacement } = operation;
      const escaped = replacement === null ? null : operands.replacement(replacement);
      const plain = replacement === null ? null : operands.text(replacement);
      return changeOf(() => {
        const compiled = pattern();
        let fill: (matched: string) => string = () => "";
        if (escaped !== null && options.patsub_replacement) fill = replacementOf(escaped());
        else if (plain !== null) {
          const text = plain();
          fill = () => text;
        }
        return (text) => replace(text, compiled, mode, fill);
      });
    }
    case "case": {
      const { operator, pattern: word } = operation;
      if (word === null) return changeOf(() => (text) => changeCase(text, operator, null));
      const pattern = compile(word, () => false);
      const quoted = word.parts.some(makesQuoted);
      return changeOf(() => {
        const compiled = pattern();
        const all = compiled.literal === "" && !quoted;
        return (text) => changeCase(text, operator, all ? null : compiled);
      });
    }
  }
}

/** Whether a part makes a pattern that is not missing even if it is empty: that of quotes without a list in them. */
function makesQuoted(part: WordPart): boolean {
  if (part.kind === "quoted") return true;
  return part.kind === "double" &&
    !part.parts.some((inner) => inner.kind === "parameter" && (inner.name === "@" || inner.subscript === "@"));
}
