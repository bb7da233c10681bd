/** `set -k`: arguments in the form of assignments are assignments before the command (bash manual 4.3.1). */

import { isIn, STARTS_NAME } from "../syntax/characters.ts";
import type { Assignment, LiteralPart, SimpleCommand, Word } from "../syntax/tree.ts";

const FORM = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/;

/** The command as it is with `set -k`; `null` if that makes no difference. */
export function withKeywordAssignments(command: SimpleCommand): SimpleCommand | null {
  if (!mayHoldAssignment(command.words)) return null;
  const assignments: Assignment[] = [];
  const words = command.words.filter((word) => {
    const assignment = word.kind === "word" ? asAssignment(word) : null;
    if (assignment !== null) assignments.push(assignment);
    return assignment === null;
  });
  if (assignments.length === 0) return null;
  return { ...command, assignments: [...command.assignments, ...assignments], words };
}

/** Whether one of the words may have the form of an assignment. */
function mayHoldAssignment(words: SimpleCommand["words"]): boolean {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const first = word.kind === "word" ? word.parts[0] : undefined;
    if (first === undefined || first.kind !== "literal") continue;
    if (isIn(first.text.charCodeAt(0), STARTS_NAME) && first.text.includes("=")) return true;
  }
  return false;
}

function asAssignment(word: Word): Assignment | null {
  const [first, ...rest] = word.parts;
  if (first?.kind !== "literal" || !first.text.includes("=")) return null;
  const match = FORM.exec(first.text);
  if (match === null) return null;
  const { start, end } = word;
  const text = first.text.slice(match[0].length);
  const literal: LiteralPart[] = text === "" ? [] : [{ ...first, text }];
  const value: Word = { kind: "word", start, end, parts: [...literal, ...rest] };
  return { kind: "assignment", start, end, name: match[1]!, subscript: null, append: match[2] !== "", value };
}
