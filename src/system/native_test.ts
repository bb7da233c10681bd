import assert from "node:assert/strict";
import { decode, encode } from "./bytes.ts";
import {
  DT_DIR,
  DT_LNK,
  O_CLOEXEC,
  O_CREAT,
  O_NONBLOCK,
  O_RDONLY,
  O_WRONLY,
  POLLHUP,
  POLLIN,
  POLLOUT,
  R_OK,
  RLIMIT_NOFILE,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  SEEK_CUR,
  SEEK_END,
  WNOHANG,
  X_OK,
} from "./constants.ts";
import { environmentBlock } from "./environment.ts";
import { EAGAIN, EBADF, ECHILD, EINVAL, ENOENT, ENOTDIR, ESRCH } from "./errno.ts";
import { nativeSystem } from "./native.ts";
import { SIGCHLD, SIGKILL, SIGTERM, SIGUSR1, SIGUSR2 } from "./signal_numbers.ts";
import type { FileStatus, Pipe, ProcessChange, SpawnPlan } from "./system.ts";
import { exitStatus, processOfRun, statusOfRun } from "./wait_status.ts";

const system = nativeSystem();

/** What an operation returned, which must not have failed. */
function succeeded<T>(result: T | number): T {
  assert.ok(typeof result !== "number" || result >= 0, `failed: ${result}`);
  return result as T;
}

const plan = (path: string, args: string[], changes: Partial<SpawnPlan> = {}): SpawnPlan => ({
  path,
  arguments: args,
  environment: environmentBlock(["PATH=/usr/bin:/bin", "BYTES=\udcff"]),
  descriptors: [],
  closing: [],
  ignoredSignals: [],
  processGroup: -1,
  foreground: -1,
  directory: null,
  limits: [],
  newSession: false,
  ...changes,
});

/** Runs `script` in sh. Returns what it writes and its exit status. */
function sh(script: string, changes: Partial<SpawnPlan> = {}): [text: string, status: number] {
  const { read, write } = succeeded<Pipe>(system.pipe2(O_CLOEXEC));
  const arguments_ = ["sh", "-c", script];
  const child = system.spawn(plan("/bin/sh", arguments_, { descriptors: [write, 1], ...changes }));
  system.close(write);
  assert.ok(child > 0);
  const buffer = new Uint8Array(1 << 16);
  let size = 0;
  for (;;) {
    const more = system.read(read, buffer, size, buffer.length - size);
    if (more <= 0) break;
    size += more;
  }
  system.close(read);
  const { status } = succeeded<ProcessChange | null>(system.waitpid(child, 0))!;
  return [decode(buffer, 0, size), exitStatus(status)];
}

async function inTemporaryDirectory(test: (directory: string) => void): Promise<void> {
  const directory = await Deno.makeTempDir();
  const before = succeeded<string>(system.getcwd());
  try {
    assert.equal(system.chdir(directory), 0);
    test(directory);
  } finally {
    system.chdir(before);
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("spawn: strings go through byte for byte", () => {
  const script = 'printf %s "$1$BYTES" | od -An -tx1';
  const args = ["sh", "-c", script, "sh", "é\udc80"];
  const { read, write } = succeeded<Pipe>(system.pipe2(O_CLOEXEC));
  const child = system.spawn(plan("/bin/sh", args, { descriptors: [write, 1] }));
  system.close(write);
  assert.equal(succeeded<ProcessChange | null>(system.waitpid(child, 0))!.pid, child);
  const buffer = new Uint8Array(100);
  const size = system.read(read, buffer, 0, buffer.length);
  system.close(read);
  assert.equal(decode(buffer, 0, size).trim(), "c3 a9 80 ff");
});

Deno.test("spawn: carries out every part of a plan", () => {
  const limits = [{ resource: RLIMIT_NOFILE, soft: 40, hard: 50 }];
  assert.deepEqual(sh("pwd; ulimit -n; ulimit -Hn", { directory: "/", limits }), ["/\n40\n50\n", 0]);
  const ignored = sh("grep SigIgn /proc/$$/status", { ignoredSignals: [SIGTERM, 40] })[0];
  // But for the two of the C library, which some parents ignore.
  const named = BigInt(`0x${ignored.split(/\s+/)[1]}`) & ~(3n << 31n);
  assert.equal(named, 1n << BigInt(SIGTERM - 1) | 1n << 39n);
  assert.equal(sh("set -- $(cat /proc/$$/stat); test $$ = $5", { processGroup: 0 })[1], 0);
  assert.equal(sh("test -e /proc/$$/fd/0", { descriptors: [-1, 0] })[1], 1);
  assert.equal(system.spawn(plan("/nonexistent", ["x"])), -ENOENT);
  assert.equal(system.waitpid(-1, 0), -ECHILD);
});

Deno.test("spawn: limits may be without end", () => {
  const limit = system.getrlimit(RLIMIT_NOFILE);
  assert.ok(typeof limit === "object");
  assert.equal(system.setrlimit(limit), 0);
  const core = { resource: 4, soft: 0, hard: Infinity };
  assert.equal(sh("ulimit -c; ulimit -Hc", { limits: [core] })[0].split("\n")[0], "0");
});

Deno.test("execve: returns what failed", () => {
  assert.equal(system.execve(plan("/nonexistent", ["x"])), -ENOENT);
});

Deno.test("waitpid: null while no child has changed", () => {
  const child = system.spawn(plan("/bin/sleep", ["sleep", "20"]));
  assert.equal(system.waitpid(child, WNOHANG), null);
  assert.equal(system.kill(child, SIGKILL), 0);
  assert.equal(exitStatus(succeeded<ProcessChange | null>(system.waitpid(child, 0))!.status), 128 + SIGKILL);
  assert.equal(system.kill(child, 0), -ESRCH);
});

Deno.test("fork: children run JavaScript, allocate, and end as they say", () => {
  const children: number[] = [];
  for (let index = 0; index < 10; index++) {
    const child = system.fork();
    if (child === 0) {
      const lists = Array.from({ length: 200 }, (_, row) => Array.from({ length: 500 }, (_, column) => row * column));
      system.exit(lists.flat().length === 100_000 && system.takeSignals().length === 0 ? index : 99);
    }
    children.push(child);
  }
  const statuses = children.map((child) =>
    exitStatus(succeeded<ProcessChange | null>(system.waitpid(child, 0))!.status)
  );
  assert.deepEqual(statuses, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("signals: are pending until they are taken, and wake poll", () => {
  assert.equal(system.setDisposition(SIGUSR1, "catch"), 0);
  assert.equal(system.setDisposition(SIGUSR2, "ignore"), 0);
  const request = { descriptor: system.signalDescriptor, events: POLLIN, returned: 0 };
  assert.equal(system.signalsPending(), false);
  assert.equal(system.poll([request], 0), 0);
  system.kill(system.getpid(), SIGUSR1);
  system.kill(system.getpid(), SIGUSR2);
  while (!system.signalsPending()) system.poll([request], 100);
  assert.equal(system.poll([request], 0), 1);
  assert.equal(request.returned, POLLIN);
  assert.deepEqual(system.takeSignals(), [{ signal: SIGUSR1, fromKernel: false }]);
  assert.equal(system.signalsPending(), false);
  assert.equal(system.setDisposition(SIGUSR1, "default"), 0);
  assert.equal(system.setDisposition(SIGUSR2, "default"), 0);
  assert.equal(system.setDisposition(SIGKILL, "ignore"), -EINVAL);
  assert.equal(system.initialDisposition(SIGCHLD), "default");
});

Deno.test("raiseDefault: ends a forked child by the signal", () => {
  system.setDisposition(SIGTERM, "catch");
  const child = system.fork();
  if (child === 0) {
    system.raiseDefault(SIGTERM);
    system.exit(0);
  }
  system.setDisposition(SIGTERM, "default");
  assert.equal(exitStatus(succeeded<ProcessChange | null>(system.waitpid(child, 0))!.status), 128 + SIGTERM);
});

Deno.test("read, write, lseek: take part of a buffer, and no more", () =>
  inTemporaryDirectory(() => {
    const file = system.open("file", O_CREAT | O_WRONLY, 0o600);
    const bytes = encode("0123456789");
    assert.equal(system.write(file, bytes, 3, 4), 4);
    assert.equal(system.close(file), 0);
    const again = system.open("file", O_RDONLY, 0);
    assert.equal(system.lseek(again, 0, SEEK_END), 4);
    assert.equal(system.lseek(again, -2, SEEK_CUR), 2);
    const buffer = new Uint8Array(6);
    assert.equal(system.read(again, buffer, 4, 2), 2);
    assert.deepEqual(buffer, Uint8Array.of(0, 0, 0, 0, 0x35, 0x36));
    assert.equal(system.read(again, buffer, 0, 6), 0);
    assert.throws(() => system.read(again, buffer, 4, 3), RangeError);
    assert.throws(() => system.write(again, buffer, -1, 3), RangeError);
    // A view of a larger memory.
    assert.equal(system.lseek(again, 0, 0), 0);
    assert.equal(system.read(again, buffer.subarray(2), 1, 1), 1);
    assert.equal(buffer[3], 0x33);
    system.close(again);
  }));

Deno.test("run: gives the process and its wait status, for a plan that is used again, too", () => {
  // The test has threads, with which `run` may notice ends late; a forked child has none.
  const child = system.fork();
  if (child === 0) {
    const again = plan("/bin/sh", ["sh", "-c", "exit 3"]);
    const other = plan("/bin/sh", ["sh", "-c", "kill -9 $$"]);
    let right = 0;
    for (let round = 0; round < 3; round++) {
      const result = system.run(again);
      // Another plan in between takes nothing from the first.
      const killed = exitStatus(statusOfRun(system.run(other))) === 128 + SIGKILL;
      const gone = processOfRun(result) > 0 && system.waitpid(processOfRun(result), 0) === -ECHILD;
      if (exitStatus(statusOfRun(result)) === 3 && killed && gone) right++;
    }
    if (system.run(plan("/nonexistent", ["x"])) === -ENOENT) right++;
    system.exit(right);
  }
  assert.equal(exitStatus(succeeded<ProcessChange | null>(system.waitpid(child, 0))!.status), 4);
});

Deno.test("pipeHolding: gives a text, byte for byte", () => {
  const descriptor = succeeded<number>(system.pipeHolding("a\udcff\u00e9\n"));
  const bytes = new Uint8Array(9);
  assert.equal(system.readAll(descriptor, bytes, 0, 9), 5);
  assert.deepEqual([...bytes.subarray(0, 5)], [0x61, 0xff, 0xc3, 0xa9, 0x0a]);
  system.close(descriptor);
  assert.equal(system.pipeHolding("x".repeat(65537)), -EAGAIN);
});

Deno.test("descriptors: numbers that are out of range are not open", () => {
  for (const descriptor of [-1, 1e9, 1e300, -1e300, NaN]) assert.equal(system.close(descriptor), -EBADF);
});

Deno.test("pipe2, poll: readiness of both ends", () => {
  const { read, write } = succeeded<Pipe>(system.pipe2(O_CLOEXEC | O_NONBLOCK));
  const buffer = new Uint8Array(10);
  assert.equal(system.read(read, buffer, 0, 10), -EAGAIN);
  const requests = [{ descriptor: read, events: POLLIN, returned: 0 }, {
    descriptor: write,
    events: POLLOUT,
    returned: 0,
  }];
  assert.equal(system.poll(requests, -1), 1);
  assert.deepEqual(requests.map(({ returned }) => returned), [0, POLLOUT]);
  system.close(write);
  assert.equal(system.poll(requests.slice(0, 1), -1), 1);
  assert.equal(requests[0]!.returned, POLLHUP);
  assert.ok(system.pipeCapacity(read) >= 4096);
  assert.equal(system.pipeCapacity(read, 1 << 17), 1 << 17);
  system.close(read);
  const many = Array.from({ length: 200 }, () => ({ descriptor: -1, events: POLLIN, returned: 7 }));
  assert.equal(system.poll(many, 0), 0);
  assert.ok(many.every(({ returned }) => returned === 0));
});

Deno.test("stat, lstat, access, readlink, readDirectory: files by path", () =>
  inTemporaryDirectory((directory) => {
    system.close(system.open("fil\udcff", O_CREAT | O_WRONLY, 0o600));
    Deno.symlinkSync("nowhere/é", "link");
    Deno.mkdirSync("sub");
    assert.equal(succeeded<FileStatus>(system.stat("fil\udcff")).mode, S_IFREG | 0o600);
    assert.equal(succeeded<FileStatus>(system.lstat("link")).mode & S_IFMT, S_IFLNK);
    assert.equal(succeeded<FileStatus>(system.stat("sub")).mode & S_IFMT, S_IFDIR);
    assert.equal(system.stat("link"), -ENOENT);
    const { ino, mtime } = Deno.statSync("sub");
    const status = succeeded<FileStatus>(system.stat("sub"));
    assert.equal(status.inode, ino);
    assert.ok(Math.abs(status.modificationTime - mtime!.getTime() / 1000) < 0.002);
    assert.equal(system.access("sub", R_OK | X_OK), 0);
    assert.equal(system.access("none", R_OK), -ENOENT);
    assert.equal(system.readlink("link"), "nowhere/é");
    const entries = succeeded<{ name: string; type: number }[]>(system.readDirectory("."));
    assert.deepEqual(new Map(entries.map(({ name, type }) => [name, type])).get("link"), DT_LNK);
    assert.deepEqual(new Map(entries.map(({ name, type }) => [name, type])).get("sub"), DT_DIR);
    assert.deepEqual(entries.map(({ name }) => name).sort(), ["fil\udcff", "link", "sub"]);
    assert.equal(system.readDirectory("fil\udcff"), -ENOTDIR);
    assert.equal(system.rename("fil\udcff", "other"), 0);
    assert.equal(system.rename("fil\udcff", "other"), -ENOENT);
    assert.equal(system.unlink("other"), 0);
    assert.equal(system.getcwd(), Deno.realPathSync(directory));
  }));

Deno.test("readDirectory: takes a directory of any size", () =>
  inTemporaryDirectory(() => {
    const names = Array.from({ length: 5000 }, (_, index) => `${"name".repeat(20)}${index}`);
    for (const name of names) system.close(system.open(name, O_CREAT | O_WRONLY, 0o600));
    const entries = succeeded<{ name: string }[]>(system.readDirectory("."));
    assert.deepEqual(entries.map(({ name }) => name).sort(), names.sort());
  }));

Deno.test("open, chdir: paths of any length are passed on", () => {
  assert.equal(system.open("x".repeat(100_000), O_RDONLY, 0), -36);
  assert.equal(system.chdir("é".repeat(3000)), -36);
});

Deno.test("passwordEntry: by name and by number", () => {
  const root = system.passwordEntry("root");
  assert.equal(root?.user, 0);
  assert.equal(root.home, "/root");
  assert.deepEqual(system.passwordEntry(0), root);
  assert.equal(system.passwordEntry("no such user"), null);
  assert.equal(system.passwordEntry(4_000_000_000), null);
});

Deno.test("formatTime: zones, fractions and text of the format", () => {
  assert.equal(system.formatTime("%F %T é", 1e9 + 0.9, "UTC0"), "2001-09-09 01:46:40 é");
  assert.equal(system.formatTime("%H:%M", -0.5, "UTC0"), "23:59");
  assert.equal(system.formatTime("%H %Z", 0, "<-05>5"), "19 -05");
  assert.equal(system.formatTime("", 0, null), "");
});

Deno.test("clock, identity: what the runtime says", () => {
  assert.ok(Math.abs(system.now() - Date.now() / 1000) < 5);
  assert.ok(system.monotonic() <= system.monotonic());
  assert.equal(system.getpid(), Deno.pid);
  assert.equal(system.getppid(), Deno.ppid);
  assert.equal(system.getuid(), Deno.uid());
  assert.equal(system.getgid(), Deno.gid());
  assert.equal(system.hostname(), Deno.hostname());
  assert.ok(system.times().user > 0);
  assert.equal(system.umask(system.umask(0o22)), 0o22);
});

Deno.test("openPseudoTerminal, tcgetattr: modes go back and forth", () => {
  const terminal = system.openPseudoTerminal();
  assert.ok(typeof terminal === "object");
  const slave = system.open(terminal.slavePath, 2, 0);
  assert.equal(system.isatty(slave), true);
  assert.equal(system.isatty(-1), false);
  assert.equal(system.ttyname(slave), terminal.slavePath);
  const modes = system.tcgetattr(slave);
  assert.ok(typeof modes === "object");
  assert.equal(modes.characters.length, 32);
  const raw = { ...modes, local: 0, characters: modes.characters.map((value, index) => index === 6 ? 3 : value) };
  assert.equal(system.tcsetattr(slave, 0, raw), 0);
  assert.deepEqual(system.tcgetattr(slave), raw);
  assert.equal(system.setWindowSize(slave, { rows: 10, columns: 20 }), 0);
  assert.deepEqual(system.windowSize(terminal.master), { rows: 10, columns: 20 });
  system.close(slave);
  system.close(terminal.master);
});

Deno.test("start: the arguments and the environment of this process", () => {
  assert.equal(system.start, system.start);
  assert.ok(system.start.arguments.includes("test"));
  assert.ok(system.start.environment.some((entry) => entry.startsWith("PATH=")));
  assert.equal(system.start.directoryRemoved, false);
});
