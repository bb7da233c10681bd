/** A command line as the variables COMP_WORDS and COMP_CWORD tell it (bash manual 5.2): split as readline splits words. */

export interface LineWords {
  readonly words: readonly string[];
  /** Which of them the cursor is in; between words the next one; behind the last there is an empty one for it. */
  readonly index: number;
  /** The index in the line at which that which is completed begins: behind the last break before the cursor. */
  readonly start: number;
}

const UNIT =
  /\\[^]?|'[^']*'?|"(?:\\[^]|[^"\\])*"?|`(?:\\[^]|[^`\\])*`?|\$\((?:[^()]|\([^()]*\))*\)?|\$\{[^}]*\}?|[^]/gy;

/** Splits `line` at the characters of `breaks`. Those that are no blanks are words themselves. */
export function splitLine(line: string, cursor: number, breaks: string): LineWords {
  const isBlank = (unit: string) => unit === " " || unit === "\t" || unit === "\n";
  const isBreak = (unit: string) => unit.length === 1 && breaks.includes(unit) && !isBlank(unit);
  const spans: { start: number; end: number; breaking: boolean }[] = [];
  for (const { 0: unit, index } of line.matchAll(UNIT)) {
    if (isBlank(unit)) continue;
    const last = spans.at(-1);
    const breaking = isBreak(unit);
    if (last !== undefined && last.end === index && last.breaking === breaking) last.end = index + unit.length;
    else spans.push({ start: index, end: index + unit.length, breaking });
  }
  const inside = spans.findIndex(({ start, end }) => start < cursor && cursor <= end);
  const words = spans.map(({ start, end }) => line.slice(start, end));
  const current = spans[inside];
  if (current === undefined) {
    const index = spans.filter(({ start }) => start < cursor).length;
    if (index === words.length) words.push("");
    return { words, index, start: cursor };
  }
  // Directly behind a break, an empty word begins, though the words don't show it.
  return {
    words,
    index: inside,
    start: current.breaking ? cursor : startBehindQuote(line, current.start, cursor),
  };
}

/** A quotation that is open at the cursor is not part of what is completed; nor is what is before it in the word. */
function startBehindQuote(line: string, start: number, cursor: number): number {
  const closed = /^(?:\\[^]|'[^']*'|"(?:\\[^]|[^"\\])*"|[^'"\\])*/.exec(line.slice(start, cursor))![0];
  const quote = line[start + closed.length];
  return start + closed.length < cursor && (quote === "'" || quote === '"') ? start + closed.length + 1 : start;
}
