/** Many jobs at once, long pipelines and long lines: account is kept of all, and nothing stays behind. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { descriptorsOf, process, processesOf } from "../processes.ts";
import { session } from "../session.ts";

const JOBS = 2000;
/** By how much the shell may have grown afterwards, in KiB: the runtime gives memory back when it likes. */
const GROWTH = 32 * 1024;

/** The memory of a process that is in use, in KiB. */
function residentSize(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))![1]);
}

session(`${JOBS} jobs are started, stopped, continued, killed and waited for`, async (context) => {
  const shell = await context.shell();
  const pid = await shell.pid;
  const each = `for ((i = 1; i <= ${JOBS}; i++)); do`;
  const notices = (text: string, state: string) =>
    text.split("\n").filter((line) => line.includes(` ${state} `)).length;
  await shell.run(`${each} :; done; /bin/true; jobs | cat`);
  const descriptors = descriptorsOf(pid);
  const size = residentSize(pid);

  equal(await shell.run(`${each} sleep 600 & done 2>/dev/null`), "");
  equal(await shell.run("jobs -r | wc -l"), `${JOBS}\n`);
  const jobs = processesOf(pid).filter((entry) => entry.pid !== pid);
  equal(jobs.length, JOBS);
  const all = (state: string) => jobs.every((job) => process(job.pid)?.state === state);

  // What has stopped at the end of a command is told of before the prompt, the rest before the next one.
  let shown = await shell.run("kill -STOP $(jobs -p)");
  await shell.poll(() => all("T"), "all jobs to stop");
  shown += await shell.run(":");
  equal(notices(shown, "Stopped"), JOBS);
  equal(await shell.run("jobs -s | wc -l"), `${JOBS}\n`);

  equal(await shell.run(`${each} bg %$i; done >/dev/null`), "");
  await shell.poll(() => all("S"), "all jobs to go on");
  equal(await shell.run("jobs -r | wc -l"), `${JOBS}\n`);

  const count = "n=0; for pid in $pids; do wait $pid; ((n += $? == 143)); done; echo $n";
  shown = await shell.run(`pids=$(jobs -p); kill $pids; ${count}`);
  equal(shown.split("\n")[0], String(JOBS));
  equal(notices(shown, "Terminated"), JOBS);
  equal(await shell.run("jobs; wait; echo none"), "none\n");
  equal(processesOf(pid).length, 1);
  deepEqual(descriptorsOf(pid), descriptors);
  const growth = residentSize(pid) - size;
  ok(growth < GROWTH, `the shell has grown by ${growth} KiB`);
}, { seconds: 120 });

session("a pipeline of 300 stages passes data, is interrupted, and leaves nothing", async (context) => {
  const shell = await context.shell();
  const pid = await shell.pid;
  await shell.run("stages=$(printf '| cat %.0s' {1..299})");
  await shell.run("echo warm | cat");
  const descriptors = descriptorsOf(pid);
  equal(await shell.run('eval "echo deep $stages"'), "deep\n");
  await shell.enter('eval "cat $stages"');
  match(await shell.interrupt(300), /^\^C\n/);
  equal(await shell.run("echo $?"), "130\n");
  await shell.enter('eval "cat $stages"');
  await shell.stop(300);
  await shell.enter("fg");
  await shell.jobStarted(300);
  await shell.send("\x04");
  await shell.prompt();
  equal(processesOf(pid).length, 1);
  deepEqual(descriptorsOf(pid), descriptors);
}, { seconds: 120 });

session("a line of 1 MB is read, split and passed to a builtin; a program does not take it", async (context) => {
  const shell = await context.shell();
  const word = "x".repeat(1023);
  await Deno.writeTextFile(`${context.directory}/long`, `set --${` ${word}`.repeat(1024)}\n`);
  equal(await shell.run(". ./long; echo $#; echo $* | wc -c"), `1024\n${1024 * 1024}\n`);
  await shell.run('line="$*"');
  equal(await shell.run('/bin/echo "$line"; echo $?'), `${context.name}: /bin/echo: Argument list too long\n126\n`);
  equal(await shell.run("echo ${#line}"), `${1024 * 1024 - 1}\n`);
});
