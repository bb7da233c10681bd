import assert from "node:assert/strict";
import { enterShell, installProgram, parsePrefix } from "./install.ts";

async function inTemporaryDirectory(test: (directory: string) => void): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("parsePrefix: the default, both forms, and what is no prefix", () => {
  assert.equal(parsePrefix([]), "/usr/local");
  assert.equal(parsePrefix(["--prefix", "/opt/x/"]), "/opt/x");
  assert.equal(parsePrefix(["--prefix=relative"]), `${Deno.cwd()}/relative`);
  for (const wrong of [["/opt"], ["--prefix"], ["--prefix="], ["--prefix", "/a", "b"]]) {
    assert.throws(() => parsePrefix(wrong), /usage:/);
  }
});

Deno.test("installProgram: makes the directory, sets the mode, replaces what is there", () =>
  inTemporaryDirectory((directory) => {
    const target = `${directory}/new/bin/hexsh`;
    for (const text of ["first", "second"]) {
      Deno.writeTextFileSync(`${directory}/program`, text, { mode: 0o600 });
      installProgram(`${directory}/program`, target);
      assert.equal(Deno.readTextFileSync(target), text);
      assert.equal(Deno.statSync(target).mode! & 0o777, 0o755);
    }
    assert.deepEqual(Array.from(Deno.readDirSync(`${directory}/new/bin`), ({ name }) => name), ["hexsh"]);
    assert.throws(() => installProgram(`${directory}/none`, target), /can't install/);
    assert.equal(Deno.readTextFileSync(target), "second");
  }));

Deno.test("enterShell: adds a line once, also after one without end", () =>
  inTemporaryDirectory((directory) => {
    const shells = `${directory}/shells`;
    assert.equal(enterShell("/bin/hexsh", shells), true);
    assert.equal(enterShell("/bin/hexsh", shells), false);
    assert.equal(Deno.readTextFileSync(shells), "/bin/hexsh\n");
    Deno.writeTextFileSync(shells, "/bin/sh");
    assert.equal(enterShell("/opt/bin/hexsh", shells), true);
    assert.equal(Deno.readTextFileSync(shells), "/bin/sh\n/opt/bin/hexsh\n");
  }));
