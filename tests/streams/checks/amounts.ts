/** Much data, and disks that are full. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as path from "node:path";
import { check, need, runScript } from "../check.ts";

const MEBIBYTE = 1 << 20;

check("64 MiB of random bytes from stream 5 to stream 4, while the text goes its own way", async (directory) => {
  const { stdout, stderr, status } = await runScript(
    `dd if=/dev/urandom of=data bs=1M count=64 2> /dev/null
    sixstream left < <(yes text | head -n 100000) 4< data 2> left.log 3> left.debug |5> \\
      sixstream right 5> copy 2> right.log 3> right.debug
    cmp data copy; echo $?; cat left.log right.log; cut -d, -f2 left.debug right.debug | uniq | wc -l`,
    directory,
  );
  deepEqual([stderr, status], ["", 0]);
  const lines = stdout.split("\n");
  equal(lines.filter((line) => line === "text").length, 100_000);
  deepEqual(lines.filter((line) => line !== "text"), [
    "0",
    `left: 500000 bytes of text, ${64 * MEBIBYTE} bytes of data`,
    `right: 0 bytes of text, ${64 * MEBIBYTE} bytes of data`,
    "1",
    "",
  ]);
});

/** Runs `script` in a directory `full` with a file system of one MiB, where that is permitted. */
async function onSmallDisk(script: string, directory: string) {
  await need("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt");
  await Deno.mkdir(path.join(directory, "full"));
  await Deno.writeFile(path.join(directory, "data"), new Uint8Array(4 * MEBIBYTE).fill(120));
  const mount = 'mount -t tmpfs -o size=1m none full && exec "$@"';
  return await runScript(script, directory, { before: ["unshare", "-m", "sh", "-c", mount, "sh"] });
}

const FULL = "No space left on device";

for (
  const [name, script, stderr, stdout] of [
    ["cat of a file", "cat data > full/a; echo $?", `cat: write error: ${FULL}\n`, "1\n"],
    ["cat of a pipe", "/bin/cat data | cat > full/a; echo $?", `cat: write error: ${FULL}\n`, "1\n"],
    ["tee", "/bin/cat data | tee full/a | wc -c; echo \${PIPESTATUS[1]}", `tee: full/a: ${FULL}\n`, "4194304\n1\n"],
    ["multios", "set -o multios; cat data > full/a > b; wc -c < b", `hexsh: full/a: ${FULL}\n`, "4194304\n"],
    ["meter", "/bin/cat data | meter > full/a; echo $?", `meter: write error: ${FULL}\n`, "1\n"],
    ["a builtin", "printf '%2000000s' x > full/a; echo $?", `hexsh: line 1: printf: write error: ${FULL}\n`, "1\n"],
    ["a group", "{ cat data; echo $? >&2; } > full/a", `cat: write error: ${FULL}\n1\n`, ""],
    ["a co-process", "coproc cat > full/a; cat data >&\${COPROC[1]}; echo $?; wait $!; echo $?", null, "141\n1\n"],
  ] as const
) {
  check(`a full disk: ${name}`, async (directory) => {
    const result = await onSmallDisk(`${script}; wc -c < full/a`, directory);
    if (stderr !== null) equal(result.stderr, stderr);
    ok(result.stdout.startsWith(stdout), result.stdout);
    const written = Number(result.stdout.slice(stdout.length));
    ok(written > MEBIBYTE / 2 && written <= MEBIBYTE, `${written} bytes`);
  });
}
