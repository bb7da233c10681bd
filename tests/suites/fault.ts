/** The shell with calls to the system failing under it, one at a time: see `tests/fault/run.ts`. */
import { noResult, runWithin, type Suite, type SuiteResult } from "../suite.ts";

const SECONDS = 600;

/** Reads the lines `ok NAME` and `not ok NAME`, and what is indented behind the latter. */
function count(output: string): SuiteResult {
  const result = noResult();
  for (const line of output.split("\n")) {
    const [, not, name] = /^(not )?ok (.*)$/.exec(line) ?? [];
    if (name === undefined) {
      if (result.failures.length > 0 && line !== "") result.failures.push(`${result.failures.pop()}\n${line}`);
    } else if (not === undefined) result.passed++;
    else result.failures.push(name);
  }
  return result;
}

export const fault: Suite = {
  name: "fault",
  async run() {
    const args = ["run", "--allow-all", "--no-check", "--v8-flags=--single-threaded", "tests/fault/run.ts"];
    const { success, output } = await runWithin(SECONDS, Deno.execPath(), args, { NO_COLOR: "1" });
    const result = count(output);
    if (!success && result.failures.length === 0) result.failures.push(`it did not come to its end\n${output}`);
    return result;
  },
};
