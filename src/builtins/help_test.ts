import assert from "node:assert/strict";
import { HELP } from "./help.ts";
import { BUILTINS } from "./table.ts";

Deno.test("HELP: there is a text for every builtin that shows one", () => {
  const missing = [...BUILTINS.values()].filter(({ name, helpless }) => !helpless && HELP[name] === undefined);
  assert.deepEqual(missing.map(({ name }) => name), []);
});

Deno.test("HELP: every line fits on a terminal, and every text says what the exit status is", () => {
  for (const [name, text] of Object.entries(HELP)) {
    for (const line of text.split("\n")) assert.ok(line.length <= 80, `${name}: ${line}`);
    if (name !== "hexsh" && name !== "topics") assert.match(text, /^Exit status: /m, name);
  }
});
