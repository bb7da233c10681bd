import assert from "node:assert/strict";
import { root } from "../../native/build/support.ts";
import { asynchronousLines, importsAgainstOrder } from "./sources.ts";
import { countTap } from "./unit.ts";

Deno.test("countTap: counts tests, with what failed ones had to say", () => {
  const result = countTap(`TAP version 14
ok 1 - good
not ok 2 - bad \\# one
  ---
  {"message":"Error: why","severity":"fail","at":{"file":"./x.ts","line":7}}
  ...
ok 3 - later # SKIP
    not ok 1 - a step
1..3`);
  assert.deepEqual(result, { passed: 1, skipped: 1, failures: ["bad # one\nError: why\n    in ./x.ts:7"] });
});

Deno.test("asynchronousLines: finds code, not comments and strings", () => {
  const source = [
    "// await",
    '/* async\nPromise */ const text = "await";',
    "async function f() {}",
  ].join("\n");
  assert.deepEqual(asynchronousLines("x.ts", source), ["x.ts:4: async function f() {}"]);
});

Deno.test("importsAgainstOrder: finds what imports from a room that comes after its own", () => {
  const source = 'import { a } from "../../builtins/a.ts";\nimport { b } from "../syntax/b.ts";';
  assert.deepEqual(importsAgainstOrder(`${root}/src/expansion/x.ts`, source), ["src/expansion/x.ts: builtins"]);
  assert.deepEqual(importsAgainstOrder(`${root}/src/editor/x.ts`, source), []);
});
