/** The line editor on a terminal: what it shows, what it leaves behind, and what it makes of signals. */
import { deepEqual, equal } from "node:assert/strict";
import * as path from "node:path";
import { Screen, type ScreenOptions } from "../screen.ts";
import { type Context, session } from "../session.ts";

/** The editor of bash shows the same text, but not on the same rows: it does not undo what output without newlines does. */
const DIFFERS = { differs: { bash: "its editor is another one" } };

/** A shell that waits for its first line. */
async function begin(context: Context, options: ScreenOptions = {}): Promise<Screen> {
  const screen = new Screen(context, options);
  await screen.shows("$ |");
  return screen;
}

session("a line is edited, and run", async (context) => {
  const screen = await begin(context);
  await screen.type("echo helo", "$ echo helo|");
  await screen.type("\x1b[D", "$ echo hel|o");
  await screen.type("l\r", "$ echo hello\nhello\n$ |");
}, DIFFERS);

session("a long line wraps, and wide characters take two columns", async (context) => {
  const screen = await begin(context, { columns: 20 });
  await screen.type("echo 漢字漢字漢字漢字", "$ echo 漢字漢字漢字\n漢字|");
  await screen.type("\x01", "$ |echo 漢字漢字漢字\n漢字");
  await screen.type("\x05\x7f\x7f\x7f", "$ echo 漢字漢字漢|");
  await screen.type("\r", "$ echo 漢字漢字漢\n漢字漢字漢\n$ |");
}, DIFFERS);

session("output without a newline at its end does not disturb the prompt", async (context) => {
  const screen = await begin(context);
  await screen.type("printf 'no newline'\r", "$ printf 'no newline'\nno newline%\n$ |");
}, DIFFERS);

session("Ctrl-C drops the line, and the status is 130", async (context) => {
  const screen = await begin(context);
  await screen.type("echo dropped", "$ echo dropped|");
  await screen.type("\x03", "$ echo dropped^C\n$ |");
  await screen.type("echo $?\r", "$ echo dropped^C\n$ echo $?\n130\n$ |");
  await screen.type("clear\r", "$ |");
  await screen.type("if true\rx", "$ if true\n> x|");
  await screen.type("\x03", "$ if true\n> x^C\n$ |");
}, DIFFERS);

session("Ctrl-D on an empty line ends the shell, on another it deletes", async (context) => {
  const screen = await begin(context);
  const before = await screen.terminal.modes();
  await screen.type("ab\x01\x04", "$ |b");
  await screen.terminal.send("\x7f\x04\x15x\x7f\x04");
  deepEqual(await screen.terminal.end, { status: 0, signal: 0 });
  equal((before.local & 2) === 0, true, "while a line is edited, keys come one by one");
}, DIFFERS);

session("programs have the terminal as it was before", async (context) => {
  const screen = await begin(context);
  await screen.type("clear; stty -a | grep -o '[-]*icanon\\|[-]*echo \\|[-]*ixon'\r", "ixon\nicanon\necho\n$ |");
}, DIFFERS);

session("what is typed while a program runs is for that program", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("cat\rfor cat\r");
  await screen.terminal.expect(/\$ cat[^$]*\nfor cat\r\n/);
  await screen.terminal.send("\x04");
  await screen.terminal.expect("$ ");
}, DIFFERS);

session("a command of several lines is edited as one, and comes back as one", async (context) => {
  const screen = await begin(context);
  await screen.type("for x in 1 2; do\recho $x\r", "$ for x in 1 2; do\n> echo $x\n> |");
  await screen.type("\x1b[A\x05!\x1b[B", "$ for x in 1 2; do\n> echo $x!\n> |");
  await screen.type("done\r", "$ for x in 1 2; do\n> echo $x!\n> done\n1!\n2!\n$ |");
  await screen.type(
    "\x1b[A",
    "$ for x in 1 2; do\n> echo $x!\n> done\n1!\n2!\n$ for x in 1 2; do\n> echo $x!\n> done|",
  );
}, DIFFERS);

session("a text taller than the screen scrolls", async (context) => {
  const screen = await begin(context, { rows: 4 });
  await screen.type("(1\r2\r3\r4\r5", "> 2\n> 3\n> 4\n> 5|");
  await screen.type("\x1b[A\x1b[A\x1b[A\x1b[A", "$ (|1\n> 2\n> 3\n> 4");
}, DIFFERS);

session("newlines in a paste do not run anything", async (context) => {
  const screen = await begin(context);
  await screen.type("\x1b[200~echo a\necho b\n\x1b[201~", "$ echo a\n> echo b\n> |");
  await screen.type("\x7f\r", "$ echo a\n> echo b\na\nb\n$ |");
}, DIFFERS);

session("the window may change its size in the middle of a line", async (context) => {
  const screen = await begin(context, { columns: 40 });
  await screen.type("echo 0123456789 0123456789", "$ echo 0123456789 0123456789|");
  await screen.terminal.resize(10, 20);
  // The terminal of the tests does not wrap what is there anew, but the line is shown once more for the new size.
  await screen.terminal.expect("\x1b[J$ echo 0123456789 0123456789");
  await screen.terminal.send("\x15echo $COLUMNS\r");
  await screen.terminal.expect("\r\n20\r\n");
}, DIFFERS);

session("a trap runs while a line is edited, and the line stays", async (context) => {
  const screen = await begin(context);
  await screen.type("trap 'echo trapped' USR1\r", "$ trap 'echo trapped' USR1\n$ |");
  await screen.type("echo on", "$ trap 'echo trapped' USR1\n$ echo on|");
  await screen.terminal.kill(await screen.terminal.pid, 10);
  await screen.shows("$ trap 'echo trapped' USR1\n$ echo on\ntrapped\n$ echo on|");
  await screen.type("e\r", "$ trap 'echo trapped' USR1\n$ echo on\ntrapped\n$ echo one\none\n$ |");
}, DIFFERS);

session("with set -b the end of a job is told at once, and the line stays", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("set -b; mkfifo f; cat f &\r");
  await screen.terminal.expect(/\[1\] \d+\r\n/);
  await screen.type("clear\r", "$ |");
  await screen.type("echo on", "$ echo on|");
  Deno.writeTextFileSync(path.join(context.directory, "f"), "");
  await screen.shows("$ echo on\n[1]+  Done                    cat f\n$ echo on|");
}, DIFFERS);

session("the terminal is given back when a signal ends the shell", async (context) => {
  for (const signal of [1, 9 + 6]) {
    const outer = context.terminal(["/bin/sh", "-i"], { environment: { ...context.environment, PS1: "outer> " } });
    await outer.expect("outer> ");
    const before = await outer.modes();
    await outer.send(`PS1='inner> ' NO_COLOR=1 TERM=xterm ${context.program} --norc -i\r`);
    await outer.expect("inner> ");
    await outer.send("trap 'exit 3' TERM; echo pid=$$\r");
    const { match } = await outer.expect(/pid=(\d+)\r/);
    await outer.send("half a line");
    await outer.expect("half a line");
    await outer.kill(Number(match[1]), signal);
    await outer.expect("outer> ");
    deepEqual(await outer.modes(), before);
  }
}, DIFFERS);

session("an escape alone is told from the beginning of a sequence", async (context) => {
  const screen = await begin(context, { columns: 60 });
  await screen.type("echo abc\x12xyz", "(failed reverse-i-search)`xyz': echo abc|");
  await screen.type("\x1b", "$ echo abc|");
  await screen.type("d", "$ echo abcd|");
}, DIFFERS);

session("searching in the history", async (context) => {
  const screen = await begin(context);
  await screen.type("echo one\r", "$ echo one\none\n$ |");
  await screen.type("echo two\r", "$ echo one\none\n$ echo two\ntwo\n$ |");
  await screen.type("\x12on", "$ echo one\none\n$ echo two\ntwo\n(reverse-i-search)`on': echo |one");
  await screen.showsStyled("echo {7:on}e");
  await screen.type("\r", "$ echo one\none\n$ echo two\ntwo\n$ echo one\none\n$ |");
}, DIFFERS);

session("history expansion shows what a line stands for", async (context) => {
  const screen = await begin(context);
  await screen.type("echo one\r", "$ echo one\none\n$ |");
  await screen.type("!!:s/one/two/\r", "$ echo one\none\n$ !!:s/one/two/\necho two\ntwo\n$ |");
  await screen.type("clear\r", "$ |");
  await screen.type("!nosuch\r", `$ !nosuch\n${context.name}: !nosuch: event not found\n$ |`);
}, DIFFERS);

session("the history is kept for the next session, for the user alone", async (context) => {
  const first = await begin(context);
  await first.type("echo first\r", "$ echo first\nfirst\n$ |");
  await first.type("if true\rthen echo 2; fi\r", "$ echo first\nfirst\n$ if true\n> then echo 2; fi\n2\n$ |");
  // It is there before the shell ends, and however it ends.
  const file = path.join(context.directory, ".hexsh_history");
  equal(Deno.statSync(file).mode! & 0o777, 0o600);
  equal(Deno.readTextFileSync(file).replaceAll(/#\d+/g, "#"), "#\necho first\n#\nif true\nthen echo 2; fi\n");
  await first.terminal.kill(await first.terminal.pid, 9);
  await first.terminal.end;
  const second = await begin(context);
  await second.type("\x1b[A", "$ if true\n> then echo 2; fi|");
  await second.type("\x10\x10", "$ echo first|");
}, DIFFERS);

session("two shells share a history file without losing lines", async (context) => {
  const [one, two] = [await begin(context), await begin(context)];
  for (let round = 0; round < 5; round++) {
    await one.terminal.send(`echo one${round}\r`);
    await one.terminal.expect(`\r\none${round}\r\n`);
    await two.terminal.send(`echo two${round}\r`);
    await two.terminal.expect(`\r\ntwo${round}\r\n`);
  }
  const lines = Deno.readTextFileSync(path.join(context.directory, ".hexsh_history")).split("\n");
  deepEqual(
    lines.filter((line) => line.startsWith("echo")),
    [0, 1, 2, 3, 4].flatMap((round) => [`echo one${round}`, `echo two${round}`]),
  );
}, DIFFERS);

session("HISTCONTROL and HISTIGNORE keep lines out of the history", async (context) => {
  const screen = await begin(context, { variables: { HISTCONTROL: "ignoreboth", HISTIGNORE: "pwd*:echo i*" } });
  await screen.terminal.send("echo a\recho a\r echo b\rpwd -P\recho ignored\r");
  await screen.terminal.expect("\r\nignored\r\n");
  await screen.terminal.send("clear; echo done\r");
  await screen.type("\x10\x10", "done\n$ echo a|");
}, DIFFERS);

session("a dumb terminal, and a shell that is told not to, edit nothing", async (context) => {
  const dumb = new Screen(context, { variables: { TERM: "dumb" } });
  await dumb.terminal.expect("$ ");
  equal((await dumb.terminal.modes()).local & 2, 2);
  const screen = await begin(context);
  await screen.type("set +o emacs\r", "$ set +o emacs\n$ |");
  await screen.terminal.send("echo plain\r");
  await screen.terminal.expect("plain\r\nplain\r\n$ ");
  equal((await screen.terminal.modes()).local & 2, 2);
}, DIFFERS);

session("Ctrl-L clears the screen and keeps the line", async (context) => {
  const screen = await begin(context);
  await screen.type("echo a\r", "$ echo a\na\n$ |");
  await screen.type("ls\x0c", "$ ls|");
}, DIFFERS);

session("bytes that are no text can be typed, and are passed on as they are", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("printf '");
  await screen.terminal.send(Uint8Array.of(0xff));
  await screen.terminal.send("' | od -An -tx1\r");
  await screen.shows("$ printf '\\xFF' | od -An -tx1\n ff\n$ |");
}, DIFFERS);

for (const signal of [11, 6, 10]) {
  session(
    `a signal ${signal} that ends the shell while a line is edited leaves the terminal as it was`,
    async (context) => {
      const ECHO_AND_ICANON = 0o12;
      const screen = await begin(context);
      const { terminal } = screen;
      await screen.type("half a line", "$ half a line|");
      equal((await terminal.modes()).local & ECHO_AND_ICANON, 0);
      await terminal.kill(await terminal.pid, signal);
      equal((await terminal.end).signal, signal);
      equal((await terminal.modes()).local & ECHO_AND_ICANON, ECHO_AND_ICANON);
      await terminal.expect("\x1b[?2004l");
    },
    DIFFERS,
  );
}

session("bind gives keys functions, texts and commands", async (context) => {
  const screen = await begin(context);
  await screen.type(`bind '"\\C-o": beginning-of-line' '"\\C-xm": "echo macro"'\rclear\r`, "$ |");
  await screen.type("abc\x0f", "$ |abc");
  await screen.type("\x0b\x18m", "$ echo macro|");
  await screen.type("\r", "$ echo macro\nmacro\n$ |");
  const command = "READLINE_LINE=${READLINE_LINE^^} READLINE_POINT=1";
  await screen.type(`bind -x '"\\C-xu": ${command}'\rclear\rabc\x18u`, "$\n$ A|BC");
}, DIFFERS);
