/** Prints redirections as bash lists them. */

import { printWord } from "./print_word.ts";
import { quoteSingle } from "./quote.ts";
import type { HereDocument, Redirection } from "./tree.ts";

/** The text of a redirection; of a here-document without its body. */
export function printRedirection(redirection: Redirection): string {
  const { operator, target, hereDocument } = redirection;
  if (hereDocument !== null) {
    // `<<-` would be another operator.
    const blank = operator === "<<" && hereDocument.delimiter.startsWith("-") && !hereDocument.quoted ? " " : "";
    return descriptor(redirection, 0) + operator + blank + delimiter(hereDocument);
  }
  switch (operator) {
    case "<&":
      return duplication(redirection, 0);
    case ">&":
      return duplication(redirection, 1);
    case "<>":
      return `${descriptor(redirection, -1)}<> ${printWord(target)}`;
    case "<":
    case "<<<":
      return `${descriptor(redirection, 0)}${operator} ${printWord(target)}`;
    default:
      return `${descriptor(redirection, 1)}${operator} ${printWord(target)}`;
  }
}

/** What stands before the operator; nothing if that is its default, -1 to write it always. */
function descriptor(redirection: Redirection, byDefault: number): string {
  const written = redirection.descriptor;
  if (written === null) return byDefault < 0 ? "0" : "";
  if (typeof written === "object") return `{${written.variable}}`;
  return written === byDefault ? "" : String(written);
}

/** `n<&m` and `n>&m`: bash writes the default descriptor too, but not before what expansion has yet to make a number. */
function duplication(redirection: Redirection, byDefault: number): string {
  const target = printWord(redirection.target);
  const written = redirection.descriptor ?? byDefault;
  const before = typeof written === "object" ? `{${written.variable}}` : String(written);
  if (target === "-") return before + ">&-";
  if (/^[0-9]+$/.test(target)) return before + redirection.operator + Number(target);
  if (target.endsWith("-")) return before + redirection.operator + target;
  return (written === byDefault ? "" : before) + redirection.operator + target;
}

function delimiter(document: HereDocument): string {
  return document.quoted ? quoteSingle(document.delimiter) : document.delimiter;
}

/** The lines of a here-document, with that of its delimiter. */
export function hereDocumentBody(document: HereDocument): string {
  return `${document.text}${document.delimiter}\n`;
}
