/**
 * Holds the cases of the language tests against another shell: `deno run -A tests/oracle.ts bash [NAME …]`, with parts of the
 * names of files. Says what the shell does otherwise; a case that says so itself (`-- differs`) is passed over.
 */
import { compare, runCase } from "./cases.ts";
import { allCases, forEach } from "./suites/language.ts";

const SECONDS = 20;

const [shell, ...names] = Deno.args;
if (shell === undefined) {
  console.error("usage: oracle.ts SHELL [NAME …]");
  Deno.exit(2);
}
/** Messages are held against bash's alone, whose form hexsh's have. */
const base = shell.slice(shell.lastIndexOf("/") + 1);
let same = 0;
let other = 0;
const cases = allCases().filter(({ file }) => names.length === 0 || names.some((name) => file.includes(name)));
await forEach(cases, async ({ file, test }) => {
  if (test.differs.has(base)) return;
  const wrong = compare(test, await runCase(test, [shell], SECONDS), base === "bash");
  if (wrong === "") same++;
  else {
    other++;
    console.log(`${file}:${test.line}: ${test.name}\n${wrong.replaceAll(/^/gm, "    ")}`);
  }
});
console.log(`${shell}: ${same} cases as expected, ${other} otherwise`);
