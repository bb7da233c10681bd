import assert from "node:assert/strict";
import * as path from "node:path";
import { compile } from "./compile.ts";
import { dist, root, run } from "./support.ts";

Deno.test("compile: V8 takes the code that the training has compiled", async () => {
  const bundle = path.join(dist, "bundle/hexsh");
  const directory = await Deno.makeTempDir();
  try {
    for (const name of ["program.txt", "program.cache"]) {
      await Deno.copyFile(path.join(bundle, name), path.join(directory, name));
    }
    const program = path.join(directory, "program");
    await compile(directory, path.join(root, "native/tests/compiled_loader.ts"), program);
    assert.deepEqual(await run(program, []), { success: true, output: "taken" });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
