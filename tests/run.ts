/**
 * The test driver: builds, runs every suite, or those that are named as arguments, and says how it went. Each suite of
 * {@link SUITES} is an object in `tests/suites/`. Exits with status 1 if a test has failed.
 */
import { build, reportErrors } from "../native/build/build.ts";
import { BuildError } from "../native/build/support.ts";
import type { Suite } from "./suite.ts";
import { agreement } from "./suites/agreement.ts";
import { fuzz } from "./suites/fuzz.ts";
import { fault } from "./suites/fault.ts";
import { language } from "./suites/language.ts";
import { native } from "./suites/native.ts";
import { pty } from "./suites/pty.ts";
import { sources } from "./suites/sources.ts";
import { streams } from "./suites/streams.ts";
import { start } from "./suites/start.ts";
import { unit } from "./suites/unit.ts";

/** In the order in which they run: what fails soonest and says most comes first. */
const SUITES: readonly Suite[] = [sources, native, unit, fuzz, language, agreement, streams, fault, start, pty];

function select(names: readonly string[]): Suite[] {
  const unknown = names.find((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    throw new BuildError(`no suite "${unknown}"; there are ${SUITES.map(({ name }) => name).join(", ")}`);
  }
  return SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
}

const indented = (text: string) => text.replaceAll(/^/gm, "    ").trimStart();

await reportErrors(async () => {
  const suites = select(Deno.args);
  await build();
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const suite of suites) {
    const start = performance.now();
    const result = await suite.run();
    for (const failure of result.failures) console.log(`not ok ${suite.name}: ${indented(failure)}`);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${suite.name}: ${result.passed} of ${result.passed + result.failures.length} in ${seconds} s`);
    passed += result.passed;
    failed += result.failures.length;
    skipped += result.skipped;
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (failed > 0) Deno.exit(1);
});
