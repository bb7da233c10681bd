/** The table of jobs: what is listed, under which numbers and marks, and the builtins that deal with jobs. */
import { deepEqual, equal, match } from "node:assert/strict";
import { process, processesOf } from "../processes.ts";
import { session, type ShellTerminal } from "../session.ts";

/** A text with its process ids hidden. */
const hidden = (text: string) => text.replaceAll(/ *\b\d{3,}\b/g, " PID");

/** Starts jobs in the background; their numbers and process ids are shown. */
async function start(shell: ShellTerminal, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) match(await shell.run(`${command} &`), /^\[\d+\] \d+\n$/);
}

session("jobs are listed with numbers, marks, states and commands", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50 | sleep 51", "sleep 52", "sleep 53");
  equal(
    await shell.run("jobs"),
    "[1]   Running                 sleep 50 | sleep 51 &\n" +
      "[2]-  Running                 sleep 52 &\n" +
      "[3]+  Running                 sleep 53 &\n",
  );
  equal(
    hidden(await shell.run("jobs -l %1 %3")),
    "[1] PID Running                 sleep 50\n" +
      " PID                       | sleep 51 &\n" +
      "[3]+ PID Running                 sleep 53 &\n",
  );
  equal(await shell.run("jobs -s"), "");
  equal(await shell.run("jobs -r %2"), "[2]-  Running                 sleep 52 &\n");
  equal(await shell.run("[ $(jobs -p %2) = $(jobs -x echo %2) ] && echo same"), "same\n");
});

session("a job that has stopped becomes the current one, and the others keep their order", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50", "sleep 51", "sleep 52");
  await shell.enter("fg %1");
  equal(await shell.stop(), "sleep 50\n^Z\n[1]+  Stopped                 sleep 50\n");
  equal(
    await shell.run("jobs"),
    "[1]+  Stopped                 sleep 50\n" +
      "[2]   Running                 sleep 51 &\n" +
      "[3]-  Running                 sleep 52 &\n",
  );
  equal(await shell.run("bg"), "[1]+ sleep 50 &\n");
  equal(await shell.run("bg"), `${context.name}: bg: job 3 already in background\n`);
});

session("fg and bg continue a job, and %n alone does as well", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 50 | cat");
  equal(await shell.stop(2), "^Z\n[1]+  Stopped                 sleep 50 | cat\n");
  equal(await shell.run("%1 &"), "[1]+ sleep 50 | cat &\n");
  equal(await shell.run("jobs"), "[1]+  Running                 sleep 50 | cat &\n");
  await shell.enter("%1");
  equal(await shell.interrupt(), "sleep 50 | cat\n^C\n");
  equal(await shell.run("echo $?; jobs"), "130\n");
});

session("jobs are found by number, mark, beginning and part of their command", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50", "sleep 61", "head -0 | sleep 72");
  for (const specification of ["%2", "%-", "%?61"]) {
    equal(await shell.run(`jobs ${specification}`), "[2]-  Running                 sleep 61 &\n");
  }
  for (const specification of ["%3", "%%", "%+", "%", "%head", "%?head"]) {
    equal(await shell.run(`jobs ${specification}`), "[3]+  Running                 head -0 | sleep 72 &\n");
  }
  equal(await shell.run("jobs %sleep"), `${context.name}: jobs: sleep: ambiguous job spec\n`);
  equal(await shell.run("jobs %?9"), `${context.name}: jobs: %?9: no such job\n`);
  equal(await shell.run("fg %9; echo $?"), `${context.name}: fg: %9: no such job\n1\n`);
}, { differs: { bash: "it says twice that a specification is ambiguous" } });

session("what has become of jobs is told before the next prompt, once", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50");
  match(await shell.run("(exit 3) & wait $!"), /\n\[2\]\+ {2}Exit 3 {18}\( exit 3 \)\n$/);
  equal(await shell.run("kill %1; wait %1"), "[1]+  Terminated              sleep 50\n");
  equal(await shell.run("jobs"), "");
  match(await shell.run("true & wait $!"), /^\[1\] \d+\n\[1\]\+ {2}Done {20}true\n$/);
  match(await shell.run('sh -c "kill -KILL \\$\\$" & wait $!'), /\[1\]\+ {2}Killed {18}sh -c "kill -KILL \\\$\\\$"\n$/);
});

session("jobs -n lists what has changed since the user was told", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50", "sleep 51");
  await shell.enter("kill -STOP %1; wait %1; jobs -n; jobs -n; echo end");
  equal(
    await shell.prompt(),
    "[1]+  Stopped                 sleep 50\n[2]-  Running                 sleep 51 &\nend\n",
  );
}, { differs: { bash: "wait tells of the job that has stopped, too" } });

session("set -b tells at once", async (context) => {
  const shell = await context.shell();
  await shell.run("set -b");
  await shell.enter('true & while [ -n "$(jobs -r)" ]; do :; done; echo loop ended');
  await shell.expect(/\[1\] \d+\r\n/);
  equal(await shell.prompt(), "[1]+  Done                    true\nloop ended\n");
}, { differs: { bash: "it tells when it waits for the next foreground job" } });

session("a shell that waits for a line tells at once with set -b", async (context) => {
  const shell = await context.shell();
  await shell.run("set -b; mkfifo fifo");
  await start(shell, "sh -c ': <fifo'");
  await Deno.writeTextFile(`${context.directory}/fifo`, "");
  await shell.expect(/\[1\]\+ {2}Done {20}sh -c ': <fifo'\r+\n/);
});

session("a job says where it was started, if the shell is elsewhere", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50");
  await shell.run("cd /");
  equal(await shell.run("jobs"), "[1]+  Running                 sleep 50 &  (wd: ~)\n");
  await shell.enter("fg");
  equal(await shell.stop(), "sleep 50\t(wd: ~)\n^Z\n[1]+  Stopped                 sleep 50  (wd: ~)\n(wd now: /)\n");
  equal(await shell.run("bg"), "[1]+ sleep 50 &\t(wd: ~)\n");
});

session("in POSIX mode states are named as POSIX has them", async (context) => {
  const shell = await context.shell();
  await shell.run("set -o posix");
  await shell.enter("sleep 50");
  equal(await shell.stop(), "^Z\n[1]+  Stopped(SIGTSTP)        sleep 50\n");
  equal(await shell.run("bg"), "[1] sleep 50\n");
  match(await shell.run("(exit 3) & wait $!"), /\[2\]. {2}Done\(3\) {17}\( exit 3 \)\n/);
}, { differs: { bash: "of two jobs in POSIX mode it tells at another time" } });

session("Ctrl-C and a trapped signal end wait, and a job that stops ends the wait for it", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50");
  await shell.enter("echo waiting; wait; echo not reached");
  await shell.expect("waiting\r\n");
  await shell.asleep();
  await shell.send("\x03");
  equal(await shell.prompt(), "^C\n");
  equal(await shell.run("echo $?"), "130\n");
  await shell.enter("trap 'echo trapped' USR1; echo waiting; wait; echo $?");
  await shell.expect("waiting\r\n");
  await shell.asleep();
  await shell.kill(await shell.pid, 10);
  equal(await shell.prompt(), "trapped\n138\n");
  match(await shell.run("kill -STOP %1; wait %1; echo $?"), /^147$/m);
});

session("disown takes jobs out of the table, or keeps SIGHUP from them", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50", "sleep 51", "sleep 52");
  await shell.run("disown %1; disown -h %2");
  equal(
    await shell.run("jobs"),
    "[2]-  Running                 sleep 51 &\n[3]+  Running                 sleep 52 &\n",
  );
  const pid = await shell.pid;
  const jobs = processesOf(pid).filter(({ name }) => name === "sleep");
  deepEqual(jobs.length, 3);
  await shell.kill(pid, 1);
  await shell.end;
  await shell.poll(() => process(jobs[2]!.pid) === null, "the job that is not kept");
  deepEqual(jobs.slice(0, 2).map((job) => process(job.pid)?.name), ["sleep", "sleep"]);
});

session("disown warns of a job that stays stopped", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 50");
  await shell.stop();
  equal(
    hidden(await shell.run("disown")),
    `${context.name}: warning: deleting stopped job 1 with process group PID\n`,
  );
  equal(await shell.run("disown; jobs; disown -a"), `${context.name}: disown: current: no such job\n`);
});

session("kill takes job specifications, and lets a stopped job end", async (context) => {
  const shell = await context.shell();
  await shell.enter("sleep 50 | sleep 51");
  await shell.stop(2);
  equal(await shell.run("kill %1; wait -f %1"), "[1]+  Terminated              sleep 50 | sleep 51\n");
  equal(processesOf(await shell.pid).length, 1);
}, { differs: { bash: "it shows the job as stopped once more" } });

session("a command that can't be found has a process id to wait for in the background", async (context) => {
  const shell = await context.shell();
  match(await shell.run("no-such-command & wait $!; echo $?"), /\n127\n/);
});

session("the numbers of jobs go on from the highest", async (context) => {
  const shell = await context.shell();
  await start(shell, "sleep 50", "sleep 51", "sleep 52");
  await shell.run("kill %1 %3; wait %1 %3");
  match(await shell.run("sleep 53 &"), /^\[3\]/);
});
