/**
 * The language: every case of `tests/language/` with the shell as it is built, and once more with every subshell a real
 * process, which must make no difference.
 */
import { programFile } from "../../native/build/build.ts";
import { filesBelow, root } from "../../native/build/support.ts";
import { type Case, compare, parseCases, runCase } from "../cases.ts";
import { noResult, shownPath, type Suite } from "../suite.ts";

const SECONDS = 20;
/** How many cases run at a time. */
const JOBS = 2;

export interface Located {
  readonly file: string;
  readonly test: Case;
}

/** Every case of the language. */
export const allCases = (): Located[] => casesIn("language");

/** Every case in a directory of `tests/`. */
export function casesIn(directory: string): Located[] {
  return filesBelow(`${root}/tests/${directory}`, (name) => name.endsWith(".cases")).flatMap((file) =>
    parseCases(Deno.readTextFileSync(file), shownPath(file)).map((test) => ({ file: shownPath(file), test }))
  );
}

/** Calls `work` for every item, some at a time. */
export async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
}

export const language: Suite = {
  name: "language",
  async run() {
    const result = noResult();
    for (const environment of [{}, { HEXSH_FORCE_FORK: "1" }]) {
      await forEach(allCases(), async ({ file, test }) => {
        const outcome = await runCase(test, [programFile], SECONDS, environment);
        const wrong = compare(test, outcome, true);
        const forked = "HEXSH_FORCE_FORK" in environment ? " (every subshell forked)" : "";
        if (wrong === "") result.passed++;
        else result.failures.push(`${file}:${test.line}: ${test.name}${forked}\n${wrong}`);
      });
    }
    return result;
  },
};
