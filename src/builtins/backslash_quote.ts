/** Text quoted by backslashes, as `printf %q` writes it (bash manual 4.2). */

import { needsAnsiQuotes, quoteAnsi } from "../syntax/quote.ts";

/** Quotes `text` so that the shell reads it back as one word. */
export function quoteBackslash(text: string): string {
  if (text === "") return "''";
  if (needsAnsiQuotes(text)) return quoteAnsi(text);
  return text.replace(/[ !"$&'()*,;<>?[\\\]^`{|}]|^[#~]|(?<=[:=])~/g, "\\$&");
}
