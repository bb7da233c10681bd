/**
 * A storm of keys, signals, commands and resizes against running pipelines, in an order that a seed decides. Afterwards the shell,
 * the terminal and the table of jobs must be in order.
 */
import { deepEqual, equal } from "node:assert/strict";
import { type ProcessEntry, processesOf } from "../processes.ts";
import { PROMPT, session, type ShellTerminal } from "../session.ts";

const EVENTS = 500;
const SEEDS = [1, 2];
/** Between events, in milliseconds. */
const LONGEST_PAUSE = 30;

const COMMANDS = [
  "sleep 60",
  "sleep 61 | sleep 62",
  "sleep 63 | cat | sleep 64 &",
  "cat",
  "{ sleep 65; echo after; } | cat",
  "f | while read -r line; do echo $line; done",
  "for i in 1 2 3; do sleep 66; done",
  "(sleep 67; sleep 68)",
  "sleep 69 && sleep 70 &",
  "while :; do :; done",
  "x=$(sleep 71)",
  "yes | head -n 100000 >/dev/null",
  "{ while :; do :; done; } &",
  "read x",
  "wait %1",
  "jobs >/dev/null",
];

const SIGNALS = ["TERM", "KILL", "STOP", "CONT", "HUP", "INT", "TSTP"];
const SIGNAL_NUMBERS = [15, 9, 19, 18, 1, 2, 20];

/** Numbers from 0 up to a limit, the same for the same seed (xorshift32). */
function random(seed: number): (limit: number) => number {
  let state = seed * 2654435761 >>> 0;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** One thing that happens. */
async function strike(shell: ShellTerminal, below: (limit: number) => number): Promise<void> {
  const any = <Item>(items: readonly Item[]) => items[below(items.length)]!;
  const job = 1 + below(6);
  switch (below(12)) {
    case 0:
    case 1:
      return await shell.send("\x03");
    case 2:
    case 3:
      return await shell.send("\x1a");
    case 4:
      return await shell.type(`fg %${job}`);
    case 5:
      return await shell.type(any(["fg", `bg %${job}`, "bg"]));
    case 6:
      return await shell.type(`kill -${any(SIGNALS)} %${job}`);
    case 7: {
      // A job as a whole: what a process leaves behind that was killed alone is no affair of the shell's.
      const pid = await shell.pid;
      const victims = processesOf(pid).filter((process) => process.pid !== pid);
      if (victims.length === 0) return;
      const { pid: victim, group } = any(victims);
      return void await shell.kill(group === pid ? victim : -group, any(SIGNAL_NUMBERS));
    }
    case 8:
      return await shell.resize(10 + below(50), 40 + below(150));
    default:
      return await shell.type(any(COMMANDS));
  }
}

/** Brings the shell back to its prompt: whatever is in the foreground is interrupted. */
async function calm(shell: ShellTerminal): Promise<void> {
  const pid = await shell.pid;
  const marker = "calm";
  let patience = 0.5;
  await shell.poll(
    async () => {
      // What has been stopped does not take an interrupt, not even in a substitution.
      for (const { pid: member, group, state } of processesOf(pid)) {
        if (state === "T" && group === pid) await shell.kill(member, 18);
      }
      await shell.send("\x03");
      await shell.type(`echo ${marker}`);
      const answer = new RegExp(`(\r\n|${PROMPT})${marker}\r\n${PROMPT}$`);
      // On a busy machine the next interrupt must not come before the answer.
      return await shell.expect(answer, patience *= 1.5).then(() => true, () => false);
    },
    "the shell to come back to its prompt",
    40,
  );
  await shell.until(() => shell.unread === "", "the last echo", 0.5).catch(() => {});
  shell.unread = "";
}

/** What the shell says of the processes of its jobs, by process id. */
async function knownProcesses(shell: ShellTerminal): Promise<Map<number, string>> {
  const known = new Map<number, string>();
  let state = "";
  for (const [, pid, shown] of (await shell.run("jobs -l")).matchAll(/^(?:\[\d+\][-+ ])? *(\d+) (\S*)/gm)) {
    // No state is that of the process before.
    if (shown !== "" && shown !== "|") state = shown!;
    known.set(Number(pid), state);
  }
  return known;
}

/** Whether the table has just the children that the shell has by the kernel, and in the states that they are in. */
function agrees(known: ReadonlyMap<number, string>, children: readonly ProcessEntry[]): boolean {
  const alive = [...known].filter(([, state]) => state === "Running" || state === "Stopped");
  return alive.length === children.length &&
    children.every(({ pid, state }) => known.get(pid) === (state === "T" ? "Stopped" : "Running"));
}

for (const seed of SEEDS) {
  session(`a storm of ${EVENTS} events leaves everything in order (seed ${seed})`, async (context) => {
    const shell = await context.shell();
    const pid = await shell.pid;
    await shell.run("f() { echo one; sleep 72; echo two; }");
    const modes = await shell.modes();
    const below = random(seed);
    for (let event = 0; event < EVENTS; event++) {
      await strike(shell, below);
      // Faster than the shell reads, keys would do no more than drop what was typed before.
      await new Promise((resolve) => setTimeout(resolve, below(LONGEST_PAUSE)));
    }

    await calm(shell);
    equal(await shell.foreground(), pid);
    deepEqual(await shell.modes(), modes);
    let children: readonly ProcessEntry[] = [];
    let known: ReadonlyMap<number, string> = new Map();
    await shell.poll(async () => {
      known = await knownProcesses(shell);
      children = processesOf(pid).filter(({ parent }) => parent === pid);
      return agrees(known, children);
    }, "the table of jobs to agree with the kernel").catch((error) => {
      throw new Error(`${error.message}\n${Deno.inspect(known)} ${Deno.inspect(children)}`);
    });
    // Whoever is no child of the shell is a descendant of one: no job has left a process behind.
    const parents = new Set(processesOf(pid).map((entry) => entry.pid));
    deepEqual(processesOf(pid).filter((entry) => entry.pid !== pid && !parents.has(entry.parent)), []);

    for (const { group } of children) await shell.kill(-group, 9);
    await shell.run("wait");
    await shell.poll(() => processesOf(pid).length === 1, "all jobs to end");
    await shell.run("");
    equal(await shell.run("jobs"), "");
    await shell.asleep();
  }, { seconds: 120 });
}
