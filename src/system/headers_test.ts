/** Every number and name in these modules is compared with what the C compiler finds in the system's headers. */
import assert from "node:assert/strict";
import * as constants from "./constants.ts";
import * as errno from "./errno.ts";
import * as signals from "./signal_numbers.ts";

const HEADERS = [
  "dirent.h",
  "errno.h",
  "fcntl.h",
  "poll.h",
  "signal.h",
  "stdio.h",
  "string.h",
  "sys/resource.h",
  "sys/stat.h",
  "sys/wait.h",
  "termios.h",
  "unistd.h",
];

/** Compiles and runs a C program whose main function is `body`. Returns the lines that it prints. */
async function runC(body: string): Promise<string[]> {
  const directory = await Deno.makeTempDir();
  try {
    const source = `${directory}/test.c`;
    const program = `${directory}/test`;
    const includes = HEADERS.map((header) => `#include <${header}>`).join("\n");
    await Deno.writeTextFile(source, `#define _GNU_SOURCE\n${includes}\nint main(void) {\n${body}\n}\n`);
    const signal = AbortSignal.timeout(60_000);
    const compiler = new Deno.Command(Deno.env.get("CC") ?? "cc", { args: ["-o", program, source], signal });
    assert.ok((await compiler.output()).success);
    const { stdout } = await new Deno.Command(program, { env: { LC_ALL: "C" }, signal }).output();
    return new TextDecoder().decode(stdout).trimEnd().split("\n");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** The exported numbers whose names look like those of C. */
const numbersOf = (module: object) =>
  Object.entries(module).filter((entry): entry is [string, number] =>
    typeof entry[1] === "number" && /^[A-Z][A-Z0-9_]+$/.test(entry[0])
  );

for (const [name, module] of Object.entries({ constants, errno, signals })) {
  Deno.test(`${name}: every number is that of the C library`, async () => {
    const expected = numbersOf(module);
    assert.ok(expected.length > 20);
    const body = expected.map(([name]) => `printf("%lld\\n", (long long)${name});`).join("\n");
    const lines = await runC(body);
    assert.deepEqual(expected, expected.map(([name], index) => [name, Number(lines[index])]));
  });
}

Deno.test("strerror, errorName: every text and name is that of the C library", async () => {
  const lines = await runC(`for (int n = 0; n < 140; n++) {
    const char *name = strerrorname_np(n);
    printf("%s %s\\n", name == NULL || n == 0 ? "null" : name, strerror(n));
  }`);
  lines.forEach((line, number) => {
    assert.equal(`${errno.errorName(number)} ${errno.strerror(number)}`, line);
    assert.equal(errno.strerror(-number), errno.strerror(number));
  });
});

Deno.test("signalText: every text is that of the C library", async () => {
  const lines = await runC(`for (int n = 1; n < 65; n++) printf("%s\\n", strsignal(n));`);
  lines.forEach((line, index) => assert.equal(signals.signalText(index + 1), line));
});

Deno.test("signalName, signalNumber: names are those that bash lists", () => {
  assert.equal(signals.signalName(2), "INT");
  assert.equal(signals.signalName(29), "IO");
  assert.equal(signals.signalName(34), "RTMIN");
  assert.equal(signals.signalName(49), "RTMIN+15");
  assert.equal(signals.signalName(50), "RTMAX-14");
  assert.equal(signals.signalName(64), "RTMAX");
  for (const none of [0, 32, 33, 65, -1]) assert.equal(signals.signalName(none), null);
  for (const number of signals.signalList()) assert.equal(signals.signalNumber(signals.signalName(number)!), number);
  assert.equal(signals.signalNumber("SIGINT"), null);
  assert.equal(signals.signalList().length, 62);
});
