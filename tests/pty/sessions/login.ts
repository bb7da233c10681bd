/** Start-up files, login shells, and shells in poor surroundings. */
import { deepEqual, equal, match } from "node:assert/strict";
import { process } from "../processes.ts";
import { type Context, session, Skipped } from "../session.ts";

/** Writes files below the test's directory, by their paths. */
async function write(context: Context, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = `${context.directory}/${name}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
}

/** A prompt of whatever kind: that of the test, the default, or the one of the system's profile. */
const ANY_PROMPT = /(ready>|(hexsh-[\d.]+)?[#$]) $/;

/** What a shell shows before its first prompt. */
async function greeting(context: Context, args: readonly string[], environment = {}): Promise<string> {
  const terminal = context.terminal(args, { environment: { ...context.environment, ...environment } });
  const { before } = await terminal.expect(ANY_PROMPT);
  // What /etc/profile makes of the prompt is the system's affair.
  return before.replaceAll("\r\n", "\n").replace(/[^\n]*$/, "");
}

const own = { own: true };

session("an interactive shell executes hexsh/rc.sh in the directory for configuration", async (context) => {
  await write(context, { ".config/hexsh/rc.sh": "echo default\n", "other/hexsh/rc.sh": "echo other\n" });
  const { program } = context;
  equal(await greeting(context, [program]), "default\n");
  equal(await greeting(context, [program], { XDG_CONFIG_HOME: `${context.directory}/other` }), "other\n");
  equal(await greeting(context, [program], { XDG_CONFIG_HOME: "not/absolute" }), "default\n");
  equal(await greeting(context, [program, "--norc"]), "");
  equal(await greeting(context, [program, "--rcfile", "other/hexsh/rc.sh"]), "other\n");
}, own);

session("a login shell executes the first of ~/.hexsh_profile and ~/.profile, and then rc.sh", async (context) => {
  await write(context, { ".profile": "echo profile\n", ".config/hexsh/rc.sh": "echo rc $LOGNAME\n" });
  const { program } = context;
  equal(await greeting(context, [program, "-l"]), "profile\nrc\n");
  await write(context, { ".hexsh_profile": "LOGNAME=me; echo own\n" });
  equal(await greeting(context, [program, "-l"]), "own\nrc me\n");
  equal(await greeting(context, [program, "-l", "--noprofile"]), "rc\n");
  equal(await greeting(context, [program, "--login", "--posix"]), "profile\n");
}, own);

session("a dash before its name makes a login shell", async (context) => {
  await write(context, { ".profile": "echo profile; shopt login_shell\n" });
  const text = await greeting(context, [context.program, "-c", `exec -a -hexsh ${context.program}`]);
  match(text, /^profile\nlogin_shell +\ton\n$/);
}, own);

session("a login shell that is not interactive executes its profile as well", async (context) => {
  await write(context, { ".profile": "echo profile; x=1\n", ".config/hexsh/rc.sh": "echo not read\n" });
  const terminal = context.terminal([context.program, "-l", "-c", "echo $x"]);
  await terminal.expect("profile\r\n1\r\n");
  deepEqual(await terminal.end, { status: 0, signal: 0 });
}, own);

session("in POSIX mode an interactive shell executes the file that ENV names, expanded", async (context) => {
  await write(context, { "file": "echo from env\n", ".config/hexsh/rc.sh": "echo not read\n" });
  equal(await greeting(context, [context.program, "--posix"], { ENV: "$HOME/file" }), "from env\n");
  equal(await greeting(context, [context.program, "--posix"], { ENV: "/no/such/file" }), "");
  equal(await greeting(context, [context.program, "--posix", "-p"], { ENV: "$HOME/file" }), "");
}, own);

session("a login shell executes ~/.hexsh_logout when it ends, before its EXIT trap", async (context) => {
  await write(context, { ".hexsh_logout": "echo bye $1\n" });
  for (const end of ["exit 3\r", "logout 3\r", "(exit 3)\r\x04"]) {
    const shell = await context.shell({ arguments: ["-l", "-i", "--norc", "--noprofile"] });
    await shell.run("trap 'echo trapped' EXIT");
    await shell.send(end);
    await shell.expect("logout\r\nbye\r\ntrapped\r\n");
    deepEqual(await shell.end, { status: 3, signal: 0 });
  }
}, own);

session("a syntax error, exit and Ctrl-C in a start-up file end the file, the shell, and the file", async (context) => {
  await write(context, {
    "syntax": "echo one\n)\necho two\n",
    "expansion": "echo one\n: ${x?}\necho two\n",
    "exit": "exit 4\n",
    "slow": "echo begun; sleep 60; echo not reached\n",
  });
  const { program } = context;
  match(await greeting(context, [program, "--rcfile", "syntax"]), /^one\n.*syntax error.*\n$/s);
  match(await greeting(context, [program, "--rcfile", "expansion"]), /^one\n.*parameter not set\ntwo\n$/);
  deepEqual(await context.terminal([program, "--rcfile", "exit"]).end, { status: 4, signal: 0 });
  const shell = context.terminal([program, "--rcfile", "slow"]);
  await shell.expect("begun");
  const group = await shell.foreground();
  await shell.poll(async () => await shell.foreground() !== group || group !== await shell.pid, "sleep to be started");
  await shell.send("\x03");
  await shell.expect(ANY_PROMPT);
}, own);

session("SHLVL counts shells, and exec does not", async (context) => {
  const shell = await context.shell();
  equal(await shell.run("echo $SHLVL"), "1\n");
  const inner = `${context.program} ${context.plainOptions.join(" ")} -i -c 'echo $SHLVL'`;
  equal(await shell.run(inner), "2\n");
  equal(await shell.run(`${context.program} -c "exec ${inner.replaceAll("$", "\\$")}"`), "2\n");
});

session("a shell works without HOME, in an empty environment and in a home that it can't write to", async (context) => {
  const { program } = context;
  const bare = context.terminal([program, "-l", "-i"], { environment: {} });
  await bare.expect(ANY_PROMPT);
  await bare.send("cd; echo ~; echo $PATH; echo status $?\r");
  await bare.expect(/cd: HOME not set\r\n\/.*\r\n\/.*\/bin.*\r\nstatus 0\r\n/);
  await bare.send("exit\r");
  deepEqual(await bare.end, { status: 0, signal: 0 });

  const lost = context.terminal([program, "-l", "-i"], {
    environment: { ...context.environment, HOME: "/proc/1/no/home" },
  });
  await lost.expect(ANY_PROMPT);
  await lost.send("exit\r");
  await lost.expect("logout\r\n");
  deepEqual(await lost.end, { status: 0, signal: 0 });
}, own);

session("su, login's way, starts it for a user who owns nothing", async (context) => {
  if (Deno.uid() !== 0) throw new Skipped("only root can become another user");
  const program = await context.programForAll();
  // In a mount namespace of its own the user is in the password database, and hexsh among the shells.
  const database = `${
    Deno.readTextFileSync("/etc/passwd")
  }tester:*:65533:65533::${context.directory}/home:${program}\n`;
  await write(context, {
    "passwd": database,
    "shells": `${program}\n`,
    "home/.profile": "echo profile of $USER\n",
    "mounted": 'mount --bind passwd /etc/passwd && mount --bind shells /etc/shells && exec "$@"\n',
  });
  await Deno.chmod(`${context.directory}/home`, 0o555);
  const terminal = (command: readonly string[]) =>
    context.terminal(["unshare", "--mount", "sh", "mounted", ...command]);
  if ((await terminal(["true"]).end).status !== 0) throw new Skipped("no mount namespace can be had");

  const login = terminal(["su", "-", "tester"]);
  await login.expect("profile of tester\r\n");
  await login.expect(ANY_PROMPT);
  await login.send("echo $0 $HOME $(id -u) $-; echo x >file\r");
  await login.expect(new RegExp(`-hexsh ${context.directory}/home 65533 \\w*i\\w*m\\w*\\r\\n`));
  await login.expect("hexsh: file: Permission denied\r\n");
  const group = await login.foreground();
  await login.send("sleep 60\r");
  await login.poll(async () => {
    const foreground = await login.foreground();
    return foreground !== group && process(foreground)?.state === "S";
  }, "the job");
  await login.send("\x1a");
  await login.expect("[1]+  Stopped                 sleep 60\r\n");
  await login.send("kill %1; wait -f %1; exit 0\r");
  await login.expect("logout\r\n");
  deepEqual(await login.end, { status: 0, signal: 0 });
}, own);
