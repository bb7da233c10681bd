/**
 * Random programs for the parser and the printer (`tests/fuzz/syntax.ts`). HEXSH_FUZZ_SEED and HEXSH_FUZZ_COUNT make it other
 * programs and more of them.
 */
import { noResult, runWithin, type Suite } from "../suite.ts";

const SEED = 1;
const COUNT = 3000;

/** For every thousand programs, and to start with. */
const SECONDS = 60;

function setting(name: string, byDefault: number): number {
  const text = Deno.env.get(name);
  return text === undefined ? byDefault : Number(text);
}

export const fuzz: Suite = {
  name: "fuzz",
  async run() {
    const result = noResult();
    const seed = setting("HEXSH_FUZZ_SEED", SEED);
    const count = setting("HEXSH_FUZZ_COUNT", COUNT);
    const args = ["run", "--allow-read", "--no-check", "tests/fuzz/syntax.ts", String(seed), String(count)];
    const seconds = SECONDS * (1 + Math.ceil(count / 1000));
    const { success, output } = await runWithin(seconds, Deno.execPath(), args, { NO_COLOR: "1" });
    for (const failure of output.split(/^not ok /m).slice(1)) result.failures.push(failure.split(/\n(?! {2})/)[0]!);
    if (!success && result.failures.length === 0) result.failures.push(`did not finish\n${output}`);
    result.passed = count - result.failures.length;
    return result;
  },
};
