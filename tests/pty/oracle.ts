/**
 * Runs the tests of interactive shells with a shell of choice: `deno run -A tests/pty/oracle.ts SHELL [NAME …]`, with parts of the
 * names of files. A test that says that the shell differs is passed over.
 */
import * as path from "node:path";
import { loadSessions, runSession } from "../suites/pty.ts";
import { forEach } from "../suites/language.ts";
import { Skipped } from "./session.ts";
import { compileTerminal } from "./terminal.ts";

const [shell, ...names] = Deno.args;
if (shell === undefined) {
  console.error("usage: oracle.ts SHELL [NAME …]");
  Deno.exit(2);
}
await compileTerminal();
let same = 0;
let other = 0;
await forEach(await loadSessions(names), async (test) => {
  if (path.basename(shell) in test.differs || (test.own && path.basename(shell) !== "hexsh")) return;
  const wrong = await runSession(test, path.resolve(shell));
  if (wrong instanceof Skipped) console.log(`${test.name}: skipped: ${wrong.message}`);
  else if (wrong === "") same++;
  else {
    other++;
    console.log(`${test.name}\n${wrong.replaceAll(/^/gm, "    ")}`);
  }
});
console.log(`${shell}: ${same} tests as expected, ${other} otherwise`);
