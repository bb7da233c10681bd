/** Completion on a terminal: commands, files, variables, and what scripts say of arguments. */
import * as path from "node:path";
import { Screen, type ScreenOptions } from "../screen.ts";
import { type Context, session } from "../session.ts";

const DIFFERS = { differs: { bash: "its editor shows lists otherwise" } };

/** A shell in a directory with some files, and with no program but `ls`. */
async function begin(context: Context, options: ScreenOptions = {}): Promise<Screen> {
  const file = (name: string) => Deno.writeTextFileSync(path.join(context.directory, name), "");
  Deno.mkdirSync(path.join(context.directory, "bin"));
  Deno.symlinkSync("/bin/ls", path.join(context.directory, "bin/ls"));
  Deno.mkdirSync(path.join(context.directory, "directory one/inner"), { recursive: true });
  for (const name of ["file1", "file2", "it's", ".hidden", "漢字.txt", "directory one/deep"]) file(name);
  const screen = new Screen(context, {
    columns: 70,
    ...options,
    variables: { PATH: path.join(context.directory, "bin"), ...options.variables },
  });
  await screen.shows("$ |");
  return screen;
}

session("files are completed as far as they agree, and listed at the second Tab", async (context) => {
  const screen = await begin(context);
  await screen.type("ls f\t", "$ ls file|");
  await screen.type("\t\t", "$ ls file|\nfile1  file2");
  await screen.type("1", "$ ls file1|");
  await screen.type("\t", "$ ls file1 |");
}, DIFFERS);

session("names with special characters are quoted, as the word is", async (context) => {
  const screen = await begin(context);
  await screen.type("ls i\t", "$ ls it\\'s |");
  await screen.type('"i\t', "$ ls it\\'s \"it's\" |");
  await screen.type("d\t", "$ ls it\\'s \"it's\" directory\\ one/|");
  await screen.type("\x15ls 'dir\t", "$ ls 'directory one/|");
  await screen.type("d\t", "$ ls 'directory one/deep' |");
  await screen.type("漢\t", "$ ls 'directory one/deep' 漢字.txt |");
}, DIFFERS);

session("directories go on, hidden files are wanted by their dot, and so is the home directory", async (context) => {
  const screen = await begin(context);
  await screen.type("ls ~/dir\tin\t", "$ ls ~/directory\\ one/inner/|");
  await screen.type("\x15ls .\t", "$ ls .hidden |");
  await screen.type("\x15cd \t\t", "$ cd |\nbin/            directory one/");
  await screen.type("\x15ls $HOME/dir\t", "$ ls $HOME/directory\\ one/|");
  await screen.type("\x15ls >fi\t2", "$ ls >file2|");
  await screen.type("\x15x=fi\t1", "$ x=file1|");
}, DIFFERS);

session("commands: builtins, functions, aliases, reserved words, programs in PATH and by path", async (context) => {
  const screen = await begin(context);
  await screen.type("unal\t", "$ unalias |");
  await screen.type("\x15whil\t", "$ while |");
  await screen.type(
    "\x15my_function() { :; }; alias my_alias=ls; my_\t",
    "$ my_function() { :; }; alias my_alias=ls; my_|",
  );
  await screen.type("\r\x0cmy_\t\t\t", "$ my_|\nmy_alias     my_function");
  await screen.type("f\t", "$ my_function |");
  await screen.type("\x15if ls\t", "$ if ls |");
  await screen.type("\x15bin/l\t", "$ bin/ls |");
  await screen.type("\x15echo $(unal\t", "$ echo $(unalias |");
}, DIFFERS);

session("variables behind a dollar sign", async (context) => {
  const screen = await begin(context);
  await screen.type("echo $HISTFILES\t", "$ echo $HISTFILESIZE|");
  await screen.type('\x15echo "${HISTFILES\t', '$ echo "${HISTFILESIZE}|');
  await screen.type("\x15ls $HOM\t", "$ ls $HOME/|");
  await screen.type("\x15echo ~roo\t", "$ echo ~root/|");
}, DIFFERS);

session("a long list asks, and goes by pages", async (context) => {
  for (let index = 0; index < 120; index++) {
    Deno.writeTextFileSync(path.join(context.directory, `number${String(index).padStart(3, "0")}`), "");
  }
  const screen = new Screen(context, { rows: 6, columns: 30 });
  await screen.shows("$ |");
  await screen.type("ls numb\t", "$ ls number|");
  await screen.type("\t\t", "Display all 120 possibilities?\n (y or n) ls number|");
  await screen.type("n", "$ ls number|");
  await screen.type(
    "\x1b?y",
    "number000  number060\nnumber001  number061\nnumber002  number062\nnumber003  number063\nnumber004  number064\n--More--|",
  );
  await screen.type(
    "q",
    "number000  number060\nnumber001  number061\nnumber002  number062\nnumber003  number063\nnumber004  number064\n$ ls number|",
  );
}, DIFFERS);

session("complete -W, -F and compopt say what the arguments of a command are", async (context) => {
  const screen = await begin(context);
  await screen.type("complete -W 'start stop restart' service\r", "$ complete -W 'start stop restart' service\n$ |");
  await screen.type("\x0cservice r\t", "$ service restart |");
  await screen.terminal.send(
    '\x15printf "\\e[H\\e[2Jready\\n"; f() { COMPREPLY=("<$1,$2,$3,$COMP_CWORD>"); compopt -o nospace; }; complete -F f own\r',
  );
  await screen.shows("ready\n$ |");
  await screen.type("\x0cown a=b \t", "$ own a=b <own,,b,4>|");
}, DIFFERS);

session("a function may load what is missing, and have completion begin anew", async (context) => {
  const screen = await begin(context, { columns: 70 });
  await screen.terminal.send(
    'printf "\\e[H\\e[2Jready\\n"; load() { complete -W loaded "$1" && return 124; }; complete -D -F load\r',
  );
  await screen.shows("ready\n$ |");
  await screen.type("anything l\t", "ready\n$ anything loaded |");
}, DIFFERS);

session("arguments of builtins are listed with what they mean", async (context) => {
  const screen = await begin(context, { columns: 70 });
  await screen.type("set -o nou\t", "$ set -o nounset |");
  await screen.type("\x15set -o noe\tun", "$ set -o noexec un|");
  await screen.type(
    "\x15cd -\t\t",
    [
      "$ cd -|",
      "-L  handle .. by the text of the path (this is the default)",
      "-P  resolve symbolic links first",
      "-e  with -P, fail if the new directory's name can't be found out",
    ].join("\n"),
  );
  await screen.type('\x15\x0calias la="ls -a" ll="ls -l"\r', '$ alias la="ls -a" ll="ls -l"\n$ |');
  await screen.type("\x0cunalias l\t\t", "$ unalias l|\nla  ls -a\nll  ls -l");
}, DIFFERS);

session("a completion that fails leaves the line, the status and the terminal alone", async (context) => {
  const screen = await begin(context);
  await screen.terminal.send("f() { : ${unset?gone}; }; printf '\\e[H\\e[2Jready\\n'; complete -F f cmd; (exit 3)\r");
  await screen.shows("ready\n$ |");
  await screen.type("cmd \t", "ready\n$ cmd |");
  await screen.type("\x15echo $?\r", "ready\n$ echo $?\n3\n$ |");
}, DIFFERS);
