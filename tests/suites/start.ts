/**
 * The start: every case of `tests/start/` is a script for sh, which brings about some condition and starts the shell
 * that `$TESTED` names. The same script with bash there, where it is installed, has to give the same output and status.
 *
 * A case whose condition can't be had here prints a line with the reason as its last and exits with status 77. A program that
 * was built without the pre-start stub is not tested: these cases are what the stub is for.
 */
import { existsSync } from "node:fs";
import { programFile } from "../../native/build/build.ts";
import { wantsPrestart } from "../../native/build/compile.ts";
import { root } from "../../native/build/support.ts";
import { type Case, compare, type Outcome, runCase } from "../cases.ts";
import { noResult, type Suite } from "../suite.ts";
import { casesIn, forEach } from "./language.ts";

const SECONDS = 60;

const SKIPPED = 77;

const BASH = "/usr/bin/bash";

/** Runs the script of a case with `shell` as `$TESTED`. Functions for conditions come before it. */
async function runWith(test: Case, prelude: string, shell: string): Promise<Outcome> {
  const outcome = await runCase({ ...test, script: prelude + test.script }, ["/bin/sh"], SECONDS, { TESTED: shell });
  const named = new RegExp(`^${RegExp.escape(shell)}(?=: )`, "gm");
  return {
    ...outcome,
    stdout: outcome.stdout.replaceAll(named, "SHELL"),
    stderr: outcome.stderr.replaceAll(named, "SHELL"),
  };
}

export const start: Suite = {
  name: "start",
  async run() {
    const result = noResult();
    const prelude = await Deno.readTextFile(`${root}/tests/start/conditions.sh`);
    await forEach(casesIn("start"), async ({ file, test }) => {
      if (!wantsPrestart) {
        result.skipped++;
        return;
      }
      for (const shell of [programFile, BASH]) {
        if (shell === BASH && (test.differs.has("bash") || !existsSync(BASH))) continue;
        const outcome = await runWith(test, prelude, shell);
        if (outcome.status === SKIPPED) {
          result.skipped++;
          console.log(`skipped ${file}:${test.line}: ${test.name}: ${outcome.stdout.trim().split("\n").at(-1)}`);
          return;
        }
        const wrong = compare(test, outcome, true);
        const by = shell === BASH ? " (bash)" : "";
        if (wrong === "") result.passed++;
        else result.failures.push(`${file}:${test.line}: ${test.name}${by}\n${wrong}`);
      }
    });
    return result;
  },
};
