/** What happens at the prompt: lines that are dropped, what is executed before it, and how it ends. */
import { deepEqual, equal } from "node:assert/strict";
import { session } from "../session.ts";

session("Ctrl-C drops a command with the lines typed before, and sets the status to 130", async (context) => {
  const shell = await context.shell();
  await shell.enter("if true");
  await shell.expect("> ");
  await shell.enter("echo dropped");
  await shell.expect("> ");
  await shell.send("\x03");
  equal(await shell.prompt(), "^C\n");
  equal(await shell.run("echo $?"), "130\n");
});

session("a trap for INT runs when Ctrl-C drops a line", async (context) => {
  const shell = await context.shell();
  await shell.run("trap 'echo trapped' INT");
  await shell.send("half a line");
  await shell.expect("half a line");
  await shell.send("\x03");
  equal(await shell.prompt(), "^C\ntrapped\n");
}, { differs: { bash: "without its line editor it keeps the line" } });

session("a trap runs while the shell waits at the prompt", async (context) => {
  const shell = await context.shell();
  await shell.run("trap 'echo trapped' USR1");
  await shell.kill(await shell.pid, 10);
  await shell.expect("trapped\r\n");
}, { differs: { bash: "without its line editor it waits for the line" } });

session("PROMPT_COMMAND runs before each prompt and leaves the status alone", async (context) => {
  const shell = await context.shell();
  equal(await shell.run("PROMPT_COMMAND='echo before; false'"), "before\n");
  equal(await shell.run("echo $?"), "0\nbefore\n");
  equal(await shell.run("PROMPT_COMMAND=('echo one' 'echo two')"), "one\ntwo\n");
  await shell.type("PROMPT_COMMAND=('exit 7')");
  deepEqual(await shell.end, { status: 7, signal: 0 });
});

session("PS0 is shown before a command, PS2 before a continuation, and escapes count commands", async (context) => {
  const shell = await context.shell();
  await shell.run("PS0='<\\#>' PS2='more> '");
  await shell.enter("echo a \\");
  await shell.expect("more> ");
  equal(await shell.run("b"), "<2>a b\n");
});

session("ignoreeof holds out against Ctrl-D as often as IGNOREEOF says", async (context) => {
  const shell = await context.shell();
  await shell.run("set -o ignoreeof; IGNOREEOF=2");
  for (let time = 0; time < 2; time++) {
    await shell.send("\x04");
    equal(await shell.prompt(), 'Use "exit" to leave the shell.\n');
  }
  await shell.send("\x04");
  deepEqual(await shell.end, { status: 0, signal: 0 });
});

session("TMOUT ends a shell that waits too long", async (context) => {
  const shell = await context.shell();
  await shell.type("TMOUT=1");
  await shell.expect("timed out waiting for input: auto-logout\r\n");
  deepEqual(await shell.end, { status: 0, signal: 0 });
});

session("LINES and COLUMNS follow the window, also within a command", async (context) => {
  const shell = await context.shell({ rows: 30, columns: 90 });
  await shell.run("true; /bin/true");
  equal(await shell.run("echo $LINES $COLUMNS"), "30 90\n");
  await shell.enter("echo begun; while [ $COLUMNS = 90 ]; do /bin/true; done; echo $LINES $COLUMNS");
  await shell.expect("begun");
  await shell.resize(40, 120);
  equal(await shell.prompt(), "\n40 120\n");
});

session("a syntax error drops the line alone", async (context) => {
  const shell = await context.shell();
  equal(
    await shell.run("echo a; )"),
    `${context.name}: syntax error near unexpected token \`)'\n`,
  );
  equal(await shell.run("echo $?"), "2\n");
});

session("the end of the input in the middle of a command ends the shell", async (context) => {
  const shell = await context.shell();
  await shell.enter("if true");
  await shell.expect("> ");
  await shell.send("\x04");
  await shell.expect("syntax error: unexpected end of file\r\n");
  deepEqual(await shell.end, { status: 2, signal: 0 });
});
