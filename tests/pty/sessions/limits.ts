/** Limits that are reached: the shell says clearly what it could not have, and lives. */
import { deepEqual, equal, match } from "node:assert/strict";
import { descriptorsOf, processesOf } from "../processes.ts";
import { type Context, session, type ShellTerminal, Skipped } from "../session.ts";

/** A user whom nobody else is, so that its processes can be counted. */
const USER = 61234;

const NO_PROCESS = "fork: Resource temporarily unavailable";

/** A shell that is started by a shell script, which may set it up as root. */
async function startedBy(context: Context, script: string): Promise<ShellTerminal> {
  if (Deno.uid() !== 0) throw new Skipped("only root can set this up");
  await Deno.writeTextFile(`${context.directory}/starter`, script);
  const command = ["sh", `${context.directory}/starter`, await context.programForAll(), ...context.plainOptions, "-i"];
  await Deno.chmod(context.directory, 0o777);
  return await context.shell({ command });
}

session("a user who may have no more processes is told so, and the shell goes on", async (context) => {
  const shell = await startedBy(context, `exec setpriv --reuid ${USER} --regid ${USER} --clear-groups "$@"\n`);
  const descriptors = descriptorsOf(await shell.pid);
  await shell.run("ulimit -u 6");
  for (let job = 1; job <= 5; job++) match(await shell.run(`sleep 6${job} &`), /^\[\d\] \d+\n$/);
  const message = `${context.name}: ${NO_PROCESS}\n`;
  equal(await shell.run("sleep 70 & echo $?"), `${message}254\n`);
  equal(await shell.run("sleep 70 | sleep 71 | cat; echo $?"), `${message}254\n`);
  equal(await shell.run("{ sleep 70; } | { sleep 71; }; echo $?"), `${message}254\n`);
  equal(await shell.run("/bin/echo text; echo $?"), `${message}254\n`);
  equal(await shell.run("(echo text); echo $?"), `${message}254\n`);
  equal(await shell.run("x=$(:; /bin/echo text); echo $?"), `${message}254\n`);
  match(await shell.run("kill %1; wait %1; /bin/echo text"), /^text\n\[1\] {3}Terminated/);
  match(await shell.run("kill %3 %4; wait %3 %4; echo a | { cat; }"), /^a\n\[3\] {3}Terminated/);
  equal(await shell.foreground(), await shell.pid);
  deepEqual(descriptorsOf(await shell.pid), descriptors);
}, { differs: { bash: "it tries again for a while, with a message each time" } });

session("a limit of 16 descriptors holds for programs, and the shell goes on", async (context) => {
  const shell = await context.shell();
  await shell.run("ulimit -n 16");
  equal(await shell.run("sh -c 'ulimit -n'"), "16\n");
  equal(await shell.run("echo a | cat | { cat; } | (cat) | cat; x=$(echo b | cat); echo $x"), "a\nb\n");
  equal(await shell.run("cat <<<text; { echo c; } 2>&1 | cat"), "text\nc\n");
  equal(await shell.run('for fd in 3 4 5 6 7 8 9 10 11 12; do eval "exec $fd</dev/null"; done'), "");
  equal(await shell.run("echo d | cat; /bin/echo e"), "d\ne\n");
}, { differs: { bash: "it is out of descriptors itself" } });

session("a file system that is full is told of by whoever writes, and the shell goes on", async (context) => {
  const shell = await startedBy(
    context,
    'mkdir full && exec unshare --mount sh -c \'mount -t tmpfs -o size=64k tmpfs full && exec "$@"\' sh "$@"\n',
  );
  const full = "No space left on device";
  await shell.run("head -c 100000 /dev/zero 2>/dev/null >full/file; cd full");
  equal(await shell.run("echo text >>file; echo $?"), `${context.name}: echo: write error: ${full}\n1\n`);
  equal(await shell.run("printf 'text\\n' >>file; echo $?"), `${context.name}: printf: write error: ${full}\n1\n`);
  // Documents and substitutions take no room in files.
  equal(await shell.run("TMPDIR=$PWD; cat <<<text; cat <(echo more)"), "text\nmore\n");
  equal(await shell.run("rm file; echo text >file; cat file"), "text\n");
  equal(processesOf(await shell.pid).length, 1);
}, { differs: { bash: "it needs room for its documents" } });
