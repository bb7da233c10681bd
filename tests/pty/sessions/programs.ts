/** Programs that people live in: suspended and resumed, with the terminal as each of them wants it. */
import { deepEqual, equal, match } from "node:assert/strict";
import { processesOf } from "../processes.ts";
import { type Context, PROMPT, session, type ShellTerminal, Skipped } from "../session.ts";

const ICANON = 0o2;

/** A shell on a terminal on which programs may move the cursor. */
async function begin(context: Context, program: string): Promise<ShellTerminal> {
  const found = await new Deno.Command("sh", { args: ["-c", `command -v ${program}`], stdout: "null" }).output();
  if (!found.success) throw new Skipped(`there is no ${program}`);
  return await context.shell({ environment: { ...context.environment, TERM: "xterm", LESS: "", EXINIT: "" } });
}

/** Waits until a program has made the terminal its own. */
async function takesTerminal(shell: ShellTerminal): Promise<void> {
  await shell.poll(async () => ((await shell.modes()).local & ICANON) === 0, "the program to take the terminal");
}

session("less is suspended and resumed, and finds the terminal as it left it", async (context) => {
  const shell = await begin(context, "less");
  const modes = await shell.modes();
  await shell.run("seq 1000 >numbers");
  await shell.enter("less numbers");
  await shell.expect(/^23\r/m);
  await takesTerminal(shell);
  match(await shell.stop(), /\[1\]\+ {2}Stopped {17}less numbers\n$/);
  deepEqual(await shell.modes(), modes);
  await shell.enter("fg");
  await shell.expect(/^23\r/m);
  await takesTerminal(shell);
  await shell.jobStarted();
  await shell.send("/777\r");
  await shell.expect(/^790\r/m);
  await shell.send("q");
  await shell.prompt();
  deepEqual(await shell.modes(), modes);
  equal(await shell.run("jobs"), "");
});

session("vim is suspended and resumed, and saves what was typed", async (context) => {
  const shell = await begin(context, "vim");
  const modes = await shell.modes();
  await shell.enter("vim -u NONE -N text");
  await takesTerminal(shell);
  await shell.expect("text");
  await shell.send("ifirst\r");
  await shell.expect("first");
  await shell.send("\x1b");
  await shell.jobStarted();
  await shell.send("\x1a");
  await shell.expect("[1]+  Stopped                 vim -u NONE -N text\r\n");
  await shell.prompt();
  deepEqual(await shell.modes(), modes);
  equal(await shell.run("echo between"), "between\n");
  await shell.enter("fg");
  await takesTerminal(shell);
  await shell.send("osecond\x1b:wq\r");
  await shell.expect(new RegExp(`${PROMPT}$`));
  deepEqual(await shell.modes(), modes);
  match(await shell.run("cat text"), /^first\n\n?second\n/);
});

session("a build is stopped, goes on in the background, and comes back to the foreground", async (context) => {
  const shell = await context.shell();
  await Deno.writeTextFile(
    `${context.directory}/build`,
    "for step in 1 2 3; do echo begun $step >>log; read x <gate; cat /dev/null | cat >>log; done; echo done >>log\n",
  );
  await shell.run("mkfifo gate; exec 9<>gate; log() { grep -c begun log; }");
  await shell.enter("sh build");
  match(await shell.stop(), /\[1\]\+ {2}Stopped {17}sh build\n$/);
  await shell.run("echo >gate");
  equal(await shell.run("log"), "1\n");
  equal(await shell.run("bg"), "[1]+ sh build &\n");
  await shell.poll(async () => await shell.run("log") === "2\n", "the second step");
  await shell.enter("fg");
  await shell.jobStarted();
  await shell.stop();
  await shell.run("bg; echo >gate; echo >gate");
  equal(await shell.run("wait; tail -n 1 log"), "done\n[1]+  Done                    sh build\n");
  equal(processesOf(await shell.pid).length, 1);
});

session("in tmux, a program is suspended and resumed, and the window closes with the shell", async (context) => {
  await begin(context, "tmux");
  const environment = { ...context.environment, TERM: "xterm", TMUX_TMPDIR: context.directory };
  const shell = [context.program, ...context.plainOptions, "-i"];
  const terminal = context.terminal(["tmux", "-f", "/dev/null", "new-session", ...shell], { environment });
  const prompt = () => terminal.expect(PROMPT.trimEnd());
  await prompt();
  // What is typed before the shell has read the line takes the line away.
  await terminal.send("sh -c 'echo begun; exec sleep 60'\r");
  await terminal.expect(/begun\r?\n/);
  await terminal.send("\x1a");
  await terminal.expect("Stopped");
  await prompt();
  await terminal.send("stty size; fg\r");
  await terminal.expect("23 80");
  await terminal.expect("sleep 60");
  await terminal.poll(async () => {
    await terminal.send("\x03");
    return await terminal.expect(PROMPT.trimEnd(), 0.5).then(() => true, () => false);
  }, "the program to end");
  await terminal.send("exit\r");
  await terminal.expect("[exited]");
  equal((await terminal.end).status, 0);
});
