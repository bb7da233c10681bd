/** Network peers that fail or take their time. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as path from "node:path";
import { process } from "../../pty/processes.ts";
import { check, finished, runScript, start } from "../check.ts";
import { fullListener, resettingListener, serve } from "../peer.ts";

/** More than the buffers of a connection hold. */
const SIZE = 32 << 20;

async function writeData(directory: string): Promise<Uint8Array> {
  const data = new Uint8Array(SIZE).map((_, i) => (i * 11 + (i >> 10)) & 0xff);
  await Deno.writeFile(path.join(directory, "data"), data);
  return data;
}

/** Who writes to a pipe that splice(2) waits with can't be interrupted. */
const ASLEEP = ["S", "D"];

/** Waits until every process that `parent` has started sleeps, for they wait for their peer, or has ended. */
async function allAsleep(parent: number): Promise<void> {
  const children = (pid: number): number[] => {
    let text: string;
    try {
      text = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`).trim();
    } catch (error) {
      // It has just ended.
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
    return text === "" ? [] : text.split(" ").map(Number).flatMap((child) => [child, ...children(child)]);
  };
  for (let calm = 0; calm < 20; calm++) {
    const pids = children(parent);
    if (process(parent) === null || process(parent)?.state === "Z") return;
    if (pids.length === 0 || pids.some((pid) => !ASLEEP.includes(process(pid)?.state ?? ""))) calm = 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

for (
  const [kind, command] of [
    ["relay", "cat data"],
    ["relay of a pipe", "/bin/cat data | cat"],
    ["relay through memory", "set -o nosplice; cat data"],
    ["program", "/bin/cat data"],
    ["builtin", `printf '%${SIZE}s\\n' x`],
  ] as const
) {
  check(`a peer that stalls for a while gets everything: ${kind}`, async (directory) => {
    const data = await writeData(directory);
    const stalled = Promise.withResolvers<void>();
    const peer = serve(async (connection) => {
      await stalled.promise;
      return await new Response(connection.readable).bytes();
    });
    const child = start(`{ ${command}; } > /dev/tcp/127.0.0.1/${peer.port}`, directory);
    await allAsleep(child.pid);
    stalled.resolve();
    const { stderr, status } = await finished(child);
    deepEqual([stderr, status], ["", 0]);
    const received = await peer.result;
    if (kind === "builtin") equal(received.length, SIZE + 1);
    else deepEqual(received, data);
  });
}

check("a reader of a pipe that stalls for a while gets everything", async (directory) => {
  await writeData(directory);
  const child = start(
    "mkfifo go; { read -r _ < go; cmp - data; } < <(cat data | tee copy | meter) & wait $!; echo $?",
    directory,
  );
  await allAsleep(child.pid);
  await Deno.writeTextFile(path.join(directory, "go"), "\n");
  deepEqual(await finished(child), { stdout: "0\n", stderr: "", status: 0 });
});

check("a connection that is reset while data is sent", async (directory) => {
  await writeData(directory);
  const peer = resettingListener();
  const { stdout, stderr, status } = await runScript(
    `cat data > /dev/tcp/127.0.0.1/${peer.port}; echo $?; echo on`,
    directory,
  );
  await peer.result;
  match(stderr, /^cat: write error: (?:Connection reset by peer|Broken pipe)\n$|^$/);
  match(stdout, /^(?:1|141)\non\n$/);
  equal(status, 0);
});

check("a connection that is reset while data is awaited", async (directory) => {
  const peer = resettingListener();
  const { stdout, stderr, status } = await runScript(
    `exec 3<> /dev/tcp/127.0.0.1/${peer.port}; echo hello >&3; cat <&3; echo $?`,
    directory,
  );
  await peer.result;
  equal(stderr, "cat: -: Connection reset by peer\n");
  deepEqual([stdout, status], ["1\n", 0]);
});

check("a connection that nobody accepts in time", async (directory) => {
  const listener = fullListener();
  try {
    const endpoint = `/dev/tcp/127.0.0.1/${listener.port}`;
    const script = `HEXSH_NET_TIMEOUT=0.2; : > ${endpoint}; echo $?; : | cat < ${endpoint}; echo "\${PIPESTATUS[@]}"`;
    const { stdout, stderr, status } = await runScript(script, directory);
    equal(stderr, `hexsh: line 1: ${endpoint}: Connection timed out\n`.repeat(2));
    deepEqual([stdout, status], ["1\n0 1\n", 0]);
  } finally {
    listener.close();
  }
});

check("Ctrl-C gives a connection up that nobody accepts", async (directory) => {
  const listener = fullListener();
  try {
    const endpoint = `/dev/tcp/127.0.0.1/${listener.port}`;
    const child = start(`trap 'echo interrupted' INT; echo $$ > pid; : > ${endpoint}; echo $?`, directory);
    const end = finished(child);
    let ended = false;
    end.then(() => ended = true);
    // The first one may come before the shell waits.
    while (!ended) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const pid = Number(await Deno.readTextFile(path.join(directory, "pid")).catch(() => "0"));
      if (process(pid) !== null) Deno.kill(pid, "SIGINT");
    }
    match((await end).stdout, /^(?:interrupted\n)+1\n(?:interrupted\n)*$/);
  } finally {
    listener.close();
  }
});

check("the shell listens, for IPv4 and IPv6", async (directory) => {
  for (const hostname of ["127.0.0.1", "::1"]) {
    const port = freePort();
    const child = start(`cat < /dev/tcp/*/${port}`, directory);
    const connection = await connect(hostname, port);
    await connection.write(new TextEncoder().encode("hello\n"));
    connection.close();
    deepEqual(await finished(child), { stdout: "hello\n", stderr: "", status: 0 });
  }
});

/** A port that was free a moment ago. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Connects once somebody listens. */
async function connect(hostname: string, port: number): Promise<Deno.Conn> {
  for (let tries = 0;; tries++) {
    try {
      return await Deno.connect({ hostname, port });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused) || tries > 1000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
