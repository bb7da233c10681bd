/** The tests in C of the C library, under the sanitizers for addresses and undefined behaviour. */
import * as path from "node:path";
import { cc, commonFlags, libraryHeaders, librarySources } from "../../native/build/compile_c.ts";
import { dist, filesBelow, fingerprint, makeIfChanged, root } from "../../native/build/support.ts";
import { noResult, runWithin, type Suite, type SuiteResult } from "../suite.ts";

const FLAGS = [
  ...commonFlags,
  "-O1",
  "-g",
  "-fsanitize=address,undefined,float-cast-overflow",
  "-fno-sanitize-recover=undefined",
];

const SECONDS = 120;

async function compileTest(source: string): Promise<string> {
  const program = path.join(dist, "tests", path.basename(source, ".c"));
  const headers = [...libraryHeaders(), ...filesBelow(path.dirname(source), (name) => name.endsWith(".h"))];
  const inputs = fingerprint([source, ...librarySources(), ...headers], FLAGS);
  await makeIfChanged(program, inputs, () => cc([...FLAGS, "-o", program, source, ...librarySources()]));
  return program;
}

/** Each test is a line "ok NAME" or "not ok NAME: REASON", after what it had to say itself. */
function count(result: SuiteResult, source: string, output: string, success: boolean): void {
  let said: string[] = [];
  const failuresBefore = result.failures.length;
  for (const line of output.split("\n")) {
    if (line.startsWith("ok ")) result.passed++;
    else if (line.startsWith("not ok ")) result.failures.push([line.slice("not ok ".length), ...said].join("\n"));
    else {
      said.push(line);
      continue;
    }
    said = [];
  }
  if (!success && result.failures.length === failuresBefore) {
    result.failures.push([`${path.basename(source)}: did not finish`, ...said].join("\n"));
  }
}

export const native: Suite = {
  name: "native",
  async run() {
    const result = noResult();
    for (const source of filesBelow(path.join(root, "native/tests"), (name) => name.endsWith("_test.c"))) {
      // The tests end by _exit, with their memory in use.
      const environment = { ASAN_OPTIONS: "detect_leaks=0" };
      const { success, output } = await runWithin(SECONDS, await compileTest(source), [], environment);
      count(result, source, output, success);
    }
    return result;
  },
};
