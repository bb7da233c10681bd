/** Operands that name variables: `name`, `name[subscript]`, `name=value`, `name+=value`, `name[subscript]=value`. */

import { isName } from "../syntax/characters.ts";

/** Such an operand, taken apart. */
export interface Operand {
  readonly name: string;
  /** The text between the brackets; `null` without brackets. */
  readonly subscript: string | null;
  readonly append: boolean;
  /** `null` where nothing is assigned. */
  readonly value: string | null;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/**
 * Takes an operand apart; `null` if it names nothing.
 *
 * @param once whether subscripts are not expanded again (`assoc_expand_once`): then they end at the first bracket
 */
export function parseOperand(text: string, once = false): Operand | null {
  // Most are a name, or a name and a value.
  const equals = text.indexOf("=");
  const first = equals < 0 ? text : text.slice(0, equals);
  if (isName(first)) {
    return { name: first, subscript: null, append: false, value: equals < 0 ? null : text.slice(equals + 1) };
  }
  const name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  let index = name.length;
  let subscript: string | null = null;
  if (text[index] === "[") {
    const close = once ? text.indexOf("]", index) : closingBracket(text, index);
    if (close < 0) return null;
    subscript = text.slice(index + 1, close);
    index = close + 1;
  }
  if (index === text.length) return { name, subscript, append: false, value: null };
  const append = text[index] === "+";
  if (append) index++;
  if (text[index] !== "=") return null;
  return { name, subscript, append, value: text.slice(index + 1) };
}

/** The offset of the `]` that closes the bracket at `open`, outside of quotes and substitutions; -1 if there is none. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    switch (text[i]) {
      case "\\":
        i++;
        break;
      case "'":
      case '"':
      case "`": {
        const partner = text.indexOf(text[i]!, i + 1);
        if (partner < 0) return -1;
        i = partner;
        break;
      }
      case "[":
        depth++;
        break;
      case "]":
        if (--depth === 0) return i;
    }
  }
  return -1;
}
