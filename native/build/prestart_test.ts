/**
 * What the pre-start stub records and mends, seen from a finished program. Each case is a transcript for sh. What users see of
 * it is tested with the shell, in `tests/start/`.
 */
import assert from "node:assert/strict";
import * as path from "node:path";
import { build } from "./build.ts";
import { wantsPrestart } from "./compile.ts";
import { dist, root } from "./support.ts";

const probe = path.join(dist, "tests/probe");

await build({
  entry: path.join(root, "native/tests/probe.ts"),
  file: probe,
  sources: path.join(root, "src/system"),
  assets: {},
  commandNames: () => Promise.resolve([]),
  training: ["state"],
});

/** A test of what only the stub can do. */
function test(name: string, fn: () => Promise<void>, ignore = false): void {
  Deno.test({ name, fn, ignore: ignore || !wantsPrestart });
}

/** Runs `script` with the probe as `$PROBE`. Returns what it writes to standard output and standard error, and its status. */
async function sh(script: string, options: { env?: Record<string, string>; clearEnv?: boolean } = {}) {
  const { code, stdout, stderr } = await new Deno.Command("/bin/sh", {
    args: ["-c", script],
    env: { ...options.env, PROBE: probe },
    clearEnv: options.clearEnv ?? false,
    stdin: "null",
    signal: AbortSignal.timeout(30_000),
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

async function state(script: string, options?: Parameters<typeof sh>[1]) {
  const { stdout, stderr } = await sh(script, options);
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

test("start: shows arguments, environment and descriptors as they were", async () => {
  const { start, inherited, environment, ignored } = await state(
    `exec "$PROBE" state "" 'a b' 3</dev/null 5>/dev/null 7</dev/null`,
    { clearEnv: true, env: { A: "1", DENO_LOG: "debug", NODE_CHANNEL_FD: "3" } },
  );
  assert.deepEqual(start.arguments, [probe, "state", "", "a b"]);
  assert.deepEqual(start.environment.filter((entry: string) => !entry.startsWith("PWD=")).sort(), [
    "A=1",
    "DENO_LOG=debug",
    "NODE_CHANNEL_FD=3",
    `PROBE=${probe}`,
  ]);
  const given = (await state(`exec "$PROBE" state`)).start.descriptors;
  const expected = new Set<number>([...given, 3, 5, 7]);
  assert.deepEqual(start.descriptors, [...expected].sort((one, other) => one - other));
  assert.deepEqual(inherited, start.descriptors);
  assert.deepEqual(environment, {}, "the runtime has none");
  assert.deepEqual(ignored, []);
  assert.deepEqual(start.limits, []);
  assert.equal(start.directoryRemoved, false);
});

test("start: passes on arguments and environment that are not UTF-8", async () => {
  const { start } = await state(`exec env -i "$(printf 'A=\\377')" "$PROBE" state "$(printf 'x\\377\\303\\251')"`);
  assert.deepEqual(start.arguments.slice(1), ["state", "x\udcffé"]);
  assert.deepEqual(start.environment, ["A=\udcff"]);
});

test("start: takes many arguments and variables", async () => {
  const { start } = await state(`exec "$PROBE" state $(seq 20000)`, { env: { LONG: "x".repeat(100_000) } });
  assert.equal(start.arguments.length, 20002);
  assert.ok(start.environment.includes("LONG=" + "x".repeat(100_000)));
});

test(
  "start: argv[0] is as it was given, also if it is not UTF-8",
  async () => {
    const { start } = await state(`exec perl -e 'exec { $ENV{PROBE} } "-\\377", "state"'`);
    assert.deepEqual(start.arguments, ["-\udcff", "state"]);
  },
  (await sh("command -v perl")).code !== 0,
);

test("start: closed standard streams are closed", async () => {
  const { start, inherited } = await state(`exec "$PROBE" state <&- 2>&-`);
  assert.ok(!start.descriptors.includes(0) && start.descriptors.includes(1) && !start.descriptors.includes(2));
  assert.deepEqual(inherited, start.descriptors);
});

test("start: ignored signals are known, SIGPIPE too", async () => {
  const { ignored } = await state(`trap '' PIPE TERM; exec "$PROBE" state`);
  assert.deepEqual(ignored, [13, 15]);
});

test("start: works in a removed directory, and stays there", async () => {
  const script = `d=$(mktemp -d) && cd "$d" && rmdir "$d" && exec "$PROBE" state`;
  const { start, directory } = await state(script);
  assert.equal(start.directoryRemoved, true);
  assert.equal(directory, -2);
});

test("start: raises limits for the runtime, and remembers them", async () => {
  const { start } = await state(`ulimit -Sn 10; ulimit -Sv 1000000; exec "$PROBE" state`);
  const [memory, files] = start.limits;
  assert.equal(files.resource, 7);
  assert.equal(files.soft, 10);
  assert.equal(memory.resource, 9);
  assert.equal(memory.soft, 1_024_000_000);
});

test("start: makes room for more descriptors when nearly all are taken", async () => {
  const { start } = await state(`ulimit -Sn 10; exec "$PROBE" state 3<&0 4<&0 5<&0 6<&0 7<&0 8<&0`);
  assert.deepEqual(start.descriptors.slice(0, 9), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(start.limits[0].soft, 10);
});

test("start: a small limit on the stack or on file size does no harm", async () => {
  assert.ok(Number((await sh(`ulimit -s 256; exec "$PROBE" depth`)).stdout) > 50_000);
  assert.equal((await sh(`ulimit -Sf 0; exec "$PROBE" fork | cat`)).stdout, "50");
});

test("start: the runtime keeps no duplicate of a standard stream", async () => {
  const child = new Deno.Command(probe, { args: ["closeOutput"], stdin: "piped", stdout: "piped" }).spawn();
  // Ends only if nobody else has the pipe open.
  assert.equal((await new Response(child.stdout).bytes()).length, 0);
  await child.stdin.close();
  assert.equal((await child.status).code, 0);
});

test("fork: 50 children of a finished program allocate and exit right", async () => {
  assert.equal((await sh(`exec "$PROBE" fork`)).stdout, "50");
});
