import assert from "node:assert/strict";
import { decode, encode } from "./bytes.ts";
import { Command, SystemError } from "./command.ts";
import { EMFILE } from "./errno.ts";
import { nativeSystem } from "./native.ts";
import type { System } from "./system.ts";

const system = nativeSystem();

/** The open descriptors of this process. */
const openDescriptors = () => Array.from(Deno.readDirSync("/proc/self/fd"), ({ name }) => name).length;

/** Runs `test`, which must leave no descriptor open. */
function withoutLeak(test: () => void): void {
  const before = openDescriptors();
  test();
  assert.equal(openDescriptors(), before);
}

const sh = (script: string) => new Command("sh").args(["-c", script]);

Deno.test("Command.output: gathers both streams and the status", () =>
  withoutLeak(() => {
    const { status, stdout, stderr } = sh("echo out; echo err >&2; exit 3").output();
    assert.deepEqual(status, { success: false, code: 3, signal: null });
    assert.equal(decode(stdout), "out\n");
    assert.equal(decode(stderr), "err\n");
  }));

Deno.test("Command.output: moves 1 MB in both directions at once", () =>
  withoutLeak(() => {
    const input = new Uint8Array(1 << 20).map((_, index) => index * 7);
    const { status, stdout, stderr } = sh("tee /dev/stderr").stdin("piped").output(input);
    assert.ok(status.success);
    assert.deepEqual(stdout, input);
    assert.deepEqual(stderr, input);
  }));

Deno.test("Command.output: a program that does not read its input is no error", () =>
  withoutLeak(() => {
    const { status, stdout } = sh("echo done").stdin("piped").output(new Uint8Array(1 << 20));
    assert.ok(status.success);
    assert.equal(decode(stdout), "done\n");
  }));

Deno.test("Command.output: standard input is empty by default", () => {
  assert.equal(decode(new Command("cat").output().stdout), "");
});

Deno.test("Child.stdin: closing it is the end of file for the program", () =>
  withoutLeak(() => {
    const child = sh("cat; echo end").stdin("piped").stdout("piped").spawn();
    child.stdin!.write(encode("first\n"));
    const buffer = new Uint8Array(100);
    assert.equal(decode(buffer, 0, child.stdout!.read(buffer)), "first\n");
    child.stdin!.close();
    assert.equal(decode(child.stdout!.readAll()), "end\n");
    assert.equal(child.stdout!.read(buffer), 0);
    child.stdout!.close();
    child.stdout!.close();
    assert.ok(child.wait().success);
    assert.equal(child.stderr, null);
  }));

Deno.test("Child.stdin: writing fails with EPIPE once the program has gone", () =>
  withoutLeak(() => {
    const child = sh("exec <&-; echo closed").stdin("piped").stdout("piped").spawn();
    child.stdout!.read(new Uint8Array(10));
    assert.throws(() => child.stdin!.write(encode("x")), (error) =>
      error instanceof SystemError && error.code === "EPIPE");
    child.stdout!.close();
    assert.ok(child.wait().success);
  }));

Deno.test("Child.stdout: a program that writes ends when its reader has gone", () =>
  withoutLeak(() => {
    const child = new Command("yes").stdout("piped").spawn();
    child.stdout!.read(new Uint8Array(10));
    child.stdout!.close();
    // SIGPIPE is at its default in programs, whatever the runtime does with it.
    assert.deepEqual(child.wait(), { success: false, code: null, signal: 13 });
  }));

Deno.test("Child: wait, tryWait and kill", () =>
  withoutLeak(() => {
    const child = new Command("sleep").arg("20").spawn();
    assert.equal(child.tryWait(), null);
    child.kill(15);
    assert.deepEqual(child.wait(), { success: false, code: null, signal: 15 });
    assert.deepEqual(child.wait(), child.tryWait());
    assert.throws(() => child.kill(), (error) => error instanceof SystemError && error.code === "ESRCH");
  }));

Deno.test("Command: children get no descriptor but those that they are meant to have", () =>
  withoutLeak(() => {
    const list = () => decode(sh("cd /proc/self/fd; echo *").output().stdout).trim().split(" ").sort();
    const alone = list();
    const sibling = new Command("cat").stdin("piped").stdout("piped").stderr("piped").spawn();
    assert.deepEqual(list(), alone);
    const given = sh("cd /proc/self/fd; echo *").stream(5, "null").stream(6, sibling.stdin!.descriptor).output().stdout;
    const expected = new Set([...alone, "5", "6"]);
    assert.deepEqual(decode(given).trim().split(" ").sort(), [...expected].sort());
    // If the sibling's input were open elsewhere, this would not end.
    assert.ok(sibling.waitWithOutput().status.success);
  }));

Deno.test("Command.stream: pipes on other descriptors, in the direction of the six streams", () =>
  withoutLeak(() => {
    const child = sh("cat <&4 >&5").stream(4, "piped").stream(5, "piped").spawn();
    child.writer(4)!.write(encode("data"));
    child.writer(4)!.close();
    assert.equal(decode(child.reader(5)!.readAll()), "data");
    assert.equal(child.reader(4), null);
    child.reader(5)!.close();
    assert.ok(child.wait().success);
  }));

Deno.test("Command: descriptors given for each other's numbers are swapped", () =>
  withoutLeak(() => {
    const out = system.memfdCreate("out");
    const err = system.memfdCreate("err");
    assert.ok(sh(`echo a >/dev/fd/${out}; echo b >/dev/fd/${err}`).stream(out, err).stream(err, out).status().success);
    const buffer = new Uint8Array(10);
    assert.equal(system.lseek(out, 0, 0), 0);
    assert.equal(decode(buffer, 0, system.read(out, buffer, 0, 10)), "b\n");
    system.close(out);
    system.close(err);
  }));

Deno.test("Command: environment, directory and arguments", () => {
  const command = sh('echo "$A-$B-$PWD-$0-$1"').args(["zero", "one\udcff"]).env("A", "1").env("B", "2").envRemove("B");
  assert.equal(decode(command.currentDir("/").output().stdout), "1--/-zero-one\udcff\n");
  assert.equal(decode(new Command("/usr/bin/env").envClear().env("X", "y").output().stdout), "X=y\n");
});

Deno.test("Command: searches PATH as it is for the program", () => {
  const code = (command: Command) => {
    try {
      command.output();
      return null;
    } catch (error) {
      return (error as SystemError).code;
    }
  };
  assert.equal(code(new Command("no-such-program")), "ENOENT");
  assert.equal(code(new Command("sh").env("PATH", "/nonexistent:/bin")), null);
  assert.equal(code(new Command("passwd").env("PATH", "/etc")), "EACCES");
  assert.equal(code(new Command("./no-such-program")), "ENOENT");
  assert.equal(code(new Command("sh").envRemove("PATH")), null);
});

Deno.test("Command.spawn: undoes everything when a pipe or the program can't be had", () => {
  for (let calls = 0; calls <= 3; calls++) {
    withoutLeak(() => {
      let left = calls;
      const failing: System = Object.create(system, {
        start: { value: system.start },
        pipe2: { value: (flags: number) => left-- > 0 ? system.pipe2(flags) : -EMFILE },
        spawn: { value: () => -EMFILE },
      });
      const command = new Command("cat", failing).stdin("piped").stdout("piped").stderr("piped").stream(5, "null");
      assert.throws(() => command.spawn(), (error) => error instanceof SystemError && error.code === "EMFILE");
    });
  }
  assert.equal(system.waitpid(-1, 0), -10);
});

Deno.test("SystemError: names the operation and the error", () => {
  const error = new SystemError("open file", -2);
  assert.equal(error.message, "open file: No such file or directory");
  assert.equal(error.code, "ENOENT");
  assert.equal(error.errno, 2);
});
