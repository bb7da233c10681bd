/** How interactive shells end, and what becomes of their jobs and of the terminal. */
import { deepEqual, equal, match } from "node:assert/strict";
import { process, processesOf } from "../processes.ts";
import { session } from "../session.ts";

session("exit warns of stopped jobs once, and then ends them", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 60");
  await shell.stop();
  const [, job] = processesOf(await shell.pid);
  equal(await shell.run("exit"), "exit\nThere are stopped jobs.\n");
  await shell.run("true");
  equal(await shell.run("exit"), "exit\nThere are stopped jobs.\n");
  await shell.enter("exit 7");
  deepEqual(await shell.end, { status: 7, signal: 0 });
  await shell.poll(() => process(job!.pid) === null, "the stopped job to end");
});

session("after a look at the jobs exit does not warn of them", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 60");
  await shell.stop();
  await shell.run("jobs");
  await shell.enter("exit");
  deepEqual(await shell.end, { status: 0, signal: 0 });
});

session("Ctrl-D warns of stopped jobs as exit does", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 60");
  await shell.stop();
  await shell.send("\x04");
  equal(await shell.prompt(), "exit\nThere are stopped jobs.\n");
  await shell.send("\x04");
  // The status is that of the command before, which was stopped.
  deepEqual(await shell.end, { status: 148, signal: 0 });
});

session("with checkjobs, exit warns of running jobs and lists them; without, they go on running", async (context) => {
  const shell = await context.shell();
  await shell.run("sleep 60 &");
  const [, job] = processesOf(await shell.pid);
  await shell.run("shopt -s checkjobs");
  equal(
    await shell.run("exit"),
    "exit\nThere are running jobs.\n[1]+  Running                 sleep 60 &\n",
  );
  await shell.run("shopt -u checkjobs");
  await shell.enter("exit");
  deepEqual(await shell.end, { status: 0, signal: 0 });
  equal(process(job!.pid)?.name, "sleep");
});

session("a shell that hangs up sends SIGHUP to its jobs, and lets stopped ones go on to take it", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 60");
  await shell.stop();
  await shell.run("sleep 61 &");
  await shell.enter("sh -c 'trap \"\" HUP; echo deaf; sleep 62; :'");
  await shell.expect("deaf\r\n");
  const pid = await shell.pid;
  const jobs = processesOf(pid).filter((entry) => entry.pid !== pid && entry.name === "sleep");
  await shell.hangUp();
  deepEqual(await shell.end, { status: 0, signal: 1 });
  await shell.poll(
    () => jobs.slice(0, 2).every((job) => process(job.pid) === null),
    "the jobs to end",
  );
}, { differs: { bash: "it waits for the job in the foreground" } });

session("SIGHUP ends a shell that waits at the prompt, after its EXIT trap", async (context) => {
  const shell = await context.shell();
  await shell.run("trap 'echo bye' EXIT");
  await shell.kill(await shell.pid, 1);
  await shell.expect("bye\r\n");
  deepEqual(await shell.end, { status: 0, signal: 1 });
});

session("an interactive shell that was started deaf to SIGHUP stays so", async (context) => {
  const shell = await context.shell({
    command: ["sh", "-c", `trap "" HUP; exec ${context.program} ${context.plainOptions.join(" ")} -i`],
  });
  await shell.kill(await shell.pid, 1);
  equal(await shell.run("echo alive"), "alive\n");
}, { differs: { bash: "it ends" } });

session("a trap for HUP keeps the shell alive", async (context) => {
  const shell = await context.shell();
  await shell.run("trap 'echo hung up' HUP");
  await shell.enter("echo begun; while :; do :; done");
  await shell.expect("begun\r\n");
  await shell.kill(await shell.pid, 1);
  await shell.expect("hung up\r\n");
  await shell.send("\x03");
  equal(await shell.prompt(), "^C\n");
});

session("huponexit has a login shell send SIGHUP to its jobs when it exits", async (context) => {
  const shell = await context.shell({ arguments: [...context.plainOptions, "-i", "-l"] });
  await shell.run("sleep 60 &");
  await shell.run("shopt -s huponexit");
  const [, job] = processesOf(await shell.pid);
  await shell.enter("exit");
  await shell.expect("logout\r\n");
  deepEqual(await shell.end, { status: 0, signal: 0 });
  await shell.poll(() => process(job!.pid) === null, "the job to end");
});

session("exec that fails does not end an interactive shell", async (context) => {
  const shell = await context.shell();
  equal(
    await shell.run("exec /no/such/file; echo $?"),
    `${context.name}: /no/such/file: No such file or directory\n127\n`,
  );
  equal(await shell.run("exec no-such-command"), `${context.name}: exec: no-such-command: not found\n`);
});

// -----------------------------------------------------------------------------------------------------------------
// Shells in shells

session("a shell within a shell is a job like any other: it is suspended and resumed, and exits", async (context) => {
  const shell = await context.shell();
  const inner = `PS1='inner> ' ${context.program} ${context.plainOptions.join(" ")} -i`;
  await shell.enter(inner);
  await shell.expect("inner> ");
  const group = await shell.foreground();
  await shell.enter("sleep 60");
  await shell.poll(async () => ![group, await shell.pid].includes(await shell.foreground()), "the inner job");
  await shell.send("\x1a");
  await shell.expect("[1]+  Stopped                 sleep 60\r\n");
  await shell.expect("inner> ");
  equal(await shell.foreground(), group);
  await shell.enter("suspend");
  equal(await shell.prompt(), `\n[1]+  Stopped                 ${inner}\n`);
  equal(await shell.foreground(), await shell.pid);
  await shell.enter("fg");
  await shell.expect("\r\ninner> ");
  equal(await shell.foreground(), group);
  await shell.enter("kill %1; wait -f %1; exit 5");
  match(await shell.prompt(), /exit\n$/);
  equal(await shell.run("echo $?"), "5\n");
  equal(processesOf(await shell.pid).length, 1);
}, { differs: { bash: "it warns of the job that has been killed and not been waited for" } });

session("a shell that is started in the background waits until it is in the foreground", async (context) => {
  const shell = await context.shell();
  const inner = `${context.program} ${context.plainOptions.join(" ")} -i`;
  await shell.run(`PS1='inner> ' ${inner} &`);
  match(await shell.run("wait %1; jobs -l"), /\[1\]\+ +\d+ Stopped \(tty input\) /);
  await shell.enter("fg");
  await shell.expect("inner> ");
  await shell.enter("exit");
  await shell.prompt();
  equal(await shell.foreground(), await shell.pid);
});

session("a shell without a terminal says once that it has no job control, and goes on", async (context) => {
  const shell = await context.shell();
  await Deno.writeTextFile(`${context.directory}/input`, "echo one; sleep 0 & wait; echo $-\nfg\n");
  const options = context.plainOptions.join(" ");
  const text = await shell.run(`PS1=: setsid -w ${context.program} ${options} -i <input 2>&1 | cat`);
  equal(text.match(/no job control in this shell/g)?.length, 1);
  match(text, /^:one$/m);
  match(text, /fg: no job control/);
});

session("a shell that is no session leader gives the terminal back when it exits", async (context) => {
  const shell = await context.shell();
  await Deno.writeTextFile(
    `${context.directory}/starter`,
    `PS1='inner> ' ${context.program} ${context.plainOptions.join(" ")} -i\nps -o tpgid= -p $$\necho $$\n`,
  );
  await shell.enter("sh starter");
  await shell.expect("inner> ");
  await shell.enter("exit");
  const [foreground, group] = (await shell.prompt()).replace(/^exit\n/, "").trim().split(/\s+/);
  equal(foreground, group);
});

session("suspend refuses a login shell, unless it is forced", async (context) => {
  const shell = await context.shell({ arguments: [...context.plainOptions, "-i", "-l"] });
  equal(await shell.run("suspend"), `${context.name}: suspend: cannot suspend a login shell\n`);
  await shell.enter("suspend -f");
  await shell.until(() => shell.stopCount === 1, "for the shell to stop");
  await shell.kill(await shell.pid, 18);
  await shell.prompt();
  equal(await shell.foreground(), await shell.pid);
});
