/** Data that goes through the shell's hands is moved by the kernel, as strace sees it, and arrives. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as path from "node:path";
import { check, finished, need, start } from "../check.ts";
import { serve } from "../peer.ts";

const SIZE = 4 << 20;
/** How much may be written all the same: the shell's own library at its start, and messages. */
const LITTLE = 1 << 17;

const MOVES = ["splice", "tee", "copy_file_range", "sendfile"];

/** How many bytes each call has moved in all processes of a trace. */
function moved(trace: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const line of trace.split("\n")) {
    const [, whole, resumed, count] = /^\d+ +(?:(\w+)\(|<\.\.\. (\w+) resumed>).* = (\d+)$/.exec(line) ?? [];
    const call = whole ?? resumed;
    if (call !== undefined) sums.set(call, (sums.get(call) ?? 0) + Number(count));
  }
  return sums;
}

/** Runs `script`, which finds SIZE bytes in the file `data`. Returns what it writes, and what each call has moved. */
async function traced(script: string, directory: string) {
  await need("strace", "-V");
  await need("strace", "-f", "-o", "/dev/null", "true");
  const data = new Uint8Array(SIZE).map((_, i) => (i * 7 + (i >> 12)) & 0xff);
  await Deno.writeFile(path.join(directory, "data"), data);
  const before = ["strace", "-f", "-o", "trace", "-e", `trace=write,${MOVES.join(",")}`];
  const { stdout, stderr, status } = await finished(start(script, directory, { before }));
  deepEqual([stderr, status], ["", 0]);
  return { stdout, data, sums: moved(await Deno.readTextFile(path.join(directory, "trace"))) };
}

/**
 * Declares a test of a pair of descriptors.
 *
 * @param call what has to move the data
 * @param copies how often it has to move all of it
 * @param written how often programs write all of it
 */
function pair(name: string, script: string, call: string, copies: number, written: number, output = ""): void {
  check(`${name}: ${call}`, async (directory) => {
    const { stdout, sums } = await traced(`set -e; ${script}`, directory);
    equal(stdout, output);
    ok((sums.get(call) ?? 0) >= copies * SIZE - LITTLE, `${call} has moved ${sums.get(call) ?? 0} bytes`);
    ok((sums.get("write") ?? 0) <= written * SIZE + LITTLE, `write has moved ${sums.get("write")} bytes`);
  });
}

const COUNT = `${SIZE}\n`;

pair("file to pipe", "cat data | wc -c", "splice", 1, 0, COUNT);
pair("pipe to file", "/bin/cat data | cat > copy; cmp data copy", "splice", 1, 1);
pair("pipe to pipe", "/bin/cat data | cat | wc -c", "splice", 1, 1, COUNT);
pair("file to file", "cat data > copy; cmp data copy", "copy_file_range", 1, 0);
pair("fan-out of tee", "/bin/cat data | tee a b | cmp data -; cmp data a; cmp data b", "tee", 2, 1);
pair("fan-out of tee, the copies", "/bin/cat data | tee a b | cmp data -", "splice", 3, 1);
pair("fan-out of multios", "set -o multios; /bin/cat data > a > b; cmp data a; cmp data b", "tee", 1, 1);
pair("fan-in of multios", "set -o multios; cmp - <(/bin/cat data data) < data < data", "splice", 2, 2);
pair("meter", "/bin/cat data | meter | wc -c", "splice", 1, 1, COUNT);
pair(
  "co-process",
  "coproc cat; exec 6>&${COPROC[1]}-; cat data >&6 6>&- & exec 6>&-; wc -c <&${COPROC[0]}",
  "splice",
  2,
  0,
  COUNT,
);

check("pipe to socket: splice", async (directory) => {
  const peer = serve((connection) => new Response(connection.readable).bytes());
  const { data, sums } = await traced(`/bin/cat data | cat > /dev/tcp/127.0.0.1/${peer.port}`, directory);
  deepEqual(await peer.result, data);
  ok((sums.get("splice") ?? 0) >= SIZE - LITTLE, `splice has moved ${sums.get("splice")} bytes`);
  ok((sums.get("write") ?? 0) <= SIZE + LITTLE, `write has moved ${sums.get("write")} bytes`);
});

check("file to socket: sendfile", async (directory) => {
  const peer = serve((connection) => new Response(connection.readable).bytes());
  const { data, sums } = await traced(`cat data > /dev/tcp/127.0.0.1/${peer.port}`, directory);
  deepEqual(await peer.result, data);
  ok((sums.get("sendfile") ?? 0) >= SIZE - LITTLE, `sendfile has moved ${sums.get("sendfile")} bytes`);
});

for (const [name, script] of [["pipe", "| wc -c"], ["file", "> copy; wc -c < copy"]] as const) {
  check(`socket to ${name}: splice`, async (directory) => {
    const peer = serve(async (connection) => {
      await new Blob([new Uint8Array(SIZE)]).stream().pipeTo(connection.writable);
    });
    const { stdout, sums } = await traced(`cat < /dev/tcp/127.0.0.1/${peer.port} ${script}`, directory);
    equal(stdout, COUNT);
    await peer.result;
    ok((sums.get("splice") ?? 0) >= SIZE - LITTLE, `splice has moved ${sums.get("splice")} bytes`);
    ok((sums.get("write") ?? 0) <= LITTLE, `write has moved ${sums.get("write")} bytes`);
  });
}
