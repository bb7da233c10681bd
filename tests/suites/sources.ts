/** What holds for every source file: format, lint, types, that the shell is synchronous, and which room imports which. */
import * as path from "node:path";
import { filesBelow, root, runDeno } from "../../native/build/support.ts";
import { noResult, shownPath, type Suite } from "../suite.ts";

const COMMANDS = [["fmt", "--check"], ["lint"], ["check"]];

/** What would need the event loop, to which the shell never returns. */
const ASYNCHRONOUS = /\b(async|await|Promise|setTimeout|setInterval|queueMicrotask)\b/;

/** The rooms of `src/`, in the order in which data flows: each imports from those before it alone. */
const ROOMS = [
  "system",
  "syntax",
  "expansion",
  "execution",
  "streams",
  "jobs",
  "signals",
  "variables",
  "history",
  "completion",
  "builtins",
  "editor",
];

/** The imports of a room's file from rooms that come after it, as "path: room". */
export function importsAgainstOrder(file: string, source: string): string[] {
  const room = path.relative(path.join(root, "src"), file).split(path.sep)[0]!;
  const place = ROOMS.indexOf(room);
  if (place < 0) return [];
  return [...source.matchAll(/\bfrom "(?:\.\.\/)+(\w+)\//g)]
    .map((match) => match[1]!)
    .filter((imported) => ROOMS.indexOf(imported) > place)
    .map((imported) => `${shownPath(file)}: ${imported}`);
}

/** A source text with its comments and string literals blanked out, line by line as it was. */
export function withoutCommentsAndStrings(source: string): string {
  const pattern = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return source.replaceAll(pattern, (text) => text.replaceAll(/[^\n]/g, " "));
}

/** The lines, as "path:number: text", that use something asynchronous. */
export function asynchronousLines(file: string, source: string): string[] {
  const lines = withoutCommentsAndStrings(source).split("\n");
  return lines.flatMap((line, index) =>
    ASYNCHRONOUS.test(line) ? [`${shownPath(file)}:${index + 1}: ${line.trim()}`] : []
  );
}

export const sources: Suite = {
  name: "sources",
  async run() {
    const result = noResult();
    for (const command of COMMANDS) {
      const { success, output } = await runDeno(command, { environment: { NO_COLOR: "1" } });
      if (success) result.passed++;
      else result.failures.push(`deno ${command.join(" ")}\n${output}`);
    }
    const files = filesBelow(path.join(root, "src"), (name) => name.endsWith(".ts") && !name.endsWith("_test.ts"));
    const rules = [["the shell is synchronous", asynchronousLines], [
      "imports go one way",
      importsAgainstOrder,
    ]] as const;
    for (const [rule, broken] of rules) {
      const found = files.flatMap((file) => broken(file, Deno.readTextFileSync(file)));
      if (found.length === 0) result.passed++;
      else result.failures.push(`${rule}\n${found.join("\n")}`);
    }
    return result;
  },
};
