/** Tilde expansion (XCU 2.6.1; bash manual 3.5.2): finds the tilde prefixes of a word, which compiled words then look up. */

import type { WordPart } from "../syntax/tree.ts";
import type { ExpansionEnvironment } from "./environment.ts";
import { holdsUnquoted } from "./unquoted_text.ts";

/** A tilde prefix, found in the unquoted text of a word. */
export interface TildePrefix {
  readonly kind: "tilde";
  /** What stands between the tilde and the slash: nothing, a login name, `+`, `-`, or a number with a sign or without. */
  readonly user: string;
}

export type PreparedPart = WordPart | TildePrefix;

/**
 * Where tildes count: in a word that may have the form of an assignment; at the start alone; as in an assignment, also after
 * each colon; nowhere.
 */
export type TildeRule = "word" | "start" | "assignment" | "none";

/** `name=` or `name[…]=`: bash expands tildes in an argument of that form as in an assignment. */
const ASSIGNMENT_FORM = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?=/;

/** Cuts the tilde prefixes out of the literal parts of a word. Returns `parts` itself where there is none. */
export function findTildes(parts: readonly WordPart[], rule: TildeRule, posix: boolean): readonly PreparedPart[] {
  if (rule === "none" || !holdsUnquoted(parts, "~")) return parts;
  const prepared: PreparedPart[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (part.kind !== "literal") {
      prepared.push(part);
      continue;
    }
    const text = part.text;
    const closed = index === parts.length - 1;
    let colons = rule === "assignment";
    // Offsets at which a tilde prefix may begin.
    let at = index === 0 ? 0 : -1;
    if (index === 0 && rule === "word" && !posix) {
      const form = text.match(ASSIGNMENT_FORM);
      if (form !== null) {
        at = form[0].length;
        colons = true;
      }
    }
    let copied = 0;
    for (;;) {
      if (at < 0 || text[at] !== "~") {
        const colon = colons ? text.indexOf(":~", Math.max(at, 0)) : -1;
        if (colon < 0) break;
        at = colon + 1;
      }
      const rest = text.slice(at);
      const prefix = /^~([^/:]*)/.exec(rest)!;
      const end = at + prefix[0].length;
      // A quoted part or an expansion before the slash makes it no tilde prefix; a colon stands for a slash in assignments.
      const whole = colons ? prefix[0].length : /^[^/]*/.exec(rest)![0].length;
      if (at + whole === text.length && !closed) break;
      // No login name has such a character: it is that of a pattern.
      if (/[*?[(]/.test(prefix[1]!)) {
        if (!colons) break;
        at = end;
        continue;
      }
      if (at > copied) prepared.push({ ...part, text: text.slice(copied, at) });
      prepared.push({ kind: "tilde", user: prefix[1]! });
      copied = at = end;
    }
    if (copied < text.length) prepared.push({ ...part, text: text.slice(copied) });
  }
  return prepared;
}

/** The directory that a tilde prefix stands for, or its own text if it stands for none. */
export function expandTilde(user: string, environment: ExpansionEnvironment): string {
  let directory: string | undefined;
  if (user === "") directory = environment.variable("HOME").read() ?? environment.homeDirectory("");
  else if (user === "+") directory = environment.variable("PWD").read();
  else if (user === "-") directory = environment.variable("OLDPWD").read();
  else if (/^[-+]?\d+$/.test(user)) directory = environment.stackedDirectory(user);
  else directory = environment.homeDirectory(user);
  return directory ?? "~" + user;
}
