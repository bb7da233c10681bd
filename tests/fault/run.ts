/**
 * Runs each script of {@link SCRIPTS} with each call that it makes failing in turn, in a forked process for each run. Prints a
 * line for each script, `ok` or `not ok` and its name, and behind the latter indented lines that say what was wrong.
 *
 * To be run with V8's `--single-threaded`, as the shell is.
 */
import { main } from "../../src/main.ts";
import { parseInvocation } from "../../src/invocation.ts";
import { decode, encode } from "../../src/system/bytes.ts";
import { O_CLOEXEC, O_NONBLOCK, O_RDONLY, POLLIN, WNOHANG } from "../../src/system/constants.ts";
import { EAGAIN } from "../../src/system/errno.ts";
import { nativeSystem } from "../../src/system/native.ts";
import { SIGKILL } from "../../src/system/signal_numbers.ts";
import { exitStatus } from "../../src/system/wait_status.ts";
import type { Pipe } from "../../src/system/system.ts";
import { type Fault, faultySystem, type Operation } from "./faulty_system.ts";
import { type Consequence, KINDS } from "./faults.ts";
import { FILES, SCRIPTS } from "./scripts.ts";

const SECONDS = 20;

const native = nativeSystem();

/** What the shell's process was like at its end. */
interface Report {
  readonly calls: readonly (readonly [Operation, number])[];
  /** How many descriptors were open. */
  readonly descriptors: number;
  /** How many children it had. */
  readonly children: number;
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` if it had to be ended. */
  readonly status: number | null;
  /** `null` if the shell did not come to its end. */
  readonly report: Report | null;
}

function pipe(): Pipe {
  const result = native.pipe2(O_CLOEXEC);
  if (typeof result === "number") throw new Error(`no pipe: ${result}`);
  return result;
}

/** Runs `body` in the shell, in a process of its own, in the working directory. */
function runShell(body: string, fault: Fault | null): Outcome {
  const pipes = [pipe(), pipe(), pipe()] as const;
  const pid = native.fork();
  if (pid < 0) throw new Error(`no process: ${pid}`);
  if (pid === 0) beShell(body, fault, pipes.map(({ write }) => write) as [number, number, number]);
  for (const { write } of pipes) native.close(write);
  const [stdout, stderr, report] = collect(pipes.map(({ read }) => read), pid);
  for (const { read } of pipes) native.close(read);
  const status = end(pid);
  return { stdout: stdout!, stderr: stderr!, status, report: report === "" ? null : JSON.parse(report!) };
}

/** In the forked process: becomes the shell, with its output going to the pipes. */
function beShell(body: string, fault: Fault | null, [out, err, reports]: [number, number, number]): never {
  native.setpgid(0, 0);
  for (const [from, to] of [[native.open("/dev/null", O_RDONLY, 0), 0], [out, 1], [err, 2]] as const) {
    native.close(to);
    native.duplicate(from, to);
    native.setCloseOnExec(to, false);
  }
  const shell = native.getpid();
  const counts = new Map<Operation, number>();
  const ending = (status: number): never => {
    if (native.getpid() === shell) report(reports, counts);
    return native.exit(status);
  };
  const text = `umask 022\n${body}\numask 077\necho next\n`;
  const environment = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"];
  const start = {
    arguments: ["hexsh", "-c", text],
    environment,
    descriptors: [0, 1, 2],
    directoryRemoved: false,
    limits: [],
  };
  const token = pipe();
  native.setStatusFlags(token.read, O_RDONLY | O_NONBLOCK);
  native.write(token.write, new Uint8Array(1), 0, 1);
  const claim = () => native.read(token.read, new Uint8Array(1), 0, 1) === 1;
  const system = faultySystem(native, fault === null ? null : { ...fault, claim }, counts, start, ending);
  return main(system, parseInvocation(start.arguments), null);
}

/** Tells what the shell's process looks like. */
function report(descriptor: number, counts: ReadonlyMap<Operation, number>): void {
  const entries = native.readDirectory("/proc/self/fd");
  const pid = native.getpid();
  const children = Deno.readTextFileSync(`/proc/self/task/${pid}/children`).trim().split(" ").filter((text) =>
    text !== ""
  );
  const calls = [...counts];
  const text = JSON.stringify({
    calls,
    descriptors: typeof entries === "number" ? -1 : entries.length,
    children: children.length,
  });
  const bytes = encode(text);
  native.write(descriptor, bytes, 0, bytes.length);
}

/** All that the descriptors give until they end, or time is up and `group` is killed. */
function collect(descriptors: readonly number[], group: number): string[] {
  const texts = descriptors.map(() => "");
  const open = new Set(descriptors);
  const deadline = native.monotonic() + SECONDS;
  const buffer = new Uint8Array(65536);
  for (const descriptor of descriptors) native.setStatusFlags(descriptor, O_RDONLY | O_NONBLOCK);
  while (open.size > 0) {
    const left = Math.ceil((deadline - native.monotonic()) * 1000);
    if (left <= 0) native.kill(-group, SIGKILL);
    const requests = [...open].map((descriptor) => ({ descriptor, events: POLLIN, returned: 0 }));
    native.poll(requests, Math.max(left, 1000));
    for (const { descriptor, returned } of requests) {
      if (returned === 0) continue;
      const count = native.read(descriptor, buffer, 0, buffer.length);
      if (count > 0) texts[descriptors.indexOf(descriptor)] += decode(buffer, 0, count);
      else if (count !== -EAGAIN) open.delete(descriptor);
    }
  }
  return texts;
}

/** The status of the shell, whose output has come to an end. */
function end(pid: number): number | null {
  const deadline = native.monotonic() + SECONDS;
  for (;;) {
    const change = native.waitpid(pid, WNOHANG);
    if (typeof change === "number") throw new Error(`waitpid: ${change}`);
    if (change !== null) return exitStatus(change.status);
    if (native.monotonic() > deadline) native.kill(-pid, SIGKILL);
    native.poll([], 1);
  }
}

/** A message of the shell, by its name, or in a function by that of the source. */
const OWN = /^(?:hexsh|environment): /;
/** The form that it has: a line, and a text that ends in words. */
const MESSAGE = /^[a-z]+: line \d+: .*[A-Za-z]$/;

/** What is wrong with an outcome; empty if nothing is. */
function judge(outcome: Outcome, sound: Outcome, consequence: Consequence): string[] {
  const wrong: string[] = [];
  // Standard error may lead where standard output does.
  const own = (outcome.stdout + outcome.stderr).split("\n").filter((line) => OWN.test(line));
  const goesOn = consequence !== "fatal";
  if (outcome.status !== (goesOn ? 0 : 1)) wrong.push(`status ${outcome.status}`);
  if (goesOn !== outcome.stdout.endsWith("next\n")) wrong.push(`the next command ${goesOn ? "did not run" : "ran"}`);
  if (/internal error|\.[jt]s:\d/.test(outcome.stderr)) wrong.push("an internal error");
  if (!own.every((line) => MESSAGE.test(line))) wrong.push("a message of another form");
  if (own.length > 1) wrong.push(`${own.length} messages`);
  if ((consequence === "reported" || consequence === "fatal") && own.length === 0) wrong.push("no message");
  if (consequence === "hidden" && (outcome.stdout !== sound.stdout || outcome.stderr !== sound.stderr)) {
    wrong.push("it is not hidden");
  }
  if (outcome.report === null) wrong.push("the shell did not come to its end");
  else if (outcome.report.descriptors !== sound.report!.descriptors) {
    wrong.push(`${outcome.report.descriptors} descriptors are open, not ${sound.report!.descriptors}`);
  } else if (outcome.report.children !== 0) wrong.push(`${outcome.report.children} children are left`);
  return wrong;
}

const indent = (text: string) => text.replace(/\n$/, "").replaceAll(/^/gm, "      ");

/** Tries every failure of one script. Returns what was wrong. */
function tryAll(body: string): string[] {
  const failures: string[] = [];
  const sound = runShell(body, null);
  if (sound.report === null || sound.stderr !== "" || sound.status !== 0) {
    return [`it fails by itself, with status ${sound.status}\n${indent(sound.stdout + sound.stderr)}`];
  }
  for (const [operation, calls] of sound.report.calls) {
    for (const { result, consequence } of KINDS[operation]) {
      for (let call = 0; call < Math.min(calls, MOST_CALLS); call++) {
        const outcome = runShell(body, { operation, call, result });
        const wrong = judge(outcome, sound, consequence);
        if (wrong.length === 0) continue;
        failures.push(
          `${operation} ${call} of ${calls} = ${result}: ${wrong.join(", ")}\n${
            indent(outcome.stdout + outcome.stderr)
          }`,
        );
      }
    }
  }
  return failures;
}

/** Of an operation that is called more often, the first calls alone are tried. */
const MOST_CALLS = 30;

const directory = Deno.makeTempDirSync({ prefix: "hexsh-fault-" });
Deno.chdir(directory);
for (const [name, text] of Object.entries(FILES)) Deno.writeTextFileSync(name, text);
const only = Deno.args[0];
for (const [name, body] of Object.entries(SCRIPTS)) {
  if (only !== undefined && !name.includes(only)) continue;
  const failures = tryAll(body);
  console.log(`${failures.length === 0 ? "ok" : "not ok"} ${name}`);
  for (const failure of failures) console.log(failure.replaceAll(/^/gm, "    "));
}
Deno.chdir("/");
Deno.removeSync(directory, { recursive: true });
