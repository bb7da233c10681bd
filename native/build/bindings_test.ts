import assert from "node:assert/strict";
import * as path from "node:path";
import { bindingsSource, dispatchSource, generate, parseHeader } from "./bindings.ts";
import { root } from "./support.ts";

Deno.test("generate: the generated files are up to date", async () => {
  for (const [file, text] of await generate()) {
    assert.equal(await Deno.readTextFile(path.join(root, file)), text, `${file}: run deno task bindings`);
  }
});

Deno.test("parseHeader: reads prototypes and their comments", () => {
  const operations = parseHeader(`
/* not a doc comment */
/** Does it. */
double hexsh_do_it(int first, const char *path, double second,
                   void *memory);
double hexsh_other(void);
`);
  assert.deepEqual(operations.map(({ name, comment }) => [name, comment]), [["do_it", "/** Does it. */"], [
    "other",
    null,
  ]]);
  assert.match(dispatchSource(operations), /case 0:\n {6}return hexsh_do_it\(whole\(a\), x, b, y\);/);
  assert.match(dispatchSource(operations), /case 1:\n {6}return hexsh_other\(\);/);
  const bindings = bindingsSource(operations);
  assert.match(bindings, /doIt\(first: number, path: Memory \| null, second: number, memory: Memory \| null\)/);
  assert.match(bindings, /callMemory\(0, first, second, 0, 0, path, memory\)/);
  assert.match(bindings, /call\(1, 0, 0, 0, 0\)/);
});

Deno.test("parseHeader: refuses what it can't pass", () => {
  assert.throws(() => parseHeader("int hexsh_x(void);"), /result must be double/);
  assert.throws(() => parseHeader("double hexsh_x(struct s value);"), /can't pass/);
  assert.throws(() => parseHeader("double hexsh_x(char *a, char *b, char *c);"), /too many/);
  assert.throws(() => parseHeader("double hexsh_x(int a, int b, int c, int d, int e);"), /too many/);
});
