/** Co-processes as jobs: what is told of them, how they are stopped, continued and ended, and that nothing of them is left. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { process, processesOf } from "../processes.ts";
import { session } from "../session.ts";

session("a co-process is a job with a process group of its own", async (context) => {
  const shell = await context.shell();
  match(await shell.run("coproc cat"), /^\[1\] \d+\n$/);
  equal(await shell.run("jobs"), "[1]+  Running                 coproc COPROC cat &\n");
  deepEqual(processesOf(await shell.pid).map(({ pid, group }) => pid === group), [true, true]);
  equal(await shell.run("echo text >&${COPROC[1]}; read -r line <&${COPROC[0]}; echo $line"), "text\n");
  equal(await shell.run("exec {COPROC[1]}>&-; wait"), "[1]+  Done                    coproc COPROC cat\n");
  equal(await shell.run("echo ${COPROC[@]-unset} ${COPROC_PID-unset}"), "unset unset\n");
}, { differs: { bash: "wait tells nothing of its end" } });

session("a co-process stops and goes on like any job", async (context) => {
  const shell = await context.shell();
  await shell.run('coproc NAME { read -r line; echo "<$line>"; read -r line; }');
  await shell.enter("fg");
  equal(
    await shell.stop(),
    'coproc NAME { read -r line; echo "<$line>"; read -r line; }\n^Z\n' +
      '[1]+  Stopped                 coproc NAME { read -r line; echo "<$line>"; read -r line; }\n',
  );
  equal(await shell.run("bg"), '[1]+ coproc NAME { read -r line; echo "<$line>"; read -r line; } &\n');
  equal(await shell.run("echo text >&${NAME[1]}; read -r line <&${NAME[0]}; echo $line"), "<text>\n");
  await shell.enter("fg");
  equal(await shell.interrupt(), 'coproc NAME { read -r line; echo "<$line>"; read -r line; }\n^C\n');
  equal(await shell.run("jobs; echo ${NAME[@]-unset}"), "unset\n");
}, { differs: { bash: "when one is stopped its descriptors are closed" } });

session("a second co-process brings a warning", async (context) => {
  const shell = await context.shell();
  await shell.run("coproc cat");
  match(
    await shell.run("coproc other { cat; }"),
    new RegExp(`^${context.name}: warning: execute_coproc: coproc \\[\\d+:COPROC\\] still exists\n\\[2\\] \\d+\n$`),
  );
});

session("co-processes end with the shell", async (context) => {
  const shell = await context.shell();
  await shell.run("coproc cat; coproc other { cat; } 2>errors");
  const pid = await shell.pid;
  const children = processesOf(pid).filter((process) => process.pid !== pid);
  ok(children.length >= 2);
  await shell.type("exit");
  await shell.end;
  await shell.poll(() => children.every(({ pid }) => process(pid) === null), "the co-processes to end");
});
