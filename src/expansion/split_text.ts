/** What field splitting made of a text the last time: lists in variables are gone through again and again. */

import { FieldBuilder, hasGlobCharacter } from "./fields.ts";
import type { Separators } from "./separators.ts";

/** Longer texts are not kept. */
const LONGEST = 4096;

export class SplitText {
  private text = "";
  private separators: Separators | null = null;
  private fields: readonly string[] = [];

  /** The fields of the result of an unquoted expansion; `null` if there may be patterns among them. */
  split(text: string, separators: Separators): readonly string[] | null {
    if (separators === this.separators && text === this.text) return this.fields;
    if (text.length > LONGEST || hasGlobCharacter(text)) return null;
    const fields: string[] = [];
    const builder = new FieldBuilder(fields, separators, null);
    builder.expansion(text);
    builder.end();
    this.text = text;
    this.separators = separators;
    return this.fields = fields;
  }
}
