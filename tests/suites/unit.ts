/** The unit tests, `x_test.ts` beside `x.ts`, by `deno test`. */
import { noResult, runWithin, type Suite, type SuiteResult } from "../suite.ts";

const DIRECTORIES = ["src", "native/build", "tests"];

const SECONDS = 300;

/** Counts the tests in TAP version 14, as `deno test` writes it; steps are indented, and count with their test. */
export function countTap(tap: string): SuiteResult {
  const result = noResult();
  for (const line of tap.split("\n")) {
    const test = /^(not )?ok \d+ - (.*)$/.exec(line);
    if (test !== null) {
      if (test[2]!.endsWith("# SKIP")) result.skipped++;
      else if (test[1] === undefined) result.passed++;
      else result.failures.push(test[2]!.replaceAll("\\#", "#"));
      continue;
    }
    const detail = /^\s+(\{"message":.*\})$/.exec(line);
    if (detail === null || result.failures.length === 0) continue;
    const { message, at } = JSON.parse(detail[1]!);
    result.failures.push(`${result.failures.pop()}\n${message}\n    in ${at.file}:${at.line}`);
  }
  return result;
}

export const unit: Suite = {
  name: "unit",
  async run() {
    // One thread, as in the finished program: forked children have no other.
    const args = [
      "test",
      "--allow-all",
      "--no-check",
      "--v8-flags=--single-threaded",
      "--reporter=tap",
      ...DIRECTORIES,
    ];
    const { success, output } = await runWithin(SECONDS, Deno.execPath(), args, { NO_COLOR: "1" });
    const result = countTap(output);
    if (!success && result.failures.length === 0) result.failures.push(`deno test did not finish\n${output}`);
    return result;
  },
};
