/** Interactive shells on real pseudo-terminals: the files of `tests/pty/sessions/`. */
import * as path from "node:path";
import { programFile } from "../../native/build/build.ts";
import { filesBelow, root } from "../../native/build/support.ts";
import { Context, type SessionTest, Skipped, tests } from "../pty/session.ts";
import { compileTerminal } from "../pty/terminal.ts";
import { noResult, type Suite } from "../suite.ts";
import { forEach } from "./language.ts";

/** Declares the tests of every file, or of those with one of `names` in their own. */
export async function loadSessions(names: readonly string[]): Promise<readonly SessionTest[]> {
  const files = filesBelow(path.join(root, "tests/pty/sessions"), (name) => name.endsWith(".ts"));
  for (const file of files) {
    if (names.length === 0 || names.some((name) => path.basename(file).includes(name))) await import(file);
  }
  return tests;
}

/** Runs a test with the shell `program`. Returns what is wrong; the empty string if nothing is. */
export async function runSession(test: SessionTest, program: string): Promise<string | Skipped> {
  // Also a user other than root is to get there.
  const directory = await Deno.makeTempDir({ prefix: "hexsh-session-" });
  await Deno.chmod(directory, 0o755);
  const context = new Context(program, directory);
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.reject(new Error(`${test.seconds} seconds are over`)), test.seconds * 1000);
  try {
    await Promise.race([test.body(context), late.promise]);
    return "";
  } catch (error) {
    if (error instanceof Skipped) return error;
    const message = error instanceof Error ? error.message : String(error);
    const at = error instanceof Error ? /\/tests\/pty\/sessions\/[^)\n]*/.exec(error.stack ?? "")?.[0] ?? "" : "";
    return `${message}\n${at}\nin\n${context.transcript}`;
  } finally {
    clearTimeout(timer);
    await context.close();
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
}

export const pty: Suite = {
  name: "pty",
  async run() {
    const result = noResult();
    await compileTerminal();
    await forEach(await loadSessions([]), async (test) => {
      const wrong = await runSession(test, programFile);
      if (wrong instanceof Skipped) {
        console.log(`${test.name}: skipped: ${wrong.message}`);
        result.skipped++;
      } else if (wrong === "") result.passed++;
      else result.failures.push(`${test.name}\n${wrong}`);
    });
    return result;
  },
};
