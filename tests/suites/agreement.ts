/**
 * Random programs that have to do the same in bash, where it is installed (`tests/agreement/agreement.ts`). HEXSH_AGREEMENT_SEED and
 * HEXSH_AGREEMENT_COUNT make it other programs and more of them, HEXSH_AGREEMENT_SHOWN says how many disagreements are made small.
 */
import { existsSync } from "node:fs";
import { programFile } from "../../native/build/build.ts";
import { BASH, check } from "../agreement/agreement.ts";
import { noResult, type Suite } from "../suite.ts";

const SEED = 1;
const COUNT = 3000;

export const agreement: Suite = {
  name: "agreement",
  async run() {
    const result = noResult();
    const count = Number(Deno.env.get("HEXSH_AGREEMENT_COUNT") ?? COUNT);
    if (!existsSync(BASH)) {
      console.log(`skipped: there is no ${BASH} to agree with`);
      result.skipped = count;
      return result;
    }
    const seed = Number(Deno.env.get("HEXSH_AGREEMENT_SEED") ?? SEED);
    for await (const failure of check(programFile, seed, count)) result.failures.push(failure);
    result.passed = count - result.failures.length;
    return result;
  },
};
