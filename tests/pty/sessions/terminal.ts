/** The harness itself, and that a shell and its terminal get on. */
import { deepEqual, equal } from "node:assert/strict";
import { processesOf } from "../processes.ts";
import { session } from "../session.ts";

session("a shell runs commands, and exits with a status", async (context) => {
  const shell = await context.shell();
  equal(await shell.run("echo one two"), "one two\n");
  await shell.enter("exit 3");
  deepEqual(await shell.end, { status: 3, signal: 0 });
});

session("a foreground job is a process group with the terminal, which the shell takes back", async (context) => {
  const shell = await context.shell();
  const pid = await shell.pid;
  equal(await shell.foreground(), pid);
  await shell.enter("sh -c 'echo begun; exec sleep 60' | cat");
  await shell.expect("begun");
  const group = await shell.foreground();
  const members = processesOf(pid).filter((process) => process.group === group);
  deepEqual(members.map(({ parent }) => parent), [pid, pid]);
  await shell.send("\x03");
  await shell.prompt();
  equal(await shell.foreground(), pid);
  deepEqual(processesOf(pid).map((process) => process.pid), [pid]);
});

session("modes that a program leaves behind are seen", async (context) => {
  const ECHO = 0o10;
  const shell = await context.shell();
  equal((await shell.modes()).local & ECHO, ECHO);
  await shell.enter("sh -c 'stty -echo; echo changed; read line; stty echo'");
  await shell.expect("changed");
  equal((await shell.modes()).local & ECHO, 0);
  await shell.type("");
  await shell.prompt();
  equal((await shell.modes()).local & ECHO, ECHO);
});

session("a new size of the window reaches programs", async (context) => {
  const shell = await context.shell({ rows: 30, columns: 100 });
  equal(await shell.run("stty size"), "30 100\n");
  await shell.resize(40, 120);
  equal(await shell.run("stty size"), "40 120\n");
});
