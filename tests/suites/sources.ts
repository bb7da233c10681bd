/** What holds for every source file: format, lint, types, and that the shell is synchronous. */
import * as path from "node:path";
import { filesBelow, root, runDeno } from "../../native/build/support.ts";
import { noResult, shownPath, type Suite } from "../suite.ts";

const COMMANDS = [["fmt", "--check"], ["lint"], ["check"]];

/** What would need the event loop, to which the shell never returns. */
const ASYNCHRONOUS = /\b(async|await|Promise|setTimeout|setInterval|queueMicrotask)\b/;

/** The one exception: modules that are loaded only when they are needed. */
const LOADING = /\bawait import\(/g;

/** A source text with its comments and string literals blanked out, line by line as it was. */
export function withoutCommentsAndStrings(source: string): string {
  const pattern = /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return source.replaceAll(pattern, (text) => text.replaceAll(/[^\n]/g, " "));
}

/** The lines, as "path:number: text", that use something asynchronous. */
export function asynchronousLines(file: string, source: string): string[] {
  const lines = withoutCommentsAndStrings(source).split("\n");
  return lines.flatMap((line, index) =>
    ASYNCHRONOUS.test(line.replaceAll(LOADING, "")) ? [`${shownPath(file)}:${index + 1}: ${line.trim()}`] : []
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
    const found = files.flatMap((file) => asynchronousLines(file, Deno.readTextFileSync(file)));
    if (found.length === 0) result.passed++;
    else result.failures.push(`the shell is synchronous\n${found.join("\n")}`);
    return result;
  },
};
