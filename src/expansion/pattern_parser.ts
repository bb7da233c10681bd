/** The parts of which a pattern is made, read from its text (XCU 2.14; bash manual 3.5.8.1). */

import { type CharacterSet, parseBracket } from "./bracket.ts";

export type PatternNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "one" }
  | { readonly kind: "star" }
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "group"; readonly operator: string; readonly alternatives: readonly (readonly PatternNode[])[] };

/**
 * Parses from `start`; inside a group, up to the `|` or `)` that ends the alternative. Returns `null` if it has turned out to be
 * no group.
 */
export function parsePattern(
  text: string,
  start: number,
  extglob: boolean,
  inGroup: boolean,
): { nodes: PatternNode[]; end: number } | null {
  const nodes: PatternNode[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") nodes.push({ kind: "text", text: literal });
    literal = "";
  };
  let i = start;
  while (i < text.length) {
    const character = text[i]!;
    if (inGroup && (character === "|" || character === ")")) break;
    if (extglob && text[i + 1] === "(" && "?*+@!".includes(character)) {
      const group = parseGroup(text, i);
      if (group !== null) {
        flush();
        nodes.push(group.node);
        i = group.end;
        continue;
      }
    }
    if (character === "\\") {
      // A backslash at the very end stands for itself.
      literal += i + 1 < text.length ? text[i + 1]! : "\\";
      i += 2;
    } else if (character === "?") {
      flush();
      nodes.push({ kind: "one" });
      i++;
    } else if (character === "*") {
      flush();
      if (nodes.at(-1)?.kind !== "star") nodes.push({ kind: "star" });
      i++;
    } else if (character === "[") {
      const bracket = parseBracket(text, i);
      // In a group a bracket expression without its end swallows the end of the group.
      if (bracket === null && inGroup) return null;
      if (bracket === null) {
        literal += "[";
        i++;
      } else {
        flush();
        nodes.push({ kind: "set", set: bracket.set });
        i = bracket.end;
      }
    } else {
      const end = ordinaryEnd(text, i);
      literal += text.slice(i, end);
      i = end;
    }
  }
  flush();
  return { nodes, end: i };
}

/** Where the text from `start` on that is not special ends; its first character is not. */
function ordinaryEnd(text: string, start: number): number {
  POSSIBLY_SPECIAL.lastIndex = start + 1;
  return POSSIBLY_SPECIAL.exec(text)?.index ?? text.length;
}

const POSSIBLY_SPECIAL = /[\\?*[+@!|)]/g;

/** Reads the extended glob at `start`; `null` if its parenthesis is never closed. */
function parseGroup(text: string, start: number): { node: PatternNode; end: number } | null {
  const alternatives: PatternNode[][] = [];
  let i = start + 1;
  do {
    const alternative = parsePattern(text, i + 1, true, true);
    if (alternative === null) return null;
    alternatives.push(alternative.nodes);
    i = alternative.end;
    if (i >= text.length) return null;
  } while (text[i] === "|");
  return { node: { kind: "group", operator: text[start]!, alternatives }, end: i + 1 };
}
