/**
 * Words of which each part is one text, such as `file-$i.txt` and `$(date)`: mostly they come to one field by mere joining. As soon
 * as a text turns up that field splitting or pathname expansion has to look at, a {@link FieldBuilder} takes over.
 */

import { canonical, continuesCharacter } from "../system/bytes.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { FieldBuilder, type PathnameExpander } from "./fields.ts";
import { isPlainField } from "./operand.ts";

export interface Piece {
  readonly text: () => string;
  /** Whether it is what an expansion outside of quotes gives; else it is quoted, or has no glob character. */
  readonly expanded: boolean;
}

/** @param expandPath pathname expansion, as long as there is no `set -f` */
export function compileJoined(
  pieces: readonly Piece[],
  environment: ExpansionEnvironment,
  expandPath: PathnameExpander,
): (out: string[]) => void {
  /** Goes on with the piece at `index`, of which the text is known, behind what is plain. */
  const build = (out: string[], before: string | null, index: number, text: string): void => {
    const expand = environment.options.noglob ? null : expandPath;
    const builder = new FieldBuilder(out, environment.separators, expand);
    if (before !== null) builder.quoted(before);
    builder.expansion(text);
    for (const piece of pieces.slice(index + 1)) {
      if (piece.expanded) builder.expansion(piece.text());
      else builder.quoted(piece.text());
    }
    builder.end();
  };

  return (out) => {
    let field = "";
    let begun = false;
    let torn = false;
    for (let i = 0; i < pieces.length; i++) {
      const { text, expanded } = pieces[i]!;
      const value = text();
      if (expanded) {
        if (value === "") continue;
        if (!environment.separators.isDefault || !isPlainField(value)) {
          build(out, begun ? field : null, i, value);
          return;
        }
      }
      begun = true;
      if (continuesCharacter(value)) torn = true;
      field += value;
    }
    if (begun) out.push(torn ? canonical(field) : field);
  };
}
