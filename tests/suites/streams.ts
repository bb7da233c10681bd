/** The six streams: the files of `tests/streams/checks/`. */
import * as path from "node:path";
import { filesBelow, root } from "../../native/build/support.ts";
import { type Check, checks, Skipped } from "../streams/check.ts";
import { compileSixstream } from "../streams/sixstream.ts";
import { noResult, type Suite } from "../suite.ts";
import { forEach } from "./language.ts";

/** Runs a test. Returns what is wrong; the empty string if nothing is. */
async function run({ body }: Check): Promise<string | Skipped> {
  const directory = await Deno.makeTempDir({ prefix: "hexsh-streams-" });
  try {
    await body(directory);
    return "";
  } catch (error) {
    if (error instanceof Skipped) return error;
    return error instanceof Error ? error.stack ?? error.message : String(error);
  } finally {
    await Deno.remove(directory, { recursive: true }).catch(() => {});
  }
}

export const streams: Suite = {
  name: "streams",
  async run() {
    const result = noResult();
    await compileSixstream();
    const files = filesBelow(path.join(root, "tests/streams/checks"), (name) => name.endsWith(".ts"));
    for (const file of files) await import(file);
    await forEach(checks, async (check) => {
      const wrong = await run(check);
      if (wrong instanceof Skipped) {
        console.log(`${check.name}: skipped: ${wrong.message}`);
        result.skipped++;
      } else if (wrong === "") result.passed++;
      else result.failures.push(`${check.name}\n${wrong}`);
    });
    return result;
  },
};
