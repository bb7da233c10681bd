/** Ctrl-C, Ctrl-Z and Ctrl-\ against whatever a shell may be doing. */
import { deepEqual, equal, match } from "node:assert/strict";
import { processesOf } from "../processes.ts";
import { session, type ShellTerminal } from "../session.ts";

const INTERRUPT = "\x03";
const STOP = "\x1a";
const QUIT = "\x1c";

/** Types a line that first says "begun", waits for that and until the shell sleeps or, if `busy`, not. */
async function begin(shell: ShellTerminal, line: string, busy = false): Promise<void> {
  await shell.enter(`echo begun; ${line}`);
  await shell.expect("begun\r\n");
  if (!busy) await shell.asleep();
}

/** What must hold whenever a shell waits for a command again. */
async function isSane(shell: ShellTerminal): Promise<void> {
  equal(await shell.run("echo sane"), "sane\n");
  equal(await shell.foreground(), await shell.pid);
}

const INTERRUPTED: readonly (readonly [what: string, line: string])[] = [
  ["a list", "sleep 60; echo not reached"],
  ["an and-or list", "sleep 60 || echo not reached"],
  ["a group", "{ sleep 60; echo not reached; }"],
  ["a subshell", "(sleep 60; echo not reached)"],
  ["a for loop", "for i in 1 2 3; do sleep 60; echo not reached; done; echo nor here"],
  ["a while loop in its condition", "while sleep 60; do echo not reached; done; echo nor here"],
  ["an arithmetic for loop", "for ((i = 0; i < 3; i++)); do sleep 60; echo not reached; done"],
  ["a function", "f() { sleep 60; echo not reached; }; f; echo nor here"],
  ["a loop that calls a function", "f() { sleep 60; echo not reached; }; for i in 1 2; do f; done"],
  ["an if command", "if sleep 60; then echo not reached; else echo nor here; fi"],
  ["a case command", "case $(echo x) in x) sleep 60; echo not reached;; esac; echo nor here"],
  ["eval", "eval 'sleep 60; echo not reached'; echo nor here"],
  ["a pipeline of programs", "sleep 60 | sleep 61; echo not reached"],
  ["a pipeline of a function and a loop", "f() { sleep 60; }; f | while read x; do :; done; echo not reached"],
];

for (const [what, line] of INTERRUPTED) {
  session(`Ctrl-C ends ${what}`, async (context) => {
    const shell = await context.shell();
    await begin(shell, line);
    equal(await shell.interrupt(line.includes("|") && !line.includes("||") ? 2 : 1), "^C\n");
    equal(await shell.run("echo $?"), "130\n");
    await isSane(shell);
    deepEqual(processesOf(await shell.pid).length, 1);
  });
}

const INTERRUPTED_IN_SHELL: readonly (readonly [what: string, line: string])[] = [
  ["a busy loop of builtins", "while :; do :; done; echo not reached"],
  ["a busy loop that computes", "for ((;;)); do ((x++)); done; echo not reached"],
  ["a busy recursion of functions", "f() { g; }; g() { :; }; until f && false; do f; done; echo not reached"],
];

for (const [what, line] of INTERRUPTED_IN_SHELL) {
  session(`Ctrl-C ends ${what}`, async (context) => {
    const shell = await context.shell();
    await begin(shell, line, true);
    await shell.send(INTERRUPT);
    equal(await shell.prompt(), "^C\n");
    equal(await shell.run("echo $?"), "130\n");
    await isSane(shell);
  });
}

const INTERRUPTED_ASLEEP: readonly (readonly [what: string, line: string])[] = [
  ["read", "read x; echo not reached"],
  ["read with a timeout", "read -t 60 x; echo not reached"],
  ["wait", "sleep 60 & wait; echo not reached"],
  ["wait for a process", "sleep 60 & wait $!; echo not reached"],
  ["a command substitution", "x=$(sleep 60; echo y); echo not reached $x"],
  ["a substitution that is an argument", "echo $(sleep 60) not reached"],
  ["a redirection that waits for its other end", "mkfifo fifo; : <fifo; echo not reached"],
];

for (const [what, line] of INTERRUPTED_ASLEEP) {
  session(`Ctrl-C ends ${what}`, async (context) => {
    const shell = await context.shell();
    await begin(shell, line);
    await shell.send(INTERRUPT);
    match(await shell.prompt(), /\^C\n$/);
    equal(await shell.run("echo $?"), "130\n");
    await isSane(shell);
  });
}

session("Ctrl-C ends only the foreground", async (context) => {
  const shell = await context.shell();
  await shell.run("sleep 60 &");
  await shell.enter("sleep 61");
  await shell.interrupt();
  equal(await shell.run("jobs"), "[1]+  Running                 sleep 60 &\n");
});

session("Ctrl-C leaves a program alone that catches it, and the list goes on", async (context) => {
  const shell = await context.shell();
  await begin(
    shell,
    `sh -c 'trap "echo caught; exit 3" INT; echo ready; while :; do sleep 0.01; done'; echo status $?`,
    true,
  );
  await shell.expect("ready\r\n");
  await shell.send(INTERRUPT);
  equal(await shell.prompt(), "^Ccaught\nstatus 3\n");
});

session("a trap for INT runs in a busy loop of builtins", async (context) => {
  const shell = await context.shell();
  await shell.run("trap 'echo trapped; done=1' INT");
  await begin(shell, 'while [ -z "$done" ]; do :; done; echo after', true);
  await shell.send(INTERRUPT);
  equal(await shell.prompt(), "^Ctrapped\nafter\n");
});

session("Ctrl-\\ ends a program, and neither the shell nor its line", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 60");
  await shell.jobStarted();
  await shell.send(QUIT);
  match(await shell.prompt(), /^\^\\Quit( \(core dumped\))?\n$/);
  await shell.send(QUIT);
  await isSane(shell);
});

session("the shell ignores TERM, QUIT, TSTP, TTIN and TTOU, and its programs do not", async (context) => {
  const shell = await context.shell();
  const pid = await shell.pid;
  for (const signal of [15, 3, 20, 21, 22]) await shell.kill(pid, signal);
  await isSane(shell);
  for (const [signal, text] of [[15, "Terminated"], [3, "Quit"]] as const) {
    await shell.enter("sleep 60");
    await shell.kill(await shell.jobStarted(), signal);
    match(await shell.prompt(), new RegExp(`^${text}`));
  }
  for (const signal of [20, 21, 22]) {
    await shell.enter("sleep 60");
    await shell.kill(await shell.jobStarted(), signal);
    match(await shell.prompt(), /^\n\[\d\]\+ {2}Stopped {17}sleep 60\n$/);
  }
  equal(shell.stopCount, 0);
});

// -----------------------------------------------------------------------------------------------------------------
// Ctrl-Z

session(
  "Ctrl-Z stops a pipeline of programs, builtins, functions and compound commands as a whole",
  async (context) => {
    const shell = await context.shell();
    await shell.run("f() { while read -r line; do echo $line; done; }");
    await shell.run("mkfifo fifo");
    await shell.enter("cat fifo | f | { read x; echo got $x; read y; echo got $y; } | cat");
    const group = await shell.jobStarted(4);
    await shell.send(STOP);
    const text = "cat fifo | f | { read x; echo got $x; read y; echo got $y; } | cat";
    equal(await shell.prompt(), `^Z\n[1]+  Stopped                 ${text}\n`);
    const members = processesOf(await shell.pid).filter((process) => process.group === group);
    equal(members.length, 4);
    deepEqual(new Set(members.map(({ state }) => state)), new Set(["T"]));
    await shell.enter("fg");
    await shell.expect(`${text}\r\n`);
    const writer = Deno.writeTextFile(`${context.directory}/fifo`, "one\ntwo\n");
    equal(await shell.prompt(), "got one\ngot two\n");
    await writer;
    await isSane(shell);
  },
);

const STOPPED: readonly (readonly [what: string, line: string, shown: string])[] = [
  ["a list goes on", "sleep 60; echo after", "after\n"],
  ["the rest of an and-or list sees a failure", "sleep 60 && echo yes || echo no", "no\n"],
  ["a function goes on", "f() { sleep 60; echo after; }; f", "after\n"],
  ["a for loop ends", "for i in 1 2; do sleep 60; echo not reached; done", ""],
  ["a while loop ends", "while sleep 60; do echo not reached; done", ""],
];

for (const [what, line, shown] of STOPPED) {
  session(`after Ctrl-Z ${what}`, async (context) => {
    const shell = await context.shell();
    await begin(shell, line);
    equal(await shell.stop(), `^Z\n[1]+  Stopped                 sleep 60\n${shown}`);
    await isSane(shell);
  });
}

session("a subshell stops and goes on as one job", async (context) => {
  const shell = await context.shell();
  await shell.run("mkfifo fifo");
  await shell.enter("(/bin/cat fifo; echo after)");
  equal(await shell.stop(2), "^Z\n[1]+  Stopped                 ( /bin/cat fifo; echo after )\n");
  await shell.enter("fg");
  await shell.jobStarted(2);
  await Deno.writeTextFile(`${context.directory}/fifo`, "text\n");
  equal(await shell.prompt(), "( /bin/cat fifo; echo after )\ntext\nafter\n");
});

for (const line of ["read x", "while :; do :; done", "wait", "x=$(sleep 60)"]) {
  session(`Ctrl-Z does not stop ${line}, nor the shell`, async (context) => {
    const shell = await context.shell();
    await shell.run("sleep 60 &");
    await begin(shell, line, line.startsWith("while"));
    await shell.send(STOP);
    await shell.expect("^Z");
    await shell.send(INTERRUPT);
    await shell.prompt();
    equal(shell.stopCount, 0);
    await isSane(shell);
  });
}

session("a job in the background that reads from the terminal stops until it is in the foreground", async (context) => {
  const shell = await context.shell();
  await shell.run("cat &");
  match(await shell.run("wait %1; jobs"), /\[1\]\+ {2}Stopped {17}cat\n/);
  await shell.enter("fg");
  await shell.jobStarted();
  await shell.send("line\r\x04");
  match(await shell.prompt(), /^cat\n(line\n){1,2}/);
});

session("stty tostop stops a job in the background that writes", async (context) => {
  const shell = await context.shell();
  await shell.run("stty tostop");
  await shell.run("/bin/echo text &");
  match(await shell.run("wait %1; jobs -l"), /\[1\]\+ +\d+ Stopped \(tty output\) {4}\/bin\/echo text\n/);
  match(await shell.run("stty -tostop; fg"), /^\/bin\/echo text\ntext\n$/);
});
