/**
 * System calls that fail at each step of starting a pipeline (see `tests/fault/shell.ts`): there is one clear message, or
 * none where the failure does no harm; nothing stays open or running, and the next command works.
 */
import { deepEqual, equal } from "node:assert/strict";
import * as path from "node:path";
import { root } from "../../../native/build/support.ts";
import { descriptorsOf, processesOf } from "../processes.ts";
import { type Context, PROMPT, session, type ShellTerminal } from "../session.ts";

interface Case {
  /** `OPERATION N ERRNO COUNT`, as the builtin `fault` takes it. */
  readonly fault: string;
  /** What the shell says of it, without its name; the empty string for nothing. */
  readonly message: string;
  readonly status: number;
}

const times = (count: number, make: (n: number) => Case): Case[] =>
  Array.from({ length: count }, (_, i) => make(i + 1));

const FORK_FAILED = { message: "fork: Resource temporarily unavailable", status: 254 };
const NO_PIPE = { message: "cannot make pipe: Too many open files", status: 1 };

/** Pipelines that would run for long, and what must not let them start. */
const UNDONE: readonly (readonly [pipeline: string, cases: readonly Case[]])[] = [
  ["sleep 60 | sleep 61 | sleep 62", [
    ...times(3, (n) => ({ fault: `spawn ${n} EAGAIN 2`, ...FORK_FAILED })),
    ...times(2, (n) => ({ fault: `pipe2 ${n} EMFILE`, ...NO_PIPE })),
  ]],
  ["{ sleep 60; :; } | sleep 61 | f", [
    ...times(2, (n) => ({ fault: `fork ${n} EAGAIN 2`, ...FORK_FAILED })),
    { fault: "fork 1 EMFILE", message: "fork: Too many open files", status: 254 },
    { fault: "spawn 1 EAGAIN 2", ...FORK_FAILED },
    ...times(2, (n) => ({ fault: `pipe2 ${n} EMFILE`, ...NO_PIPE })),
  ]],
];

/** Failures that a pipeline survives. */
const SURVIVED: readonly string[] = [
  ...["EACCES", "ESRCH"].flatMap((errno) => [1, 2].map((n) => `setpgid ${n} ${errno}`)),
  ...["EINTR", "ECHILD"].map((errno) => `waitpid 1 ${errno}`),
];
/** The same where the shell waits for nothing else. */
const SURVIVED_WAITING = ["EINTR", "ECHILD"].map((errno) => `awaitChildren 1 ${errno}`);

/** A shell with faults, and the descriptors that it has before any. */
async function faultyShell(context: Context): Promise<{ shell: ShellTerminal; descriptors: readonly number[] }> {
  const shell = await context.shell({
    command: [
      Deno.execPath(),
      "run",
      "--allow-all",
      "--no-check",
      "--v8-flags=--single-threaded",
      path.join(root, "tests/fault/shell.ts"),
      "--norc",
      "--noprofile",
      "-i",
    ],
    // Deno keeps what it has compiled there.
    environment: { ...context.environment, ...Deno.env.toObject(), HOME: context.directory, PS1: PROMPT, TERM: "dumb" },
  });
  await shell.run("f() { read x; echo f; }; PROMPT_COMMAND=");
  return { shell, descriptors: descriptorsOf(await shell.pid) };
}

/** What must hold after each fault. */
async function isUnharmed(shell: ShellTerminal, descriptors: readonly number[]): Promise<void> {
  const pid = await shell.pid;
  equal(await shell.run("fault; echo next | cat"), "failed\nnext\n");
  await shell.poll(() => processesOf(pid).length === 1, "all processes to end");
  equal(await shell.foreground(), pid);
  // The runtime, which has just compiled the shell, may still close some of its own.
  deepEqual(descriptorsOf(pid).filter((descriptor) => !descriptors.includes(descriptor)), []);
  equal(await shell.run("jobs"), "");
}

for (const jobControl of ["-m", "+m"]) {
  for (const background of [false, true]) {
    const where = `${background ? "background" : "foreground"}, set ${jobControl}`;
    session(`a pipeline that can't be started is undone (${where})`, async (context) => {
      const { shell, descriptors } = await faultyShell(context);
      await shell.run(`set ${jobControl}`);
      for (const [pipeline, cases] of UNDONE) {
        for (const { fault, message, status } of cases) {
          // The last stage is no process then.
          if (fault.startsWith("fork 2") && jobControl === "+m" && !background) continue;
          const text = await shell.run(`fault ${fault}; ${pipeline}${background ? " &" : ";"} echo $?`);
          equal(text, `hexsh: ${message}\n${status}\n`, fault);
          await isUnharmed(shell, descriptors);
        }
      }
    }, { own: true, seconds: 120 });
  }
}

session("a pipeline survives failures that do no harm", async (context) => {
  const { shell, descriptors } = await faultyShell(context);
  for (const fault of [...SURVIVED, ...SURVIVED_WAITING]) {
    equal(await shell.run(`fault ${fault}; { echo a; (exit 3); } | cat | f; echo $?`), "f\n0\n", fault);
    await isUnharmed(shell, descriptors);
  }
}, { own: true, seconds: 120 });

session("a job in the background survives failures that do no harm", async (context) => {
  const { shell, descriptors } = await faultyShell(context);
  for (const fault of [...SURVIVED, ...SURVIVED_WAITING]) {
    await shell.run(`fault ${fault}; { (exit 3); echo a; } | cat | (cat; exit 7) & wait %1; s=$?`);
    equal(await shell.run("echo $s"), "7\n", fault);
    await isUnharmed(shell, descriptors);
  }
}, { own: true, seconds: 120 });

session("a terminal that can't be given away or taken back is told of once", async (context) => {
  const { shell, descriptors } = await faultyShell(context);
  const text = await shell.run("fault tcsetpgrp 1 EIO; { sleep 0; :; }; (sleep 0; :); echo $?");
  equal(
    text.replace(/\d+/, "GROUP"),
    "hexsh: cannot give the terminal to process group GROUP: Input/output error\n0\n",
  );
  await isUnharmed(shell, descriptors);
}, { own: true });

session("a builtin that can't write says so, and only that", async (context) => {
  const { shell, descriptors } = await faultyShell(context);
  const text = await shell.run("fault write 1 ENOSPC; echo text >file; echo $?");
  equal(text, "hexsh: echo: write error: No space left on device\n1\n");
  await isUnharmed(shell, descriptors);
  await shell.run("set +m");
  equal(await shell.run("fault write 1 EPIPE; set -o pipefail; echo text | cat; echo $?"), "141\n");
  await isUnharmed(shell, descriptors);
}, { own: true });
